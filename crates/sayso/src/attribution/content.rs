//! Contents: everything ascribed.
//!
//! Before the reporting clause (`"It is safe," Ruiz said`, `It is safe, Ruiz said`), after it
//! (`Ruiz said that it is safe`), or on both sides of it. Quoted speech that goes on, in the same
//! paragraph or over a quotation left open in the next, belongs to the content it goes on from.

use super::cue::{Cue, Kind};
use super::source::{Range, Source};
use super::words::{Class, Words};

/// The content of a cue: token ranges in order, none where there is nothing to ascribe. `next` is
/// the start of the next reporting clause of the sentence; `cues` holds for every token whether it
/// belongs to a cue.
pub(super) fn find(
    words: &Words,
    cue: &Cue,
    source: &Source,
    next: Option<usize>,
    cues: &[bool],
) -> Vec<Range> {
    let bounds = words.sentences[cue.sentence];
    let reading = Reading { words, bounds, cue, source, next, cues };
    match cue.kind {
        Kind::Phrase => reading.around_phrase(),
        Kind::Seem => reading.around_passive(),
        Kind::Noun | Kind::Adjective | Kind::Show | Kind::Stance | Kind::Want | Kind::Colon => {
            if cue.passive {
                return reading.around_passive();
            }
            reading.reported().unwrap_or_else(|| reading.after())
        }
        Kind::Speech | Kind::Tell | Kind::Think => {
            if cue.passive && cue.kind != Kind::Tell {
                return reading.around_passive();
            }
            reading.reported().unwrap_or_else(|| reading.after())
        }
    }
}

/// Longest adverbial, in tokens, looked through between a reporting clause and what follows it
/// ("said at a meeting of the harbour board on Monday").
const ADVERBIAL: usize = 20;

/// Most paragraphs that one quotation is followed through, so that a text of nothing but opening marks
/// takes linear time.
const MOST_PARAGRAPHS: usize = 100;

/// One cue with what is known of it.
struct Reading<'r, 's> {
    words: &'r Words<'s>,
    bounds: Range,
    cue: &'r Cue,
    source: &'r Source,
    next: Option<usize>,
    cues: &'r [bool],
}

impl Reading<'_, '_> {
    /// Content before the reporting clause, and what goes on after it; none where the clause does
    /// not follow its content.
    fn reported(&self) -> Option<Vec<Range>> {
        let Reading { words, bounds, .. } = *self;
        let (start, end) = self.source.clause;
        let participle = words.word(self.cue.head).ends_with("ing") && start == self.cue.start;
        if words.quoted[self.cue.head].is_some() || participle {
            return None;
        }
        let last = start.checked_sub(1)?;
        let quotation = self.quotation_before(start);
        let comma = last >= bounds.0 && matches!(words.classes[last], Class::Comma | Class::Dash);
        if quotation.is_none() && !comma || !self.is_closed(end, quotation.is_some()) {
            return None;
        }
        let mut pieces = match quotation {
            Some(quotation) => self.quoted_before(quotation),
            None => vec![self.clause_before(last)?],
        };
        pieces.extend(self.going_on(end, quotation.is_some()));
        Some(pieces)
    }

    /// The quotation that ends right before token `start`, with or without a comma between.
    fn quotation_before(&self, start: usize) -> Option<usize> {
        let words = self.words;
        let last = start.checked_sub(1)?;
        let at = match words.classes[last] {
            Class::Comma if words.quoted[last].is_none() => last.checked_sub(1)?,
            _ => last,
        };
        let quotation = words.quoted[at]?;
        let same = words.paragraph(at) == words.paragraph(start);
        (same && words.quotations[quotation].1 == at + 1).then_some(quotation)
    }

