//! The elements and texts of a parsed page.
//!
//! html5ever reads the markup as browsers do and tells a [`Sink`] what to build; the nodes lie in
//! one vector and name each other by place. So a page of any depth is dropped and walked without
//! recursion. What a `<template>` holds stands within it like any other content; both walks leave
//! it out as [silent](Display::Silent).

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName, parse_document};
use std::borrow::Cow;
use std::cell::{Ref, RefCell};
use std::num::NonZeroUsize;

/// A parsed page.
#[derive(Debug)]
pub struct Document {
    nodes: Vec<Node>,
}

/// A node's place in its document, counted from one (so that its absence takes no room).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NodeId(NonZeroUsize);

/// The document itself.
const ROOT: NodeId = NodeId(NonZeroUsize::MIN);

#[derive(Debug)]
struct Node {
    kind: Kind,
    parent: Option<NodeId>,
    before: Option<NodeId>,
    after: Option<NodeId>,
    first: Option<NodeId>,
    last: Option<NodeId>,
}

#[derive(Debug)]
enum Kind {
    Element {
        name: QualName,
        attributes: Vec<Attribute>,
    },
    Text(StrTendril),
    /// The document, a comment, a processing instruction.
    Other,
}

/// How an element takes part in the page's lines of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Display {
    /// Stands within a line.
    Inline,
    /// Begins and ends a line.
    Block,
    /// Its text is never printed, or is the page's machinery.
    Silent,
}

/// Elements that stand within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "nobr", "q", "ruby", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Elements whose text is not the page's.
const SILENT: &[&str] = &[
    "audio", "button", "canvas", "datalist", "dialog", "head", "iframe", "img", "input", "link", "map",
    "math", "meta", "noscript", "object", "option", "picture", "rp", "rt", "script", "select", "source",
    "style", "svg", "template", "textarea", "title", "video",
];

/// How the element of this tag is printed.
pub(super) fn display(tag: &str) -> Display {
    if INLINE.binary_search(&tag).is_ok() {
        Display::Inline
    } else if SILENT.binary_search(&tag).is_ok() {
        Display::Silent
    } else {
        Display::Block
    }
}

impl Document {
    /// Parses a page. Takes time linear in a page held to the limits of [`html`](super::html).
    pub fn parse(html: &str) -> Document {
        parse_document(Sink::default(), ParseOpts::default()).one(html)
    }

    /// The document's own node, around all others.
    pub(super) fn root(&self) -> NodeId {
        ROOT
    }

    /// The `<body>`.
    pub(super) fn body(&self) -> Option<NodeId> {
        let html = self.children(ROOT).find(|&n| self.tag(n) == "html")?;
        self.children(html).find(|&n| self.tag(n) == "body")
    }

    /// The element's name in small letters; empty for what is no element.
    pub(super) fn tag(&self, node: NodeId) -> &str {
        match &self.node(node).kind {
            Kind::Element { name, .. } => &name.local,
            _ => "",
        }
    }

    /// The value of an element's attribute.
    pub(super) fn attribute(&self, node: NodeId, name: &str) -> Option<&str> {
        self.attributes(node).find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// An element's attributes: name and value.
    pub(super) fn attributes(&self, node: NodeId) -> impl Iterator<Item = (&str, &str)> {
        let attributes = match &self.node(node).kind {
            Kind::Element { attributes, .. } => attributes.as_slice(),
            _ => &[],
        };
        attributes.iter().map(|a| (&*a.name.local, &*a.value))
    }

    /// The characters of a text; `None` for what is none.
    pub(super) fn text(&self, node: NodeId) -> Option<&str> {
        match &self.node(node).kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The texts directly within an element, joined: all there are in a script or title.
    pub(super) fn own_text(&self, node: NodeId) -> String {
        self.children(node).filter_map(|child| self.text(child)).collect()
    }

    /// What stands directly within a node, in order.
    pub(super) fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(node).first, |&child| self.node(child).after)
    }

    /// The same, last first: the order in which a walk with a stack takes them.
    pub(super) fn children_reversed(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(node).last, |&child| self.node(child).before)
    }

    /// All elements of one name, in the order of the page.
    pub(super) fn elements(&self, tag: &str) -> impl Iterator<Item = NodeId> {
        let mut open = vec![ROOT];
        let all = std::iter::from_fn(move || {
            let node = open.pop()?;
            open.extend(self.children_reversed(node));
            Some(node)
        });
        all.filter(move |&node| self.tag(node) == tag)
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0.get() - 1]
    }

    fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0.get() - 1]
    }

    fn add(&mut self, kind: Kind) -> NodeId {
        self.nodes.push(Node { kind, parent: None, before: None, after: None, first: None, last: None });
        NodeId(ROOT.0.saturating_add(self.nodes.len() - 1))
    }

    /// Takes a node out of its parent.
    fn detach(&mut self, id: NodeId) {
        let Node { parent, before, after, .. } = *self.node(id);
        let Some(parent) = parent else { return };
        match before {
            Some(before) => self.node_mut(before).after = after,
            None => self.node_mut(parent).first = after,
        }
        match after {
            Some(after) => self.node_mut(after).before = before,
            None => self.node_mut(parent).last = before,
        }
        let node = self.node_mut(id);
        (node.parent, node.before, node.after) = (None, None, None);
    }

    /// Puts a node into `parent`, in front of `next`, else last.
    fn insert(&mut self, id: NodeId, parent: NodeId, next: Option<NodeId>) {
        self.detach(id);
        let before = self.before(parent, next);
        match before {
            Some(before) => self.node_mut(before).after = Some(id),
            None => self.node_mut(parent).first = Some(id),
        }
        match next {
            Some(next) => self.node_mut(next).before = Some(id),
            None => self.node_mut(parent).last = Some(id),
        }
        let node = self.node_mut(id);
        (node.parent, node.before, node.after) = (Some(parent), before, next);
    }

    /// What stands in front of `next` in `parent`, or last in it.
    fn before(&self, parent: NodeId, next: Option<NodeId>) -> Option<NodeId> {
        next.map_or(self.node(parent).last, |next| self.node(next).before)
    }

    /// Puts a node or text into `parent`, in front of `next`, else last; text goes on with the text
    /// before it.
    fn put(&mut self, new: NodeOrText<NodeId>, parent: NodeId, next: Option<NodeId>) {
        let id = match new {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(text) => {
                let before = self.before(parent, next);
                if let Some(Kind::Text(known)) = before.map(|before| &mut self.node_mut(before).kind) {
                    known.push_tendril(&text);
                    return;
                }
                self.add(Kind::Text(text))
            }
        };
        self.insert(id, parent, next);
    }
}

