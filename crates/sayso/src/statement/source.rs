//! The phrase that names a source: what its head is, before the story is asked who that is.

use crate::coref::Cluster;
use crate::mention::{Kind, lexicon};
use crate::text::Span;
use crate::token::Tokens;

/// What a source phrase comes down to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Head {
    /// No phrase at all.
    Missing,
    /// A pronoun, in lower case.
    Pronoun(String),
    /// One or more of the story's clusters.
    Clusters(Vec<usize>),
    /// A description without a name of its own.
    Description(Description),
}

/// A source that is described, not named.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Description {
    /// The phrase as printed, without relative clause and closing comma.
    pub(super) text: String,
    /// Its words in lower case.
    pub(super) words: Vec<String>,
    /// Its head noun, in lower case.
    pub(super) noun: String,
    /// Whether it points to somebody known: "the", a possessor, or a bare role.
    pub(super) is_definite: bool,
    /// The cluster inside the phrase: possessor, body or place ("Tern's" in "Tern's mayor").
    pub(super) owner: Option<usize>,
    /// The cluster that it is by or from ("a report by the Tern Fund").
    pub(super) maker: Option<usize>,
    /// The possessor with which it begins, and the words after it ("Ruiz", "lawyer").
    pub(super) possessed: Option<(Possessor, String)>,
    /// Whether it holds a name or a nation's adjective.
    pub(super) has_name: bool,
    /// Where it begins, in bytes.
    pub(super) start: u32,
}

/// Whose somebody is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Possessor {
    /// "Ruiz's".
    Cluster(usize),
    /// "His", in lower case.
    Pronoun(String),
}

/// A mention inside the phrase: its tokens and its cluster.
#[derive(Clone, Copy)]
struct Inside {
    start: usize,
    end: usize,
    cluster: usize,
}

/// Reads a source phrase. `mentions` are the story's, in order.
pub(super) fn head(
    words: &Tokens<'_>,
    source: &[Span],
    mentions: &[(Span, usize)],
    clusters: &[Cluster],
) -> Head {
    let Some(first) = source.first() else { return Head::Missing };
    let (start, end) = words.touched(*first);
    if let Some(pronoun) = pronoun(words, start, end) {
        return Head::Pronoun(pronoun);
    }
    let inside: Vec<Inside> = source.iter().flat_map(|span| inside(words, *span, mentions)).collect();
    let list_head =
        inside.iter().position(|m| stands_first(words, start, *m, clusters) && !is_compound(words, *m));
    let list = list_head.map_or(Vec::new(), |first| joined(words, end, first, &inside));
    if list.len() > 1 {
        return Head::Clusters(list);
    }
    if let Some(person) = named_last(words, start, end, &inside, clusters) {
        return Head::Clusters(vec![person]);
    }
    match inside.iter().find(|m| is_head(words, start, end, **m, clusters)) {
        Some(mention) if !is_quantified(words, start) => Head::Clusters(vec![mention.cluster]),
        _ => Head::Description(description(words, start, end, &inside)),
    }
}

/// The person with whose name a description ends: "the head of Tern Port's pilots, Ana Ruiz,". A name after a
/// preposition or possessor is somebody else's.
fn named_last(
    words: &Tokens<'_>,
    start: usize,
    end: usize,
    inside: &[Inside],
    clusters: &[Cluster],
) -> Option<usize> {
    let last = inside.last().filter(|m| m.start > start && clusters[m.cluster].kind == Kind::Person)?;
    let is_whole = last.end - last.start > 1;
    let closes = last.end >= end || words.low(last.end) == "," && last.end + 1 >= end;
    let before = words.low(last.start - 1);
    let is_apposed = before == "," && !(start..last.start).any(|i| words.low(i) == "and");
    let is_titled = words.is_word(last.start - 1)
        && !is_preposition(before)
        && !matches!(before, "and" | "or" | "s" | "the")
        && (start..last.start).any(|i| lexicon::is_role(words.low(i)));
    (is_whole && closes && (is_apposed || is_titled)).then_some(last.cluster)
}

/// Whether a noun follows that the name only qualifies ("Tern mayor").
fn is_compound(words: &Tokens<'_>, mention: Inside) -> bool {
    words.is_word(mention.end) && !is_phrase_end(words.low(mention.end)) || words.low(mention.end) == "'"
}

