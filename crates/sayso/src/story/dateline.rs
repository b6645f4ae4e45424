//! The dateline at the head of a body: `Kyiv, Ukraine, April 9 (AFP) -`.
//!
//! A dateline is a place, a day and an agency, each of which may be missing, and a dash that
//! parts them from the first sentence. A place in capitals is enough before a dash; one in
//! ordinary letters needs a day or an agency beside it, since "Smith — who" has the same shape.

use super::{Dateline, agency, calendar};

/// A dateline found at the head of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Place and day.
    pub dateline: Dateline,
    /// The agency credited in it, by its short name.
    pub agency: Option<String>,
    /// The moment of publication, where the line prints one after the agency
    /// (`(AFP) Apr 09, 2025`).
    pub published: Option<String>,
    /// The byte of the paragraph at which the first sentence begins; its length where the
    /// paragraph is nothing but a dateline.
    pub end: usize,
}

/// A dateline is not longer than this.
const LONGEST: usize = 160;

/// Finds the dateline with which the first paragraph of a body begins. `published` (ISO date or
/// RFC 3339) gives the year where the line has none.
pub fn find(paragraph: &str, published: Option<&str>) -> Option<Found> {
    let head = &paragraph[..paragraph.floor_char_boundary(LONGEST)];
    let mut line = Line { head, at: spaces(head) };
    let place = line.place();
    let day = line.day();
    let agency = line.agency();
    let stamp = agency.and_then(|_| line.stamp());
    let before = line.at;
    let credited = agency.is_none() && place.is_some_and(is_capitals) && line.credit();
    let dash = line.dash();
    if credited && !dash {
        line.at = before;
    }
    let alone = line.at == paragraph.len();
    let named =
        place.is_some_and(|place| is_capitals(place) && !is_label(place) && words(place) <= BARE_WORDS);
    let complete = match (agency, day) {
        (Some(_), _) => dash || alone || place.is_none() || named,
        (None, Some(_)) => dash && place.is_some(),
        (None, None) => dash && named,
    };
    if !complete {
        return None;
    }
    let published = stamp.as_deref().or(published);
    let date =
        day.and_then(|day| day.iso(published)).or_else(|| stamp.as_deref()?.get(..10).map(str::to_owned));
    let place = place.map(str::to_owned);
    Some(Found {
        dateline: Dateline { place, date },
        agency: agency.map(str::to_owned),
        published: stamp,
        end: line.at,
    })
}

/// A reader that moves along the head of a paragraph.
struct Line<'t> {
    head: &'t str,
    at: usize,
}

/// Words that stand inside the name of a place in small letters.
const PARTICLES: &[&str] =
    &["and", "of", "the", "de", "del", "la", "le", "les", "du", "upon", "on", "sur", "am", "el"];

/// Most words that a place has ("ABOARD THE PAPAL PLANE, over the Atlantic Ocean").
const PLACE_WORDS: usize = 9;

