//! What an element says it is, by its tag, class, id and role.
//!
//! The names are conventions found on many sites, never one site's own; they stand in
//! `data/page_names.txt`. They are compared word by word: a class is cut at everything that is
//! not a letter and where a small letter meets a capital, so that `relatedPosts`, `related-posts`
//! and `related_posts` are one and `bread` is not `ad`. A name alone is weak evidence: a box that
//! holds most of a page's prose is kept whatever it is called (`body class="has-sidebar"`); that
//! is decided in `body`, where the prose is known.

use crate::lexicon;
use crate::story::dom::{Document, NodeId};
use std::collections::HashMap;
use std::sync::LazyLock;

/// Groups of names, one bit each.
pub(super) type Groups = u64;

/// What an element says it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Role {
    /// The groups of names that say it is not story.
    pub(super) clutter: Groups,
    /// Whether it says it is the story's body.
    pub(super) story: bool,
}

/// Bit of the elements that are not story by their tag or role (`nav`, `figure`).
const TAG_GROUP: Groups = 1 << 63;
/// Bit of the elements that are hidden by an attribute.
const HIDDEN_GROUP: Groups = 1 << 62;

/// Groups that only a box around nearly all of the page's prose has by accident.
pub(super) fn firm_groups() -> Groups {
    NAMES.firm
}

/// Groups that mean nothing on a page where their boxes hold much of the prose together.
pub(super) fn loose_groups() -> Groups {
    NAMES.loose
}

/// How many groups there are at most.
pub(super) const GROUPS: usize = 64;

impl Role {
    /// Reads an element's tag and attributes.
    pub(super) fn of(document: &Document, node: NodeId, tag: &str) -> Role {
        let mut role = Role::default();
        if is_clutter_tag(tag) {
            role.clutter |= TAG_GROUP;
        }
        let mut words = Vec::new();
        for (name, value) in document.attributes(node) {
            match name {
                "class" | "id" => role.read_names(value, &mut words),
                "itemprop" => role.story |= value == "articleBody",
                "role" if is_clutter_role(value) => role.clutter |= TAG_GROUP,
                "style" if is_hidden(value) => role.clutter |= HIDDEN_GROUP,
                "hidden" => role.clutter |= HIDDEN_GROUP,
                "aria-hidden" if value == "true" => role.clutter |= HIDDEN_GROUP,
                _ => {}
            }
        }
        if is_text(tag) {
            role.clutter &= NAMES.text | HIDDEN_GROUP;
        }
        role
    }

    fn read_names(&mut self, value: &str, words: &mut Vec<String>) {
        for name in value.split_whitespace() {
            words.clear();
            split_words(name, words);
            let pairs = || words.windows(2).map(|w| format!("{}-{}", w[0], w[1]));
            if pairs().any(|p| NAMES.plain.contains(&p.as_str())) {
                continue;
            }
            for word in words.iter().cloned().chain(pairs()) {
                self.clutter |= NAMES.of(&word);
                self.story |= NAMES.story.contains(&word.as_str());
            }
        }
    }

    /// Whether its text is left out even within a line.
    pub(super) fn is_mute(self) -> bool {
        self.clutter & (NAMES.mute | HIDDEN_GROUP) != 0
    }
}

/// Elements that never hold the story's sentences.
fn is_clutter_tag(tag: &str) -> bool {
    matches!(
        tag,
        "nav"
            | "aside"
            | "footer"
            | "form"
            | "figure"
            | "figcaption"
            | "menu"
            | "fieldset"
            | "address"
            | "caption"
    )
}

/// Elements of text, whose names tell less than those of boxes.
fn is_text(tag: &str) -> bool {
    matches!(
        tag,
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl" | "li" | "blockquote" | "table"
    )
}

/// Groups that count on elements of text.
const TEXT_GROUPS: [&str; 10] =
    ["related", "popular", "letter", "comment", "author", "share", "dates", "embed", "hidden", "caption"];

fn is_clutter_role(role: &str) -> bool {
    matches!(
        role,
        "navigation"
            | "complementary"
            | "contentinfo"
            | "dialog"
            | "alert"
            | "alertdialog"
            | "banner"
            | "search"
            | "button"
            | "menu"
            | "menubar"
            | "menuitem"
            | "toolbar"
            | "tooltip"
            | "tablist"
    )
}

fn is_hidden(style: &str) -> bool {
    let style: String = style.chars().take(500).filter(|c| !c.is_whitespace()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Cuts a name into words in small letters.
fn split_words(name: &str, words: &mut Vec<String>) {
    let mut word = String::new();
    let mut small = false;
    for c in name.chars() {
        if (!c.is_alphabetic() || (small && c.is_uppercase())) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        small = c.is_lowercase();
        if c.is_alphabetic() {
            word.extend(c.to_lowercase());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
}

/// The table of names.
#[derive(Default)]
struct Names {
    words: HashMap<&'static str, Groups>,
    stems: Vec<(&'static str, Groups)>,
    story: Vec<&'static str>,
    plain: Vec<&'static str>,
    text: Groups,
    firm: Groups,
    loose: Groups,
    mute: Groups,
}

static NAMES: LazyLock<Names> = LazyLock::new(Names::read);

impl Names {
    fn read() -> Names {
        let mut names = Names::default();
        for (bit, row) in lexicon::PAGE_NAMES.rows().enumerate() {
            let group = 1 << bit;
            let (strength, name) =
                row.key.split_once(' ').unwrap_or_else(|| row.fail("no strength and group"));
            if TEXT_GROUPS.contains(&name) {
                names.text |= group;
            }
            match strength {
                "story" => {
                    names.story.extend(&row.entries);
                    continue;
                }
                "plain" => {
                    names.plain.extend(&row.entries);
                    continue;
                }
                "firm" => names.firm |= group,
                "loose" => names.loose |= group,
                "mute" => {
                    names.mute |= group;
                    names.loose |= group;
                }
                "solid" => {}
                _ => row.fail("an unknown strength"),
            }
            for name in row.entries {
                match name.strip_suffix('*') {
                    Some(stem) => names.stems.push((stem, group)),
                    None => *names.words.entry(name).or_default() |= group,
                }
            }
        }
        names
    }

    fn of(&self, word: &str) -> Groups {
        let exact = self.words.get(word).copied().unwrap_or(0);
        self.stems
            .iter()
            .filter(|(stem, _)| word.starts_with(stem))
            .fold(exact, |all, (_, group)| all | group)
    }
}
