//! A page's elements and the blocks of text in them, in document order.
//!
//! The parsed document is walked once, without recursion, into two flat lists. A block is a run of
//! inline text between two block-level borders: what a browser would set as one paragraph. Every
//! block knows the element it stands in, so that what is decided of an element (it is a caption,
//! it holds the story) is decided of its blocks.

use super::super::escape;
use super::clutter;
use crate::story::dom::{self, Display, Document, NodeId};

/// Elements within each other that are listed. What [`guard`](super::guard) lets pass is less
/// deep; this holds whatever the parser makes of a page.
const MAX_DEPTH: usize = 2 * super::guard::MAX_DEPTH;

/// A page as flat lists.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// Elements in document order; a parent stands before its children.
    pub(super) elements: Vec<Element>,
    /// Blocks in document order.
    pub(super) blocks: Vec<Block>,
    /// Whether something was nested too deep to be listed.
    pub(super) cut: bool,
}

/// An element of the page.
#[derive(Debug)]
pub(super) struct Element {
    /// Index of the parent; the root is its own.
    pub(super) parent: usize,
    /// One past the last element within this one.
    pub(super) end: usize,
    /// Its tag.
    pub(super) tag: Box<str>,
    /// Its class, as it stands.
    pub(super) class: Box<str>,
    /// What its tag, class, id and role say it is.
    pub(super) role: clutter::Role,
    /// Whether it is a heading or within one.
    pub(super) heading: bool,
    /// Blocks within: `[from, to)`.
    pub(super) blocks: (usize, usize),
    /// How many pictures, films and frames are within.
    pub(super) pictures: usize,
}

/// A run of inline text.
#[derive(Debug, Default)]
pub(super) struct Block {
    /// Its characters, white space collapsed, trimmed.
    pub(super) text: String,
    /// Index of the element it stands in.
    pub(super) element: usize,
    /// Number of characters.
    pub(super) chars: usize,
    /// How many of them are link text.
    pub(super) linked: usize,
    /// How many of them are set bold.
    pub(super) bold: usize,
    /// How many of them are a date or time by their element.
    pub(super) timed: usize,
}

impl Block {
    /// Share of link text, 0 to 1.
    pub(super) fn link_share(&self) -> f64 {
        self.linked as f64 / self.chars.max(1) as f64
    }
}

impl Tree {
    /// Lists the elements and blocks of a document.
    pub(super) fn new(document: &Document) -> Tree {
        let mut walk = Walk::new(document);
        walk.run();
        walk.tree
    }

    /// The element and its ancestors, innermost first.
    pub(super) fn ancestry(&self, element: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = Some(element);
        std::iter::from_fn(move || {
            let at = next?;
            let parent = self.elements.get(at)?.parent;
            next = (parent != at).then_some(parent);
            Some(at)
        })
    }

    /// Whether `inner` is `outer` or within it.
    pub(super) fn within(&self, inner: usize, outer: usize) -> bool {
        outer <= inner && inner < self.elements[outer].end
    }
}

/// The walk over the document.
struct Walk<'d> {
    document: &'d Document,
    tree: Tree,
    open: Block,
    /// How many links, bold and time elements the walk is in.
    link: usize,
    bold: usize,
    time: usize,
    /// Inline elements whose text is not shown or is not the sentence's (screen reader help).
    mute: usize,
    /// The block-level elements being walked.
    owners: Vec<usize>,
    /// Pictures so far.
    pictures: usize,
}

enum Step {
    Enter(NodeId),
    Leave { element: usize, node: NodeId, muted: bool },
}

