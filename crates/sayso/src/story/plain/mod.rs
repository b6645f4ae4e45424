//! Plain text to story: clean text, or a dump of a page with its navigation and legal lines.
//!
//! The text is cut into blocks (`block`), each block is judged (`class`) by its own words, the run of
//! blocks that holds the body is found (`segment`), and what stands above it is asked for
//! headline, byline and date (`head`).

mod block;
mod class;
mod head;
mod segment;

use super::{Meta, Paragraph, ParagraphKind, Story};
use block::Block;
use class::Class;
use std::borrow::Cow;
use std::ops::Range;

/// A text longer than this, in bytes, is cut.
const LONGEST: usize = 8 << 20;

/// Reads the story of a plain text; what is not story is left out.
pub fn read(text: &str) -> Story {
    let (text, notice) = cut(text);
    let dump = Dump::new(text, Doubt::Foreign);
    let pieces = (0..dump.blocks.len()).map(|i| (dump.kind(i), dump.lines[i].as_ref()));
    let mut story = Story::from_pieces(pieces.filter(|(kind, _)| kind.is_story()));
    story.meta = head::meta(&dump);
    story.notices.extend(notice);
    story
}

/// Reads a text whose characters are kept exactly; what is not story is marked
/// [`ParagraphKind::Other`]. When in doubt a paragraph is story.
pub fn read_exact(text: &str) -> Story {
    let (text, notice) = cut(text);
    let dump = Dump::new(text, Doubt::Story);
    let paragraphs = dump.blocks.iter().enumerate();
    let paragraphs =
        paragraphs.map(|(i, block)| Paragraph { span: block.span, kind: dump.kind(i) }).collect();
    Story {
        text: text.to_owned(),
        paragraphs,
        meta: head::meta(&dump),
        dateline: None,
        notices: notice.into_iter().collect(),
    }
}

/// Cuts a text that is too long.
fn cut(text: &str) -> (&str, Option<String>) {
    if text.len() <= LONGEST {
        return (text, None);
    }
    let mib = LONGEST >> 20;
    (&text[..text.floor_char_boundary(LONGEST)], Some(format!("page cut at {mib} MiB")))
}

/// What a block is taken for where its words do not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doubt {
    /// Part of the story: a text that somebody chose holds little else.
    Story,
    /// Part of the page around it.
    Foreign,
}

/// A text in blocks, with what each of them is.
struct Dump<'t> {
    blocks: Vec<Block>,
    /// Each block's characters on one line.
    lines: Vec<Cow<'t, str>>,
    classes: Vec<Class>,
    doubt: Doubt,
    /// Whether the text holds more of a page than its story.
    is_page: bool,
    /// The blocks among which the body is.
    body: Range<usize>,
    /// The first paragraph of some length in the body.
    lead: usize,
    /// The block that is the headline.
    headline: Option<usize>,
}

/// Lines of furniture that make a text the dump of a page; more are needed where a text is to be
/// kept exactly, since those seldom are one.
const FOREIGN_LINES: usize = 3;
const FOREIGN_LINES_EXACT: usize = 5;

/// So many short lines, and more than half of all, make it one too.
const SHORT_LINES: usize = 10;

/// Words that make a paragraph the lead.
const LEAD_WORDS: usize = 15;

/// A standfirst stands no further below the headline, in blocks.
const STANDFIRST_WITHIN: usize = 12;

