//! From the words of a byline to names: "By Ana Ruiz and Lee Park, Staff Writers | AFP".

use super::moment;
use super::site::{Site, key};
use super::words::{is, words};
use crate::story::agency;

/// Names and agency found in one place.
#[derive(Clone, Debug, Default)]
pub(super) struct Credit {
    /// Names, one each, in the order of the page.
    pub names: Vec<String>,
    /// Agency named beside or instead of them.
    pub agency: Option<String>,
    /// The site's own name, where it was given as author.
    pub outlet: Option<String>,
}

impl Credit {
    pub(super) fn len(&self) -> usize {
        self.names.len() + usize::from(self.agency.is_some())
    }

    /// Whether this credit names all that the other names, and more.
    pub(super) fn covers(&self, other: &Credit) -> bool {
        let keys: Vec<String> = self.names.iter().map(|n| key(n)).collect();
        self.names.len() > other.names.len()
            && !other.names.is_empty()
            && other.names.iter().all(|n| keys.contains(&key(n)))
    }
}

/// Collects names, without the outlet's own.
pub(super) struct Names<'s> {
    site: &'s Site,
    /// What was found so far.
    pub credit: Credit,
}

/// More authors than this are a list of contributors, not a byline.
const MOST: usize = 20;

/// Most words of a name ("Maria da Conceição de Oliveira e Silva").
const MOST_WORDS: usize = 7;

/// Longest name, in characters.
const LONGEST: usize = 60;

/// Longest byline that is read.
const LONGEST_CREDIT: usize = 1000;

impl Names<'_> {
    pub(super) fn new(site: &Site) -> Names<'_> {
        Names { site, credit: Credit::default() }
    }

    /// Adds the names in a value that is said to name authors.
    pub(super) fn add(&mut self, text: &str) {
        self.read(text, false);
    }

    /// Adds the names in a line of the page, which may be something else: only what has the
    /// form of a person's name, or alone follows "By".
    pub(super) fn add_printed(&mut self, text: &str) {
        self.read(text, true);
    }

    /// Adds the names in a line of the page with the parts that mark-up sets apart: each part
    /// by itself where several are persons or where the line as a whole names nobody.
    pub(super) fn add_parts(&mut self, line: &str, parts: &[&str]) {
        let persons = parts.iter().filter(|part| is_name(part, true) && !glued(part)).count();
        let before = self.credit.len();
        if persons < 2 {
            self.add_printed(line);
        }
        if self.credit.len() == before {
            for part in parts {
                // What mark-up sets apart behind a name may be its role or the outlet.
                if self.credit.len() == before || !self.is_no_person(part, false) {
                    self.add_printed(part);
                }
            }
        }
    }

    fn read(&mut self, text: &str, strict: bool) {
        if text.len() > LONGEST_CREDIT {
            return;
        }
        let plain = without_brackets(text);
        let (text, after_by) = bare(plain.trim());
        let text = if strict || after_by { undated(text) } else { text };
        if (strict && !after_by && is_picture(text)) || self.take_outlet(text) {
            return;
        }
        let before = self.credit.len();
        let mut person = false;
        for (at, part) in parts(text).into_iter().enumerate() {
            if strict && at == 1 && self.credit.len() == before {
                // A line that does not begin with a name is no byline, whatever follows.
                break;
            }
            if self.take_agency(part) || self.take_outlet(part) || (at > 0 && self.is_no_person(part, person))
            {
                continue;
            }
            // What follows "By" is a name, of one word too, as far as its capitals go.
            let stated = !strict || (after_by && at == 0);
            let part = if after_by { capitalised(part) } else { part };
            for piece in joined(part) {
                person |= self.piece(&piece, stated, strict);
            }
        }
    }

    /// Adds one name, parted from the agency behind it. Returns whether it was a full one.
    fn piece(&mut self, piece: &str, stated: bool, printed: bool) -> bool {
        let mut piece = trimmed(piece).trim_end_matches(" 기자");
        if let Some((name, agency)) = with_agency(piece) {
            self.take_agency(agency);
            piece = trimmed(name);
        }
        if self.take_agency(piece) || self.take_outlet(piece) {
            return false;
        }
        let lower = piece.to_lowercase();
        let named = |kind| lower.split_whitespace().any(|w| is(kind, w));
        let other = printed && (glued(piece) || named("control") || (!stated && named("body")));
        let fits = is_name(piece, !stated) && !other;
        if fits {
            self.push(piece);
        }
        fits && piece.contains(' ')
    }

    /// Whether what follows a name after a comma is a role, a body or, behind a full name, a place.
    fn is_no_person(&self, part: &str, person: bool) -> bool {
        let lower = part.to_lowercase();
        let word = |w: &str| is_role(w) || is("body", w);
        let words = || lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words().any(word)
            || (person && words().count() == 1)
            || self.site.is_word(part)
            || self.site.is_like(part)
    }

    fn take_outlet(&mut self, piece: &str) -> bool {
        let known = self.site.is_name(piece);
        if known && self.credit.outlet.is_none() {
            self.credit.outlet = Some(piece.to_owned());
        }
        known
    }

    fn take_agency(&mut self, piece: &str) -> bool {
        let Some(_) = agency::named(piece) else { return false };
        if self.credit.agency.is_none() {
            self.credit.agency = Some(piece.to_owned());
        }
        true
    }

    fn push(&mut self, name: &str) {
        // "Ana Ruiz Harbour Post" after "Ana Ruiz" is the same person with the outlet.
        let known = self.credit.names.iter().any(|n| key(name).starts_with(&key(n)));
        if !known && self.credit.names.len() < MOST {
            self.credit.names.push(name.to_owned());
        }
    }
}

