//! Names in running text: runs of capitalised words, parted into titles, bodies and people.
//!
//! The words tell where a name begins and ends; what it names only where they do.

use std::collections::HashSet;

use super::{Gender, Kind, Mention, lexicon};
use crate::token::{Sentence, Tokens};

impl Mention {
    /// A name of which nothing is known yet.
    fn bare(start: usize, end: usize) -> Mention {
        Mention { start, end, kind: Kind::Other, roles: Vec::new(), gender: None }
    }
}

/// What the story's lettering tells of words whose capital may be due to their place.
pub(super) struct Lettering<'s> {
    /// Words that occur in lower case.
    lower: HashSet<&'s str>,
    /// Words that occur with a capital within a sentence, in lower case.
    capital: HashSet<String>,
}

impl<'s> Lettering<'s> {
    /// Looks through a story.
    pub(super) fn of(words: &Tokens<'s>) -> Lettering<'s> {
        let mut found = Lettering { lower: HashSet::new(), capital: HashSet::new() };
        for sentence in &words.sentences {
            let range = sentence.start as usize..sentence.end as usize;
            let is_title = is_title_case(words, *sentence);
            for i in range.clone().filter(|i| words.is_word(*i)) {
                if !words.is_capital(i) {
                    found.lower.insert(words.raw(i));
                } else if !is_title && !is_opening(words, i, range.start) {
                    found.capital.insert(words.low(i).to_owned());
                }
            }
        }
        found
    }

    /// Whether the capital of an opening word is only due to its place.
    fn is_common(&self, word: &str) -> bool {
        lexicon::is_opener(word) || self.lower.contains(word) && !self.capital.contains(word)
    }
}

/// Whether a sentence is set like a title, so that capitals tell nothing.
pub(crate) fn is_title_case(words: &Tokens<'_>, sentence: Sentence) -> bool {
    /// Fewer words can all be names.
    const ENOUGH: usize = 4;
    let range = sentence.start as usize..sentence.end as usize;
    // Function words stay small in titles too, and the "s" of a possessive.
    let is_counted = |i: &usize| {
        words.is_word(*i)
            && words.raw(*i).len() > 1
            && !super::is_boundary(words.low(*i))
            && words.raw(*i).starts_with(char::is_alphabetic)
    };
    let (mut capital, mut all) = (0, 0);
    for i in range.filter(is_counted) {
        all += 1;
        capital += usize::from(words.is_capital(i));
    }
    all >= ENOUGH && capital == all
}

/// Whether token `i` opens a sentence or a quotation.
fn is_opening(words: &Tokens<'_>, i: usize, sentence: usize) -> bool {
    i == sentence
        || matches!(words.raw(i - 1), "\"" | "“" | "‘" | "«" | ":" | "(" | "–" | "—" | "[" | "`" | "...")
        || i == sentence + 1 && !words.is_word(sentence)
}

/// Finds the names of a sentence.
pub(super) fn in_sentence(words: &Tokens<'_>, sentence: Sentence, lettering: &Lettering<'_>) -> Vec<Mention> {
    let (first, last) = (sentence.start as usize, sentence.end as usize);
    let mut found = Vec::new();
    let mut i = first;
    while i < last {
        if !is_name_word(words, i) {
            i += 1;
            continue;
        }
        let end = run_end(words, i, last);
        let start = without_opening(words, i, end, first, lettering);
        let start = if start == i { with_article(words, i, first) } else { start };
        let mut start = start;
        while start < end {
            // "Tern Lines Inc. Ana Ruiz": a company's name ends with its legal form.
            let part = company_end(words, start, end).unwrap_or(end);
            split(words, start, part, sentence, &mut found);
            start = skip_marks(words, part, end);
        }
        i = end.max(i + 1);
    }
    found
}

/// Where a name begins that has an Arabic article before token `i`: "al-Masri".
fn with_article(words: &Tokens<'_>, i: usize, first: usize) -> usize {
    let has_article = i >= first + 2
        && words.low(i - 1) == "-"
        && words.is_glued(i)
        && words.is_glued(i - 1)
        && lexicon::is_article_of_name(words.low(i - 2));
    if has_article { i - 2 } else { i }
}

/// One past a legal form ("Inc.") that stands within a run, before a name of its own.
fn company_end(words: &Tokens<'_>, start: usize, end: usize) -> Option<usize> {
    let is_form = |i: &usize| matches!(words.low(*i), "inc" | "llc" | "ltd" | "plc" | "corp" | "gmbh");
    let form = (start + 1..end).find(is_form)?;
    let after = form + 1 + usize::from(words.low(form + 1) == ".");
    (after < end && words.is_word(after) && !matches!(words.low(after), "of" | "for" | "and"))
        .then_some(after)
}

/// Whether token `i` can be a word of a name.
fn is_name_word(words: &Tokens<'_>, i: usize) -> bool {
    let raw = words.raw(i);
    words.is_word(i)
        && raw.chars().any(char::is_uppercase)
        && !raw.starts_with(|c: char| c.is_ascii_digit())
        && !matches!(raw, "I" | "AM" | "PM")
        && !lexicon::is_calendar(words.low(i))
        // The "S" of a possessive in capitals.
        && !(words.low(i) == "s" && words.is_glued(i) && words.low_before(i) == "'")
}

/// One past the last token of the run of name words that begins at `i`.
fn run_end(words: &Tokens<'_>, i: usize, last: usize) -> usize {
    /// Tokens of the longest run: names are shorter, and the bound keeps the time linear.
    const LONGEST: usize = 24;
    let mut end = i + 1;
    while end < last.min(i + LONGEST) {
        match next_in_run(words, i, end, last) {
            Some(next) => end = next,
            None => break,
        }
    }
    end
}

/// Where a run that stands at `[start, end)` goes on to, if it does.
fn next_in_run(words: &Tokens<'_>, start: usize, end: usize, last: usize) -> Option<usize> {
    let name = |i: usize| i < last && is_name_word(words, i);
    let before = words.low(end - 1);
    match words.low(end) {
        _ if name(end) && !words.is_glued(end) => Some(end + 1),
        "-" | "–" if words.is_glued(end) && words.is_glued(end + 1) && name(end + 1) => Some(end + 2),
        "-" if is_second_syllable(words, start, end, last) => Some(end + 2),
        "." if words.is_glued(end) && lexicon::is_abbreviation(before) => {
            let is_closing =
                matches!(before, "inc" | "corp" | "co" | "ltd" | "jr" | "sr" | "bros") || before.len() == 1;
            (name(end + 1) || is_closing && end + 1 < last).then_some(end + 1)
        }
        // "Harbour.com".
        "." if words.is_glued(end)
            && words.is_glued(end + 1)
            && matches!(words.low(end + 1), "com" | "org" | "net" | "info" | "gov" | "edu" | "io" | "tv") =>
        {
            Some(end + 2)
        }
        // After "U." of "U.S.", the next letter is glued to the point.
        _ if words.low(end - 1) == "." && name(end) => Some(end + 1),
        "'" if matches!(before, "o" | "d") && name(end + 1) => Some(end + 2),
        "&" if name(end + 1) => Some(end + 2),
        particle if lexicon::is_particle(particle) && !words.is_glued(end) => {
            let next = end + 1 + usize::from(lexicon::is_particle(words.low(end + 1)));
            // "Tariq al-Masri", "Omar bin al-Said".
            let has_hyphen = words.low(next) == "-"
                && words.is_glued(next)
                && lexicon::is_article_of_name(words.low(next - 1));
            let next = next + usize::from(has_hyphen);
            name(next).then_some(next + 1)
        }
        "of" | "for" | "on" if lexicon::takes_of(before) => {
            let next = end + 1 + usize::from(words.low(end + 1) == "the");
            name(next).then_some(next + 1)
        }
        "and" if name(end + 1) && joins_department(words, start, end) => Some(end + 2),
        _ => None,
    }
}

/// Whether a hyphen at `end` joins the second syllable of a given name in small letters: "Park Ji-won",
/// "Ji-won Park". "Hong Kong-based" and its like end in a word that makes compounds.
fn is_second_syllable(words: &Tokens<'_>, start: usize, end: usize, last: usize) -> bool {
    /// Letters of the longest syllable of Korean and Chinese as they are written in Latin letters.
    const SYLLABLE: usize = 6;
    let syllable = words.raw(end + 1);
    let is_small = syllable.len() <= SYLLABLE && syllable.bytes().all(|b| b.is_ascii_lowercase());
    let first = words.raw(end - 1);
    let is_first = first.len() <= SYLLABLE && first.bytes().skip(1).all(|b| b.is_ascii_lowercase());
    let has_family =
        end > start + 1 || end + 2 < last && is_name_word(words, end + 2) && !words.is_glued(end + 2);
    is_small
        && is_first
        && has_family
        && words.is_glued(end)
        && words.is_glued(end + 1)
        && !lexicon::ends_compound(syllable)
}

/// Whether "and" after these tokens joins two fields of one department ("Ministry of Ports and Tides").
fn joins_department(words: &Tokens<'_>, start: usize, end: usize) -> bool {
    let is_head =
        |i: usize| matches!(words.low(i), "ministry" | "department" | "minister" | "secretary" | "committee");
    (start..end.saturating_sub(1)).any(|i| is_head(i) && matches!(words.low(i + 1), "of" | "for" | "on"))
}

/// Leaves out an opening word whose capital is due to its place.
fn without_opening(
    words: &Tokens<'_>,
    start: usize,
    end: usize,
    sentence: usize,
    lettering: &Lettering<'_>,
) -> usize {
    let mut start = start;
    // "US" in capitals is a name, "Us" none.
    let is_acronym = |i: usize| words.raw(i).len() > 1 && !words.raw(i).contains(char::is_lowercase);
    while start < end
        && lexicon::is_opener(words.low(start))
        && !is_address(words, start)
        && !is_acronym(start)
    {
        start += 1;
    }
    let is_single = start + 1 == end;
    // "Officials said": a plural role opens the sentence.
    if is_single && lexicon::is_roles(words.low(start)) {
        return end;
    }
    let is_role = lexicon::is_role(words.low(start)) || is_address(words, start);
    let is_opened = start < end && is_opening(words, start, sentence) && !is_acronym(start);
    if is_opened && !is_role && lettering.is_common(words.low(start)) {
        let is_body = lexicon::is_body_part(words.low(start)) || lexicon::place(words.raw(start)).is_some();
        let keeps = !is_single && (is_body || lettering.capital.contains(words.low(start)));
        return if keeps { start } else { start + 1 };
    }
    start
}

fn is_address(words: &Tokens<'_>, i: usize) -> bool {
    lexicon::address(words.low(i)).is_some()
}

/// Parts a run into roles, bodies and a person, and adds the names.
fn split(words: &Tokens<'_>, start: usize, end: usize, sentence: Sentence, found: &mut Vec<Mention>) {
    let Some(title) = title(words, start, end) else {
        return add_name(words, Mention::bare(start, end), start, sentence, found);
    };
    add_body(words, start, role_start(words, start, title), found);
    let office = office_end(words, title, end, found);
    let from = skip_marks(words, office, end);
    if from < end {
        let mut name = Mention::bare(from, end);
        name.kind = Kind::Person;
        name.roles.push(phrase(words, start, from));
        name.gender = (start..from).find_map(|i| gender(words.low(i)));
        add_name(words, name, start, sentence, found);
    }
}

/// Describes a name by what stands around it and adds it. `before` is where its titles begin.
fn add_name(
    words: &Tokens<'_>,
    mut name: Mention,
    before: usize,
    sentence: Sentence,
    found: &mut Vec<Mention>,
) {
    describe(words, &mut name, before, sentence);
    if name.kind == Kind::Other {
        name.kind = kind_of(words, name.start, name.end);
    }
    // "The Japanese Tern": the adjective is no part of a name without a body's word.
    let first = lexicon::place(words.raw(name.start));
    let is_plain = !(name.start..name.end).any(|i| lexicon::is_body_part(words.low(i)));
    if is_plain && name.end == name.start + 2 && matches!(first, Some(lexicon::PlaceWord::Adjective(_))) {
        name.start += 1;
    }
    // An adjective alone ("Ukrainian") names nobody.
    let text = words.span(name.start, name.end).slice(words.text);
    if !matches!(lexicon::place(text), Some(lexicon::PlaceWord::Adjective(_))) {
        found.push(name);
    }
}

/// The last title of a run: the last word only where no title comes before it, since many titles
/// are family names too.
fn title(words: &Tokens<'_>, start: usize, end: usize) -> Option<usize> {
    let inner = (start..end.saturating_sub(1)).rev().find(|i| is_title(words, *i, start, end));
    let last =
        end.checked_sub(1).filter(|i| is_title(words, *i, start, end) && !is_family_name(words.low(*i)));
    inner.or(last)
}

fn is_family_name(word: &str) -> bool {
    matches!(
        word,
        "king"
            | "major"
            | "dean"
            | "bishop"
            | "prince"
            | "marshal"
            | "painter"
            | "driver"
            | "pope"
            | "constable"
    )
}

/// Whether token `i` of a run is a title. "General" of "General Freight Lines" is none.
fn is_title(words: &Tokens<'_>, i: usize, start: usize, end: usize) -> bool {
    let word = words.low(i);
    let is_compound = i + 1 < end && words.low(i + 1) == "-";
    let is_office = i > start && words.low(i - 1) == "of";
    let in_body = i + 1 < end && lexicon::is_body_part(words.low(i + 1)) && i == start;
    lexicon::address(word).is_some() && i + 1 < end
        || lexicon::is_role(word) && !is_compound && !is_office && !in_body
}

/// One past the title at token `title` and what it is the title of: "Secretary of the Air Force",
/// "Minister for Ports". The body is added as a name of its own.
fn office_end(words: &Tokens<'_>, title: usize, end: usize, found: &mut Vec<Mention>) -> usize {
    let mut at = title + 1;
    while at < end && matches!(words.low(at), "of" | "for" | "on") {
        let from = at + 1 + usize::from(words.low(at + 1) == "the");
        let body =
            (from..end).rev().find(|i| lexicon::is_body_part(words.low(*i)) || is_field(words.low(*i)));
        let place = (from + 1..=end)
            .rev()
            .find(|to| lexicon::place(words.span(from, *to).slice(words.text)).is_some());
        let to = match (body, place, words.low(at)) {
            (Some(body), _, _) => body + 1,
            (_, Some(to), _) => to,
            (None, None, "for" | "on") => (from + 1).min(end),
            _ => end,
        };
        if !(from..to).all(|i| is_field(words.low(i))) {
            add_body(words, from, to, found);
        }
        at = to;
    }
    at
}

/// Fields of government: part of an office, no body by themselves.
fn is_field(word: &str) -> bool {
    matches!(
        word,
        "state"
            | "finance"
            | "defense"
            | "defence"
            | "interior"
            | "health"
            | "justice"
            | "education"
            | "energy"
            | "labor"
            | "labour"
            | "agriculture"
            | "commerce"
            | "trade"
            | "transport"
            | "transportation"
            | "affairs"
            | "staff"
            | "security"
            | "environment"
            | "foreign"
            | "culture"
            | "tourism"
            | "information"
            | "and"
    )
}

fn skip_marks(words: &Tokens<'_>, mut i: usize, end: usize) -> usize {
    while i < end && !words.is_word(i) {
        i += 1;
    }
    i
}

/// Where the role that ends at token `at` begins: "Chief Executive", "Prime Minister".
fn role_start(words: &Tokens<'_>, start: usize, at: usize) -> usize {
    let mut from = at;
    while from > start && is_rank(words.low(from - 1)) {
        from -= 1;
    }
    from
}

/// Words of a role: a role itself, or what stands before one.
fn is_rank(word: &str) -> bool {
    const BEFORE_ROLES: [&str; 21] = [
        "acting",
        "assistant",
        "associate",
        "chief",
        "deputy",
        "executive",
        "first",
        "foreign",
        "former",
        "general",
        "interim",
        "lead",
        "managing",
        "operating",
        "presiding",
        "prime",
        "senior",
        "special",
        "vice",
        "finance",
        "defense",
    ];
    word == "-" || BEFORE_ROLES.contains(&word) || lexicon::is_role(word)
}

/// Adds the body before a title ("Harbinger Lines" of "Harbinger Lines CEO Ana Ruiz").
fn add_body(words: &Tokens<'_>, start: usize, end: usize, found: &mut Vec<Mention>) {
    if start >= end {
        return;
    }
    let text = words.span(start, end).slice(words.text);
    let kind = match lexicon::place(text) {
        Some(lexicon::PlaceWord::Adjective(_)) => return,
        Some(_) => Kind::Place,
        None if (start..end).all(|i| is_rank(words.low(i)) || is_field(words.low(i))) => return,
        None => Kind::Organization,
    };
    found.push(Mention { kind, ..Mention::bare(start, end) });
}

/// Takes in what the words before and after a name call it.
fn describe(words: &Tokens<'_>, name: &mut Mention, before: usize, sentence: Sentence) {
    let (first, last) = (sentence.start as usize, sentence.end as usize);
    if let Some((start, noun)) = noun_before(words, before, first) {
        take_role(words, name, start, before, noun);
    } else if let Some((start, noun)) = titled_before(words, before, first) {
        take_role(words, name, start, before, noun);
    } else if before > first + 1
        && words.low(before - 1) == ","
        && let Some((start, noun)) = phrase_before_comma(words, before - 1, first)
    {
        take_role(words, name, start, before - 1, noun);
    }
    if words.low(name.end) == ","
        && let Some((end, noun)) = apposition(words, name.end + 1, last)
    {
        take_role(words, name, name.end + 1, end, noun);
    }
}

/// Adds a description and takes the kind and gender that its noun tells.
fn take_role(words: &Tokens<'_>, name: &mut Mention, start: usize, end: usize, noun: usize) {
    let word = words.low(noun);
    let is_place = lexicon::place(words.span(name.start, name.end).slice(words.text)).is_some();
    if name.kind == Kind::Other && !is_place {
        let is_body_name = (name.start..name.end).any(|i| lexicon::is_body_part(words.low(i)));
        let is_person = lexicon::is_role(word) && !is_body_name;
        name.kind = if is_person { Kind::Person } else { Kind::Organization };
    }
    name.gender = name.gender.or_else(|| lexicon::gender_of_role(word));
    name.roles.push(phrase(words, start, end));
}

/// A noun that touches the name ("mayor Ana Ruiz"), with the start of its phrase.
fn noun_before(words: &Tokens<'_>, before: usize, first: usize) -> Option<(usize, usize)> {
    let noun = before.checked_sub(1).filter(|n| *n >= first)?;
    let is_noun = !words.is_capital(noun) || noun == first;
    (is_noun && is_noun_of_source(words.low(noun))).then(|| (phrase_start(words, noun, first), noun))
}

/// "Port Officer (PO) Ana Ruiz": a title and its short form before the name.
fn titled_before(words: &Tokens<'_>, before: usize, first: usize) -> Option<(usize, usize)> {
    let noun = before.checked_sub(4).filter(|n| *n >= first)?;
    let is_short = words.low(before - 1) == ")"
        && words.low(before - 3) == "("
        && !words.raw(before - 2).contains(char::is_lowercase);
    (is_short && lexicon::is_role(words.low(noun))).then(|| (phrase_start(words, noun, first), noun))
}

fn is_noun_of_source(word: &str) -> bool {
    lexicon::is_role(word) || lexicon::is_body(word)
}

/// "Chief investment officer at Tern Bank, Ana Ruiz": the phrase before a comma, if its noun is a role.
fn phrase_before_comma(words: &Tokens<'_>, comma: usize, first: usize) -> Option<(usize, usize)> {
    /// Words looked back through for the role.
    const LONGEST: usize = 9;
    let from = comma.saturating_sub(LONGEST).max(first);
    let start = (from..comma)
        .rev()
        .find(|i| !words.is_word(*i) && !matches!(words.low(*i), "-" | "." | "'" | "&"))
        .map_or(from, |i| i + 1);
    let phrase =
        (start..comma).take_while(|i| !matches!(words.low(*i), "of" | "at" | "for" | "in" | "with" | "on"));
    let is_noun = |i: &usize| {
        lexicon::is_role(words.low(*i)) || lexicon::is_body(words.low(*i)) && !words.is_capital(*i)
    };
    let noun = phrase.filter(is_noun).last()?;
    let is_verbless = (start..noun)
        .all(|i| !matches!(words.low(i), "said" | "says" | "is" | "was" | "were" | "and" | "but"));
    is_verbless.then_some((start, noun))
}

/// "Ana Ruiz, the mayor of Tern,": the phrase after a comma, if its first noun is a role.
fn apposition(words: &Tokens<'_>, start: usize, last: usize) -> Option<(usize, usize)> {
    /// Words looked through for the noun and for the phrase's end.
    const NOUN_WITHIN: usize = 7;
    const LONGEST: usize = 14;
    let noun = (start..last.min(start + NOUN_WITHIN))
        .take_while(|i| words.is_word(*i) || matches!(words.low(*i), "-" | "'" | "." | "&"));
    let noun = noun
        .take_while(|i| {
            !matches!(
                words.low(*i),
                "who"
                    | "which"
                    | "of"
                    | "at"
                    | "for"
                    | "in"
                    | "on"
                    | "said"
                    | "says"
                    | "is"
                    | "was"
                    | "has"
                    | "and"
                    | "with"
            )
        })
        .filter(|i| is_noun_of_source(words.low(*i)))
        .last()?;
    let end = (noun + 1..last.min(start + LONGEST))
        .find(|i| matches!(words.low(*i), "," | "." | ";" | "who" | "which" | "said" | "says" | "\"" | "“"));
    Some((end.unwrap_or(noun + 1), noun))
}

/// Where the phrase of a noun begins.
fn phrase_start(words: &Tokens<'_>, noun: usize, first: usize) -> usize {
    /// Words before a noun that still describe it.
    const LONGEST: usize = 6;
    let is_part = |i: usize| {
        words.is_word(i) && !super::is_boundary(words.low(i)) || matches!(words.low(i), "-" | "'" | "&")
    };
    let mut start = noun;
    while start > first && noun - start < LONGEST && is_part(start - 1) {
        start -= 1;
    }
    start
}

/// A phrase in lower case, its words parted by single spaces.
fn phrase(words: &Tokens<'_>, start: usize, end: usize) -> String {
    let parts: Vec<&str> = (start..end).filter(|i| words.is_word(*i)).map(|i| words.low(i)).collect();
    parts.join(" ")
}

fn gender(word: &str) -> Option<Gender> {
    lexicon::address(word).flatten().or_else(|| lexicon::gender_of_role(word))
}

/// What a bare name is by its own words.
fn kind_of(words: &Tokens<'_>, start: usize, end: usize) -> Kind {
    let text = words.span(start, end).slice(words.text);
    match lexicon::place(text) {
        // "The White House": a seat that is known as a body.
        Some(lexicon::PlaceWord::Seat(body)) if body == text => return Kind::Organization,
        Some(_) => return Kind::Place,
        None => {}
    }
    let is_body = (start..end).any(|i| lexicon::is_body_part(words.low(i)) || words.low(i) == "&");
    let count = (start..end).filter(|i| words.is_word(*i)).count();
    let is_acronym =
        count == 1 && text.len() >= 2 && text.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    if is_body || is_acronym { Kind::Organization } else { Kind::Other }
}
