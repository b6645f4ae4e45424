//! Which blocks of a page are the story.

use super::super::ParagraphKind;
use super::lines;
use super::tree::{Block, Element, Tree};
use super::weigh::{Weighed, is_prose};
use std::collections::HashSet;

/// A paragraph of the story, before it is set into the story's text.
pub(super) type Piece = (ParagraphKind, String);

/// Share of link text from which a list leads to other stories.
const LINK_LIST: f64 = 0.4;
/// Characters and blocks up to which text in one box with a picture is its caption.
const CAPTION_CHARS: usize = 300;
const CAPTION_BLOCKS: usize = 3;
/// Share of the story's prose from which a box with pictures is around the story, not in it.
const LARGEST_BOX: f64 = 0.5;
/// Share of the story's prose from which what holds it holds the story's headings too.
const OWN_HEADING: f64 = 0.4;

/// Finds the story's paragraphs. `headline` is the page's headline, which is not repeated; `live`
/// says that the page is a live blog, whose posts are read one after the other.
pub(super) fn find(tree: &Tree, headline: Option<&str>, live: bool) -> Vec<Piece> {
    Body::new(tree, headline, live).map(|body| body.pieces()).unwrap_or_default()
}

/// The story's place on a page.
struct Body<'t> {
    page: Weighed<'t>,
    headline: Option<&'t str>,
    live: bool,
    /// The element that holds the story.
    container: usize,
    /// The block of the headline.
    title: Option<usize>,
    /// Characters, and characters of link text, before each block.
    chars: Vec<usize>,
    linked: Vec<usize>,
    /// Classes of boxes that have a picture and are story.
    story_boxes: HashSet<&'t str>,
    /// Whether there are captions: what would leave half of the story out are none.
    captions: bool,
}

