//! Who speaks: source phrases resolved through the story.

mod antecedent;
mod description;

use std::collections::HashMap;

use super::Form;
use super::source::{self, Head};
use crate::attribution::Attribution;
use crate::coref::Cluster;
use crate::mention::{Gender, Kind, lexicon};
use crate::quotation::Quotation;
use crate::story::agency;
use crate::text::Span;
use crate::token::Tokens;
use antecedent::Wanted;

/// A source resolved.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Speaker {
    /// The name for the ledger.
    pub(super) name: Option<String>,
    /// The cluster, where it is one.
    pub(super) cluster: Option<usize>,
    /// How the source is worded.
    pub(super) form: Form,
}

/// Resolves the source of every attribution. `outer` says which stands inside which.
pub(super) fn resolve(
    words: &Tokens<'_>,
    clusters: &[Cluster],
    quotations: &[Quotation],
    attributions: &[Attribution],
    outer: &[Option<usize>],
) -> Vec<Speaker> {
    let mut mentions: Vec<(Span, usize)> =
        clusters.iter().enumerate().flat_map(|(i, e)| e.mentions.iter().map(move |m| (*m, i))).collect();
    mentions.sort();
    let genders = clusters.iter().map(|e| e.gender).collect();
    let mut resolver = Resolver {
        words,
        clusters,
        quotations,
        bodies: bodies(clusters, words),
        by_role: description::by_role(clusters),
        mentions,
        attributions,
        outer,
        genders,
        said: Vec::new(),
    };
    let mut speakers: Vec<Option<Speaker>> = vec![None; attributions.len()];
    // Outer statements first: "I" and "we" inside them mean their speakers.
    let mut order: Vec<usize> = (0..attributions.len()).collect();
    order.sort_by_key(|&i| (depth(outer, i), start(&attributions[i]), i));
    for i in order {
        let around = outer[i].and_then(|o| speakers[o].clone());
        let (speaker, head) = resolver.speaker(i, around.as_ref());
        resolver.remember(i, &speaker, &head);
        speakers[i] = Some(speaker);
    }
    speakers.into_iter().flatten().collect()
}

/// How many statements an attribution stands inside.
fn depth(outer: &[Option<usize>], mut i: usize) -> usize {
    /// Deeper nesting than prose has.
    const DEEPEST: usize = 8;
    let mut depth = 0;
    while let Some(o) = outer[i].filter(|_| depth < DEEPEST) {
        depth += 1;
        i = o;
    }
    depth
}

/// Where an attribution stands: its source, else its cue, else its content.
fn start(attribution: &Attribution) -> u32 {
    let first = attribution.source.first().or(attribution.cue.as_ref()).or(attribution.content.first());
    first.map_or(0, |s| s.start)
}

struct Resolver<'a> {
    words: &'a Tokens<'a>,
    clusters: &'a [Cluster],
    quotations: &'a [Quotation],
    /// For each cluster the body that it speaks for, where what it is called names one.
    bodies: Vec<Option<usize>>,
    /// Entities by the words of what they are called.
    by_role: HashMap<&'a str, Vec<usize>>,
    /// Every mention with its cluster, in order.
    mentions: Vec<(Span, usize)>,
    attributions: &'a [Attribution],
    outer: &'a [Option<usize>],
    /// What titles, roles and pronouns told so far.
    genders: Vec<Option<Gender>>,
    /// Outer statements read so far.
    said: Vec<Said>,
}

/// An outer statement read so far.
struct Said {
    at: u32,
    speaker: Speaker,
    /// The noun of the description that its source is.
    noun: Option<String>,
}

