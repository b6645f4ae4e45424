//! Coreference: which mentions name the same, and what that is.
//!
//! Short forms join the fullest name that the story gives. What a name is, person, body or place, its
//! own words tell, else the model's tags of all its mentions.

use std::collections::HashMap;

use crate::mention::{self, Gender, Kind, Mention, lexicon};
use crate::model::tag::{PartOfSpeech, Tag};
use crate::text::Span;
use crate::token::{Sentence, Tokens};

/// The mentions of one thing in one story.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// The fullest name the story gives.
    pub name: String,
    /// What it is: a person, an organization or a place; else [`Kind::Other`].
    pub kind: Kind,
    /// The phrases that name it, in order.
    pub mentions: Vec<Span>,
    /// What the story calls it beside its name, in lower case ("mayor of tern").
    pub roles: Vec<String>,
    /// The gender that forms of address, roles and first names tell; `None` where they tell none.
    pub gender: Option<Gender>,
}

/// Joins the mentions of a story into clusters, in the order of their first mention. `tags` has one for
/// every token.
pub fn resolve(tokens: &Tokens<'_>, mut mentions: Vec<Mention>, tags: &[Tag]) -> Vec<Cluster> {
    mentions.retain(|m| !is_adjective(&tags[m.start..m.end]));
    // A full name is a person where the tags say so before short forms look for it.
    for mention in mentions.iter_mut().filter(|m| m.kind == Kind::Other && m.end - m.start > 1) {
        if tagged(tokens, tags, &[tokens.span(mention.start, mention.end)]) == Kind::Person {
            mention.kind = Kind::Person;
        }
    }
    let aliases = aliases(tokens, &mentions);
    let forms: Vec<Vec<String>> = mentions.iter().map(|m| form(tokens, m.start, m.end)).collect();
    // Fullest first, so that a short form finds its full name wherever it stands.
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(forms[i].len()), !aliases.contains_key(&i), i));
    let mut growing = Growing::default();
    for i in order {
        let full = aliases.get(&i).map(|full| &forms[*full]);
        growing.add(tokens, &mentions[i], &forms[i], full);
    }
    for title in tokens.sentences.iter().filter(|s| mention::is_title_case(tokens, **s)) {
        growing.find_again(tokens, *title);
    }
    growing.finish(tokens, tags)
}

/// Whether these tokens are the adjective of a nation, religion or party.
fn is_adjective(tags: &[Tag]) -> bool {
    let is_group = |tag: &Tag| tag.entity.is_some_and(|e| e.kind == Kind::Group);
    tags.iter().all(|tag| is_group(tag) && tag.part == PartOfSpeech::Adjective)
}

/// Clusters in the making.
#[derive(Default)]
struct Growing {
    clusters: Vec<Named>,
    /// Clusters by every form of their name.
    by_form: HashMap<String, usize>,
    /// Clusters by the last and by the first word of their full names.
    by_last: HashMap<String, Vec<usize>>,
    by_first: HashMap<String, Vec<usize>>,
    /// Clusters by the initials of their full names.
    by_initials: HashMap<String, usize>,
}

struct Named {
    cluster: Cluster,
    /// Words of the fullest name, in lower case.
    full: Vec<String>,
}

/// Most namesakes looked at for one short form; a story has few, and the bound keeps the time linear.
const NAMESAKES: usize = 8;

/// Short forms given in brackets ("Harbinger Lines (HL)"): index of the short name -> of the full one.
fn aliases(words: &Tokens<'_>, names: &[Mention]) -> HashMap<usize, usize> {
    let pairs = names.windows(2).enumerate().filter(|(_, pair)| {
        let [full, short] = pair else { return false };
        full.end + 1 == short.start && words.low(full.end) == "(" && words.low(short.end) == ")"
    });
    pairs.map(|(i, _)| (i + 1, i)).collect()
}

/// The words of a name in lower case; "U.S." and "United States" become "us".
fn form(words: &Tokens<'_>, start: usize, end: usize) -> Vec<String> {
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
    // "John F. Kell Jr." is Kell to the story.
    if form.len() > 2
        && form.last().is_some_and(|last| matches!(last.as_str(), "jr" | "sr" | "ii" | "iii" | "iv"))
    {
        form.pop();
    }
    form
}