impl<'t> Body<'t> {
    fn new(tree: &'t Tree, headline: Option<&'t str>, live: bool) -> Option<Body<'t>> {
        let page = Weighed::new(tree);
        let container = page.container(first_title(&page, headline), live)?;
        let title = last_title(&page, headline, tree.elements[container].blocks);
        let sums = |count: fn(&Block) -> usize| -> Vec<usize> {
            let before = tree.blocks.iter().scan(0, |sum, b| {
                *sum += count(b);
                Some(*sum)
            });
            std::iter::once(0).chain(before).collect()
        };
        let (chars, linked) = (sums(|b| b.chars), sums(|b| b.linked));
        let mut body = Body {
            page,
            headline,
            live,
            container,
            title,
            chars,
            linked,
            story_boxes: HashSet::new(),
            captions: true,
        };
        body.story_boxes = body.find_story_boxes();
        body.captions = body.has_captions();
        Some(body)
    }

    fn pieces(&self) -> Vec<Piece> {
        let blocks = &self.page.tree.blocks;
        let (from, to) = self.page.tree.elements[self.container].blocks;
        let start = self.title.map_or(from, |t| from.max(t + 1));
        let lead = self.title.map_or(start, |t| t + 1)..start;
        let mut out: Vec<Piece> = Vec::new();
        for block in blocks[lead].iter().filter(|b| self.is_lead(b)) {
            out.push((ParagraphKind::Body, block.text.clone()));
        }
        let (first, last) = self.prose_ends(start, to);
        for (i, block) in blocks.iter().enumerate().take(to).skip(start) {
            let kind = self.kind(block);
            let inside = (first..=last).contains(&i);
            let at_edge = kind == ParagraphKind::Body && !inside && lines::is_edge(&block.text);
            let stamp = self.is_stamp(block);
            let story = self.is_story(block) || inside && self.is_linked_sentence(block);
            if story && !at_edge && !stamp {
                out.push((kind, block.text.clone()));
            } else if !(at_edge || stamp && inside) {
                drop_dangling_heading(&mut out);
            }
        }
        drop_dangling_heading(&mut out);
        out
    }

    /// The first and the last block of the story's prose.
    fn prose_ends(&self, start: usize, to: usize) -> (usize, usize) {
        let tree = self.page.tree;
        let prose = |i: &usize| {
            let block = &tree.blocks[*i];
            is_prose(tree, block) && self.is_story(block) && !lines::is_byline(&block.text)
        };
        let first = (start..to).find(prose).unwrap_or(start);
        (first, (first..to).rev().find(prose).unwrap_or(to))
    }

    /// Whether a block is a date or time by its element, or stamps a post of a live blog.
    fn is_stamp(&self, block: &Block) -> bool {
        block.timed == block.chars
            || self.live && self.kind(block) == ParagraphKind::Body && lines::is_byline(&block.text)
    }

    /// Whether a block between headline and body is the story's lead.
    fn is_lead(&self, block: &Block) -> bool {
        self.kind(block) != ParagraphKind::List && lines::is_lead(block) && self.is_story(block)
    }

    /// Whether a block of the container is story.
    fn is_story(&self, block: &Block) -> bool {
        !self.page.clutter[block.element]
            && !self.in_box(block)
            && !lines::is_clutter(&block.text)
            && !self.is_link(block)
            && !self.headline.is_some_and(|h| lines::same_words(h, &block.text))
    }

    /// Whether a block is nothing but a link to another story. A linked heading beside the story's
    /// own paragraphs is a heading.
    fn is_link(&self, block: &Block) -> bool {
        let elements = &self.page.tree.elements;
        let element = &elements[block.element];
        if element.heading
            && self.page.prose[element.parent] as f64 >= OWN_HEADING * self.page.prose[self.container] as f64
        {
            return false;
        }
        let most = if self.kind(block) == ParagraphKind::Body && block.chars > 200 { 0.95 } else { 0.8 };
        block.link_share() > most
    }

    /// Whether a block between the story's paragraphs is a sentence of it that is printed as a link.
    fn is_linked_sentence(&self, block: &Block) -> bool {
        lines::is_sentence(&block.text)
            && !self.page.clutter[block.element]
            && !self.in_box(block)
            && !lines::is_clutter(&block.text)
    }

    /// Whether a block stands in a list of links or below a picture, in one small box with it.
    fn in_box(&self, block: &Block) -> bool {
        let elements = &self.page.tree.elements;
        self.boxes(block).any(|e| match &*elements[e].tag {
            "ul" | "ol" | "dl" => {
                self.sum(&self.linked, e) as f64 > LINK_LIST * self.sum(&self.chars, e) as f64
                    && !self.lists_sentences(e)
            }
            _ => self.captions && self.is_picture_box(e),
        })
    }

    /// Whether every item of a list is a sentence: a list of links to stories prints their headlines, which
    /// end without a full stop.
    fn lists_sentences(&self, e: usize) -> bool {
        let tree = self.page.tree;
        let (from, to) = tree.elements[e].blocks;
        tree.blocks[from..to].iter().all(|block| lines::is_sentence(&block.text))
    }

    /// The nearest elements around a block within the container, innermost first.
    fn boxes(&self, block: &Block) -> impl Iterator<Item = usize> + '_ {
        self.page.tree.ancestry(block.element).take_while(|&e| e != self.container).take(4)
    }

    fn is_picture_box(&self, e: usize) -> bool {
        let element = &self.page.tree.elements[e];
        has_picture(element)
            && element.blocks.1 - element.blocks.0 <= CAPTION_BLOCKS
            && self.sum(&self.chars, e) <= CAPTION_CHARS
            && !self.story_boxes.contains(&*element.class)
    }

    /// The classes of boxes with a picture and much text: their like with little text are the
    /// story's as well (one box a step, a person, a place).
    fn find_story_boxes(&self) -> HashSet<&'t str> {
        let tree = self.page.tree;
        (self.container + 1..tree.elements[self.container].end)
            .filter(|&e| {
                let chars = self.sum(&self.chars, e);
                has_picture(&tree.elements[e])
                    && !self.page.clutter[e]
                    && chars > CAPTION_CHARS
                    && (chars as f64) < LARGEST_BOX * self.page.prose[self.container] as f64
            })
            .map(|e| &*tree.elements[e].class)
            .filter(|class| !class.is_empty())
            .collect()
    }

    fn has_captions(&self) -> bool {
        let tree = self.page.tree;
        let (from, to) = tree.elements[self.container].blocks;
        let prose =
            tree.blocks[from..to].iter().filter(|b| !self.page.clutter[b.element] && is_prose(tree, b));
        let held =
            prose.filter(|b| self.boxes(b).any(|e| self.is_picture_box(e))).map(|b| b.chars).sum::<usize>();
        2 * held <= self.page.prose[self.container]
    }

    /// The sum over an element's blocks.
    fn sum(&self, before: &[usize], e: usize) -> usize {
        let (from, to) = self.page.tree.elements[e].blocks;
        before[to] - before[from]
    }

    fn kind(&self, block: &Block) -> ParagraphKind {
        if self.page.tree.elements[block.element].heading {
            return ParagraphKind::Subhead;
        }
        for e in self.page.tree.ancestry(block.element).take_while(|&e| e != self.container) {
            match &*self.page.tree.elements[e].tag {
                "li" | "dd" | "dt" => return ParagraphKind::List,
                "blockquote" => return ParagraphKind::Quote,
                _ => {}
            }
        }
        if block.bold * 10 >= block.chars * 9
            && block.chars <= 90
            && !block.text.ends_with(['.', ',', ':', ';', '!', '"', '”'])
        {
            return ParagraphKind::Subhead;
        }
        ParagraphKind::Body
    }
}

