//! Joins the names of a story into entities: short forms to the fullest name.

use std::collections::HashMap;

use super::name::Name;
use super::{Entity, EntityKind, lexicon};
use crate::text::Span;
use crate::token::Sentence;
use crate::token::tag::{EntityType, Tag};
use crate::words::Words;

/// Entities in the making.
struct Clusters {
    entities: Vec<Cluster>,
    /// Entities by every form of their name.
    by_form: HashMap<String, usize>,
    /// Entities by the last and by the first word of their full names.
    by_last: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, Vec<usize>>,
    /// Entities by the initials of their full names.
    by_initials: HashMap<String, usize>,
}

struct Cluster {
    entity: Entity,
    /// Words of the fullest name, in lower case.
    full: Vec<String>,
}

/// Most namesakes looked at for one short form; a story has few, and the bound keeps the time linear.
const NAMESAKES: usize = 8;

/// Makes entities of names, and finds them again in sentences set like titles.
pub(super) fn entities(
    words: &Words<'_>,
    tags: &[Tag],
    names: Vec<Name>,
    titles: impl Iterator<Item = Sentence>,
) -> Vec<Entity> {
    let mut clusters = Clusters {
        entities: Vec::new(),
        by_form: HashMap::new(),
        by_last: HashMap::new(),
        by_first: HashMap::new(),
        by_initials: HashMap::new(),
    };
    let aliases = aliases(words, &names);
    let forms: Vec<Vec<String>> = names.iter().map(|n| form(words, n.start, n.end)).collect();
    // Fullest first, so that a short form finds its full name wherever it stands.
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(forms[i].len()), !aliases.contains_key(&i), i));
    for i in order {
        let full = aliases.get(&i).map(|full| &forms[*full]);
        clusters.add(words, &names[i], &forms[i], full);
    }
    for title in titles {
        clusters.find_again(words, title);
    }
    clusters.finish(words, tags)
}

/// Short forms given in brackets ("Harbinger Lines (HL)"): index of the short name -> of the full one.
fn aliases(words: &Words<'_>, names: &[Name]) -> HashMap<usize, usize> {
    let pairs = names.windows(2).enumerate().filter(|(_, pair)| {
        let [full, short] = pair else { return false };
        full.end + 1 == short.start && words.low(full.end) == "(" && words.low(short.end) == ")"
    });
    pairs.map(|(i, _)| (i + 1, i)).collect()
}

/// The words of a name in lower case; "U.S." and "United States" become "us".
fn form(words: &Words<'_>, start: usize, end: usize) -> Vec<String> {
    let mut form: Vec<String> = Vec::new();
    let mut is_initial = false;
    for i in (start..end).filter(|i| words.is_word(*i)) {
        let word = words.low(i);
        let joins = is_initial && word.len() == 1 && words.is_glued(i);
        match form.last_mut() {
            Some(last) if joins => last.push_str(word),
            Some(last) if last == "united" && word == "states" => *last = "us".to_owned(),
            _ => form.push(word.to_owned()),
        }
        is_initial = word.len() == 1;
    }
    form
}

impl Clusters {
    /// Adds a name to the entity it names, or makes one. `full` is the form that a bracket gives it.
    fn add(&mut self, words: &Words<'_>, name: &Name, form: &[String], full: Option<&Vec<String>>) {
        let span = words.span(name.start, name.end);
        let known = full.and_then(|f| self.by_form.get(&f.join(" "))).copied();
        let found = known.or_else(|| self.find(name.kind, form, span));
        let index = found.unwrap_or_else(|| self.create(words, name, form));
        self.by_form.entry(form.join(" ")).or_insert(index);
        let entity = &mut self.entities[index].entity;
        entity.mentions.push(span);
        entity.roles.extend(name.roles.iter().filter(|r| !r.is_empty()).cloned());
        entity.gender = entity.gender.or(name.gender);
        if entity.kind == EntityKind::Unknown {
            entity.kind = name.kind;
        }
    }

    /// The entity a form belongs to.
    fn find(&self, kind: EntityKind, form: &[String], at: Span) -> Option<usize> {
        let (first, last) = (form.first()?, form.last()?);
        if let Some(&known) = self.by_form.get(&form.join(" ")) {
            let is_namesake = form.len() == 1 && self.by_last.get(last).is_some_and(|l| l.len() > 1);
            if !is_namesake {
                return Some(known);
            }
        }
        let fits = |i: &usize| match (kind, self.entities[*i].entity.kind) {
            (EntityKind::Unknown, _) | (_, EntityKind::Unknown) => true,
            (a, b) => a == b,
        };
        let with_last = self.by_last.get(last).map_or(&[][..], |l| &l[l.len().saturating_sub(NAMESAKES)..]);
        let with_first =
            self.by_first.get(first).map_or(&[][..], |l| &l[l.len().saturating_sub(NAMESAKES)..]);
        let of_last: Vec<usize> = with_last
            .iter()
            .copied()
            .filter(fits)
            .filter(|i| self.is_short_by_last(*i, kind, form))
            .collect();
        self.latest(&of_last, at)
            .or_else(|| {
                with_first
                    .iter()
                    .copied()
                    .filter(fits)
                    .find(|i| is_company_form(&self.entities[*i].full, form))
            })
            .or_else(|| self.by_first_word(with_first, kind, form))
            .or_else(|| self.by_initials.get(&form.concat()).copied().filter(|i| form.len() == 1 && fits(i)))
    }

