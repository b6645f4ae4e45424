//! What a hostile or broken page may cost, held down before it is parsed.
//!
//! The HTML parsing algorithm is not linear. It searches its stack of open elements at most tags,
//! so deep nesting costs the square of the depth, and many tags within it their number times the depth; it opens every unclosed formatting element anew
//! in each paragraph, so a hundred open `<b>` and a thousand `<p>` make a hundred thousand
//! elements; and it compares each attribute of a tag with those before it. One pass over the tags
//! finds out whether a page goes beyond the limits below. Nearly no page does, and it is handed on
//! as it is; another is rewritten: tags too deep are left out and their text kept, as browsers
//! flatten pages at 512 levels.
//!
//! The pass must never count fewer open elements than the parser has. Where the algorithm is
//! intricate (adoption agency, foster parents) it counts more.

use memchr::{memchr, memmem};
use std::borrow::Cow;

/// Bytes of a page that are read. The longest real stories with all their markup are well below.
pub(super) const MAX_BYTES: usize = 8 << 20;
/// Open elements that are kept; browsers keep 512.
pub(super) const MAX_DEPTH: usize = 512;
/// Open elements that are kept in a page whose tags are searched too often.
const SEARCHED_DEPTH: usize = 64;
/// Open elements, summed over all tags, up to which a page keeps its depth: those through which
/// a parser may search. Ten thousand tags, thirty deep, are 300,000.
const MAX_SEARCHED: usize = 20_000_000;
/// Tags that are read; a large real page has some ten thousand.
const MAX_TAGS: usize = 300_000;
/// Attributes of one tag that are kept.
const MAX_ATTRIBUTES: usize = 64;
/// Unclosed formatting elements at one place up to which a page keeps its formatting.
const MAX_FORMATTING: usize = 32;
/// Formatting elements opened anew in all paragraphs up to which a page keeps its formatting.
const MAX_REOPENED: usize = 100_000;

/// A page that can be parsed in time linear in its length.
pub(super) struct Guarded<'h> {
    pub(super) html: Cow<'h, str>,
    /// What was left out, for the story's notices.
    pub(super) notices: Vec<String>,
}

/// Holds a page to the limits.
pub(super) fn guard(html: &str) -> Guarded<'_> {
    let mut notices = Vec::new();
    let cut = cut_at(html, MAX_BYTES);
    if cut.len() < html.len() {
        notices.push("page cut at 8 MiB".to_owned());
    }
    // The parser would drop each of them, slowly.
    if memchr(0, cut.as_bytes()).is_some() {
        let without = limit(&cut.replace('\0', ""), &mut notices).into_owned();
        return Guarded { html: Cow::Owned(without), notices };
    }
    Guarded { html: limit(cut, &mut notices), notices }
}

/// The page with what goes beyond the limits left out.
fn limit<'h>(cut: &'h str, notices: &mut Vec<String>) -> Cow<'h, str> {
    let first = Scan::run(cut, None);
    let cut = &cut[..first.read];
    if first.tags >= MAX_TAGS {
        notices.push(format!("page cut at {MAX_TAGS} tags"));
    }
    if !first.beyond {
        return Cow::Borrowed(cut);
    }
    let plain = first.formatting_peak > MAX_FORMATTING || first.reopened > MAX_REOPENED;
    let depth = if first.searched > MAX_SEARCHED { SEARCHED_DEPTH } else { MAX_DEPTH };
    let rewrite = Rewrite { out: String::with_capacity(cut.len()), copied: 0, plain, depth };
    let second = Scan::run(cut, Some(rewrite));
    notices.push(match first.too_deep {
        true => format!("page nested deeper than {MAX_DEPTH} levels: flattened"),
        false => "page with excessive markup: simplified".to_owned(),
    });
    second.rewrite.map_or(Cow::Borrowed(cut), |r| Cow::Owned(r.out))
}

/// The longest beginning of `text` of at most `bytes` bytes.
fn cut_at(text: &str, bytes: usize) -> &str {
    let mut end = bytes.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The page being written again.
struct Rewrite {
    out: String,
    /// Bytes of the page already written or left out.
    copied: usize,
    /// Leave out all formatting tags.
    plain: bool,
    /// Open elements that are kept.
    depth: usize,
}

/// One pass over the tags of a page.
struct Scan<'h> {
    html: &'h str,
    /// Names of the open elements, at most [`MAX_DEPTH`].
    open: Vec<Name>,
    /// Names of start tags left out as too deep, whose end tags are to be left out as well.
    left_out: Vec<Name>,
    /// Open `svg` and `math` elements, in which tags can close themselves.
    foreign: usize,
    formatting: usize,
    formatting_peak: usize,
    reopened: usize,
    /// Open elements at each tag, summed.
    searched: usize,
    tags: usize,
    /// Bytes read before the limit of tags.
    read: usize,
    too_deep: bool,
    /// A limit was passed.
    beyond: bool,
    rewrite: Option<Rewrite>,
}

