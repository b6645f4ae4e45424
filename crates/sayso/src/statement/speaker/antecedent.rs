//! Whom a pronoun stands for: the one before it that stands out most.

use super::{Resolver, Speaker};
use crate::mention::{Gender, Kind, lexicon};
use crate::statement::Form;

/// What a pronoun or noun asks of the one it stands for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Person(Option<Gender>),
    Body,
    Several,
}

impl Resolver<'_> {
    /// The most likely one before `at` whom a pronoun stands for.
    pub(super) fn antecedent(
        &mut self,
        at: u32,
        wanted: Wanted,
        around: Option<&Speaker>,
    ) -> Option<Speaker> {
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
    pub(super) fn salient(
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

    /// Whether a mention is the first of its sentence, where subjects stand.
    fn is_subject(&self, mention: usize) -> bool {
        let sentence = self.sentence(self.mentions[mention].0.start);
        mention.checked_sub(1).is_none_or(|before| self.sentence(self.mentions[before].0.start) != sentence)
    }
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
