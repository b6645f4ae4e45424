//! Whom a description stands for: "the mayor", "the company", "a report by the Tern Fund".

use super::antecedent::Wanted;
use super::{Resolver, Speaker};
use crate::coref::Cluster;
use crate::mention::{Gender, Kind, lexicon};
use crate::statement::Form;
use crate::statement::source::{Description, Possessor};
use std::collections::HashMap;

impl Resolver<'_> {
    /// Who holds the office of which a name in capitals is the short form: "the MP", "the OC".
    pub(super) fn holder(&self, cluster: usize) -> Option<usize> {
        let Cluster { name, kind, .. } = &self.clusters[cluster];
        let is_short = !matches!(kind, Kind::Person | Kind::Place) && !name.contains(char::is_lowercase);
        let title = name.to_lowercase();
        let is_title = |role: &String| {
            let mut words = role.split(' ');
            let is_first = words.next() == Some(&title) && matches!(words.next(), Some("for" | "of"));
            is_first || role.rsplit(' ').next() == Some(&title)
        };
        let holds = |i: &usize| {
            let cluster = &self.clusters[*i];
            cluster.kind == Kind::Person && cluster.roles.iter().any(is_title)
        };
        let called = self.by_role.get(title.as_str()).filter(|_| is_short)?;
        let mut holders = called.iter().copied().filter(holds);
        let only = holders.next()?;
        holders.next().is_none().then_some(only)
    }

    pub(super) fn is_called(&self, cluster: usize, noun: &str) -> bool {
        self.clusters[cluster].roles.iter().any(|r| is_role_of(r, noun))
    }

    pub(super) fn described(&mut self, description: &Description) -> Speaker {
        let noun = description.noun.as_str();
        if let Some(country) = people(description) {
            return Speaker { name: Some(country.to_owned()), cluster: None, form: Form::Metonym };
        }
        // A paper or an outlet that publishes is a body, what it prints a document.
        let is_publisher = description.is_definite && matches!(noun, "paper" | "magazine");
        if lexicon::is_document(noun) && !lexicon::is_role(noun) && !is_publisher {
            return self.document(description);
        }
        let is_plural = lexicon::is_roles(noun)
            || noun.ends_with('s') && !lexicon::is_role(noun) && !lexicon::is_body(noun);
        if description.is_definite
            && !description.has_name
            && let Some((at, said)) = self.said_as(description)
            && self.by_role(description).is_none_or(|e| self.last_mention(e, description.start) < Some(at))
        {
            return Speaker { form: Form::Role, ..said };
        }
        let is_known = description.is_definite && (!is_plural || is_age(description));
        if is_known && let Some(cluster) = self.by_role(description) {
            return Speaker { form: Form::Role, ..self.named(&[cluster]) };
        }
        let name = self.completed(description);
        if noun == "one" || noun == "nobody" || noun == "none" {
            return Speaker { name: None, cluster: None, form: Form::Unnamed };
        }
        let is_body = lexicon::is_body(noun) && !is_plural && description.has_name;
        Speaker { name, cluster: None, form: if is_body { Form::Named } else { Form::Unnamed } }
    }

    /// The speaker without name who was described by the same noun, and where: "a senior official said ... the
    /// official".
    fn said_as(&self, description: &Description) -> Option<(u32, Speaker)> {
        /// Statements looked back through.
        const BACK: usize = 40;
        let noun = description.noun.as_str();
        let before = self.said.partition_point(|said| said.at < description.start);
        let same =
            self.said[..before].iter().rev().take(BACK).find(|said| said.noun.as_deref() == Some(noun))?;
        let is_fuller = |name: &String| name.split(' ').count() > description.words.len();
        let is_nameless = same.speaker.cluster.is_none() && same.speaker.name.as_ref().is_some_and(is_fuller);
        is_nameless.then(|| (same.at, same.speaker.clone()))
    }

    /// The words of a description, a possessor in it by the fullest name: "Ruiz's lawyer", "his office".
    fn completed(&mut self, description: &Description) -> Option<String> {
        let own = Some(description.text.clone()).filter(|t| !t.is_empty());
        let Some((possessor, rest)) = &description.possessed else { return own };
        let name = match possessor {
            Possessor::Cluster(cluster) => Some(self.clusters[*cluster].name.clone()),
            Possessor::Pronoun(word) => {
                let wanted = match word.as_str() {
                    "his" => Wanted::Person(Some(Gender::Male)),
                    "her" => Wanted::Person(Some(Gender::Female)),
                    "its" => Wanted::Body,
                    _ => return own,
                };
                self.antecedent(description.start, wanted, None).and_then(|s| s.name)
            }
        };
        let possessive = |name: String| {
            if name.ends_with('s') { format!("{name}' {rest}") } else { format!("{name}'s {rest}") }
        };
        name.map(possessive).or(own)
    }

    /// A document speaks for the body that issued it, where the phrase names one.
    fn document(&self, description: &Description) -> Speaker {
        let issuer = description.maker.or(description.owner);
        let issuer = issuer.or_else(|| self.introduced(description)).or_else(|| self.issuer(description));
        let issuer = issuer.map(|e| (Some(self.clusters[e].name.clone()), Some(e)));
        let (name, cluster) =
            issuer.unwrap_or_else(|| (Some(description.text.clone()).filter(|t| !t.is_empty()), None));
        Speaker { name, cluster, form: Form::Document }
    }

    /// The maker of a definite document that was told when it was spoken of before: "a study by the Tern Fund ...
    /// the study", "the Tern Fund's report ... the report".
    fn introduced(&self, description: &Description) -> Option<usize> {
        /// Tokens between a noun and its maker.
        const GAP: usize = 3;
        /// Tokens looked back through: some forty paragraphs, and the bound keeps the time linear.
        const BACK: usize = 2000;
        if !description.is_definite {
            return None;
        }
        let words = self.words;
        let here = words.list.partition_point(|t| t.span.start < description.start);
        let mention_at = |t: usize| {
            let start = words.list.get(t)?.span.start;
            let i = self.mentions.partition_point(|(m, _)| m.start < start);
            self.mentions.get(i).filter(|(m, _)| m.start == start).map(|(_, cluster)| *cluster)
        };
        let mention_to = |t: usize| {
            let end = words.list.get(t)?.span.end;
            let i = self.mentions.partition_point(|(m, _)| m.end < end);
            self.mentions.get(i).filter(|(m, _)| m.end == end).map(|(_, cluster)| *cluster)
        };
        let maker = |noun: usize| {
            let after = (noun + 1..noun + 2 + GAP).find(|t| matches!(words.low(*t), "by" | "from"));
            let by = after.and_then(|t| (t + 1..=t + GAP).find_map(mention_at));
            let owner = || {
                let mark = (noun.saturating_sub(GAP)..noun).find(|t| words.low(*t) == "'")?;
                mark.checked_sub(1).and_then(mention_to)
            };
            by.or_else(owner)
        };
        let is_body = |cluster: &usize| self.clusters[*cluster].kind != Kind::Place;
        let before = (here.saturating_sub(BACK)..here).rev().filter(|t| words.low(*t) == description.noun);
        before.filter_map(maker).find(is_body)
    }

    /// The body that a definite document must come from: "the filing", "its website".
    fn issuer(&self, description: &Description) -> Option<usize> {
        const OWN: [&str; 15] = [
            "advertisement",
            "announcement",
            "email",
            "filing",
            "filings",
            "invitation",
            "lawsuit",
            "letter",
            "memo",
            "memorandum",
            "release",
            "results",
            "statement",
            "suit",
            "website",
        ];
        let is_own = description.is_definite && OWN.contains(&description.noun.as_str());
        is_own.then(|| self.salient(description.start, Wanted::Body, None, Some("company")))?.map(|(e, _)| e)
    }

    /// The cluster that a definite description stands for.
    fn by_role(&self, description: &Description) -> Option<usize> {
        let noun = description.noun.as_str();
        if (lexicon::is_body(noun) || is_company(noun)) && !lexicon::is_role(noun) {
            if description.has_name {
                return None;
            }
            return self.body(description).or_else(|| self.company(description));
        }
        if is_age(description) {
            let person = Wanted::Person(None);
            return self
                .salient(description.start, person, None, None)
                .map(|(e, _)| e)
                .filter(|e| self.clusters[*e].kind == Kind::Person);
        }
        let shared = |e: &Cluster| {
            let of_role = |r: &String| {
                description.words.iter().filter(|w| r.split(' ').any(|x| x == w.as_str())).count()
            };
            e.roles.iter().filter(|r| is_role_of(r, noun)).map(of_role).max()
        };
        let called = self.by_role.get(title(noun))?;
        // Who holds the office now, before who held it or will.
        let holds = |i: usize| self.clusters[i].roles.iter().any(|r| is_role_of(r, noun) && !is_past(r));
        let is_past = description.words.iter().any(|w| is_past(w));
        let shared = called.iter().filter_map(|i| Some((*i, shared(&self.clusters[*i])?)));
        let fits = shared.max_by_key(|(i, shared)| {
            (holds(*i) != is_past, *shared, self.last_mention(*i, description.start))
        });
        fits.map(|(i, _)| i)
    }

    /// Where a cluster is last named before a byte.
    fn last_mention(&self, cluster: usize, before: u32) -> Option<u32> {
        let mentions = &self.clusters[cluster].mentions;
        let n = mentions.partition_point(|m| m.start < before);
        n.checked_sub(1).map(|n| mentions[n].start)
    }

    /// The body last named before a description whose noun is a word of its name or of what it is called:
    /// "the bureau" of a Bureau of Fisheries.
    fn body(&self, description: &Description) -> Option<usize> {
        let noun = description.noun.as_str();
        let has_noun = |i: &usize| {
            let cluster = &self.clusters[*i];
            let named = || cluster.name.split(' ').any(|word| word.eq_ignore_ascii_case(noun));
            !matches!(cluster.kind, Kind::Person | Kind::Place)
                && !self.is_credited(*i)
                && (named() || self.is_called(*i, noun))
        };
        let named = (0..self.clusters.len()).filter(has_noun);
        let before = named.filter_map(|i| Some((self.last_mention(i, description.start)?, i)));
        before.max().map(|(_, i)| i)
    }

    /// The body that is talked of, where the noun is one by which stories go on about a company.
    fn company(&self, description: &Description) -> Option<usize> {
        let noun = description.noun.as_str();
        // Of a name of which nothing is known, a first name tells that it is nobody's company.
        let is_first_name = |e: &usize| {
            let first = self.clusters[*e].name.split(' ').next().unwrap_or_default();
            lexicon::gender_of_first_name(&first.to_lowercase()).is_some()
        };
        let is_body = |e: &usize| match self.clusters[*e].kind {
            Kind::Organization => true,
            Kind::Other => !is_first_name(e),
            _ => false,
        };
        let (cluster, _) = self.salient(description.start, Wanted::Body, None, Some(noun))?;
        Some(cluster).filter(|e| is_company(noun) && is_body(e))
    }
}