/// A tag of the page.
struct Tag {
    name: Name,
    closes_itself: bool,
    attributes: usize,
    /// Where the last attribute that is kept ends.
    kept_to: usize,
    end: usize,
}

impl<'h> Scan<'h> {
    fn run(html: &'h str, rewrite: Option<Rewrite>) -> Scan<'h> {
        let mut scan = Scan {
            html,
            open: Vec::new(),
            left_out: Vec::new(),
            foreign: 0,
            formatting: 0,
            formatting_peak: 0,
            reopened: 0,
            searched: 0,
            tags: 0,
            read: html.len(),
            too_deep: false,
            beyond: false,
            rewrite,
        };
        scan.scan();
        scan
    }

    fn scan(&mut self) {
        let bytes = self.html.as_bytes();
        let mut at = 0;
        while let Some(found) = memchr(b'<', &bytes[at..]) {
            let start = at + found;
            at = match bytes.get(start + 1) {
                Some(b'!' | b'?') => skip_declaration(bytes, start),
                Some(b'/') if bytes.get(start + 2).is_some_and(u8::is_ascii_alphabetic) => {
                    self.tag(start, true)
                }
                Some(b'/') => skip_to(bytes, start + 2, b'>'),
                Some(b) if b.is_ascii_alphabetic() => self.tag(start, false),
                _ => {
                    // A lone `<` costs the parser as much as a tag.
                    self.tags += 1;
                    start + 1
                }
            };
            if self.tags >= MAX_TAGS {
                self.read = at;
                break;
            }
        }
        if let Some(rewrite) = &mut self.rewrite {
            rewrite.out.push_str(&self.html[rewrite.copied..self.read]);
        }
    }

    /// Reads the tag at `start`; gives the place after it (after its text, where that is raw).
    fn tag(&mut self, start: usize, end_tag: bool) -> usize {
        self.tags += 1;
        self.searched += self.open.len();
        self.beyond |= self.searched > MAX_SEARCHED;
        let tag = read_tag(self.html.as_bytes(), start, end_tag);
        self.beyond |= tag.attributes > MAX_ATTRIBUTES;
        let keep = if end_tag { self.close(tag.name) } else { self.open(&tag) };
        let plain = self.rewrite.as_ref().is_some_and(|r| r.plain) && tag.name.is(FORMATTING);
        self.copy(start, &tag, keep && !plain);
        if !end_tag && self.foreign == 0 && tag.name.is(RAW) {
            return skip_raw(self.html.as_bytes(), tag.end, tag.name);
        }
        tag.end
    }

    fn copy(&mut self, start: usize, tag: &Tag, keep: bool) {
        let Some(rewrite) = &mut self.rewrite else { return };
        if keep && tag.attributes <= MAX_ATTRIBUTES {
            return;
        }
        let to = if keep { tag.kept_to } else { start };
        rewrite.out.push_str(&self.html[rewrite.copied..to]);
        rewrite.out.push(if keep { '>' } else { ' ' });
        rewrite.copied = tag.end;
    }

    /// Counts a start tag; whether it is kept.
    fn open(&mut self, tag: &Tag) -> bool {
        let name = tag.name;
        if name.is(VOID) || tag.closes_itself && self.foreign > 0 {
            return true;
        }
        if name.is(FORMATTING) {
            self.formatting += 1;
            self.formatting_peak = self.formatting_peak.max(self.formatting);
        } else if name.is(SPECIAL) {
            self.reopened += self.formatting;
        }
        self.beyond |= self.formatting > MAX_FORMATTING || self.reopened > MAX_REOPENED;
        self.close_implied(name);
        if self.open.len() >= self.rewrite.as_ref().map_or(MAX_DEPTH, |r| r.depth) {
            self.too_deep = true;
            self.beyond = true;
            self.left_out.push(name);
            return false;
        }
        self.foreign += usize::from(name.is(FOREIGN));
        self.open.push(name);
        true
    }

    /// Closes what the start tag `name` closes without an end tag: `<li>` an open `<li>`, a cell
    /// another, and most elements a paragraph.
    fn close_implied(&mut self, name: Name) {
        let implied = name.flags & (ITEM | TERM | OPTION | CELL | ROW | LINK);
        for (i, open) in self.open.iter().enumerate().rev() {
            if open.flags & implied != 0 || name.is(SPECIAL) && open.is(PARAGRAPH) {
                self.truncate(i);
                return;
            }
            // Only through elements that a parser closes on the way.
            if open.is(SPECIAL) && !open.is(PARAGRAPH) && !(name.is(ROW) && open.is(CELL)) {
                return;
            }
        }
    }

    /// Counts an end tag; whether it is kept.
    fn close(&mut self, name: Name) -> bool {
        if name.is(FORMATTING) {
            self.formatting = self.formatting.saturating_sub(1);
        }
        if self.left_out.last().is_some_and(|l| l.key == name.key) {
            self.left_out.pop();
            return false;
        }
        for (i, open) in self.open.iter().enumerate().rev() {
            if open.key == name.key {
                // The end tag of a form closes nothing that stands open in it.
                if !name.is(FORM) || i + 1 == self.open.len() {
                    self.truncate(i);
                }
                break;
            }
            if open.is(WALL)
                || open.is(SCOPE) && !name.is(SCOPE | ROW)
                || open.is(SPECIAL) && !name.is(SPECIAL)
            {
                break;
            }
        }
        true
    }

    fn truncate(&mut self, len: usize) {
        self.foreign -= self.open[len..].iter().filter(|n| n.is(FOREIGN)).count();
        self.open.truncate(len);
    }
}

/// An element's name, without regard to case, and what the parsing algorithm does with it.
#[derive(Clone, Copy)]
struct Name {
    key: u64,
    len: usize,
    flags: u16,
}

/// Elements that take no end tag, and those that are there once, whatever the page says.
const VOID: u16 = 1;
/// Formatting elements, but `a`, of which only one is open at a time.
const FORMATTING: u16 = 1 << 1;
/// "Special" elements, which end tags of inline elements do not close.
const SPECIAL: u16 = 1 << 2;
/// Elements that end tags of others do not reach over ("scope").
const SCOPE: u16 = 1 << 3;
/// Elements that no end tag but their own reaches over.
const WALL: u16 = 1 << 4;
const RAW: u16 = 1 << 5;
const FOREIGN: u16 = 1 << 6;
const FORM: u16 = 1 << 7;
const PARAGRAPH: u16 = 1 << 8;
const ITEM: u16 = 1 << 9;
const TERM: u16 = 1 << 10;
const OPTION: u16 = 1 << 11;
const CELL: u16 = 1 << 12;
const ROW: u16 = 1 << 13;
const LINK: u16 = 1 << 14;

impl Name {
    fn new(name: &[u8]) -> Name {
        // FNV-1a; a collision makes the count wrong by one tag.
        let key = name.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, b| {
            (hash ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
        });
        let mut small = [0; 16];
        let flags = match small.get_mut(..name.len()) {
            Some(lower) => {
                lower.copy_from_slice(name);
                lower.make_ascii_lowercase();
                flags(lower)
            }
            None => 0,
        };
        Name { key, len: name.len(), flags }
    }

