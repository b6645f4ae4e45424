//! Where on a page its prose is, and which element holds the story.
//!
//! Prose is what counts: blocks of some length that are not links. A box is told from its
//! surroundings by the share of the page's prose that it holds (after the observation behind
//! Readability and jusText that running text stands together, and boilerplate around it: Pomikálek,
//! "Removing Boilerplate and Duplicate Content from Web Corpora", 2011). Names of elements count as
//! far as the prose bears them out.

use super::clutter::{self, GROUPS, Groups};
use super::tree::{Block, Element, Tree};

/// Characters from which a block counts as prose.
const PROSE_CHARS: usize = 50;
/// Share of link text up to which a block counts as prose.
const PROSE_LINKS: f64 = 0.5;
/// Share of the page's prose from which a box is the story, whatever loose names it has.
const PROTECTED_LOOSE: f64 = 0.5;
/// The same for firm names: only a box around all of the page has them by accident.
const PROTECTED_FIRM: f64 = 0.85;
/// The same for an `article`: blog software writes the author's and the keywords' names into its class.
const PROTECTED_ARTICLE: f64 = 0.25;
/// The same for an element that says it is the story's body.
const PROTECTED_STORY: f64 = 0.2;
/// Share of the page's prose from which the boxes of one loose name, together, are the story.
const OVERRULED: f64 = 0.4;
/// Share of the page's prose from which an element that says it is the story's body is believed.
const MARKED: f64 = 0.25;
/// Elements that say so which are looked at; a page has a few.
const MARKED_TRIES: usize = 100;
/// Share of an element's prose from which one within it holds nearly all of it.
const MOST: f64 = 0.8;
/// Share of the prose in sight from which an `article` can be the story.
const ARTICLE: f64 = 0.3;
/// Share of the prose in sight from which the heaviest child is the story and the others are not.
const HEAVIEST: f64 = 0.6;
/// Characters of prose of an `article` that has the page's headline in it.
const HEADED: usize = 200;

/// Bytes by which two texts are seen to begin alike.
const OPENING: usize = 40;

/// A page with its prose weighed.
pub(super) struct Weighed<'t> {
    pub(super) tree: &'t Tree,
    /// By element: not story, by its own or an ancestor's name.
    pub(super) clutter: Vec<bool>,
    /// By element: characters of prose within that is no clutter.
    pub(super) prose: Vec<usize>,
}

