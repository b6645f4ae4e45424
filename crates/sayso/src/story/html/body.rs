//! Which blocks of a page are the story.

use super::super::ParagraphKind;
use super::clutter::{self, GROUPS, Groups};
use super::lines;
use super::tree::{Block, Tree};

/// A paragraph of the story, before it is set into the story's text.
pub(super) type Piece = (ParagraphKind, String);

/// Finds the story's paragraphs. `headline` is the page's headline, which is not repeated.
pub(super) fn find(tree: &Tree, headline: Option<&str>) -> Vec<Piece> {
    let page = Weighed::new(tree);
    let Some(container) = page.container() else { return Vec::new() };
    page.pieces(container, headline)
}

/// Characters from which a block counts as prose.
const PROSE_CHARS: usize = 50;
/// Share of link text up to which a block counts as prose.
const PROSE_LINKS: f64 = 0.5;
/// Share of the page's prose from which a box is the story, whatever loose names it has.
const PROTECTED_LOOSE: f64 = 0.5;
/// The same for firm names: only a box around all of the page is called `nav-open` or `has-comments`.
const PROTECTED_FIRM: f64 = 0.85;
/// The same for an `article`: blog software writes the author's and the keywords' names into its class.
const PROTECTED_ARTICLE: f64 = 0.25;
/// The same for an element that says it is the story's body.
const PROTECTED_STORY: f64 = 0.2;
/// Share of the prose in sight from which an element that says it is the story's body is believed.
const MARKED: f64 = 0.25;
/// Share of an element's prose from which a child holds nearly all of it.
const MOST: f64 = 0.8;
/// Share of the page's prose from which the boxes of one loose name, together, are the story.
const OVERRULED: f64 = 0.4;

/// A page with its prose weighed.
struct Weighed<'t> {
    tree: &'t Tree,
    /// By element: not story, by its own or an ancestor's name.
    clutter: Vec<bool>,
    /// By element: characters of prose within that is no clutter.
    prose: Vec<usize>,
}