/// "Some Democrats": a part of those named, themselves without name.
fn is_quantified(words: &Tokens<'_>, start: usize) -> bool {
    matches!(
        words.low(start),
        "some" | "many" | "several" | "most" | "other" | "few" | "numerous" | "various" | "two" | "three"
    )
}

/// The mentions inside a span.
fn inside(words: &Tokens<'_>, span: Span, mentions: &[(Span, usize)]) -> Vec<Inside> {
    let from = mentions.partition_point(|(m, _)| m.start < span.start);
    let within = mentions[from..].iter().take_while(|(m, _)| m.end <= span.end);
    within
        .map(|(m, cluster)| {
            let (start, end) = words.touched(*m);
            Inside { start, end, cluster: *cluster }
        })
        .collect()
}

/// The pronoun that a phrase consists of.
fn pronoun(words: &Tokens<'_>, start: usize, end: usize) -> Option<String> {
    const PRONOUNS: [&str; 30] = [
        "anyone", "both", "he", "her", "hers", "his", "i", "it", "its", "me", "mine", "my", "myself", "our",
        "ours", "she", "that", "their", "theirs", "them", "they", "this", "us", "we", "which", "who", "whom",
        "whose", "you", "your",
    ];
    /// "We all", "he himself": a pronoun with one word more is one still.
    const LONGEST: usize = 2;
    let word = words.low(start);
    // "WHO said", "US denies": in capitals among words that are not, a name.
    let raw = words.raw(start);
    let is_acronym =
        raw.len() > 1 && !raw.contains(char::is_lowercase) && words.raw(end).contains(char::is_lowercase);
    if is_acronym {
        return None;
    }
    let is_one = end > start && end - start <= LONGEST && PRONOUNS.contains(&word);
    // "That report", "his lawyer": a noun follows.
    let has_noun = end - start == LONGEST
        && !matches!(
            words.low(start + 1),
            "all" | "both" | "himself" | "herself" | "itself" | "themselves" | "ourselves" | "," | "'"
        );
    (is_one && !(has_noun && end - start > 1)).then(|| word.to_owned())
}

/// The clusters of a list ("Tern, Harbinger and the UN"); empty where it is none. `first` is the
/// first mention that can be the phrase's head.
fn joined(words: &Tokens<'_>, end: usize, first: usize, inside: &[Inside]) -> Vec<usize> {
    let mut found = vec![inside[first].cluster];
    let mut last = inside[first].end;
    let mut has_and = false;
    for mention in &inside[first + 1..] {
        let gap = last..mention.start;
        let is_and = gap.clone().any(|i| matches!(words.low(i), "and" | "or" | "&"));
        let joins = is_and || gap.clone().any(|i| words.low(i) == ",");
        let is_alias = found.last() == Some(&mention.cluster);
        // "UAW president Ana Ruiz": a body before the role is no item of the list.
        let is_compound = !joins && !is_alias;
        if !gap.clone().all(|i| is_joint(words, i)) || is_compound && !has_and {
            break;
        }
        has_and |= is_and;
        if !found.contains(&mention.cluster) && joins {
            found.push(mention.cluster);
        } else if is_compound {
            found.pop();
            found.push(mention.cluster);
        }
        last = mention.end;
    }
    let goes_on = last < end && words.is_word(last) && !is_phrase_end(words.low(last));
    // Headlines list with a comma alone: "Tern, Harbinger offer".
    let is_pair =
        found.len() == 2 && last >= end && inside.len() == first + 2 && words.low(inside[first].end) == ",";
    let is_bare_pair = is_pair && inside[first].end + 1 == inside[first + 1].start;
    if (has_and || is_bare_pair) && !goes_on { found } else { Vec::new() }
}

/// Words that may stand between the names of a list.
fn is_joint(words: &Tokens<'_>, i: usize) -> bool {
    let word = words.low(i);
    matches!(word, "," | "and" | "or" | "&" | "the" | "(" | ")" | "both" | "." | "as" | "well" | "-" | "–")
        || lexicon::is_body(word)
        || lexicon::is_role(word)
        || lexicon::address(word).is_some()
        || words.is_capital(i)
        || matches!(lexicon::place(word), Some(lexicon::PlaceWord::Adjective(_)))
}

