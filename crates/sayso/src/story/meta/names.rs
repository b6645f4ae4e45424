//! From the words of a byline to names: "By Ana Ruiz and Lee Park, Staff Writers | AFP".

use super::site::{Site, key};
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
            parts.iter().for_each(|part| self.add_printed(part));
        }
    }

    fn read(&mut self, text: &str, strict: bool) {
        if text.len() > LONGEST_CREDIT {
            return;
        }
        let plain = without_brackets(text);
        let mut text = plain.trim();
        let mut after_by = false;
        if let Some(rest) =
            text.strip_prefix("By").filter(|r| r.starts_with(char::is_uppercase) && r.contains(' '))
        {
            text = rest;
        }
        while let Some(rest) = byword(text) {
            text = rest;
            after_by = true;
        }
        let parts = || {
            text.split(['|', '•', '·', '/', '\n', '–', '—']).map(str::trim).filter(|part| !part.is_empty())
        };
        let by = parts().find_map(byword);
        after_by |= by.is_some();
        let text = by.or_else(|| parts().next()).unwrap_or_default();
        if self.take_outlet(text) {
            return;
        }
        let commas: Vec<&str> =
            text.split([',', ';', '、', '،', '，', '；']).map(trimmed).filter(|p| !p.is_empty()).collect();
        let mut person = false;
        for (at, part) in commas.iter().enumerate() {
            if self.take_agency(part) || self.take_outlet(part) || (at > 0 && self.is_no_person(part, person))
            {
                continue;
            }
            for piece in joined(part) {
                let piece = trimmed(&piece).trim_end_matches(" 기자").to_owned();
                if self.take_agency(&piece) || self.take_outlet(&piece) {
                    continue;
                }
                let alone = after_by && at == 0;
                if is_name(&piece, strict && !alone) && !(strict && glued(&piece)) {
                    person |= piece.contains(' ');
                    self.push(&piece);
                }
            }
        }
    }

    /// Whether what follows a name after a comma is a role, a body or, behind a full name, a place.
    fn is_no_person(&self, part: &str, person: bool) -> bool {
        let lower = part.to_lowercase();
        let word = |w: &str| is_role(w) || BODIES.contains(&w);
        let words = || lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words().any(word) || (person && words().count() == 1) || self.site.is_word(part)
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
        let known = self.credit.names.iter().any(|n| key(n) == key(name));
        if !known && self.credit.names.len() < MOST {
            self.credit.names.push(name.to_owned());
        }
    }
}

/// Words with which bylines begin, in lower case.
const BYWORDS: &[&str] = &[
    "by",
    "by:",
    "written by",
    "words by",
    "words:",
    "story by",
    "text by",
    "reported by",
    "reporting by",
    "posted by",
    "published by",
    "author:",
    "author",
    "authors:",
    "writer:",
    "von",
    "von:",
    "autor:",
    "autorin:",
    "text:",
    "par",
    "por",
    "por:",
    "di",
    "door",
    "av",
    "af",
    "tekst:",
    "tekst og foto:",
    "przez",
    "autor",
    "oleh",
    "penulis:",
    "yazan:",
    "editor :",
    "editor:",
    "redaktion:",
    "a cura di",
    "scritto da",
    "écrit par",
    "publié par",
    "escrito por",
    "geschreven door",
    "skrevet av",
    "skrevet af",
    "text av",
    "от",
    "автор:",
    "from",
    "van",
    "dari",
    "oleh:",
    "guest post by",
    "analysis by",
    "opinion by",
    "review by",
    "commentary by",
    "column by",
    "essay by",
    "interview by",
];

/// What follows a byword at the head of a text; `None` where there is none.
pub(super) fn byword(text: &str) -> Option<&str> {
    let first = BYWORDS.iter().filter_map(|word| {
        let head = text.get(..word.len()).filter(|head| head.to_lowercase() == **word)?;
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
    PARTICLES.iter().any(|p| rest.strip_prefix(p).is_some_and(|r| r.starts_with(' ')))
}

/// Words in small letters within names.
const PARTICLES: &[&str] = &[
    "de", "da", "do", "dos", "das", "di", "del", "della", "du", "la", "le", "van", "von", "der", "den",
    "ter", "ten", "zu", "af", "av", "al", "el", "bin", "ibn", "bint", "ben", "y", "e", "i", "und", "of",
    "the", "for", "dello", "des", "dei", "st",
];

/// A part without the marks around it.
fn trimmed(part: &str) -> &str {
    part.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '-' | '*' | '"'))
}