impl<'t> Weighed<'t> {
    fn new(tree: &'t Tree) -> Weighed<'t> {
        let all = mass(tree, |_| true);
        let total = all.first().copied().unwrap_or(0);
        let valid = !overruled(tree, &all, total);
        let firm = clutter::firm_groups();
        let mut clutter: Vec<bool> = Vec::with_capacity(tree.elements.len());
        for (i, element) in tree.elements.iter().enumerate() {
            let above = element.parent < i && clutter[element.parent];
            let groups = element.role.clutter & valid;
            let limit = match &*element.tag {
                "body" | "main" => 0.0,
                "article" => PROTECTED_ARTICLE,
                _ if element.role.story => PROTECTED_STORY,
                _ if groups & firm != 0 => PROTECTED_FIRM,
                _ => PROTECTED_LOOSE,
            };
            clutter.push(above || groups != 0 && (all[i] as f64) < limit * total as f64);
        }
        let prose = mass(tree, |b| !clutter[b.element]);
        Weighed { tree, clutter, prose }
    }

    /// The element that holds the story.
    fn container(&self) -> Option<usize> {
        if self.prose.first().copied().unwrap_or(0) == 0 {
            return None;
        }
        let at = self.narrow(0);
        let inner = self.marked(at).or_else(|| self.first_article(at)).or_else(|| self.densest(at));
        Some(inner.map_or(at, |e| self.narrow(e)))
    }

    /// The smallest element within `at` that holds nearly all of its prose.
    fn narrow(&self, mut at: usize) -> usize {
        while let Some(child) = self.heaviest_child(at) {
            if (self.prose[child] as f64) < MOST * self.prose[at] as f64 {
                break;
            }
            at = child;
        }
        at
    }

    fn heaviest_child(&self, at: usize) -> Option<usize> {
        self.children(at).max_by_key(|&c| (self.prose[c], std::cmp::Reverse(c)))
    }

    fn children(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.tree.elements[at].end;
        let mut child = at + 1;
        std::iter::from_fn(move || {
            let this = child;
            child = self.tree.elements.get(this)?.end;
            (this < end).then_some(this)
        })
    }

    /// The first element within `at` that says it is the story's body and holds enough of the prose.
    /// A body in parts is the element around its parts: those of the same tag and class, up to the
    /// next page-level heading or `article`.
    fn marked(&self, at: usize) -> Option<usize> {
        let enough = MARKED * self.prose[at] as f64;
        let mut next = at + 1;
        while let Some(first) = self.next_marked(next, at) {
            let whole = self.with_parts(first, at);
            if self.prose[whole] as f64 >= enough {
                return Some(whole);
            }
            next = first + 1;
        }
        None
    }

    fn next_marked(&self, from: usize, at: usize) -> Option<usize> {
        (from..self.tree.elements[at].end)
            .find(|&e| self.tree.elements[e].role.story && !self.clutter[e] && self.prose[e] > 0)
    }

    /// The element around `first` and the parts of the body that follow it.
    fn with_parts(&self, first: usize, at: usize) -> usize {
        let elements = &self.tree.elements;
        let mut whole = first;
        let mut e = elements[first].end;
        while e < elements[at].end {
            if matches!(&*elements[e].tag, "h1" | "article") {
                break;
            }
            if elements[e].tag == elements[first].tag
                && elements[e].class == elements[first].class
                && !self.clutter[e]
            {
                whole = self.tree.ancestry(whole).find(|&a| self.tree.within(e, a)).unwrap_or(at);
                e = elements[e].end;
            } else {
                e += 1;
            }
        }
        whole
    }

    /// The first `article` within `at` that holds enough of the prose.
    fn first_article(&self, at: usize) -> Option<usize> {
        self.first_of(at, 0.3, |e| &*self.tree.elements[e].tag == "article")
    }

    fn first_of(&self, at: usize, share: f64, is: impl Fn(usize) -> bool) -> Option<usize> {
        let enough = share * self.prose[at] as f64;
        (at + 1..self.tree.elements[at].end)
            .find(|&e| is(e) && !self.clutter[e] && self.prose[e] as f64 >= enough)
    }

    /// The child of `at` whose prose stands by itself, where the others hold teasers.
    fn densest(&self, at: usize) -> Option<usize> {
        let best = self.heaviest_child(at)?;
        (self.prose[best] as f64 >= 0.6 * self.prose[at] as f64).then_some(best)
    }

    fn pieces(&self, container: usize, headline: Option<&str>) -> Vec<Piece> {
        let (from, to) = self.tree.elements[container].blocks;
        let mut out: Vec<Piece> = Vec::new();
        let title = self.title(from, to, headline);
        let blocks = &self.tree.blocks;
        let lead = title.map_or(0..0, |t| t + 1..from.max(t + 1));
        for block in &blocks[lead] {
            let kind = self.kind(block, container);
            if kind != ParagraphKind::List
                && !self.clutter[block.element]
                && lines::is_lead(block)
                && !lines::is_clutter(block, kind, headline)
            {
                out.push((ParagraphKind::Body, block.text.clone()));
            }
        }
        let start = title.map_or(from, |t| from.max(t + 1));
        for block in &blocks[start..to] {
            let kind = self.kind(block, container);
            let kept = !self.clutter[block.element] && !lines::is_clutter(block, kind, headline);
            if kept {
                out.push((kind, block.text.clone()));
            } else {
                drop_dangling_heading(&mut out);
            }
        }
        drop_dangling_heading(&mut out);
        out
    }

    /// The block of the headline, before or within the story's blocks `[from, to)`: the last that
    /// reads like the page's headline, or the last `h1`, before the story's first prose.
    fn title(&self, from: usize, to: usize, headline: Option<&str>) -> Option<usize> {
        let blocks = &self.tree.blocks;
        let first_prose = (from..to).find(|&b| is_prose(self.tree, &blocks[b])).unwrap_or(from);
        let reads = |b: &usize| headline.is_some_and(|h| lines::same_words(h, &blocks[*b].text));
        let heads = |b: &usize| &*self.tree.elements[blocks[*b].element].tag == "h1";
        let before = || (0..first_prose).rev();
        before().find(reads).or_else(|| before().find(heads))
    }

    fn kind(&self, block: &Block, container: usize) -> ParagraphKind {
        for e in self.tree.ancestry(block.element).take_while(|&e| e != container) {
            match &*self.tree.elements[e].tag {
                tag if is_heading(tag) => return ParagraphKind::Subhead,
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

/// The loose groups whose boxes hold so much of the page's prose that the name means nothing here.
fn overruled(tree: &Tree, all: &[usize], total: usize) -> Groups {
    let mut inside: Vec<Groups> = Vec::with_capacity(tree.elements.len());
    let mut sums = [0usize; GROUPS];
    for (i, element) in tree.elements.iter().enumerate() {
        let above = if element.parent < i { inside[element.parent] } else { 0 };
        let mut fresh = element.role.clutter & !above & clutter::loose_groups();
        inside.push(above | fresh);
        while fresh != 0 {
            sums[fresh.trailing_zeros() as usize] += all[i];
            fresh &= fresh - 1;
        }
    }
    let heavy = |sum: usize| sum as f64 >= OVERRULED * total as f64;
    (0..GROUPS).filter(|&g| total > 0 && heavy(sums[g])).fold(0, |groups, g| groups | 1 << g)
}

/// A heading with nothing below it introduced what was left out.
fn drop_dangling_heading(pieces: &mut Vec<Piece>) {
    while pieces.last().is_some_and(|(kind, _)| *kind == ParagraphKind::Subhead) {
        pieces.pop();
    }
}

/// By element: characters of the prose blocks within for which `counts` holds.
fn mass(tree: &Tree, counts: impl Fn(&Block) -> bool) -> Vec<usize> {
    let mut sums = vec![0];
    for block in &tree.blocks {
        sums.push(
            sums[sums.len() - 1] + if is_prose(tree, block) && counts(block) { block.chars } else { 0 },
        );
    }
    tree.elements.iter().map(|e| sums[e.blocks.1] - sums[e.blocks.0]).collect()
}

/// Whether a block reads like running text.
fn is_prose(tree: &Tree, block: &Block) -> bool {
    block.chars >= PROSE_CHARS
        && block.link_share() < PROSE_LINKS
        && !is_heading(&tree.elements[block.element].tag)
}

fn is_heading(tag: &str) -> bool {
    matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}