    /// Whether the reporting clause that ends at token `end` ends there, but for an adverbial, so that
    /// its content stands before it.
    fn is_closed(&self, end: usize, quoted: bool) -> bool {
        let Reading { words, bounds, cue, .. } = *self;
        let told = cue.kind == Kind::Tell;
        if !matches!(cue.kind, Kind::Speech | Kind::Tell | Kind::Think | Kind::Show) {
            return quoted
                && matches!(words.class_in(bounds, Some(end)), Class::Stop | Class::Comma | Class::Edge);
        }
        if words.quoted.get(end.saturating_sub(1)).is_some_and(|q| q.is_some()) {
            return false;
        }
        let mut at = end;
        let most = bounds.1.min(end + ADVERBIAL);
        let first = words.class_in(bounds, Some(at));
        let adverbial = matches!(
            first,
            Class::Preposition
                | Class::Day
                | Class::To
                | Class::Of
                | Class::Adverb
                | Class::Subordinate
                | Class::Relative
                | Class::Conjunction
        );
        let ends_here = matches!(first, Class::Comma | Class::Stop | Class::Edge | Class::Dash | Class::Mark);
        // `"It is safe," she said several months later`: a sentence that is a quotation and its clause.
        let whole = quoted && words.quoted[bounds.0].is_some() && first == Class::Determiner;
        if !(ends_here || adverbial || told || whole) {
            return false;
        }
        while at < most {
            match words.classes[at] {
                Class::Comma | Class::Stop | Class::Dash | Class::Colon => break,
                Class::Quote => return false,
                Class::That | Class::Question if at < end + 6 => return false,
                _ => at += 1,
            }
        }
        // "Ruiz, he said on Monday ..." goes on only where a clause does.
        quoted || words.class_in(bounds, Some(at)) != Class::Colon
    }

    /// A quotation before the clause, with the words of its sentence that stand before it and the
    /// quotations it goes on from.
    fn quoted_before(&self, quotation: usize) -> Vec<Range> {
        let words = self.words;
        let (mut start, end) = words.quotations[quotation];
        let mut pieces = Vec::new();
        let sentence = self.sentence_of(start);
        let lead = words.sentences[sentence].0;
        if lead < start && !(lead..start).any(|i| self.cues[i] && words.quoted[i].is_none()) {
            start = lead;
        }
        let mut first = quotation;
        while first > 0 && words.continues[first - 1] && quotation - first < MOST_PARAGRAPHS {
            first -= 1;
            pieces.push(words.quotations[first]);
        }
        pieces.reverse();
        pieces.push((start, end));
        pieces
    }

    /// The clause before the comma at token `last`, from the sentence's start.
    fn clause_before(&self, last: usize) -> Option<Range> {
        let Reading { words, bounds, .. } = *self;
        let start = bounds.0;
        // "On Monday, he said": an adverbial is no content.
        let first = words.class_in(bounds, Some(start));
        let short = last - start < 8;
        let adverbial = short && matches!(first, Class::Preposition | Class::Adverb | Class::Day | Class::By);
        (start < last && !adverbial).then_some((start, last))
    }

    /// What goes on after a reporting clause that ends at token `end` and had content before it.
    fn going_on(&self, end: usize, quoted: bool) -> Vec<Range> {
        let Reading { words, bounds, .. } = *self;
        if quoted {
            // `"It is safe," Ruiz said, pointing to the pier, "and dry."`
            let opening = (end..bounds.1).find(|&i| words.quoted[i].is_some() || self.cues[i]);
            return match opening {
                Some(i) if self.cues[i] => Vec::new(),
                Some(i) => self.quotations_from(i),
                None => self.following(bounds.1),
            };
        }
        let most = bounds.1.min(end + ADVERBIAL);
        let mark = (end..most).find(|&i| {
            words.quoted[i].is_some()
                || self.cues[i]
                || matches!(words.classes[i], Class::Comma | Class::Stop | Class::Colon | Class::Dash)
        });
        let from = match mark {
            Some(i) if words.classes[i] == Class::Comma && i + 1 < bounds.1 => i + 1,
            Some(i) if words.classes[i] == Class::Stop => return self.following(bounds.1),
            _ => return Vec::new(),
        };
        let next = words.classes[from];
        let goes_on =
            !matches!(next, Class::Relative | Class::Conjunction | Class::Subordinate | Class::Preposition)
                && !words.word(from).ends_with("ing")
                && !self.cues[from];
        if goes_on { vec![(from, self.end_of_clause(from))] } else { Vec::new() }
    }

