//! A story: what was printed.
//!
//! One `text` holds the headline, the body's paragraphs and sub-headings, joined by blank
//! lines; every span of the analysis points into it. What does not belong to the story
//! (teasers, captions, newsletter boxes, comments, legal lines) is not in the text of a page
//! read as HTML or plain text; in a text taken exactly it is there, as [`ParagraphKind::Other`].

pub mod agency;
mod page_line;
pub mod calendar;
pub mod dateline;
pub(crate) mod dom;
mod escape;
pub mod html;
pub mod language;
pub mod meta;
pub mod plain;

use crate::page::{Given, Page, PageKind};
use crate::text::Span;

/// What was printed on one page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Story {
    /// The story's characters. Paragraphs are separated by blank lines.
    pub text: String,
    /// The text's paragraphs, in order, without overlap; the blank lines between are in none.
    pub paragraphs: Vec<Paragraph>,
    /// What the page says of itself.
    pub meta: Meta,
    /// What a reader should know of how the page was read.
    pub notices: Vec<String>,
    /// The characters of the dateline at the head of the body, with the dash after them: no part of the
    /// first sentence.
    pub dateline: Option<Span>,
}

/// What a page says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta {
    /// The headline as printed, without the site's name.
    pub headline: Option<String>,
    /// The byline as printed ("By Ana Ruiz and Lee Park, AFP").
    pub byline: Option<String>,
    /// The authors' names, one each.
    pub authors: Vec<String>,
    /// The news agency credited ("AFP").
    pub agency: Option<String>,
    /// Place and date at the head of the body.
    pub dateline: Option<Dateline>,
    /// When it was published, RFC 3339 with the zone as printed, or a bare ISO date.
    pub published: Option<String>,
    /// When it was last changed, in the same form.
    pub modified: Option<String>,
    /// Name of the outlet.
    pub outlet: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// When the page was fetched or saved, in the same form as `published`.
    pub captured: Option<String>,
    /// ISO 639-1 code of the body's language.
    pub language: Option<String>,
}

/// Where and when a story was filed, as its first line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dateline {
    /// The place ("Kyiv, Ukraine").
    pub place: Option<String>,
    /// ISO date, where the line gives one with enough to fix it.
    pub date: Option<String>,
}

/// A paragraph of a story's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its characters, without white space at the edges.
    pub span: Span,
    /// What it is.
    pub kind: ParagraphKind,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParagraphKind {
    /// The story's headline.
    Headline,
    /// A sub-heading between paragraphs.
    Subhead,
    /// Running text.
    Body,
    /// A block quotation that is part of the story.
    Quote,
    /// An item of a list that is part of the story.
    List,
    /// Not story: byline, dateline standing alone, navigation, teaser, legal line.
    Other,
}

impl ParagraphKind {
    /// All kinds.
    pub const ALL: [ParagraphKind; 6] = [
        ParagraphKind::Headline,
        ParagraphKind::Subhead,
        ParagraphKind::Body,
        ParagraphKind::Quote,
        ParagraphKind::List,
        ParagraphKind::Other,
    ];

    /// Whether statements are looked for here.
    pub fn is_story(self) -> bool {
        self != ParagraphKind::Other
    }
}

impl Story {
    /// Builds text and paragraphs from pieces, joined by blank lines. Empty pieces are left out.
    pub fn from_pieces<'p>(pieces: impl IntoIterator<Item = (ParagraphKind, &'p str)>) -> Story {
        let mut story = Story::default();
        for (kind, piece) in pieces {
            let piece = piece.trim();
            if piece.is_empty() {
                continue;
            }
            if !story.text.is_empty() {
                story.text.push_str("\n\n");
            }
            let start = story.text.len();
            story.text.push_str(piece);
            story.paragraphs.push(Paragraph { span: Span::new(start, story.text.len()), kind });
        }
        story
    }

    /// Whether the story is in English, the one language whose statements are read.
    pub fn is_english(&self) -> bool {
        self.meta.language.as_deref().is_none_or(|l| l == "en")
    }
}

/// Reads a page's story. Never fails: a page without a story gives an empty text and a notice.
pub fn read(page: &Page) -> Story {
    let mut decoded = page.decode();
    let saved = meta::saved::read(&decoded.text, page.address.as_deref());
    let mut story = match decoded.kind {
        PageKind::Exact => plain::read_exact(&decoded.text),
        _ if decoded.text.trim().is_empty() => Story::default(),
        PageKind::Html => html::read(&decoded.text, saved.address.as_deref()),
        PageKind::Text | PageKind::Unknown => plain::read(&decoded.text),
    };
    decoded.notices.append(&mut story.notices);
    story.notices = decoded.notices;
    if story.meta.url.is_none() {
        story.meta.url = saved.address;
    }
    story.meta.captured = page.captured.as_deref().and_then(calendar::given).or(saved.captured);
    take_given(&mut story, &page.given);
    read_dateline(&mut story);
    if let Some(language) = language::detect(&story) {
        story.meta.language = Some(language.to_owned());
    }
    story
}

/// A story as it was read before, from its text, paragraphs and metadata; its notices are left to who kept them.
pub fn again(text: String, paragraphs: Vec<Paragraph>, meta: Meta) -> Story {
    let mut story = Story { text, paragraphs, meta, ..Story::default() };
    read_dateline(&mut story);
    story
}

/// Takes what the carrier knows of the story in place of what the page says.
fn take_given(story: &mut Story, given: &Given) {
    let meta = &mut story.meta;
    let take = |field: &mut Option<String>, value: &Option<String>| {
        if let Some(value) = value.as_deref().map(str::trim).filter(|v| !v.is_empty()) {
            *field = Some(value.to_owned());
        }
    };
    take(&mut meta.headline, &given.headline);
    take(&mut meta.outlet, &given.outlet);
    take(&mut meta.byline, &given.byline);
    let Some(published) = given.published.as_deref().map(str::trim).filter(|p| !p.is_empty()) else { return };
    match calendar::given(published) {
        Some(moment) => meta.published = Some(moment),
        None => {
            story.notices.push(format!("published: {published:?} was given and is no date; it is left out"))
        }
    }
}

/// Takes place, day and agency from the head of the body, where nothing nearer told them.
fn read_dateline(story: &mut Story) {
    // A standfirst may stand above the paragraph that has it.
    const WITHIN: usize = 3;
    let body = story.paragraphs.iter().filter(|p| p.kind == ParagraphKind::Body).take(WITHIN);
    let published = story.meta.published.as_deref();
    let found = body.into_iter().find_map(|p| {
        let found = dateline::find(p.span.slice(&story.text), published)?;
        Some((Span { start: p.span.start, end: p.span.start + found.end as u32 }, found))
    });
    let Some((span, found)) = found else { return };
    story.dateline = Some(span);
    let known = |d: &Dateline| d.place.is_some() || d.date.is_some();
    if story.meta.dateline.is_none() && known(&found.dateline) {
        story.meta.dateline = Some(found.dateline);
    }
    if story.meta.agency.is_none() {
        story.meta.agency = found.agency;
    }
}