/// The names in a part, at ampersands and words for "and".
fn joined(part: &str) -> Vec<String> {
    let mut names = vec![String::new()];
    for word in part.split_whitespace() {
        if ANDS.contains(&word.to_lowercase().as_str()) {
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

/// Words that join two authors.
const ANDS: &[&str] = &[
    "&", "and", "und", "et", "og", "och", "y", "en", "ja", "oraz", "with", "mit", "avec", "con", "ve", "и",
    "та", "for", "as", "told",
];

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
    let words =
        kept.split(' ').filter(|w| !w.contains(['@']) && !w.contains("://") && !w.starts_with("www."));
    words.collect::<Vec<_>>().join(" ")
}

/// Words that name a part or a body, not a person, in lower case.
const ROLES: &[&str] = &[
    "reporter",
    "reporters",
    "correspondent",
    "correspondents",
    "editor",
    "editors",
    "writer",
    "writers",
    "columnist",
    "contributor",
    "contributors",
    "contributing",
    "journalist",
    "journalists",
    "producer",
    "staff",
    "senior",
    "chief",
    "deputy",
    "associate",
    "freelance",
    "redakteur",
    "redakteurin",
    "korrespondent",
    "korrespondentin",
    "journaliste",
    "redacteur",
    "professor",
    "director",
    "presenter",
    "analyst",
    "specialist",
    "intern",
    "fellow",
    "updated",
    "published",
    "posted",
    "minutes",
    "min",
    "read",
    "share",
    "follow",
    "email",
    "twitter",
    "facebook",
    "more",
    "profile",
    "subscribe",
    "comments",
    "comment",
    "photo",
    "photos",
    "agencies",
    "agenturen",
    "agences",
    "wire",
    "wires",
    "image",
    "images",
    "getty",
    "developer",
    "admin",
    "administrator",
    "guest",
    "author",
    "authors",
];

/// Beginnings of words that name a part in languages that compound.
const ROLE_STEMS: &[&str] =
    &["redakteur", "korrespondent", "journalist", "redaktør", "redaktör", "correspond"];

/// Words of bodies and of a page's controls that stand beside authors, in lower case.
const BODIES: &[&str] = &[
    "institute",
    "university",
    "universität",
    "universiteto",
    "college",
    "school",
    "association",
    "department",
    "ministry",
    "center",
    "centre",
    "agency",
    "news",
    "newspaper",
    "press",
    "times",
    "post",
    "daily",
    "weekly",
    "magazine",
    "journal",
    "media",
    "radio",
    "tv",
    "television",
    "bureau",
    "inquirer",
    "gazette",
    "tribune",
    "herald",
    "network",
    "foundation",
    "council",
    "society",
    "gmbh",
    "inc",
    "llc",
    "ltd",
];

fn is_role(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphabetic());
    ROLES.contains(&word) || ROLE_STEMS.iter().any(|stem| word.contains(stem))
}

/// Whether a piece may be a name. `strict` asks for a person's: several capitalised words.
fn is_name(piece: &str, strict: bool) -> bool {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let length = piece.chars().count();
    if words.is_empty()
        || words.len() > MOST_WORDS
        || !(2..=LONGEST).contains(&length)
        || piece.contains("://")
    {
        return false;
    }
    let numbers = words.iter().any(|w| w.starts_with(char::is_numeric));
    if numbers || piece.contains(':') || !piece.chars().any(char::is_alphabetic) {
        return false;
    }
    let lower = piece.to_lowercase();
    if strict {
        let capital = |w: &&str| !w.starts_with(char::is_lowercase) || PARTICLES.contains(w);
        let person = words.len() > 1
            && words.iter().all(capital)
            && words[0].chars().next().is_some_and(char::is_alphabetic);
        let ends = words.last().is_some_and(|w| PARTICLES.contains(w) || BYWORDS.contains(w) || *w == "le");
        let digits = piece.chars().any(char::is_numeric);
        person && !ends && !digits && !lower.split_whitespace().any(|w| is_role(w) || CONTROLS.contains(&w))
    } else {
        // "Slate Staff" is the author that a page states; "staff reporter" is a part.
        let last = lower.split_whitespace().last().is_some_and(|w| is_role(w) && w != "staff");
        !last && !lower.split_whitespace().all(is_role)
    }
}

/// Words of buttons and headings that stand near bylines, in lower case.
const CONTROLS: &[&str] = &[
    "social", "links", "google", "shares", "views", "images", "about", "copy", "link", "view", "all", "sign",
    "print", "save", "listen", "why", "how", "what", "more", "news", "sections",
];

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
        capital.is_some_and(|(at, _)| !PREFIXES.contains(&&word[..at]))
    })
}

/// Beginnings of names that go on with a capital: "McCarthy", "FitzGerald".
const PREFIXES: &[&str] = &[
    "Mc", "Mac", "Fitz", "De", "Di", "Du", "Da", "La", "Le", "Lo", "Van", "Von", "Del", "Della", "Des", "St",
    "Ben", "El", "Al", "Abu", "Jo", "Ja", "Ann", "Mary", "Ke", "Ter", "Vander", "San",
];