impl<'t> Dump<'t> {
    fn new(text: &'t str, doubt: Doubt) -> Dump<'t> {
        let blocks = block::cut(text);
        let lines: Vec<_> = blocks.iter().map(|block| block.line(text)).collect();
        let judged = blocks.iter().zip(&lines).map(|(block, line)| class::classify(line, block.words));
        let classes: Vec<_> = judged.collect();
        let is_page = is_page(&classes, doubt);
        let body = if is_page {
            let words = blocks.iter().map(|block| block.words);
            segment::body(&classes.iter().copied().zip(words).collect::<Vec<_>>())
        } else {
            0..blocks.len()
        };
        let mut dump =
            Dump { blocks, lines, classes, doubt, is_page, lead: body.start, body, headline: None };
        dump.lead = dump.body.clone().find(|&i| dump.is_lead(i)).unwrap_or(dump.body.start);
        dump.headline = head::headline(&dump);
        dump.fit_body_to_headline();
        dump
    }

    fn is_lead(&self, i: usize) -> bool {
        self.classes[i] == Class::Prose
            && self.blocks[i].words >= LEAD_WORDS
            && !self.lines[i].ends_with(['?', '!'])
    }

    /// Takes in a standfirst between headline and body, and leaves out what stands above the
    /// headline.
    fn fit_body_to_headline(&mut self) {
        let Some(headline) = self.headline else { return };
        let above = headline > self.body.start && self.doubt == Doubt::Foreign;
        let standfirst = headline < self.body.start && headline + STANDFIRST_WITHIN >= self.body.start;
        if above || standfirst {
            self.body.start = headline + 1;
        }
    }

    fn kind(&self, i: usize) -> ParagraphKind {
        if Some(i) == self.headline {
            return ParagraphKind::Headline;
        }
        let class = self.classes[i];
        let wordless = self.blocks[i].words == 0;
        let doubted = self.doubt == Doubt::Story && !self.is_page && (class == Class::Caption || wordless);
        if !self.body.contains(&i) || class.is_foreign() && !doubted {
            return ParagraphKind::Other;
        }
        match class {
            Class::Subhead => ParagraphKind::Subhead,
            Class::Item => ParagraphKind::List,
            Class::Short if self.is_subhead(i) => ParagraphKind::Subhead,
            Class::Short if self.is_page || self.doubt == Doubt::Foreign && i < self.lead => {
                ParagraphKind::Other
            }
            _ => ParagraphKind::Body,
        }
    }

    /// Whether a few words stand as a heading between paragraphs.
    fn is_subhead(&self, i: usize) -> bool {
        let text = |class: &Class| matches!(class, Class::Prose | Class::Sentence | Class::Item);
        let near = |class: &&Class| **class != Class::Furniture;
        let before = self.classes[..i].iter().rev().find(near);
        let after = self.classes[i + 1..].iter().find(near);
        i > self.lead
            && self.blocks[i].words <= class::SUBHEAD_WORDS
            && before.is_some_and(text)
            && after.is_some_and(text)
    }
}

/// Whether a text of such blocks holds more of a page than its story.
fn is_page(classes: &[Class], doubt: Doubt) -> bool {
    let furniture =
        |class: &&Class| matches!(class, Class::Furniture | Class::Opener | Class::End | Class::Legal);
    let short = classes.iter().filter(|class| **class == Class::Short).count();
    let many_short = short >= SHORT_LINES && short * 2 > classes.len();
    let furniture = classes.iter().filter(furniture).count();
    match doubt {
        Doubt::Story => furniture >= FOREIGN_LINES_EXACT,
        Doubt::Foreign => furniture >= FOREIGN_LINES || many_short,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ParagraphKind::{Body, Headline, Other, Subhead};

    const DUMP: &str = "River News\nHome\nWorld\nSport\nWeather\n\nMayor denies bridge was known to be unsafe\n\
        ADVERTISEMENT\nBy Ana Ruiz and Lee Park\nOstrava, Czech Republic, April 9 (AFP) Apr 09, 2025\n\n\
        The mayor of the town denied on Wednesday that anyone had known the bridge was unsafe.\n\
        \"Nobody told me,\" she said.\n\n- 'Absolutely groundless' -\n\n\
        The engineers had written to the mayor three times about the bridge, their union said.\nADVERTISEMENT\n\
        Its letters were \"absolutely groundless\", the mayor told reporters outside the town hall.\n\n\
        Share\nRelated\nRiver rises for a third day\nShip runs aground in fog\n\
        Get our newsletter in your inbox every morning.\n© 2025 River News. All rights reserved.\nPrivacy Policy\n";

    fn kinds(story: &Story) -> Vec<(ParagraphKind, &str)> {
        story.paragraphs.iter().map(|p| (p.kind, p.span.slice(&story.text))).collect()
    }

    #[test]
    fn a_short_line_below_a_sentence_is_no_headline() {
        let opening = "Ferryman Piet Haas sold his boat to the town on Friday.";
        let lead = "The mayor, Ana Ruiz, said the boat would be painted by May and would sail again in June.";
        for short in ["Why now?", "Two offers, one buyer"] {
            let story = read(&format!("{opening}\n\n{short}\n\n{lead}"));
            assert_eq!(kinds(&story).first(), Some(&(Body, opening)), "{short}");
            assert!(story.paragraphs.iter().all(|p| p.kind != Headline), "{short}");
        }
    }

    #[test]
    fn a_dump_gives_its_story_alone() {
        let story = read(DUMP);
        assert_eq!(
            kinds(&story),
            [
                (Headline, "Mayor denies bridge was known to be unsafe"),
                (
                    Body,
                    "The mayor of the town denied on Wednesday that anyone had known the bridge was unsafe."
                ),
                (Body, "\"Nobody told me,\" she said."),
                (Subhead, "- 'Absolutely groundless' -"),
                (
                    Body,
                    "The engineers had written to the mayor three times about the bridge, their union said."
                ),
                (
                    Body,
                    "Its letters were \"absolutely groundless\", the mayor told reporters outside the town hall."
                ),
            ]
        );
        let meta = &story.meta;
        assert_eq!(meta.byline.as_deref(), Some("By Ana Ruiz and Lee Park"));
        assert_eq!(meta.authors, ["Ana Ruiz", "Lee Park"]);
        assert_eq!(meta.agency.as_deref(), Some("AFP"));
        assert_eq!(meta.published.as_deref(), Some("2025-04-09"));
        assert_eq!(meta.outlet.as_deref(), Some("River News"));
        let dateline = meta.dateline.as_ref().expect("a dateline");
        assert_eq!(dateline.place.as_deref(), Some("Ostrava, Czech Republic"));
        assert_eq!(dateline.date.as_deref(), Some("2025-04-09"));
    }

    #[test]
    fn an_agencys_staff_is_its_byline() {
        let dump = DUMP.replace("By Ana Ruiz and Lee Park", "by AFP Staff Writers");
        let dump = dump.replace("April 9 (AFP) Apr 09, 2025", "(AFP) April 9, 2025");
        let meta = read(&dump).meta;
        assert_eq!(meta.byline.as_deref(), Some("by AFP Staff Writers"));
        assert_eq!(meta.agency.as_deref(), Some("AFP"));
        assert!(meta.authors.is_empty());
        assert_eq!(meta.dateline.and_then(|dateline| dateline.date).as_deref(), Some("2025-04-09"));
    }

    #[test]
    fn an_exact_text_keeps_its_characters_and_marks_the_rest() {
        let story = read_exact(DUMP);
        assert_eq!(story.text, DUMP);
        let of_story: Vec<_> = kinds(&story).into_iter().filter(|(kind, _)| kind.is_story()).collect();
        assert_eq!(of_story, kinds(&read(DUMP)));
        assert!(kinds(&story).contains(&(Other, "Ship runs aground in fog")));
    }

    #[test]
    fn a_clean_text_is_story_from_end_to_end() {
        let text = "Mayor Calls Bridge Safe.\n\nThe mayor said on Monday that the bridge had been safe for years.\n\n\
            More to come";
        let expected = [
            (Headline, "Mayor Calls Bridge Safe."),
            (Body, "The mayor said on Monday that the bridge had been safe for years."),
            (Body, "More to come"),
        ];
        assert_eq!(kinds(&read(text)), expected);
        assert_eq!(kinds(&read_exact(text)), expected);
    }

    #[test]
    fn two_words_above_a_dateline_are_the_headline() {
        for line in ["Markets brief", "Minister speaks"] {
            let body =
                "TARN, May 3 (AP) — The minister said on Monday that the bridge had been safe for years.";
            let text = format!("{line}\n\n{body}\n");
            for story in [read(&text), read_exact(&text)] {
                assert_eq!(kinds(&story), [(Headline, line), (Body, body)]);
                assert_eq!(story.meta.headline.as_deref(), Some(line));
            }
        }
    }

    #[test]
    fn a_text_without_headline_has_none() {
        let story = read("\"The bridge is safe,\" said Mayor Ana Ruiz on Monday.");
        assert_eq!(story.meta.headline, None);
        assert_eq!(story.paragraphs[0].kind, Body);
    }

    #[test]
    fn a_long_text_is_cut_on_a_character() {
        let text = "ж".repeat(LONGEST / 2 + 9);
        for story in [read(&text), read_exact(&text)] {
            assert_eq!(story.text.len(), LONGEST);
            assert_eq!(story.notices, ["page cut at 8 MiB"]);
        }
    }

    #[test]
    fn nothing_gives_an_empty_story() {
        for text in ["", " \n\r\n", "-\n"] {
            assert!(!read(text).paragraphs.iter().any(|p| p.kind == Body), "{text:?}");
        }
    }
}