    /// Content after the cue.
    fn after(&self) -> Vec<Range> {
        let Reading { words, bounds, cue, .. } = *self;
        let mut from = cue.end.max(if self.source.clause.0 >= cue.start { self.source.clause.1 } else { 0 });
        if matches!(cue.kind, Kind::Tell | Kind::Speech | Kind::Think) {
            from = self.past_hearer(from);
        }
        while from < bounds.1 && matches!(words.classes[from], Class::Comma | Class::Colon) {
            from += 1;
        }
        if from >= bounds.1 || words.classes[from] == Class::Stop {
            // "Ruiz said:" before a quotation in the next sentence or paragraph.
            let colon = words.classes[bounds.1 - 1] == Class::Colon || cue.end == bounds.1;
            return if colon { self.next_quotation() } else { Vec::new() };
        }
        let within = words.quoted[cue.head];
        if words.quoted[from].is_some()
            && words.quoted[from] != within
            && words.quotations[words.quoted[from].unwrap_or(0)].0 == from
        {
            return self.quotation_onwards(from);
        }
        let end = self.end_of_clause(from);
        if end <= from {
            return Vec::new();
        }
        let mut pieces = vec![(from, end)];
        if end >= bounds.1 - 1 && words.quoted[end - 1].is_some() && within.is_none() {
            pieces = self.quotations_from_piece((from, end));
        }
        pieces
    }

    /// Past the hearer of a telling and the adverbials before "that" or a quotation.
    fn past_hearer(&self, from: usize) -> usize {
        let Reading { words, bounds, cue, .. } = *self;
        let mut at = from;
        let most = bounds.1.min(from + ADVERBIAL);
        let hearer =
            (cue.kind == Kind::Tell).then(|| super::source::phrase_from(words, bounds, at)).flatten();
        // "urged them to go": them is part of what is urged.
        if let Some((_, end)) = hearer.filter(|h| words.class_in(bounds, Some(h.1)) != Class::To) {
            at = end;
        }
        let first = words.class_in(bounds, Some(at));
        let adverbial = matches!(first, Class::Preposition | Class::Day | Class::To | Class::Adverb);
        if !adverbial || cue.kind == Kind::Think {
            return at;
        }
        let mark = (at..most).find(|&i| {
            words.classes[i] == Class::That
                || words.classes[i] == Class::Colon
                || words.quoted[i].is_some()
                    && words.quoted[i] != words.quoted[cue.head]
                    && words.classes[i] == Class::Quote
                || self.cues[i]
                || words.classes[i] == Class::Stop
        });
        match mark {
            Some(i) if !self.cues[i] && words.classes[i] != Class::Stop => {
                let comma = i > at
                    && words.classes[i] == Class::Quote
                    && words.classes[i - 1] != Class::Comma
                    && i > at + 12;
                if comma { at } else { i }
            }
            _ if first == Class::Day => (at..most).find(|&i| words.classes[i] != Class::Day).unwrap_or(at),
            _ => at,
        }
    }

    /// Content that begins with a quotation right after the cue, to the clause's end.
    fn quotation_onwards(&self, from: usize) -> Vec<Range> {
        let Reading { words, bounds, .. } = *self;
        let quotation = words.quoted[from].unwrap_or(0);
        let (_, end) = words.quotations[quotation];
        if end >= bounds.1 || words.class_in(bounds, Some(end)) == Class::Stop {
            return self.quotations_from(from);
        }
        let last = self.end_of_clause(end).max(end);
        // `said "no," adding that`: a comma inside the marks ends the clause as one outside.
        let closed = end >= 2 && words.classes[end - 2] == Class::Comma;
        let joined =
            matches!(words.classes[end], Class::Conjunction | Class::Preposition | Class::Of | Class::To);
        if closed && !joined { vec![(from, end)] } else { vec![(from, last)] }
    }