    fn is(self, flags: u16) -> bool {
        self.flags & flags != 0
    }
}

fn flags(name: &[u8]) -> u16 {
    match name {
        b"br" | b"img" | b"input" | b"link" | b"meta" | b"hr" | b"source" | b"wbr" | b"area" | b"base"
        | b"basefont" | b"bgsound" | b"col" | b"embed" | b"frame" | b"keygen" | b"param" | b"track"
        | b"image" | b"html" | b"head" | b"body" => VOID,
        b"b" | b"i" | b"em" | b"strong" | b"font" | b"u" | b"small" | b"big" | b"code" | b"s" | b"strike"
        | b"tt" | b"nobr" => FORMATTING,
        b"a" => LINK,
        b"script" | b"style" => RAW,
        b"svg" | b"math" => FOREIGN | SCOPE,
        b"table" | b"template" => SPECIAL | SCOPE | WALL,
        b"td" | b"th" => SPECIAL | SCOPE | CELL,
        b"tr" => SPECIAL | ROW,
        b"caption" | b"object" | b"marquee" | b"applet" | b"button" | b"select" | b"foreignobject"
        | b"desc" | b"title" => SPECIAL | SCOPE,
        b"mi" | b"mo" | b"mn" | b"ms" | b"mtext" | b"annotation-xml" => SCOPE,
        b"p" => SPECIAL | PARAGRAPH,
        b"li" => SPECIAL | ITEM,
        b"dd" | b"dt" => SPECIAL | TERM,
        b"option" | b"optgroup" => OPTION,
        b"form" => SPECIAL | FORM,
        b"div" | b"ul" | b"section" | b"article" | b"header" | b"footer" | b"nav" | b"main" | b"aside"
        | b"figure" | b"figcaption" | b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" | b"tbody" | b"thead"
        | b"tfoot" | b"ol" | b"dl" | b"blockquote" | b"fieldset" | b"details" | b"summary" | b"address"
        | b"center" | b"colgroup" | b"dir" | b"frameset" | b"hgroup" | b"iframe" | b"listing" | b"menu"
        | b"noembed" | b"noframes" | b"noscript" | b"plaintext" | b"pre" | b"search" | b"textarea"
        | b"xmp" => SPECIAL,
        _ => 0,
    }
}

fn read_tag(bytes: &[u8], start: usize, end_tag: bool) -> Tag {
    let from = start + 1 + usize::from(end_tag);
    let mut at =
        from + bytes[from..].iter().take_while(|b| !is_space(**b) && !matches!(b, b'/' | b'>')).count();
    let mut tag =
        Tag { name: Name::new(&bytes[from..at]), closes_itself: false, attributes: 0, kept_to: at, end: 0 };
    loop {
        at += bytes[at..].iter().take_while(|b| is_space(**b)).count();
        match bytes.get(at) {
            None => break,
            Some(b'>') => {
                at += 1;
                break;
            }
            Some(b'/') => {
                tag.closes_itself = bytes.get(at + 1) == Some(&b'>');
                at += 1;
            }
            Some(_) => {
                at = skip_attribute(bytes, at);
                tag.attributes += 1;
                if tag.attributes <= MAX_ATTRIBUTES {
                    tag.kept_to = at;
                }
            }
        }
    }
    tag.end = at.min(bytes.len());
    tag
}

/// The place after the attribute at `at`.
fn skip_attribute(bytes: &[u8], at: usize) -> usize {
    // A first `=` belongs to the name.
    let name =
        bytes[at + 1..].iter().take_while(|b| !is_space(**b) && !matches!(b, b'/' | b'>' | b'=')).count();
    let mut at = at + 1 + name;
    let spaces = bytes[at..].iter().take_while(|b| is_space(**b)).count();
    if bytes.get(at + spaces) != Some(&b'=') {
        return at;
    }
    at += spaces + 1;
    at += bytes[at..].iter().take_while(|b| is_space(**b)).count();
    match bytes.get(at) {
        Some(quote @ (b'"' | b'\'')) => skip_to(bytes, at + 1, *quote),
        _ => at + bytes[at..].iter().take_while(|b| !is_space(**b) && **b != b'>').count(),
    }
}

/// The place after the comment or declaration at `start`.
fn skip_declaration(bytes: &[u8], start: usize) -> usize {
    let rest = &bytes[start..];
    if !rest.starts_with(b"<!--") {
        return skip_to(bytes, start + 2, b'>');
    }
    if rest.starts_with(b"<!-->") || rest.starts_with(b"<!--->") {
        return skip_to(bytes, start + 4, b'>');
    }
    let mut at = start + 4;
    while let Some(found) = memmem::find(&bytes[at..], b"--") {
        at += found + 2;
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'>'), _) => return at + 1,
            (Some(b'!'), Some(b'>')) => return at + 2,
            // `--->`: the second and third dash close.
            (Some(b'-'), _) => at -= 1,
            _ => {}
        }
    }
    bytes.len()
}