impl Resolver<'_> {
    /// Who the source of attribution `i` is; `around` is the speaker of the statement it stands in.
    fn speaker(&mut self, i: usize, around: Option<&Speaker>) -> (Speaker, Head) {
        let attribution = &self.attributions[i];
        let at = start(attribution);
        let head = source::head(self.words, &attribution.source, &self.mentions, self.clusters);
        let speaker = match &head {
            Head::Missing => Speaker { name: None, cluster: None, form: Form::None },
            Head::Pronoun(word) => self.pronoun(word, at, around),
            Head::Clusters(clusters) => self.named(clusters),
            Head::Description(description) => self.described(description),
        };
        (speaker, head)
    }

    fn remember(&mut self, i: usize, speaker: &Speaker, head: &Head) {
        if self.outer[i].is_none() && speaker.name.is_some() {
            let noun = match head {
                Head::Description(description) => Some(description.noun.clone()),
                _ => None,
            };
            self.said.push(Said { at: start(&self.attributions[i]), speaker: speaker.clone(), noun });
        }
    }

    fn named(&self, clusters: &[usize]) -> Speaker {
        let names: Vec<&str> = clusters.iter().map(|e| self.clusters[*e].name.as_str()).collect();
        // Whom the story names beats every list of places: "Lima said" of Ms Lima.
        if let [only] = clusters
            && let Some(holder) = self.holder(*only)
        {
            return Speaker { form: Form::Role, ..self.named(&[holder]) };
        }
        if let [only] = clusters
            && self.clusters[*only].kind != Kind::Person
            && let Some(lexicon::PlaceWord::Seat(body)) = lexicon::place(names[0])
        {
            return Speaker { name: Some(body.to_owned()), cluster: Some(*only), form: Form::Metonym };
        }
        let cluster = clusters.first().copied().filter(|_| clusters.len() == 1);
        Speaker { name: Some(list(&names)), cluster, form: Form::Named }
    }

    fn pronoun(&mut self, word: &str, at: u32, around: Option<&Speaker>) -> Speaker {
        let speaker = match word {
            "i" | "my" | "me" | "mine" | "myself" => around.cloned().or_else(|| self.last_said(at, |_| true)),
            "we" | "our" | "us" | "ours" => {
                let speaker = around.cloned().or_else(|| self.last_said(at, |_| true));
                // Who speaks for a body says "we" of it.
                let body = speaker.as_ref().and_then(|s| self.bodies.get(s.cluster?).copied().flatten());
                body.map(|body| self.named(&[body])).or(speaker)
            }
            "he" | "his" => self.antecedent(at, Wanted::Person(Some(Gender::Male)), around),
            "she" | "her" | "hers" => self.antecedent(at, Wanted::Person(Some(Gender::Female)), around),
            "who" | "whom" | "whose" => self.before(at, true),
            "which" | "that" => self.before(at, false),
            "they" | "their" | "them" | "theirs" | "both" => self.antecedent(at, Wanted::Several, around),
            "it" | "its" | "this" => self.antecedent(at, Wanted::Body, around),
            _ => None,
        };
        let (name, cluster) = speaker.map_or((None, None), |s| (s.name, s.cluster));
        Speaker { name, cluster, form: Form::Pronoun }
    }

    /// The last outer speaker before `at` who fits.
    fn last_said(&self, at: u32, fits: impl Fn(&Speaker) -> bool) -> Option<Speaker> {
        /// Statements looked back through.
        const BACK: usize = 12;
        let before = self.said.partition_point(|said| said.at < at);
        self.said[..before].iter().rev().take(BACK).map(|said| &said.speaker).find(|s| fits(s)).cloned()
    }

    /// What stands right before a relative pronoun; a person for "who".
    fn before(&mut self, at: u32, is_who: bool) -> Option<Speaker> {
        let i = self.words.list.partition_point(|t| t.span.start < at);
        let mut end = i;
        while end > 0 && matches!(self.words.low(end - 1), "," | "of" | "in" | "to" | ")") {
            end -= 1;
        }
        if end == 0 || !self.words.same_paragraph(end - 1, i) {
            return None;
        }
        let next = self.mentions.partition_point(|(m, _)| m.start < at);
        let here = self.sentence(at);
        let near =
            self.mentions[..next].iter().rev().take_while(|(m, _)| self.sentence(m.start) == here).take(3);
        let near: Vec<(Span, usize)> = near.copied().collect();
        let close = self.words.list[end - 1].span.end;
        let kind = |cluster: usize| self.clusters[cluster].kind;
        if let Some((_, cluster)) = near.first().filter(|(m, _)| m.end >= close) {
            // "Ana Ruiz, an expert at Tern University, who ...": the person, not the university.
            let person = near.iter().find(|(_, e)| kind(*e) == Kind::Person);
            let meant = if is_who && kind(*cluster) != Kind::Person {
                person.map_or(*cluster, |(_, e)| *e)
            } else {
                *cluster
            };
            return Some(self.named(&[meant]));
        }
        let start = self.phrase_start(end - 1);
        let noun = self.words.low(end - 1);
        let is_time = matches!(noun, "day" | "week" | "month" | "year" | "today" | "yesterday")
            || noun.starts_with(|c: char| c.is_ascii_digit());
        match source::head(self.words, &[self.words.span(start, end)], &self.mentions, self.clusters) {
            _ if is_time => near.first().map(|(_, e)| self.named(&[*e])),
            Head::Clusters(clusters) => Some(self.named(&clusters)),
            Head::Description(d) => Some(self.described(&d)),
            _ => None,
        }
    }

    /// Where the noun phrase that ends with token `noun` begins, possessors included.
    fn phrase_start(&self, noun: usize) -> usize {
        /// Words of a noun phrase before its noun.
        const LONGEST: usize = 5;
        let words = self.words;
        let is_part = |i: usize| {
            words.is_word(i) && !crate::mention::is_boundary(words.low(i))
                || matches!(words.low(i), "'" | "-")
        };
        let mut start = noun;
        while start > 0
            && noun - start < LONGEST
            && words.same_paragraph(start - 1, noun)
            && is_part(start - 1)
        {
            start -= 1;
        }
        start
    }

    /// Whether a cluster is the news agency that the story credits.
    fn is_credited(&self, cluster: usize) -> bool {
        let credited = self.words.story.meta.agency.as_deref();
        credited.is_some() && agency::named(&self.clusters[cluster].name) == credited
    }

    /// Whether a place is a country, and so may speak.
    fn is_country(&self, cluster: usize) -> bool {
        matches!(lexicon::place(&self.clusters[cluster].name), Some(lexicon::PlaceWord::Country(_)))
    }

    /// Whether a byte stands inside a quotation.
    fn is_quoted(&self, at: u32) -> bool {
        let after = self.quotations.partition_point(|q| q.span.start <= at);
        after.checked_sub(1).is_some_and(|i| at < self.quotations[i].span.end)
    }

    /// Number of the sentence in which a byte stands.
    fn sentence(&self, at: u32) -> usize {
        let token = self.words.list.partition_point(|t| t.span.end <= at);
        self.words.sentences.partition_point(|s| (s.end as usize) <= token)
    }
}