/// Whether an element is a box with a picture in it.
fn has_picture(element: &Element) -> bool {
    element.pictures > 0 && matches!(&*element.tag, "div" | "span" | "section")
}

/// A heading with nothing below it introduced what was left out.
fn drop_dangling_heading(pieces: &mut Vec<Piece>) {
    while pieces.last().is_some_and(|(kind, _)| *kind == ParagraphKind::Subhead) {
        pieces.pop();
    }
}

/// The first block that reads like the page's headline, or the first in an `h1`.
fn first_title(page: &Weighed, headline: Option<&str>) -> Option<usize> {
    let mut all = 0..page.tree.blocks.len();
    all.clone().find(|&b| reads(page, b, headline)).or_else(|| all.find(|&b| in_heading(page, b, "h1")))
}

/// The last block before the story's first prose that reads like the page's headline, or the last
/// in an `h1`, or in another heading. The story's blocks are `[from, to)`.
fn last_title(page: &Weighed, headline: Option<&str>, (from, to): (usize, usize)) -> Option<usize> {
    let tree = page.tree;
    let prose = (from..to).find(|&b| is_prose(tree, &tree.blocks[b])).unwrap_or(from);
    let before = || (0..prose).rev();
    before()
        .find(|&b| reads(page, b, headline))
        .or_else(|| before().find(|&b| in_heading(page, b, "h1")))
        .or_else(|| before().take(TITLE_DISTANCE).find(|&b| in_heading(page, b, "h2")))
}

/// Blocks before the first prose among which a headline that is no `h1` stands.
const TITLE_DISTANCE: usize = 20;

/// Whether a block is a heading that reads like the headline, or ends so after a few words of kicker.
fn reads(page: &Weighed, block: usize, headline: Option<&str>) -> bool {
    let block = &page.tree.blocks[block];
    headline.is_some_and(|h| {
        lines::same_words(h, &block.text)
            || page.tree.elements[block.element].heading
                && h.len() >= 20
                && block.text.len() <= h.len() + 60
                && block.text.ends_with(h)
    })
}

fn in_heading(page: &Weighed, block: usize, tag: &str) -> bool {
    let element = page.tree.blocks[block].element;
    !page.clutter[element] && page.tree.ancestry(element).take(4).any(|e| &*page.tree.elements[e].tag == tag)
}