/// Whether a mention is the head of the phrase `[start, end)`.
fn is_head(words: &Tokens<'_>, start: usize, end: usize, mention: Inside, clusters: &[Cluster]) -> bool {
    let follows_well = match words.low(mention.end) {
        _ if mention.end >= end => true,
        "'" => false,
        word if words.is_word(mention.end) && !is_phrase_end(word) => {
            // "The Tern Daily newspaper": the noun only says what the name is.
            let is_same = lexicon::is_body(word) || lexicon::is_document(word) && word == "website";
            is_same
                && !matches!(clusters[mention.cluster].kind, Kind::Place | Kind::Person)
                && (mention.end + 1 >= end || is_phrase_end(words.low(mention.end + 1)))
        }
        _ => true,
    };
    follows_well && stands_first(words, start, mention, clusters)
}

/// Whether what stands before a mention in its phrase leaves it to be the head.
fn stands_first(words: &Tokens<'_>, start: usize, mention: Inside, clusters: &[Cluster]) -> bool {
    let mut i = mention.start;
    while i > start {
        i -= 1;
        let word = words.low(i);
        match word {
            _ if is_preposition(word) => return false,
            "," | "-" | "–" | ":" => {
                let has_noun =
                    (start..i).any(|n| lexicon::is_role(words.low(n)) || lexicon::is_body(words.low(n)));
                let is_person = clusters[mention.cluster].kind == Kind::Person;
                // A hyphen within a word parts nothing: "Secretary-General Ana Ruiz".
                if word != "," && i > start && words.is_glued(i) && words.is_glued(i + 1) {
                    continue;
                }
                return word == "," && (is_person || has_noun)
                    || word != "," && i > start && words.is_glued(i);
            }
            "such" => return false,
            // A describing noun settles it: "analyst Ana Ruiz".
            _ if !words.is_capital(i) && (lexicon::is_role(word) || lexicon::is_body(word)) => return true,
            _ => {}
        }
    }
    true
}

/// Describes a phrase without a named head.
fn description(words: &Tokens<'_>, start: usize, end: usize, inside: &[Inside]) -> Description {
    let end = clause_end(words, start, end);
    let core = core_end(words, start, end);
    let noun = (start..core).rev().find(|i| words.is_word(*i) && words.low(*i) != "s").unwrap_or(start);
    let from = start + usize::from(!words.is_word(start) && start + 1 < end);
    let text = clean(words, from, end);
    let nation = |i: usize| lexicon::place(words.raw(i)).is_some() && words.is_capital(i);
    Description {
        words: (start..core).filter(|i| words.is_word(*i)).map(|i| words.low(i).to_owned()).collect(),
        noun: words.low(noun).to_owned(),
        is_definite: is_definite(words, start, noun),
        owner: inside.first().map(|m| m.cluster),
        maker: maker(words, core, inside),
        possessed: possessed(words, start, end, inside),
        has_name: inside.iter().any(|m| m.start < core) || (start..core).any(nation),
        start: words.list.get(start).map_or(0, |t| t.span.start),
        text,
    }
}

/// The name after "by" or "from" behind a phrase's noun.
fn maker(words: &Tokens<'_>, core: usize, inside: &[Inside]) -> Option<usize> {
    /// Tokens between the preposition and the name: articles and titles.
    const GAP: usize = 3;
    let is_by = |m: &&Inside| {
        let near = m.start.saturating_sub(GAP).max(core)..m.start;
        m.start > core && near.clone().any(|i| matches!(words.low(i), "by" | "from"))
    };
    inside.iter().find(is_by).map(|m| m.cluster)
}

/// The possessor with which a phrase begins, and its words after that.
fn possessed(words: &Tokens<'_>, start: usize, end: usize, inside: &[Inside]) -> Option<(Possessor, String)> {
    let pronoun = words.low(start);
    if matches!(pronoun, "his" | "her" | "its" | "their") && start + 1 < end {
        return Some((Possessor::Pronoun(pronoun.to_owned()), clean(words, start + 1, end)));
    }
    let first = inside.first().filter(|m| m.start <= start + 1 && words.low(m.end) == "'")?;
    let rest = first.end + 1 + usize::from(words.low(first.end + 1) == "s");
    (rest < end).then(|| (Possessor::Cluster(first.cluster), clean(words, rest, end)))
}

