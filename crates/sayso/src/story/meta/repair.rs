//! JSON as pages write it, made into JSON as parsers read it.
//!
//! Content systems print JSON-LD inside comments and CDATA, with commas at the end of lists,
//! raw line breaks and unescaped quotation marks within strings, two objects in one script, or
//! cut off. One pass over the bytes mends these; what is well-formed is never touched.

use serde_json::Value;

/// The values of one script. Empty where nothing can be read.
pub(super) fn values(script: &str) -> Vec<Value> {
    let script = script.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if let Ok(value) = serde_json::from_str(script) {
        return vec![value];
    }
    let decoded =
        if script.contains("{&quot;") { html_escape::decode_html_entities(script) } else { script.into() };
    let mended = mend(&decoded);
    let stream = serde_json::Deserializer::from_str(&mended).into_iter::<Value>();
    stream.map_while(Result::ok).collect()
}

/// Rewrites a script from its first bracket on.
fn mend(script: &str) -> String {
    let mut mender =
        Mender { chars: script.char_indices().collect(), at: 0, out: String::new(), open: Vec::new() };
    mender.run();
    mender.out
}

struct Mender {
    chars: Vec<(usize, char)>,
    at: usize,
    out: String,
    /// Closing brackets still owed.
    open: Vec<char>,
}

impl Mender {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).map(|&(_, c)| c)
    }

    fn run(&mut self) {
        while let Some(c) = self.peek(0) {
            self.at += 1;
            match c {
                '"' => self.string(),
                '/' if self.peek(0) == Some('*') => self.skip_past(&['*', '/']),
                '/' if self.peek(0) == Some('/') => self.skip_past(&['\n']),
                '{' | '[' => {
                    self.open.push(if c == '{' { '}' } else { ']' });
                    self.out.push(c);
                }
                '}' | ']' => self.close(c),
                _ if self.open.is_empty() => {}
                _ if c.is_control() => self.out.push(' '),
                _ => self.out.push(c),
            }
        }
        while let Some(bracket) = self.open.pop() {
            self.drop_comma();
            self.out.push(bracket);
        }
    }

    fn close(&mut self, bracket: char) {
        if self.open.last() == Some(&bracket) {
            self.open.pop();
            self.drop_comma();
            self.out.push(bracket);
        }
    }

    /// Takes a comma before a closing bracket out.
    fn drop_comma(&mut self) {
        let kept = self.out.trim_end().len();
        self.out.truncate(kept);
        if self.out.ends_with(',') {
            self.out.pop();
        }
    }

    /// Copies a string whose opening mark has been read.
    fn string(&mut self) {
        if self.open.is_empty() {
            return;
        }
        self.out.push('"');
        while let Some(c) = self.peek(0) {
            self.at += 1;
            match c {
                '\\' => self.escape(),
                '"' if self.ends_here() => break,
                '"' => self.out.push_str("\\\""),
                '\n' | '\r' | '\t' => self.out.push(' '),
                _ if c.is_control() => {}
                _ => self.out.push(c),
            }
        }
        self.out.push('"');
    }

    /// Copies an escape that JSON knows, and the bare character of any other.
    fn escape(&mut self) {
        match self.peek(0) {
            Some(c @ ('"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't')) => {
                self.out.push('\\');
                self.out.push(c);
                self.at += 1;
            }
            Some('u') if (1..=4).all(|n| self.peek(n).is_some_and(|c| c.is_ascii_hexdigit())) => {
                self.out.push('\\');
            }
            _ => {}
        }
    }

    /// Whether a quotation mark closes its string: what follows it is JSON's own.
    fn ends_here(&self) -> bool {
        let rest = &self.chars[self.at.min(self.chars.len())..];
        let mut following = rest.iter().map(|&(_, c)| c).take(WINDOW).filter(|c| !c.is_whitespace());
        match following.next() {
            None | Some('}' | ']' | ':') => true,
            Some(',') => following.next().is_none_or(|c| {
                matches!(c, '"' | '{' | '[' | '}' | ']' | '-' | 't' | 'f' | 'n' | '/') || c.is_ascii_digit()
            }),
            Some(_) => false,
        }
    }

    fn skip_past(&mut self, end: &[char]) {
        while self.at < self.chars.len() {
            if end.iter().enumerate().all(|(n, c)| self.peek(n) == Some(*c)) {
                self.at += end.len();
                return;
            }
            self.at += 1;
        }
    }
}

/// How far white space after a string is looked through, so that the whole stays linear.
const WINDOW: usize = 64;