    /// Whether a form is short for an entity with the same last word: a family name, a name with
    /// a middle name left out, a body without its country.
    fn is_short_by_last(&self, index: usize, kind: EntityKind, form: &[String]) -> bool {
        let Cluster { entity, full, .. } = &self.entities[index];
        let is_body = entity.kind == EntityKind::Organization || kind == EntityKind::Organization;
        if is_body || full.len() == form.len() {
            let prefix = full.len().saturating_sub(form.len());
            return full.len() > form.len()
                && full[prefix..] == *form
                && lexicon::place(&full[..prefix].join(" ")).is_some();
        }
        entity.kind != EntityKind::Place
            && full.len() > form.len()
            && (form.len() == 1 || form[0] == full[0] && form.len() + 1 == full.len())
    }

    /// A person by the first word alone ("Lin" of "Lin Jian"), where only one fits.
    fn by_first_word(&self, with_first: &[usize], kind: EntityKind, form: &[String]) -> Option<usize> {
        if form.len() != 1 || kind == EntityKind::Organization {
            return None;
        }
        let mut people = with_first.iter().copied().filter(|i| {
            let Cluster { entity, full, .. } = &self.entities[*i];
            entity.kind == EntityKind::Person && (2..=3).contains(&full.len())
        });
        let only = people.next()?;
        people.next().is_none().then_some(only)
    }

    /// Of several namesakes the one named last before `at`, else the first.
    fn latest(&self, candidates: &[usize], at: Span) -> Option<usize> {
        let before = |i: &usize| {
            let mentions = &self.entities[*i].entity.mentions;
            mentions.iter().rev().take(NAMESAKES).map(|m| m.start).filter(|s| *s < at.start).max()
        };
        let named = candidates.iter().copied().filter(|i| before(i).is_some());
        named.max_by_key(|i| before(i)).or_else(|| candidates.first().copied())
    }

    fn create(&mut self, words: &Words<'_>, name: &Name, form: &[String]) -> usize {
        let index = self.entities.len();
        let printed = words.span(name.start, name.end).slice(words.text);
        let name_text = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        let entity = Entity {
            name: name_text,
            kind: name.kind,
            mentions: Vec::new(),
            roles: Vec::new(),
            gender: None,
        };
        if let (Some(first), Some(last)) = (form.first(), form.last()) {
            self.by_first.entry(first.clone()).or_default().push(index);
            self.by_last.entry(last.clone()).or_default().push(index);
        }
        let initials: String = form
            .iter()
            .filter(|w| !matches!(w.as_str(), "of" | "for" | "and" | "the" | "on"))
            .filter_map(|w| w.chars().next())
            .collect();
        if form.len() > 1 {
            self.by_initials.entry(initials).or_insert(index);
        }
        self.entities.push(Cluster { entity, full: form.to_vec() });
        index
    }

    /// Finds known names in a sentence set like a title.
    fn find_again(&mut self, words: &Words<'_>, sentence: Sentence) {
        /// Words of the longest name looked for.
        const LONGEST: usize = 6;
        let last = sentence.end as usize;
        let mut i = sentence.start as usize;
        while i < last {
            let ends = (i + 1..=last.min(i + LONGEST)).rev();
            let known = ends.filter(|_| words.is_word(i)).find_map(|end| {
                let key = form(words, i, end).join(" ");
                self.by_form.get(&key).map(|index| (*index, end))
            });
            i = match known {
                Some((index, end)) if words.is_capital(i) => {
                    self.entities[index].entity.mentions.push(words.span(i, end));
                    end
                }
                _ => i + 1,
            };
        }
    }

    /// Entities in the order of their first mention.
    fn finish(self, words: &Words<'_>, tags: &[Tag]) -> Vec<Entity> {
        let mut entities: Vec<Entity> = self.entities.into_iter().map(|c| c.entity).collect();
        for entity in &mut entities {
            if entity.kind == EntityKind::Unknown {
                entity.kind = tagged(words, tags, &entity.mentions);
            }
            if entity.kind == EntityKind::Person && entity.gender.is_none() {
                let first = entity.name.split(' ').next().unwrap_or_default();
                entity.gender = lexicon::gender_of_first_name(&first.to_lowercase());
            }
            entity.mentions.sort();
            entity.roles.sort();
            entity.roles.dedup();
        }
        entities.sort_by_key(|e| e.mentions.first().copied());
        entities
    }
}

/// The kind that the model tags most tokens of these mentions with; of equal ones the first of person,
/// organization, place.
fn tagged(words: &Words<'_>, tags: &[Tag], mentions: &[Span]) -> EntityKind {
    let mut votes = [
        (EntityKind::Person, 0),
        (EntityKind::Organization, 0),
        (EntityKind::Place, 0),
        (EntityKind::Unknown, 0),
    ];
    for mention in mentions {
        let (start, end) = words.touched(*mention);
        for tag in &tags[start..end] {
            let vote = match tag.entity.map(|e| e.kind) {
                Some(EntityType::Person) => 0,
                Some(EntityType::Organization) => 1,
                Some(EntityType::Location | EntityType::Facility) => 2,
                _ => 3,
            };
            votes[vote].1 += 1;
        }
    }
    let most = votes.iter().map(|(_, count)| *count).max().unwrap_or(0);
    votes.iter().find(|(_, count)| *count == most).map_or(EntityKind::Unknown, |(kind, _)| *kind)
}

/// Whether a form is a company's name without the words that only tell it is one.
fn is_company_form(full: &[String], form: &[String]) -> bool {
    full.len() > form.len()
        && full.starts_with(form)
        && full[form.len()..].iter().all(|w| lexicon::is_company_word(w))
}
