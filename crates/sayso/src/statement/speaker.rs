//! Who speaks: source phrases resolved through the story.

use std::collections::HashMap;

use super::Form;
use super::source::{self, Description, Head};
use crate::attribution::Attribution;
use crate::coref::Cluster;
use crate::mention::{Gender, Kind, lexicon};
use crate::quotation::Quotation;
use crate::story::agency;
use crate::text::Span;
use crate::token::Tokens;

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
        by_role: by_role(clusters),
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
        let speaker = resolver.speaker(i, around.as_ref());
        resolver.remember(i, &speaker);
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
    /// Entities by the words of what they are called.
    by_role: HashMap<&'a str, Vec<usize>>,
    /// Every mention with its cluster, in order.
    mentions: Vec<(Span, usize)>,
    attributions: &'a [Attribution],
    outer: &'a [Option<usize>],
    /// What titles, roles and pronouns told so far.
    genders: Vec<Option<Gender>>,
    /// Outer statements read so far: where, and who.
    said: Vec<(u32, Speaker)>,
}

/// What a pronoun or noun asks of the one it stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Person(Option<Gender>),
    Body,
    Several,
}

impl Resolver<'_> {
    /// Who the source of attribution `i` is; `around` is the speaker of the statement it stands in.
    fn speaker(&mut self, i: usize, around: Option<&Speaker>) -> Speaker {
        let attribution = &self.attributions[i];
        let at = start(attribution);
        match source::head(self.words, &attribution.source, &self.mentions, self.clusters) {
            Head::Missing => Speaker { name: None, cluster: None, form: Form::None },
            Head::Pronoun(word) => self.pronoun(&word, at, around),
            Head::Clusters(clusters) => self.named(&clusters),
            Head::Description(description) => self.described(&description),
        }
    }

    fn remember(&mut self, i: usize, speaker: &Speaker) {
        if self.outer[i].is_none() && speaker.name.is_some() {
            self.said.push((start(&self.attributions[i]), speaker.clone()));
        }
    }

    fn named(&self, clusters: &[usize]) -> Speaker {
        let names: Vec<&str> = clusters.iter().map(|e| self.clusters[*e].name.as_str()).collect();
        // Whom the story names beats every list of places: "Lima said" of Ms Lima.
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
            "i" | "we" | "my" | "our" | "us" | "me" | "mine" | "ours" | "myself" => {
                around.cloned().or_else(|| self.last_said(at, |_| true))
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
        let before = self.said.partition_point(|(place, _)| *place < at);
        self.said[..before].iter().rev().take(BACK).map(|(_, s)| s).find(|s| fits(s)).cloned()
    }

    /// What stands right before a relative pronoun; a person for "who".
    fn before(&self, at: u32, is_who: bool) -> Option<Speaker> {
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

    /// The most likely one before `at` whom a pronoun stands for.
    fn antecedent(&mut self, at: u32, wanted: Wanted, around: Option<&Speaker>) -> Option<Speaker> {
        let previous = self.last_said(at, |_| true);
        let best = self.salient(at, wanted, around, None);
        // A nameless speaker goes on by pronoun: "an official said ... he added".
        if let Some(previous) = previous.filter(|p| p.cluster.is_none() && self.fits_nameless(p, wanted)) {
            let is_nearer = best.is_none_or(|(_, score)| score < NAMELESS);
            if is_nearer {
                return Some(previous);
            }
        }
        let (cluster, _) = best?;
        if let Wanted::Person(gender) = wanted {
            self.genders[cluster] = self.genders[cluster].or(gender);
        }
        Some(Speaker { form: Form::Pronoun, ..self.named(&[cluster]) })
    }

    /// Whether a nameless or joint speaker can be meant.
    fn fits_nameless(&self, speaker: &Speaker, wanted: Wanted) -> bool {
        let name = speaker.name.as_deref().unwrap_or("");
        let last = name.split([' ', ',']).rfind(|w| !w.is_empty()).unwrap_or("");
        let first = name.split(' ').next().unwrap_or("");
        let noun = name.split(" of ").next().unwrap_or(name).split(" at ").next().unwrap_or(name);
        let noun = noun.split(" from ").next().unwrap_or(noun).rsplit(' ').next().unwrap_or(last);
        match wanted {
            Wanted::Person(_) => {
                matches!(first, "a" | "an" | "one" | "someone") && speaker.form == Form::Unnamed
            }
            Wanted::Several => name.contains(" and ") || noun.ends_with('s') || lexicon::is_roles(noun),
            Wanted::Body => false,
        }
    }

    /// The cluster before `at` that stands out most, with its score. `role` is a noun it should be known by.
    fn salient(
        &self,
        at: u32,
        wanted: Wanted,
        around: Option<&Speaker>,
        role: Option<&str>,
    ) -> Option<(usize, i32)> {
        /// Mentions looked back through: about two paragraphs' worth.
        const BACK: usize = 24;
        let before = self.mentions.partition_point(|(m, _)| m.end <= at);
        let last = self.last_said(at, |s| s.cluster.is_some()).and_then(|s| s.cluster);
        let outer = around.and_then(|a| a.cluster);
        let from = before.saturating_sub(BACK);
        let near = (from..before).rev().map(|n| (self.mentions[n].1, self.closeness(n, at)));
        // Whoever spoke last is near however long the quotation was.
        let is_person = |s: &Speaker| s.cluster.is_some_and(|e| self.clusters[e].kind == Kind::Person);
        let last_person = self.last_said(at, is_person).and_then(|s| s.cluster);
        let speakers = [last, outer, last_person].into_iter().flatten().map(|e| (e, SPEAKER_CLOSENESS));
        let is_quoted = self.is_quoted(at);
        let newcomer =
            if matches!(wanted, Wanted::Person(_)) { self.newcomer(at, before, last_person) } else { None };
        let mut best: Option<(usize, i32)> = None;
        for (cluster, closeness) in near.chain(speakers) {
            let Some(fit) = self.fit(cluster, wanted) else { continue };
            // Whoever is quoted says "I"; "he" and "it" in the quotation are others.
            let is_barred = outer == Some(cluster) && is_quoted;
            // The agency that the story credits tells it: it is nobody's "company".
            let is_role_barred =
                role.is_some() && (self.clusters[cluster].kind == Kind::Place || self.is_credited(cluster));
            if is_barred || is_role_barred {
                continue;
            }
            let bonus = |holds: bool, weight: i32| if holds { weight } else { 0 };
            let topic = i32::try_from(self.clusters[cluster].mentions.len().min(MANY)).unwrap_or(0) / 2;
            let score = fit
                + closeness
                + topic
                + bonus(last == Some(cluster), LAST_SPEAKER)
                + bonus(outer == Some(cluster), OUTER_SPEAKER)
                + bonus(newcomer == Some(cluster), NEWCOMER)
                + bonus(role.is_some_and(|r| self.is_called(cluster, r)), CALLED);
            if best.is_none_or(|(_, most)| score > most) {
                best = Some((cluster, score));
            }
        }
        best
    }

    /// The person who has become the subject of the sentence before that of `at`, where the last speaker
    /// is neither named nor meant by a pronoun in it: who is told of now is the one meant. `before` is the
    /// number of mentions before `at`.
    fn newcomer(&self, at: u32, before: usize, last_speaker: Option<usize>) -> Option<usize> {
        let sentence = self.sentence(at).checked_sub(1)?;
        let here = |n: &usize| self.sentence(self.mentions[*n].0.start) == sentence;
        let mentions: Vec<usize> = (0..before)
            .rev()
            .skip_while(|n| self.sentence(self.mentions[*n].0.start) > sentence)
            .take_while(here)
            .collect();
        let first = *mentions.iter().rfind(|n| self.clusters[self.mentions[**n].1].kind == Kind::Person)?;
        let tokens =
            self.words.sentences[sentence].start as usize..self.words.sentences[sentence].end as usize;
        let is_told_of = mentions.iter().any(|n| Some(self.mentions[*n].1) == last_speaker)
            || tokens.clone().any(|t| matches!(self.words.low(t), "he" | "his" | "him" | "she" | "her"));
        let is_plain = !self.is_quoted(self.mentions[first].0.start);
        (is_plain && !is_told_of).then_some(self.mentions[first].1)
    }

    /// How near a mention is to `at`, less where it stands in a quotation that `at` is outside of.
    fn closeness(&self, mention: usize, at: u32) -> i32 {
        /// Sentences beyond which distance tells no more.
        const FAR: usize = 4;
        let place = self.mentions[mention].0.start;
        let distance = self.sentence(at).saturating_sub(self.sentence(place)).min(FAR);
        let subject = if self.is_subject(mention) { SUBJECT } else { 0 };
        // Whoever is only mentioned in a quotation is seldom meant outside it.
        let quoted = if !self.is_quoted(at) && self.is_quoted(place) { IN_QUOTATION } else { 0 };
        subject - quoted - DISTANCE * i32::try_from(distance).unwrap_or(0)
    }

    /// How well a cluster's kind fits; `None` where it cannot be meant.
    fn fit(&self, cluster: usize, wanted: Wanted) -> Option<i32> {
        let kind = self.clusters[cluster].kind;
        let is_long = self.clusters[cluster].name.contains(' ');
        match (wanted, kind) {
            (Wanted::Person(gender), Kind::Person | Kind::Other) => {
                let known = self.genders[cluster];
                if known.is_some() && known != gender {
                    return None;
                }
                let agrees = if known.is_some() { 2 } else { 0 };
                Some(match kind {
                    Kind::Person => agrees + PERSON,
                    _ if is_long => agrees + MAYBE_PERSON,
                    _ => agrees + UNLIKELY_PERSON,
                })
            }
            (Wanted::Body | Wanted::Several, Kind::Organization) => Some(4),
            (Wanted::Body | Wanted::Several, Kind::Other) => Some(3),
            // A country is "it"; a city where something happened is not, and no place is "they".
            (Wanted::Body, Kind::Place) if self.is_country(cluster) => Some(0),
            _ => None,
        }
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

    /// Whether a mention is the first of its sentence, where subjects stand.
    fn is_subject(&self, mention: usize) -> bool {
        let sentence = self.sentence(self.mentions[mention].0.start);
        mention.checked_sub(1).is_none_or(|before| self.sentence(self.mentions[before].0.start) != sentence)
    }

    /// Number of the sentence in which a byte stands.
    fn sentence(&self, at: u32) -> usize {
        let token = self.words.list.partition_point(|t| t.span.end <= at);
        self.words.sentences.partition_point(|s| (s.end as usize) <= token)
    }

    fn is_called(&self, cluster: usize, noun: &str) -> bool {
        self.clusters[cluster].roles.iter().any(|r| is_role_of(r, noun))
    }

    fn described(&self, description: &Description) -> Speaker {
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
        let is_known = description.is_definite && (!is_plural || is_age(description));
        if is_known && let Some(cluster) = self.by_role(description) {
            return Speaker { form: Form::Role, ..self.named(&[cluster]) };
        }
        let name = Some(description.text.clone()).filter(|t| !t.is_empty());
        if noun == "one" || noun == "nobody" || noun == "none" {
            return Speaker { name: None, cluster: None, form: Form::Unnamed };
        }
        let is_body = lexicon::is_body(noun) && !is_plural && description.has_name;
        Speaker { name, cluster: None, form: if is_body { Form::Named } else { Form::Unnamed } }
    }

    /// A document speaks for the body that issued it, where the phrase names one.
    fn document(&self, description: &Description) -> Speaker {
        let issuer = description.owner.or_else(|| self.issuer(description));
        let issuer = issuer.map(|e| (Some(self.clusters[e].name.clone()), Some(e)));
        let (name, cluster) =
            issuer.unwrap_or_else(|| (Some(description.text.clone()).filter(|t| !t.is_empty()), None));
        Speaker { name, cluster, form: Form::Document }
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
        if lexicon::is_body(noun) && !lexicon::is_role(noun) {
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
fn by_role(clusters: &[Cluster]) -> HashMap<&str, Vec<usize>> {
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

/// Weights of what makes a cluster stand out, set by reading errors on the training stories.
const SUBJECT: i32 = 2;
const DISTANCE: i32 = 3;
/// Closeness of the last speaker: as if named in the sentence before.
const SPEAKER_CLOSENESS: i32 = -3;
/// Mentions beyond which a cluster is no more the story's topic.
const MANY: usize = 6;
const LAST_SPEAKER: i32 = 3;
/// A person known as one, and a name that may be a person's, where a person is meant.
const PERSON: i32 = 10;
const MAYBE_PERSON: i32 = 3;
/// One word that nothing else tells to be a person.
const UNLIKELY_PERSON: i32 = -6;
const IN_QUOTATION: i32 = 4;
const OUTER_SPEAKER: i32 = 2;
/// Who has just become the subject outweighs the last speaker.
const NEWCOMER: i32 = 3;
const CALLED: i32 = 4;
/// A nameless speaker just before outweighs clusters below this score.
const NAMELESS: i32 = 8;

/// Names joined as a list: "A", "A and B", "A, B and C".
fn list(names: &[&str]) -> String {
    match names {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        [only] => (*only).to_owned(),
        _ => String::new(),
    }
}