/// Builds the document that the parser reads.
struct Sink {
    document: RefCell<Document>,
    /// The name of what has none. The parser never asks for it.
    nameless: RefCell<QualName>,
}

impl Default for Sink {
    fn default() -> Sink {
        let mut document = Document { nodes: Vec::new() };
        document.add(Kind::Other);
        let nameless = QualName::new(None, "".into(), "".into());
        Sink { document: RefCell::new(document), nameless: RefCell::new(nameless) }
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Document;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Document {
        self.document.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn get_document(&self) -> NodeId {
        ROOT
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn elem_name<'a>(&'a self, node: &'a NodeId) -> Ref<'a, QualName> {
        let name = Ref::filter_map(self.document.borrow(), |document| match &document.node(*node).kind {
            Kind::Element { name, .. } => Some(name),
            _ => None,
        });
        name.unwrap_or_else(|_| self.nameless.borrow())
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> NodeId {
        self.document.borrow_mut().add(Kind::Element { name, attributes })
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.document.borrow_mut().add(Kind::Other)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.document.borrow_mut().add(Kind::Other)
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn get_template_contents(&self, template: &NodeId) -> NodeId {
        *template
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.document.borrow_mut().put(child, *parent, None);
    }

    fn append_before_sibling(&self, sibling: &NodeId, new: NodeOrText<NodeId>) {
        let mut document = self.document.borrow_mut();
        if let Some(parent) = document.node(*sibling).parent {
            document.put(new, parent, Some(*sibling));
        }
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.document.borrow().node(*element).parent.is_some();
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, more: Vec<Attribute>) {
        if let Kind::Element { attributes, .. } = &mut self.document.borrow_mut().node_mut(*target).kind {
            for new in more {
                if attributes.iter().all(|known| known.name != new.name) {
                    attributes.push(new);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.document.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        let mut document = self.document.borrow_mut();
        while let Some(child) = document.node(*node).first {
            document.insert(child, *parent, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document as nested brackets.
    fn drawn(html: &str) -> String {
        let document = Document::parse(html);
        fn draw(document: &Document, node: NodeId, out: &mut String) {
            match document.text(node) {
                Some(text) => out.push_str(text),
                None => {
                    out.push_str(&format!("[{} ", document.tag(node)));
                    document.children(node).for_each(|child| draw(document, child, out));
                    out.push(']');
                }
            }
        }
        let mut out = String::new();
        if let Some(body) = document.body() {
            document.children(body).for_each(|child| draw(&document, child, &mut out));
        }
        out
    }

    #[test]
    fn markup_is_read_as_browsers_do() {
        assert_eq!(drawn("<p>One<p>Two"), "[p One][p Two]");
        // Formatting goes on in the next paragraph.
        assert_eq!(drawn("<p><b>One<p>Two"), "[p [b One]][p [b Two]]");
        assert_eq!(drawn("<b>1<p>2</b>3</p>"), "[b 1][p [b 2]3]");
        // What may not stand in a table stands before it, and its text is one.
        assert_eq!(drawn("<table>a<tr>b<td>c</table>"), "ab[table [tbody [tr [td c]]]]");
        assert_eq!(drawn("a<template><p>b</template>c"), "a[template [p b]]c");
        assert_eq!(drawn("a<!-- b -->c &amp; d"), "a[ ]c & d");
    }

    #[test]
    fn attributes_are_those_first_given() {
        let document = Document::parse("<body class=a><p id=x id=y hidden>1<body class=b lang=en>");
        let body = document.body().expect("every page has a body");
        assert_eq!(document.attribute(body, "class"), Some("a"));
        assert_eq!(document.attribute(body, "lang"), Some("en"));
        let p = document.elements("p").next().expect("there is one");
        assert_eq!(document.attributes(p).collect::<Vec<_>>(), [("id", "x"), ("hidden", "")]);
    }

    #[test]
    fn both_ways_through_the_children_agree() {
        let document = Document::parse("<table>x<i>y</i><tr><td>z</table><p>1<b>2</b>3");
        let body = document.body().expect("every page has a body");
        let mut back: Vec<NodeId> = document.children_reversed(body).collect();
        back.reverse();
        assert_eq!(back, document.children(body).collect::<Vec<_>>());
        assert_eq!(back.len(), 4);
    }

    #[test]
    fn a_deep_page_is_parsed_and_dropped() {
        let document = Document::parse(&"<div>".repeat(20_000));
        assert_eq!(document.elements("div").count(), 20_000);
    }

    #[test]
    fn the_lists_of_elements_are_sorted_and_apart() {
        assert!(INLINE.is_sorted() && SILENT.is_sorted());
        assert!(INLINE.iter().all(|tag| !SILENT.contains(tag)));
        assert_eq!(
            [display("b"), display("td"), display("script")],
            [Display::Inline, Display::Block, Display::Silent]
        );
    }
}