impl<'t> Weighed<'t> {
    /// Weighs the prose and finds out which names mean what they say.
    pub(super) fn new(tree: &'t Tree) -> Weighed<'t> {
        let all = mass(tree, |_| true);
        let total = all.first().copied().unwrap_or(0);
        let share = |e: usize| all[e] as f64 / total.max(1) as f64;
        let valid = !overruled(tree, share);
        let around = around_story(tree, share);
        let mut clutter: Vec<bool> = Vec::with_capacity(tree.elements.len());
        for (i, element) in tree.elements.iter().enumerate() {
            let above = element.parent < i && clutter[element.parent];
            let groups = element.role.clutter & valid;
            clutter.push(above || groups != 0 && share(i) < protected_from(element, groups, around[i]));
        }
        let prose = mass(tree, |b| !clutter[b.element]);
        Weighed { tree, clutter, prose }
    }

    /// The element that holds the story. `title` is the block of the page's headline. A live blog
    /// has many stories' marks, one a post, and is read whole.
    pub(super) fn container(&self, title: Option<usize>, live: bool) -> Option<usize> {
        if self.prose.first().is_none_or(|p| *p == 0) {
            return None;
        }
        if live {
            return Some(self.narrow(0));
        }
        if let Some(marked) = self.marked() {
            return Some(marked);
        }
        if let Some(headed) = title.and_then(|t| self.headed(t)) {
            return Some(headed);
        }
        let at = self.narrow(0);
        let inner = self.first_article(at).or_else(|| self.heaviest(at));
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

    /// The box in `at` that holds most prose. A paragraph is one only where line breaks part it: beside
    /// the single long paragraph of a story stand its short ones.
    fn heaviest_child(&self, at: usize) -> Option<usize> {
        let is_paragraph = |e: &Element| &*e.tag == "p" && e.blocks.1 - e.blocks.0 == 1;
        let boxes = self.children(at).filter(|&c| !is_paragraph(&self.tree.elements[c]));
        boxes.max_by_key(|&c| (self.prose[c], std::cmp::Reverse(c)))
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

    /// The first element that says it is the story's body and holds enough of the page's prose; of
    /// several within each other, the innermost that holds most of it.
    fn marked(&self) -> Option<usize> {
        let enough = MARKED * self.prose[0] as f64;
        let elements = &self.tree.elements;
        let marks = |e: &usize| elements[*e].role.story && !self.clutter[*e] && self.prose[*e] > 0;
        for first in (1..elements.len()).filter(marks).take(MARKED_TRIES) {
            let most = MOST * self.prose[first] as f64;
            let inner = (first + 1..elements[first].end)
                .filter(marks)
                .take(MARKED_TRIES)
                .any(|e| self.prose[e] as f64 >= most);
            if inner {
                continue;
            }
            let whole = self.with_parts(first);
            if self.prose[whole] as f64 >= enough {
                let whole = self.widened(whole);
                return Some(self.twin(whole).unwrap_or(whole));
            }
        }
        None
    }

    /// A later marked element that begins with the same words as `preview` and goes on much longer:
    /// the story behind the teaser that is shown of it.
    fn twin(&self, preview: usize) -> Option<usize> {
        let opening = self.opening(preview)?;
        let elements = &self.tree.elements;
        let later = elements[preview].end..elements.len();
        later
            .filter(|&e| elements[e].role.story && !self.clutter[e])
            .take(MARKED_TRIES)
            .find(|&e| self.prose[e] >= 2 * self.prose[preview] && self.opening(e) == Some(opening))
    }

    /// The first bytes of an element's first prose.
    fn opening(&self, e: usize) -> Option<&str> {
        let (from, to) = self.tree.elements[e].blocks;
        let first = self.tree.blocks[from..to].iter().find(|b| is_prose(self.tree, b))?;
        Some(&first.text[..first.text.floor_char_boundary(OPENING)])
    }

    /// The element around `first` and the parts of the body that follow it: those of the same tag
    /// and class, up to the next page-level heading or `article`.
    fn with_parts(&self, first: usize) -> usize {
        let elements = &self.tree.elements;
        let opening = self.opening(first);
        let mut whole = first;
        let mut e = elements[first].end;
        while e < elements.len() {
            if self.clutter[e] {
                e = elements[e].end;
            } else if matches!(&*elements[e].tag, "h1" | "article") && self.prose[e] > 0 {
                break;
            } else if elements[e].tag == elements[first].tag && elements[e].class == elements[first].class {
                if opening.is_some() && self.opening(e) == opening {
                    // The same again at full length, see `twin`.
                    break;
                }
                whole = self.tree.ancestry(whole).find(|&a| self.tree.within(e, a)).unwrap_or(whole);
                e = elements[e].end;
            } else {
                e += 1;
            }
        }
        whole
    }

    /// The marked element around `inner`, where it adds little: the rest of the story beside a part.
    fn widened(&self, inner: usize) -> usize {
        let little = self.prose[inner] as f64 / MOST;
        self.tree
            .ancestry(inner)
            .take_while(|&e| self.prose[e] as f64 <= little)
            .filter(|&e| {
                self.tree.elements[e].role.story && !matches!(&*self.tree.elements[e].tag, "body" | "main")
            })
            .last()
            .unwrap_or(inner)
    }

    /// The `article` that has the page's headline in it.
    fn headed(&self, title: usize) -> Option<usize> {
        self.tree
            .ancestry(self.tree.blocks[title].element)
            .find(|&e| &*self.tree.elements[e].tag == "article")
            .filter(|&e| !self.clutter[e] && self.prose[e] >= HEADED)
    }

    /// The first `article` within `at` that holds enough of the prose.
    fn first_article(&self, at: usize) -> Option<usize> {
        let enough = ARTICLE * self.prose[at] as f64;
        (at + 1..self.tree.elements[at].end).find(|&e| {
            &*self.tree.elements[e].tag == "article" && !self.clutter[e] && self.prose[e] as f64 >= enough
        })
    }

    /// The child of `at` whose prose stands by itself, where the others hold teasers.
    fn heaviest(&self, at: usize) -> Option<usize> {
        self.heaviest_child(at).filter(|&c| self.prose[c] as f64 >= HEAVIEST * self.prose[at] as f64)
    }
}

/// Share of the page's prose from which an element with names of these groups is kept.
fn protected_from(element: &Element, groups: Groups, around_story: bool) -> f64 {
    let firm = groups & clutter::firm_groups() != 0;
    match &*element.tag {
        "body" | "main" => 0.0,
        _ if around_story && !firm => 0.0,
        "article" => PROTECTED_ARTICLE,
        _ if element.role.story => PROTECTED_STORY,
        _ if firm => PROTECTED_FIRM,
        _ => PROTECTED_LOOSE,
    }
}

/// By element: whether within it an element says it is the story's body and holds enough of the prose.
fn around_story(tree: &Tree, share: impl Fn(usize) -> f64) -> Vec<bool> {
    let mut around = vec![false; tree.elements.len()];
    for (i, element) in tree.elements.iter().enumerate().rev() {
        let believed = element.role.story && share(i) >= MARKED;
        if (believed || around[i]) && element.parent < i {
            around[element.parent] = true;
        }
    }
    around
}

/// The loose groups whose boxes hold so much of the page's prose that the name means nothing here.
fn overruled(tree: &Tree, share: impl Fn(usize) -> f64) -> Groups {
    let mut inside: Vec<Groups> = Vec::with_capacity(tree.elements.len());
    let mut shares = [0.0; GROUPS];
    for (i, element) in tree.elements.iter().enumerate() {
        let above = if element.parent < i { inside[element.parent] } else { 0 };
        let mut fresh = element.role.clutter & !above & clutter::loose_groups();
        inside.push(above | fresh);
        while fresh != 0 {
            shares[fresh.trailing_zeros() as usize] += share(i);
            fresh &= fresh - 1;
        }
    }
    (0..GROUPS).filter(|&g| shares[g] >= OVERRULED).fold(0, |groups, g| groups | 1 << g)
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
pub(super) fn is_prose(tree: &Tree, block: &Block) -> bool {
    block.chars >= PROSE_CHARS && block.link_share() < PROSE_LINKS && !tree.elements[block.element].heading
}