/// What follows a byword at the head of a text; `None` where there is none.
pub(super) fn byword(text: &str) -> Option<&str> {
    let first = words("by").filter_map(|word| {
        let head = text
            .get(..word.len())
            .filter(|head| head.chars().flat_map(char::to_lowercase).eq(word.chars()))?;
        let rest = &text[head.len()..];
        let trimmed = rest.trim_start_matches([' ', '\n', ':', '\u{a0}']);
        let ends = trimmed.len() < rest.len() || head.ends_with(':');
        let named = trimmed.chars().next().is_some_and(|c| !c.is_lowercase() || c.is_numeric());
        (ends && (named || byword_again(trimmed))).then_some((head.len(), trimmed))
    });
    first.max_by_key(|(length, _)| *length).map(|(_, rest)| rest)
}

/// Whether a lower-case rest begins with a particle of a name ("de la Cruz") or is in lower case whole.
fn byword_again(rest: &str) -> bool {
    words("particle").any(|p| rest.strip_prefix(p).is_some_and(|r| r.starts_with(' ')))
}

/// Whether a line says "By", at its beginning or behind a bar or dash.
pub(super) fn says_by(text: &str) -> bool {
    bare(text).1
}

/// A byline without "By" and what stands behind a bar or dash; whether there was a "By".
fn bare(text: &str) -> (&str, bool) {
    let glued =
        text.strip_prefix("By").filter(|rest| rest.starts_with(char::is_uppercase) && rest.contains(' '));
    let mut after_by = glued.is_some();
    let mut text = glued.unwrap_or(text);
    while let Some(rest) = byword(text) {
        text = rest;
        after_by = true;
    }
    let sides =
        || text.split(['|', '•', '·', '/', '\n', '–', '—']).map(str::trim).filter(|side| !side.is_empty());
    match sides().find_map(byword) {
        Some(by) => (by, true),
        None => (sides().next().unwrap_or_default(), after_by),
    }
}

/// Parts of a byline at commas and at the stop between a name and a body ("Ana Ruiz. Harbour Post").
fn parts(text: &str) -> Vec<&str> {
    let commas = text.split([',', ';', '、', '،', '，', '；']);
    let stops = commas.flat_map(|part| {
        // A stop after a whole word; after "J." or "Jr." the name goes on.
        let stop = part.match_indices(". ").map(|(at, _)| at).find(|&at| {
            let word = part[..at].rsplit(' ').next().unwrap_or_default();
            word.chars().count() > LONGEST_ABBREVIATION && part[..at].contains(' ')
        });
        let (first, second) = stop.map_or((part, ""), |at| (&part[..at], &part[at + 1..]));
        [first, second]
    });
    stops.map(trimmed).filter(|part| !part.is_empty()).collect()
}

/// Letters of the longest abbreviation within a name ("Prof.").
const LONGEST_ABBREVIATION: usize = 4;