/// The place of the end tag of the raw text that begins at `from`.
fn skip_raw(bytes: &[u8], from: usize, name: Name) -> usize {
    let mut at = from;
    while let Some(found) = memmem::find(&bytes[at..], b"</") {
        at += found;
        if bytes.get(at + 2..at + 2 + name.len).is_some_and(|n| Name::new(n).key == name.key) {
            return at;
        }
        at += 2;
    }
    bytes.len()
}

/// The place after the next `stop`.
fn skip_to(bytes: &[u8], from: usize, stop: u8) -> usize {
    let from = from.min(bytes.len());
    memchr(stop, &bytes[from..]).map_or(bytes.len(), |found| from + found + 1)
}

fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\n' | b'\r' | 0x0c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guarded(html: &str) -> (String, Vec<String>) {
        let guarded = guard(html);
        (guarded.html.into_owned(), guarded.notices)
    }

    #[test]
    fn an_ordinary_page_is_handed_on_as_it_is() {
        let html = "<!DOCTYPE html><body><script>if (a<b) { '</div>' }</script><p>One<p>Two <b>bold</b><ul><li>x<li>y</ul>";
        let guarded = guard(html);
        assert!(matches!(guarded.html, Cow::Borrowed(h) if h == html));
        assert!(guarded.notices.is_empty());
    }

    #[test]
    fn a_thousand_elements_without_end_tags_are_not_deep() {
        for unit in [
            "<p>A line with <i>style</i>",
            "<li>item <a href=x>link",
            "<tr><td>cell<th>head",
            "<dt>word<dd>sense",
        ] {
            let (_, notices) = guarded(&unit.repeat(1000));
            assert_eq!(notices, Vec::<String>::new(), "{unit}");
        }
    }

    #[test]
    fn deep_nesting_is_flattened_and_its_text_kept() {
        let html = format!("{}deep{}<p>after</p>", "<div>".repeat(600), "</div>".repeat(600));
        let (flat, notices) = guarded(&html);
        assert_eq!(notices, ["page nested deeper than 512 levels: flattened"]);
        assert_eq!(flat.matches("<div>").count(), MAX_DEPTH);
        assert_eq!(flat.matches("</div>").count(), MAX_DEPTH);
        assert!(flat.contains("deep") && flat.contains("<p>after</p>"));
    }

    #[test]
    fn elements_that_an_end_tag_does_not_close_are_counted() {
        for unit in
            ["<span><div></span>", "<form><div></form>", "<table><td><div></table-x>", "<svg><style><div>"]
        {
            let (flat, _) = guarded(&unit.repeat(2000));
            assert!(flat.matches("<div>").count() <= MAX_DEPTH, "{unit}");
        }
    }

    #[test]
    fn a_page_whose_open_elements_are_searched_too_often_is_flattened_further() {
        let open = "<q>".repeat(500);
        let (few, notices) = guarded(&format!("{open}{}", "</em>".repeat(1000)));
        assert_eq!((few.matches("<q>").count(), notices.len()), (500, 0));
        let (many, notices) = guarded(&format!("{open}{}", "</em>".repeat(100_000)));
        assert_eq!(many.matches("<q>").count(), SEARCHED_DEPTH);
        assert_eq!(notices, ["page with excessive markup: simplified"]);
    }

    #[test]
    fn many_unclosed_formatting_elements_lose_their_formatting() {
        let open: String = (0..40).map(|i| format!("<b class=x{i}>")).collect();
        let (flat, notices) = guarded(&format!("{open}<p>kept <a href=x>link</a></p>"));
        assert!(!flat.contains("<b") && flat.contains("kept <a href=x>link</a>"));
        assert_eq!(notices, ["page with excessive markup: simplified"]);
    }

    #[test]
    fn only_the_first_attributes_of_a_tag_are_kept() {
        let many: String = (0..5000).map(|i| format!(" a{i}='>'")).collect();
        let (short, _) = guarded(&format!("<p{many}>text</p>"));
        assert!(short.contains("a63='>'>text</p>") && !short.contains("a64="));
    }

    #[test]
    fn comments_end_where_the_parser_ends_them() {
        for comment in ["<!-->", "<!--->", "<!-- x -->", "<!-- x --->", "<!-- x --!>", "<!x>", "<?x>"] {
            assert_eq!(skip_declaration(format!("{comment}<p>").as_bytes(), 0), comment.len(), "{comment}");
        }
        assert_eq!(skip_declaration(b"<!-- open", 0), 9);
    }

    #[test]
    fn a_long_page_is_cut_between_characters() {
        let (cut, notices) = guarded(&"é".repeat(MAX_BYTES));
        assert!(cut.len() <= MAX_BYTES && notices == ["page cut at 8 MiB"]);
        let (cut, notices) = guarded(&"<i></i>".repeat(MAX_TAGS));
        assert!(cut.len() < 4 * MAX_TAGS && notices.len() == 1, "{notices:?}");
        assert_eq!(guarded("a\0b").0, "ab");
    }
}