impl Growing {
    /// Adds a name to the cluster it belongs to, or makes one. `full` is the form that a bracket gives it.
    fn add(&mut self, words: &Tokens<'_>, name: &Mention, form: &[String], full: Option<&Vec<String>>) {
        let span = words.span(name.start, name.end);
        let known = full.and_then(|f| self.by_form.get(&f.join(" "))).copied();
        let kind = if self.is_surname(words, name, form) { Kind::Other } else { name.kind };
        let found = known.or_else(|| self.find(kind, form, span));
        let index = found.unwrap_or_else(|| self.create(words, name, form));
        self.by_form.entry(form.join(" ")).or_insert(index);
        let Named { cluster, full } = &mut self.clusters[index];
        // "United States" is fuller than the "U.S." that stands first.
        let printed = span.slice(words.text);
        if full == form && !cluster.name.contains(' ') && printed.contains(' ') {
            cluster.name = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        cluster.mentions.push(span);
        cluster.roles.extend(name.roles.iter().filter(|r| !r.is_empty()).cloned());
        cluster.gender = cluster.gender.or(name.gender);
        if cluster.kind == Kind::Other {
            cluster.kind = kind;
        }
    }

    /// Whether what the table of places knows is the family name of a person whom the story names in full, and
    /// stands where no place would ("Lima said", not "in Lima").
    fn is_surname(&self, words: &Tokens<'_>, name: &Mention, form: &[String]) -> bool {
        let [only] = form else { return false };
        let is_person =
            |i: &usize| self.clusters[*i].cluster.kind == Kind::Person && self.clusters[*i].full.len() > 1;
        let is_local = matches!(
            words.low_before(name.start),
            "at" | "from" | "in" | "into" | "near" | "of" | "outside" | "to" | "toward" | "towards"
        );
        name.kind == Kind::Place
            && !is_local
            && self.by_last.get(only).is_some_and(|l| l.iter().any(is_person))
    }

    /// The cluster a form belongs to.
    fn find(&self, kind: Kind, form: &[String], at: Span) -> Option<usize> {
        let (first, last) = (form.first()?, form.last()?);
        if let Some(&known) = self.by_form.get(&form.join(" ")) {
            let is_namesake = form.len() == 1 && self.by_last.get(last).is_some_and(|l| l.len() > 1);
            // "Born in Lima" is not of Ms Lima.
            let is_place = |i: usize| self.clusters[i].cluster.kind == Kind::Place;
            if kind == Kind::Place && !is_place(known) {
                let named = self.by_last.get(last).into_iter().flatten().copied();
                return named.take(NAMESAKES).find(|i| is_place(*i) && self.clusters[*i].full == form);
            }
            if !is_namesake || kind == Kind::Place {
                return Some(known);
            }
        }
        let fits = |i: &usize| match (kind, self.clusters[*i].cluster.kind) {
            (Kind::Other, _) | (_, Kind::Other) => true,
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
                    .find(|i| is_company_form(&self.clusters[*i].full, form))
            })
            .or_else(|| self.by_first_word(with_first, kind, form))
            .or_else(|| self.by_initials.get(&form.concat()).copied().filter(|i| form.len() == 1 && fits(i)))
    }

    /// Whether a form is short for a cluster with the same last word: a family name, a name with
    /// a middle name left out, a body without its country.
    fn is_short_by_last(&self, index: usize, kind: Kind, form: &[String]) -> bool {
        let Named { cluster, full } = &self.clusters[index];
        let is_body = cluster.kind == Kind::Organization || kind == Kind::Organization;
        if is_body || full.len() == form.len() {
            let prefix = full.len().saturating_sub(form.len());
            return full.len() > form.len()
                && full[prefix..] == *form
                && lexicon::place(&full[..prefix].join(" ")).is_some();
        }
        // "García Moreno", "O'Neill" and "al-Masri" are family names of more than one word.
        let is_family = form.len() > 1 && full.ends_with(form);
        cluster.kind != Kind::Place
            && full.len() > form.len()
            && (form.len() == 1 || is_family || form[0] == full[0] && form.len() + 1 == full.len())
    }