impl<'t> Line<'t> {
    fn rest(&self) -> &'t str {
        &self.head[self.at..]
    }

    /// Words with capitals, up to a day, an agency or a dash.
    fn place(&mut self) -> Option<&'t str> {
        let start = self.at;
        let mut end = start;
        for _ in 0..PLACE_WORDS {
            if calendar::day(self.rest()).is_some() || self.weekday() > 0 {
                break;
            }
            let Some(word) = place_word(self.rest()) else { break };
            self.at += word.len();
            end = self.at;
            let comma = usize::from(self.rest().starts_with([',', '/']));
            self.at += comma;
            let gap = spaces(self.rest());
            if comma + gap == 0 {
                break;
            }
            self.at += gap;
        }
        // "Paris, April 9": the comma before the day is not the place's.
        let place = self.head[start..end].trim_end_matches(',');
        (!place.is_empty()).then_some(place)
    }

    fn day(&mut self) -> Option<calendar::Day> {
        let weekday = self.weekday();
        self.at += weekday;
        let Some((day, length)) = calendar::day(self.rest()) else {
            self.at -= weekday;
            return None;
        };
        self.at += length;
        self.at += usize::from(self.rest().starts_with(','));
        self.at += spaces(self.rest());
        Some(day)
    }

    /// Bytes of a weekday with its comma, before a day.
    fn weekday(&self) -> usize {
        const DAYS: [&str; 7] =
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        let Some(name) = DAYS.iter().find(|name| self.rest().starts_with(**name)) else { return 0 };
        let after = &self.rest()[name.len()..];
        let gap = after.len() - after.trim_start_matches([',', ' ']).len();
        if calendar::day(&after[gap..]).is_some() { name.len() + gap } else { 0 }
    }

    fn agency(&mut self) -> Option<&'static str> {
        // Press releases set their agency between slashes: "/PRNewswire/".
        let bracketed = self.rest().strip_prefix('(').map(|inner| (inner, ')'));
        let (inner, closer) =
            bracketed.or_else(|| self.rest().strip_prefix('/').map(|inner| (inner, '/')))?;
        let close = inner.find(closer)?;
        let agency = agency::leading(&inner[..close])?;
        self.at += close + 2;
        self.at += spaces(self.rest());
        Some(agency)
    }

    /// A credit in brackets that no table of agencies knows: "(Coast Wire)". It is part of the line, and is not
    /// told.
    fn credit(&mut self) -> bool {
        /// Bytes of a credit.
        const LONGEST_CREDIT: usize = 40;
        let Some(inner) = self.rest().strip_prefix('(') else { return false };
        let Some(close) = inner.find(')').filter(|&close| (2..=LONGEST_CREDIT).contains(&close)) else {
            return false;
        };
        let is_name = |word: &str| word.starts_with(char::is_uppercase) || PARTICLES.contains(&word);
        if !inner[..close].split(' ').all(is_name) {
            return false;
        }
        self.at += close + 2;
        self.at += spaces(self.rest());
        true
    }

    /// The moment of publication that follows the agency in a line that ends there.
    fn stamp(&mut self) -> Option<String> {
        let rest = self.rest().trim_end();
        let (_, length) = calendar::day(rest)?;
        // What follows the day may be a time and a zone, nothing longer.
        const CLOCK: usize = 20;
        if rest.len() - length > CLOCK {
            return None;
        }
        let moment = calendar::moment(rest)?;
        self.at = self.head.len();
        Some(moment)
    }

    /// A dash with its spaces. A hyphen needs a space on both sides.
    fn dash(&mut self) -> bool {
        let rest = self.rest();
        let after = rest.trim_start_matches(['—', '–', '―', '-', '•']);
        let taken = rest.len() - after.len();
        let spaced = after.is_empty() || after.starts_with(char::is_whitespace);
        let hyphen = rest.starts_with('-') && !rest.starts_with("--");
        if taken == 0 || hyphen && !(spaced && self.head[..self.at].ends_with([' ', ')'])) {
            return false;
        }
        self.at += taken + spaces(after);
        true
    }
}

/// The word at the head of `text`, where a place's name may have it.
fn place_word(text: &str) -> Option<&str> {
    let belongs = |c: char| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-');
    let end = text.find(|c| !belongs(c)).unwrap_or(text.len());
    // A hyphen that ends a word is a dash.
    let word = text[..end].trim_end_matches('-');
    let capital = word.starts_with(char::is_uppercase)
        || ["al-", "el-", "as-", "ash-", "an-", "at-", "l’", "l'", "d’", "d'"]
            .iter()
            .any(|p| word.starts_with(p));
    (!word.is_empty() && (capital || PARTICLES.contains(&word))).then_some(word)
}

/// Whether the place, up to its first comma, is printed in capitals.
fn is_capitals(place: &str) -> bool {
    let town = place.split([',', '/']).next().unwrap_or(place);
    let letters = || town.chars().filter(|c| c.is_alphabetic());
    letters().count() >= 3 && !letters().any(char::is_lowercase)
}

/// Most words of a place that neither day nor agency confirms; longer runs of capitals are
/// headings.
const BARE_WORDS: usize = 5;

fn words(place: &str) -> usize {
    place.split_whitespace().count()
}

/// Words in capitals that stand before a dash and are no place.
const LABELS: &[&str] = &[
    "UPDATE",
    "UPDATED",
    "BREAKING",
    "BREAKING NEWS",
    "WATCH",
    "VIDEO",
    "LIVE",
    "EXCLUSIVE",
    "ANALYSIS",
    "OPINION",
    "COMMENT",
    "CORRECTION",
    "CORRECTED",
    "NEWS",
    "READ",
    "RELATED",
    "NOTE",
    "ABSTRACT",
    "NATO",
    "ISIS",
    "ISIL",
    "FIFA",
    "UEFA",
    "OPEC",
    "NASA",
    "FBI",
    "CIA",
    "COVID",
    "AIDS",
    "HIV",
    "GOP",
    "ADVERTISEMENT",
    "PHOTO",
    "PHOTOS",
    "IMAGE",
    "MORE",
    "SHARE",
    "WHO",
    "WHAT",
    "WHEN",
    "WHERE",
    "WHY",
    "HOW",
    "THE",
];