    /// A quotation that starts at or holds token `from`, and the quoted speech that follows it.
    fn quotations_from(&self, from: usize) -> Vec<Range> {
        let (_, end) = self.words.quotations[self.words.quoted[from].unwrap_or(0)];
        self.quotations_from_piece((from, end))
    }

    /// A piece that ends with a quotation, and the quoted speech that goes on from it.
    fn quotations_from_piece(&self, (from, end): Range) -> Vec<Range> {
        let words = self.words;
        let Some(quotation) = words.quoted[end - 1] else { return vec![(from, end)] };
        let end = words.quotations[quotation].1;
        let mut pieces = vec![(from, end)];
        pieces.extend(self.chain(quotation));
        let last = pieces.last().map_or(end, |p| p.1);
        if words.sentences[self.sentence_of(last - 1)].1 <= last + 1 {
            pieces.extend(self.following(last));
        }
        pieces
    }

    /// The quotations that go on from one left open.
    fn chain(&self, mut quotation: usize) -> Vec<Range> {
        let mut pieces = Vec::new();
        while self.words.continues[quotation]
            && quotation + 1 < self.words.quotations.len()
            && pieces.len() < MOST_PARAGRAPHS
        {
            quotation += 1;
            pieces.push(self.words.quotations[quotation]);
        }
        pieces
    }

    /// Quoted speech that fills the sentences after token `from`, in the same paragraph.
    fn following(&self, from: usize) -> Vec<Range> {
        let words = self.words;
        let mut pieces: Vec<Range> = Vec::new();
        let mut at = from;
        while at < words.classes.len()
            && words.paragraph(at) == words.paragraph(self.cue.head)
            && matches!(words.classes[at], Class::Stop | Class::Comma)
            && words.quoted[at].is_none()
        {
            at += 1;
        }
        while at < words.classes.len() && words.paragraph(at) == words.paragraph(self.cue.head) {
            let Some(quotation) = words.quoted[at] else { break };
            let (start, end) = words.quotations[quotation];
            let sentence = words.sentences[self.sentence_of(end - 1)];
            // A reporting clause of its own, or words of the paper's: another attribution.
            if start != at || end < sentence.1 && words.classes[end] != Class::Stop {
                break;
            }
            pieces.push((start, end));
            pieces.extend(self.chain(quotation));
            at = if end < sentence.1 { sentence.1 } else { end };
        }
        pieces
    }

    /// The quotation with which the text goes on after the cue's sentence.
    fn next_quotation(&self) -> Vec<Range> {
        let words = self.words;
        let at = self.bounds.1;
        match words.quoted.get(at) {
            Some(Some(quotation)) if words.quotations[*quotation].0 == at => {
                let (start, end) = words.quotations[*quotation];
                let mut pieces = vec![(start, end)];
                pieces.extend(self.chain(*quotation));
                pieces
            }
            _ => Vec::new(),
        }
    }

    /// Where the clause that begins at token `from` ends: before the sentence's last mark, before a verb
    /// with its own cue that shares the subject, or at the end of the quotation that holds the cue.
    fn end_of_clause(&self, from: usize) -> usize {
        let Reading { words, bounds, cue, .. } = *self;
        let mut end = bounds.1;
        let within = words.quoted[cue.head];
        if let Some(quotation) = within {
            end = end.min(words.quotations[quotation].1);
            if end > from && words.classes[end - 1] == Class::Quote {
                end -= 1;
            }
        }
        if let Some(next) = self.next.filter(|&n| n > from && n < end) {
            end = next;
        }
        let fronted = self.is_fronted();
        let first = (from + 1..end).find(|&i| words.quoted[i] == within && self.is_clause_mark(i, fronted));
        if let Some(mark) = first {
            end = mark;
        }
        let cut = end < bounds.1;
        let edge = |class| match class {
            Class::Stop | Class::Comma => true,
            Class::Conjunction
            | Class::Subordinate
            | Class::Relative
            | Class::By
            | Class::Preposition
            | Class::Dash => cut,
            _ => false,
        };
        while end > from && words.quoted[end - 1] == within && edge(words.classes[end - 1]) {
            end -= 1;
        }
        end
    }