/// The country whose people stand for it: "the Iranians", "the French".
fn people(description: &Description) -> Option<&'static str> {
    let [article, people] = description.words.as_slice() else { return None };
    let lexicon::PlaceWord::Adjective(country) = lexicon::place(people)? else { return None };
    let is_people = ["s", "ish", "ch", "ese"].iter().any(|end| people.ends_with(end));
    (article == "the" && is_people).then_some(country)
}

/// Whether a description tells an age and nothing else: "the 37-year-old".
fn is_age(description: &Description) -> bool {
    description.noun == "old" && description.words.iter().any(|w| w == "year")
}

/// Words of a role that is held no more, or not yet.
fn is_past(role: &str) -> bool {
    role.split(' ').any(|w| {
        matches!(
            w,
            "elect" | "ex" | "former" | "formerly" | "incoming" | "late" | "onetime" | "outgoing" | "then"
        )
    })
}

/// The clusters by the words of what they are called; of very common words the first ones.
pub(super) fn by_role(clusters: &[Cluster]) -> HashMap<&str, Vec<usize>> {
    /// Entities kept for one word: a story has fewer mayors, and the bound keeps the time linear.
    const MOST: usize = 32;
    let mut found: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, cluster) in clusters.iter().enumerate() {
        for word in cluster.roles.iter().flat_map(|r| r.split(' ')) {
            let list = found.entry(title(word)).or_default();
            if list.len() < MOST && list.last() != Some(&i) {
                list.push(i);
            }
        }
    }
    found
}