fn is_label(place: &str) -> bool {
    LABELS.contains(&place)
}

fn spaces(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Place, date, agency and the text after the dateline.
    fn parts(line: &str) -> (String, String, String, &str) {
        let found = find(line, Some("2025-04-10")).unwrap_or_else(|| panic!("no dateline: {line}"));
        let Dateline { place, date } = found.dateline;
        (
            place.unwrap_or_default(),
            date.unwrap_or_default(),
            found.agency.unwrap_or_default(),
            &line[found.end..],
        )
    }

    #[test]
    fn datelines_are_read_in_the_forms_of_news() {
        for (line, place, date, agency) in [
            ("LONDON (AP) — The", "LONDON", "", "AP"),
            ("Kyiv, Ukraine, April 9 (AFP) - The", "Kyiv, Ukraine", "2025-04-09", "AFP"),
            ("WASHINGTON, Jan. 5 (Reuters) - The", "WASHINGTON", "2025-01-05", "Reuters"),
            ("PARIS — The", "PARIS", "", ""),
            ("(Reuters) - The", "", "", "Reuters"),
            ("(CNN) The", "", "", "CNN"),
            ("(CNN)The", "", "", "CNN"),
            ("ST. LOUIS, Mo. -- The", "ST. LOUIS, Mo.", "", ""),
            ("HEMPSTEAD, N.Y. ― The", "HEMPSTEAD, N.Y.", "", ""),
            ("DUBAI - The", "DUBAI", "", ""),
            ("TERN (Coast Wire) — The", "TERN", "", ""),
            ("PORT OF TERN, April 9 (Gulf News Service) - The", "PORT OF TERN", "2025-04-09", ""),
            (
                "BEIJING/HONG KONG, 9 April 2025 (Reuters Health) – The",
                "BEIJING/HONG KONG",
                "2025-04-09",
                "Reuters",
            ),
            (
                "DULUTH, Minn., Oct. 3, 2023 (PR NEWSWIRE) -- The",
                "DULUTH, Minn.",
                "2023-10-03",
                "PR Newswire",
            ),
            ("DULUTH, Minn., Oct. 3, 2023 /PRNewswire/ -- The", "DULUTH, Minn.", "2023-10-03", "PR Newswire"),
            ("/PRNewswire/ -- The", "", "", "PR Newswire"),
            ("TORONTO—The", "TORONTO", "", ""),
            ("LOS ANGELES, Sept. 28 (UPI) — The", "LOS ANGELES", "2024-09-28", "UPI"),
            ("Seoul, Wednesday, April 9 — The", "Seoul", "2025-04-09", ""),
            ("ABOARD THE PAPAL PLANE (AP) — The", "ABOARD THE PAPAL PLANE", "", "AP"),
        ] {
            assert_eq!(parts(line), (place.into(), date.into(), agency.into(), "The"), "{line}");
        }
    }

    #[test]
    fn a_line_of_its_own_may_carry_the_publication() {
        let line = "Kyiv, Ukraine, April 9 (AFP) Apr 09, 2025";
        let found = find(line, None).expect("a dateline");
        assert_eq!(found.published.as_deref(), Some("2025-04-09"));
        assert_eq!(found.dateline.date.as_deref(), Some("2025-04-09"));
        assert_eq!(found.end, line.len());
    }

    #[test]
    fn the_day_may_stand_after_the_agency() {
        let found = find("Kyiv, Ukraine (AFP) April 9, 2025", None).expect("a dateline");
        assert_eq!(found.dateline.place.as_deref(), Some("Kyiv, Ukraine"));
        assert_eq!(found.dateline.date.as_deref(), Some("2025-04-09"));
    }

    #[test]
    fn sentences_are_not_datelines() {
        for line in [
            "Obama — who was in Paris — said so.",
            "UPDATE — The bridge is open.",
            "NATO - the alliance - said so.",
            "RIVERS FAVOR SHIPS, BUT RAIN FAVORS BARGES - The river rose again.",
            "Paris is safe.",
            "\"PARIS — I love you,\" he said.",
            "On April 9 the mayor — Ana Ruiz — said so.",
            "A SOLDIER has been shot.",
            "Ana Ruiz (Labour) said so.",
            "NATO (Coast Wire) - the alliance - said so.",
            "TERN (population 4,000) - the town - said so.",
            "-",
            "",
        ] {
            assert_eq!(find(line, None), None, "{line}");
        }
    }
}