/// For each person the body or country that is named in what the story calls them: "chief executive of Tern
/// Lines".
fn bodies(clusters: &[Cluster], words: &Tokens<'_>) -> Vec<Option<usize>> {
    /// Words of the longest name looked for.
    const LONGEST: usize = 6;
    let mut names: HashMap<String, usize> = HashMap::new();
    for (i, cluster) in clusters.iter().enumerate().filter(|(_, c)| c.kind != Kind::Person) {
        for mention in &cluster.mentions {
            let (start, end) = words.touched(*mention);
            let parts: Vec<&str> = (start..end).filter(|t| words.is_word(*t)).map(|t| words.low(t)).collect();
            names.entry(parts.join(" ")).or_insert(i);
        }
    }
    let in_role = |role: &String| {
        let parts: Vec<&str> = role.split(' ').collect();
        let ranges = (0..parts.len())
            .flat_map(|from| (from + 1..=parts.len().min(from + LONGEST)).rev().map(move |to| from..to));
        let mut found = ranges.filter_map(|r| names.get(&parts[r].join(" ")).copied());
        found.next()
    };
    // "Ana Ruiz from Tern Lines".
    let starts: HashMap<usize, usize> = clusters
        .iter()
        .enumerate()
        .filter(|(_, c)| matches!(c.kind, Kind::Organization | Kind::Other))
        .flat_map(|(i, c)| c.mentions.iter().map(move |m| (words.touched(*m).0, i)))
        .collect();
    let after = |mention: &Span| {
        let end = words.touched(*mention).1;
        let is_joint = matches!(words.low(end), "at" | "from" | "of" | "with");
        let next = end + 1 + usize::from(words.low(end + 1) == "the");
        starts.get(&next).copied().filter(|_| is_joint)
    };
    let of = |cluster: &Cluster| {
        cluster.roles.iter().find_map(in_role).or_else(|| cluster.mentions.iter().find_map(after))
    };
    clusters.iter().map(|c| if c.kind == Kind::Person { of(c) } else { None }).collect()
}

/// Names joined as a list: "A", "A and B", "A, B and C".
fn list(names: &[&str]) -> String {
    match names {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        [only] => (*only).to_owned(),
        _ => String::new(),
    }
}