    /// A person by the first word alone ("Lin" of "Lin Jian"), where only one fits.
    fn by_first_word(&self, with_first: &[usize], kind: Kind, form: &[String]) -> Option<usize> {
        if form.len() != 1 || kind == Kind::Organization {
            return None;
        }
        let mut people = with_first.iter().copied().filter(|i| {
            let Named { cluster, full } = &self.clusters[*i];
            cluster.kind == Kind::Person && (2..=3).contains(&full.len())
        });
        let only = people.next()?;
        people.next().is_none().then_some(only)
    }

    /// Of several namesakes the one named last before `at`, else the first.
    fn latest(&self, candidates: &[usize], at: Span) -> Option<usize> {
        let before = |i: &usize| {
            let mentions = &self.clusters[*i].cluster.mentions;
            mentions.iter().rev().take(NAMESAKES).map(|m| m.start).filter(|s| *s < at.start).max()
        };
        let named = candidates.iter().copied().filter(|i| before(i).is_some());
        named.max_by_key(|i| before(i)).or_else(|| candidates.first().copied())
    }

    fn create(&mut self, words: &Tokens<'_>, name: &Mention, form: &[String]) -> usize {
        let index = self.clusters.len();
        let printed = words.span(name.start, name.end).slice(words.text);
        let name_text = printed.split_whitespace().collect::<Vec<_>>().join(" ");
        let cluster = Cluster {
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
        self.clusters.push(Named { cluster, full: form.to_vec() });
        index
    }

    /// Finds known names in a sentence set like a title.
    fn find_again(&mut self, words: &Tokens<'_>, sentence: Sentence) {
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
                    self.clusters[index].cluster.mentions.push(words.span(i, end));
                    end
                }
                _ => i + 1,
            };
        }
    }

    /// The clusters in the order of their first mention.
    fn finish(self, words: &Tokens<'_>, tags: &[Tag]) -> Vec<Cluster> {
        let mut clusters: Vec<Cluster> = self.clusters.into_iter().map(|c| c.cluster).collect();
        for cluster in &mut clusters {
            if cluster.kind == Kind::Other {
                cluster.kind = tagged(words, tags, &cluster.mentions);
            }
            if cluster.kind == Kind::Person && cluster.gender.is_none() {
                let first = cluster.name.split(' ').next().unwrap_or_default();
                cluster.gender = lexicon::gender_of_first_name(&first.to_lowercase());
            }
            cluster.mentions.sort();
            cluster.roles.sort();
            cluster.roles.dedup();
        }
        clusters.sort_by_key(|c| c.mentions.first().copied());
        clusters
    }
}

/// The kind that the model tags most tokens of these mentions with; of equal ones the first of person,
/// organization, place.
fn tagged(words: &Tokens<'_>, tags: &[Tag], mentions: &[Span]) -> Kind {
    let mut votes = [(Kind::Person, 0), (Kind::Organization, 0), (Kind::Place, 0), (Kind::Other, 0)];
    for mention in mentions {
        let (start, end) = words.touched(*mention);
        for tag in &tags[start..end] {
            let vote = match tag.entity.map(|e| e.kind) {
                Some(Kind::Person) => 0,
                Some(Kind::Organization) => 1,
                Some(Kind::Place | Kind::Facility) => 2,
                _ => 3,
            };
            votes[vote].1 += 1;
        }
    }
    let most = votes.iter().map(|(_, count)| *count).max().unwrap_or(0);
    votes.iter().find(|(_, count)| *count == most).map_or(Kind::Other, |(kind, _)| *kind)
}

/// Whether a form is a company's name without the words that only tell it is one.
fn is_company_form(full: &[String], form: &[String]) -> bool {
    full.len() > form.len()
        && full.starts_with(form)
        && full[form.len()..].iter().all(|w| lexicon::is_company_word(w))
}

#[cfg(test)]
mod tests;
