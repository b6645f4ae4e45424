//! Names in the labels of transcripts, set in capitals: "SEN. NORA FENN, CHAIR OF THE PORTS COMMITTEE:",
//! later "FENN:". Capitals tell nothing about such a line; that a last name comes back as a label does.

use super::{Kind, Mention, lexicon};
use crate::token::Tokens;
use std::collections::HashSet;
use std::ops::Range;

/// Most tokens before the colon.
const LONGEST_LABEL: usize = 16;

/// Most words of a name.
const LONGEST_NAME: usize = 4;

/// A label: the first token of its paragraph, the name without forms of address, and the colon.
struct Label {
    start: usize,
    name: Range<usize>,
    colon: usize,
}

/// Puts the names of labels in place of what was found in them. `found` is in order, and stays so.
pub(super) fn take(tokens: &Tokens<'_>, found: &mut Vec<Mention>) {
    let labels: Vec<Label> = starts(tokens).into_iter().filter_map(|start| label(tokens, start)).collect();
    let last = |l: &Label| tokens.low(l.name.end - 1);
    let short: HashSet<&str> = labels.iter().filter(|l| l.name.len() == 1).map(last).collect();
    let whole: HashSet<&str> = labels.iter().filter(|l| l.name.len() > 1).map(last).collect();
    let known: Vec<&Label> =
        labels.iter().filter(|l| short.contains(last(l)) && whole.contains(last(l))).collect();
    // Labels stand in order, without overlap, so the one that may hold a mention is found at once.
    found.retain(|m| {
        let at = known.partition_point(|l| l.colon < m.start);
        known.get(at).is_none_or(|l| m.end <= l.start)
    });
    found.extend(known.iter().map(|label| Mention {
        start: label.name.start,
        end: label.name.end,
        kind: Kind::Person,
        roles: Vec::new(),
        gender: None,
    }));
    found.sort_by_key(|m| m.start);
}

/// The first token of each paragraph.
fn starts(tokens: &Tokens<'_>) -> Vec<usize> {
    (0..tokens.list.len()).filter(|&t| t == 0 || !tokens.same_paragraph(t - 1, t)).collect()
}

/// The label with which the paragraph at token `start` begins, if its name is in capitals.
fn label(tokens: &Tokens<'_>, start: usize) -> Option<Label> {
    let in_paragraph = |t: &usize| *t < tokens.list.len() && tokens.same_paragraph(start, *t);
    let colon = (start..=start + LONGEST_LABEL).take_while(in_paragraph).find(|&t| tokens.raw(t) == ":")?;
    let end = (start..colon).find(|&t| matches!(tokens.raw(t), "," | "(")).unwrap_or(colon);
    let name = (start..end).find(|&t| !is_address(tokens, t))?..end;
    let is_part = |t: usize| {
        let word = tokens.raw(t);
        word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
            || matches!(word, "." | "-" | "'" | "’")
    };
    let words = name.clone().filter(|&t| tokens.is_word(t)).count();
    let fits = (1..=LONGEST_NAME).contains(&words) && name.clone().all(is_part) && tokens.is_word(end - 1);
    fits.then_some(Label { start, name, colon })
}

/// Whether a token is a form of address before a name, or its full stop.
fn is_address(tokens: &Tokens<'_>, t: usize) -> bool {
    tokens.raw(t) == "." || lexicon::address(tokens.low(t)).is_some() || lexicon::is_role(tokens.low(t))
}

#[cfg(test)]
mod tests {
    use crate::mention::{Kind, find};
    use crate::page::Page;
    use crate::{story, token};

    fn people(text: &str) -> Vec<String> {
        let story = story::read(&Page::exact(text));
        let tokens = token::read(&story);
        let people = find(&tokens).into_iter().filter(|m| m.kind == Kind::Person);
        people.map(|m| tokens.span(m.start, m.end).slice(tokens.text).to_owned()).collect()
    }

    #[test]
    fn labels_that_come_back_are_people() {
        let text = "SEN. ANA RUIZ (D-NM): It fell.\n\nPIET HAAS, HOST: When?\n\nRUIZ: At dawn.\n\nHAAS: So.";
        assert_eq!(people(text), ["ANA RUIZ", "PIET HAAS", "RUIZ", "HAAS"]);
        assert_eq!(people("PRICE: 5 crowns\n\nPLACE: the hall\n\nPRICE: 6 crowns"), [""; 0]);
    }
}