    /// Whether the cue stands in a clause before the main one ("When Ruiz said ..., the dockers left"),
    /// so that a comma ends its content.
    fn is_fronted(&self) -> bool {
        let Reading { words, bounds, cue, .. } = *self;
        let start = self.source.clause.0;
        let first = words.classes[bounds.0];
        let participle = cue.start == bounds.0 && words.word(cue.head).ends_with("ing");
        let clause = matches!(first, Class::Subordinate | Class::Question)
            || words.is_any(bounds.0, &["after", "before", "since", "as", "until"]);
        let near = start <= bounds.0 + 2 || !(bounds.0..start).any(|i| words.classes[i] == Class::Comma);
        participle || clause && near
    }

    /// Whether the mark at `i` ends a clause: a semicolon, a comma before "but" or "while", any comma in a
    /// clause before the main one.
    fn is_clause_mark(&self, i: usize, fronted: bool) -> bool {
        let words = self.words;
        match words.classes[i] {
            Class::Comma => {
                let joins = ["but", "though", "although", "while", "whereas"];
                fronted || words.is_any(i + 1, &joins) || self.is_added(i + 1)
            }
            Class::Mark => words.is(i, ";"),
            _ => false,
        }
    }

    /// Whether a clause that begins at token `i`, after a comma, only adds to what an object or an infinitive
    /// said: "which", "who", a participle.
    fn is_added(&self, i: usize) -> bool {
        let words = self.words;
        matches!(self.cue.kind, Kind::Stance | Kind::Want | Kind::Noun | Kind::Adjective)
            && (words.classes.get(i) == Some(&Class::Relative) || words.word(i).ends_with("ing"))
    }

    /// "According to Ruiz, it is safe", "It is safe, according to Ruiz".
    fn around_phrase(&self) -> Vec<Range> {
        let Reading { words, bounds, .. } = *self;
        let (start, end) = self.source.clause;
        if let Some(quotation) = self.quotation_before(start) {
            return self.quoted_before(quotation);
        }
        let mut before = start;
        while before > bounds.0 && words.classes[before - 1] == Class::Comma {
            before -= 1;
        }
        let lead = before - bounds.0;
        if lead >= 2 {
            return vec![(bounds.0, before)];
        }
        // Past the source's apposition or date to the comma; all the rest hangs on the source.
        let most = bounds.1.min(end + ADVERBIAL);
        let comma = |&i: &usize| {
            words.classes[i] == Class::Comma
                && !matches!(words.class_in(bounds, Some(i + 1)), Class::Relative)
        };
        let from = (end..most).find(comma).map_or(end, |i| i + 1);
        if from >= bounds.1 {
            return Vec::new();
        }
        if words.quoted[from].is_some() {
            return self.quotation_onwards(from);
        }
        let stop = (from..bounds.1).rev().find(|&i| words.classes[i] != Class::Stop).map_or(from, |i| i + 1);
        if stop > from { vec![(from, stop)] } else { Vec::new() }
    }

    /// "Ruiz is expected to win": subject and complement.
    fn around_passive(&self) -> Vec<Range> {
        let Reading { words, bounds, cue, .. } = *self;
        let mut pieces = Vec::new();
        if let Some(range) = super::source::phrase_to(words, bounds, cue.start) {
            pieces.push(range);
        } else if cue.start > bounds.0
            && matches!(words.classes[cue.start - 1], Class::Pronoun | Class::Relative)
        {
            pieces.push((cue.start - 1, cue.start));
        }
        let from = self.source.range.filter(|r| r.0 >= cue.end).map_or(cue.end, |r| r.1);
        let end = self.end_of_clause(from);
        if end > from {
            pieces.push((from, end));
        }
        pieces
    }

    /// The sentence that holds token `i`.
    fn sentence_of(&self, i: usize) -> usize {
        self.words.sentences.partition_point(|&(_, end)| end <= i)
    }
}