/// A byline up to its date: "Ana Ruiz Updated Nov 13, 2019".
fn undated(text: &str) -> &str {
    let mut words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
    let number = words.iter().position(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let Some(number) = number.filter(|&at| at > 0) else { return text };
    words.truncate(number);
    while let Some(word) = words.last() {
        let word = word.trim().trim_end_matches(['.', ',']);
        let of_date = moment::month_named(word).is_some() || is("dated", &word.to_lowercase());
        if !of_date || words.len() == 1 {
            break;
        }
        words.pop();
    }
    text[..words.iter().map(|word| word.len()).sum()].trim()
}

/// The capitalised words with which a part begins, and the small ones that names hold.
fn capitalised(part: &str) -> &str {
    let mut end = 0;
    for word in part.split(' ') {
        let small = word.starts_with(char::is_lowercase) && !is("particle", word) && !is("and", word);
        if end > 0 && (small || word.starts_with(char::is_numeric)) {
            return &part[..end - 1];
        }
        end += word.len() + 1;
    }
    part
}

/// A name and the agency printed behind it with nothing between.
fn with_agency(piece: &str) -> Option<(&str, &str)> {
    let spaces: Vec<usize> = piece.match_indices(' ').map(|(at, _)| at).collect();
    let cuts = spaces.iter().skip(1).map(|&at| (&piece[..at], piece[at + 1..].trim()));
    cuts.into_iter().find(|(_, agency)| agency::named(agency).is_some())
}

/// Whether a line credits a picture.
pub(super) fn is_picture(text: &str) -> bool {
    let lower = text.to_lowercase();
    text.contains('©') || words("picture").any(|word| lower.contains(word))
}

/// A part without the marks around it.
fn trimmed(part: &str) -> &str {
    part.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '-' | '*' | '"' | '／')
    })
}

/// The names in a part, at ampersands and words for "and".
fn joined(part: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    for word in part.split_whitespace() {
        if is("and", &word.to_lowercase()) {
            names.push(String::new());
            continue;
        }
        if let Some(name) = names.last_mut() {
            if !name.is_empty() {
                name.push(' ');
            }
            name.push_str(word);
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// A text without what stands in brackets, addresses, and handles.
fn without_brackets(text: &str) -> String {
    let mut depth = 0usize;
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' | '[' | '<' | '{' => depth += 1,
            ')' | ']' | '>' | '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    let words = kept.split(' ').filter(|w| !w.contains("://") && !w.starts_with("www."));
    // "Ruiz@anaruiz" is a name with the handle that was printed behind it.
    let names = words.filter_map(|w| match w.split_once('@') {
        Some((name, _)) => name.starts_with(char::is_uppercase).then_some(name),
        None => Some(w),
    });
    names.collect::<Vec<_>>().join(" ")
}

fn is_role(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphabetic());
    is("role", word) || words("stem").any(|stem| word.contains(stem))
}

/// Whether a piece may be a name. `strict` asks for a person's: several capitalised words.
fn is_name(piece: &str, strict: bool) -> bool {
    let parts: Vec<&str> = piece.split_whitespace().collect();
    let length = piece.chars().count();
    if parts.is_empty()
        || parts.len() > MOST_WORDS
        || !(2..=LONGEST).contains(&length)
        || piece.contains("://")
    {
        return false;
    }
    let numbers = parts.iter().any(|w| w.starts_with(char::is_numeric));
    if numbers || piece.contains(':') || !piece.chars().any(char::is_alphabetic) {
        return false;
    }
    let lower = piece.to_lowercase();
    if strict {
        let capital = |w: &&str| !w.starts_with(char::is_lowercase) || is("particle", w);
        let person = parts.len() > 1
            && parts.iter().all(capital)
            && parts[0].chars().next().is_some_and(char::is_alphabetic)
            && !is("article", parts[0]);
        let ends = parts.last().is_some_and(|w| is("particle", w) || is("by", w));
        let digits = piece.chars().any(char::is_numeric);
        person && !ends && !digits && !lower.split_whitespace().any(is_role)
    } else {
        // "Slate Staff" is the author that a page states; "staff reporter" is a part.
        let last = lower.split_whitespace().last().is_some_and(|w| is_role(w) && w != "staff");
        !last && !lower.split_whitespace().all(is_role)
    }
}

/// Whether two texts were printed as one word or one name twice: "RuizReporter", "Ana Ruiz Ana Ruiz".
fn glued(piece: &str) -> bool {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let half = words.len() / 2;
    if words.len() > 3 && words.len().is_multiple_of(2) && words[..half] == words[half..] {
        return true;
    }
    words.iter().any(|word| {
        let capital = word
            .char_indices()
            .skip(1)
            .find(|&(at, c)| c.is_uppercase() && word[..at].ends_with(char::is_lowercase));
        capital.is_some_and(|(at, _)| !is("prefix", &word[..at]))
    })
}