/// The one word for a title that is written in several ways: "Gov." and "governor".
fn title(noun: &str) -> &str {
    match noun {
        "ceo" => "executive",
        "gov" => "governor",
        "sen" => "senator",
        "rep" | "congressman" | "congresswoman" => "representative",
        "gen" => "general",
        "col" => "colonel",
        "capt" => "captain",
        "lt" => "lieutenant",
        "sgt" => "sergeant",
        "prof" => "professor",
        "premier" => "minister",
        other => other,
    }
}

/// Whether a description holds a noun, however its title is written.
fn is_role_of(role: &str, noun: &str) -> bool {
    role.split(' ').any(|w| title(w) == title(noun))
}

/// Nouns by which a story goes on about the body it last named.
fn is_company(noun: &str) -> bool {
    matches!(
        noun,
        "company"
            | "firm"
            | "airline"
            | "bank"
            | "automaker"
            | "carmaker"
            | "maker"
            | "manufacturer"
            | "retailer"
            | "group"
            | "agency"
            | "organisation"
            | "organization"
            | "corporation"
            | "business"
            | "developer"
            | "publisher"
            | "label"
            | "carrier"
            | "lender"
            | "supplier"
            | "network"
            | "newspaper"
            | "paper"
            | "club"
            | "team"
            | "union"
            | "charity"
            | "giant"
    )
}