/// Whether a phrase points to somebody known: by an article, a possessor, or as a bare role.
fn is_definite(words: &Tokens<'_>, start: usize, noun: usize) -> bool {
    let first = words.low(start);
    let possessed = (start..noun).any(|i| {
        words.low(i) == "'" || matches!(words.low(i), "his" | "her" | "its" | "their" | "our" | "my")
    });
    let is_bare_role = words.is_capital(noun)
        && lexicon::is_role(words.low(noun))
        && !matches!(first, "a" | "an" | "one" | "another");
    matches!(first, "the" | "this" | "that" | "both" | "neither") || possessed || is_bare_role
}

/// The phrase as printed, without article and with single spaces.
fn clean(words: &Tokens<'_>, start: usize, end: usize) -> String {
    let start = if matches!(words.low(start), "the") && start + 1 < end { start + 1 } else { start };
    if start >= end {
        return String::new();
    }
    let printed = words.span(start, end).slice(words.text);
    let text: String = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.replace(['"', '“', '”'], "");
    let text = text.trim();
    // A capital that only opens a sentence goes; one that belongs to a name stays.
    let lowers = lexicon::is_opener(words.low(start))
        || lexicon::is_role(words.low(start))
        || lexicon::is_roles(words.low(start));
    let is_acronym = words.raw(start).chars().skip(1).any(char::is_uppercase);
    match text.chars().next() {
        Some(c) if lowers && !is_acronym => c.to_lowercase().chain(text.chars().skip(1)).collect(),
        _ => text.to_owned(),
    }
}

/// Where the phrase ends without relative clause and closing marks.
fn clause_end(words: &Tokens<'_>, start: usize, end: usize) -> usize {
    let is_list = (start..end).any(|i| words.low(i) == "and");
    let ends = |i: &usize| match words.low(*i) {
        "who" => words.raw(*i) != "WHO",
        "which" | "that" | "whose" => true,
        // An apposition goes, a list and examples stay.
        "," => !is_list && words.low(i + 1) != "such",
        _ => false,
    };
    let is_handle = |i: &usize| words.low(*i) == "(" && words.raw(i + 1) == "@";
    let clause = (start + 1..end).find(|i| ends(i) || is_handle(i));
    let mut end = clause.unwrap_or(end);
    while end > start + 1 && !words.is_word(end - 1) && !matches!(words.low(end - 1), ")" | "." | "%") {
        end -= 1;
    }
    end
}

/// Where the noun phrase ends that stands first: before a preposition, comma or bracket.
fn core_end(words: &Tokens<'_>, start: usize, end: usize) -> usize {
    // "A report issued in Tern", "the doctors offering to help".
    let is_participle = |i: usize| {
        let (noun, word) = (words.low(i - 1), words.low(i));
        let is_noun = lexicon::is_document(noun)
            || lexicon::is_role(noun)
            || lexicon::is_roles(noun)
            || lexicon::is_body(noun);
        is_noun
            && !words.is_capital(i)
            && (word.ends_with("ed")
                || word.ends_with("ing")
                || matches!(word, "led" | "sent" | "written" | "seen"))
    };
    let stop = (start + 1..end).find(|i| {
        is_preposition(words.low(*i))
            || is_participle(*i)
            || matches!(words.low(*i), "," | "(" | "–" | ":" | ";" | "and" | "close" | "familiar")
    });
    stop.unwrap_or(end)
}

/// Words that end the noun phrase before them.
fn is_phrase_end(word: &str) -> bool {
    is_preposition(word)
        || matches!(
            word,
            "who"
                | "which"
                | "that"
                | "whose"
                | "and"
                | "or"
                | "also"
                | "himself"
                | "herself"
                | "itself"
                | "too"
        )
}

fn is_preposition(word: &str) -> bool {
    matches!(
        word,
        "of" | "from"
            | "at"
            | "in"
            | "for"
            | "with"
            | "by"
            | "to"
            | "on"
            | "near"
            | "like"
            | "as"
            | "about"
            | "against"
            | "across"
            | "within"
            | "inside"
            | "outside"
            | "behind"
            | "between"
            | "among"
            | "under"
            | "over"
            | "into"
            | "including"
            | "representing"
    )
}