impl<'d> Walk<'d> {
    fn new(document: &'d Document) -> Walk<'d> {
        Walk {
            document,
            tree: Tree::default(),
            open: Block::default(),
            link: 0,
            bold: 0,
            time: 0,
            mute: 0,
            owners: Vec::new(),
            pictures: 0,
        }
    }

    fn run(&mut self) {
        let Some(body) = self.document.body() else { return };
        let mut parents: Vec<usize> = Vec::new();
        let mut steps = vec![Step::Enter(body)];
        while let Some(step) = steps.pop() {
            match step {
                Step::Enter(node) => match self.document.text(node) {
                    Some(text) => self.text(text),
                    None => self.enter(node, &mut parents, &mut steps),
                },
                Step::Leave { element, node, muted } => {
                    self.leave(element, node, muted);
                    parents.pop();
                }
            }
        }
    }

    fn enter(&mut self, node: NodeId, parents: &mut Vec<usize>, steps: &mut Vec<Step>) {
        let tag = self.document.tag(node);
        let display = dom::display(tag);
        match tag {
            // A comment.
            "" => {}
            "br" => self.line_break(),
            "hr" => self.flush(),
            _ if display == Display::Silent => self.pictures += usize::from(is_picture(tag)),
            _ if parents.len() > MAX_DEPTH => self.tree.cut = true,
            _ => {
                let role = clutter::Role::of(self.document, node, tag);
                let inline = display == Display::Inline;
                if !inline {
                    self.flush();
                }
                let element = self.tree.elements.len();
                let parent = parents.last().copied().unwrap_or(element);
                let at = self.tree.blocks.len();
                // A link's words are the sentence's own, whatever the link is called.
                let muted = inline && tag != "a" && role.is_mute();
                self.tree.elements.push(Element {
                    parent,
                    end: 0,
                    tag: tag.into(),
                    class: self.document.attribute(node, "class").unwrap_or_default().into(),
                    role,
                    heading: is_heading(tag) || parent < element && self.tree.elements[parent].heading,
                    blocks: (at, at),
                    pictures: self.pictures,
                });
                self.mute += usize::from(muted);
                self.count(tag, true);
                if !inline {
                    self.owners.push(element);
                }
                parents.push(element);
                steps.push(Step::Leave { element, node, muted });
                steps.extend(self.document.children_reversed(node).map(Step::Enter));
            }
        }
    }

    fn leave(&mut self, element: usize, node: NodeId, muted: bool) {
        let tag = self.document.tag(node);
        if dom::display(tag) != Display::Inline {
            self.flush();
            self.owners.pop();
        }
        self.mute -= usize::from(muted);
        self.count(tag, false);
        self.tree.elements[element].pictures = self.pictures - self.tree.elements[element].pictures;
        self.tree.elements[element].end = self.tree.elements.len();
        // What an inline element ends in is still open, and will be the next block.
        self.tree.elements[element].blocks.1 = self.tree.blocks.len() + usize::from(self.open.chars > 0);
    }

    /// Keeps count of the links and typefaces the walk is in.
    fn count(&mut self, tag: &str, enter: bool) {
        let counter = match tag {
            "a" => &mut self.link,
            "b" | "strong" => &mut self.bold,
            "time" => &mut self.time,
            _ => return,
        };
        if enter {
            *counter += 1;
        } else {
            *counter -= 1;
        }
    }

    fn text(&mut self, text: &str) {
        if self.mute > 0 {
            return;
        }
        let text = escape::decoded(text);
        let from = self.open.text.len();
        for c in text.chars() {
            match c {
                // Invisible: soft hyphen, zero-width space and joiners at no place in prose, byte order mark.
                '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
                c if c.is_whitespace() || c.is_control() => {
                    if !self.open.text.ends_with([' ', '\n']) {
                        self.open.text.push(' ');
                    }
                }
                c => self.open.text.push(c),
            }
        }
        let added = self.open.text[from..].chars().filter(|c| *c != ' ').count();
        self.open.chars += added;
        self.open.linked += if self.link > 0 { added } else { 0 };
        self.open.bold += if self.bold > 0 { added } else { 0 };
        self.open.timed += if self.time > 0 { added } else { 0 };
    }

    /// Two line breaks in a row part paragraphs, one is a space.
    fn line_break(&mut self) {
        if self.open.text.trim_end_matches(' ').ends_with('\n') {
            self.flush();
        } else {
            self.open.text.push('\n');
        }
    }

    /// Closes the open block.
    fn flush(&mut self) {
        let mut open = std::mem::take(&mut self.open);
        if open.chars == 0 {
            return;
        }
        open.text = open.text.split_whitespace().collect::<Vec<_>>().join(" ");
        open.element = self.owners.last().copied().unwrap_or(0);
        self.tree.blocks.push(open);
    }
}

fn is_heading(tag: &str) -> bool {
    matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn is_picture(tag: &str) -> bool {
    matches!(tag, "img" | "picture" | "video" | "iframe")
}
