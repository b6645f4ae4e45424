//! Pages as browsers save them in one file (MHTML, RFC 2557): a MIME message of the page and its pictures.

use crate::http::{Headers, split_head};
use crate::{Error, ErrorKind, Holds, Input, Source};
use sayso::page::{Page, PageKind};

/// The page of a message: its first part of HTML.
pub(crate) fn page(name: &str, message: &[u8]) -> Result<Input, Error> {
    let broken = || Error::new(name, ErrorKind::MhtmlBroken);
    let (head, body) = split_head(message);
    let headers = Headers::read(head);
    let boundary = headers.get("content-type").and_then(|t| parameter(t, "boundary")).ok_or_else(broken)?;
    let part = parts(body, &boundary).find(|(headers, _)| is_html(headers));
    let (own, content) = part.ok_or_else(broken)?;
    let address = headers.get("snapshot-content-location").or(own.get("content-location"));
    let coding = own.get("content-transfer-encoding").unwrap_or("8bit").to_ascii_lowercase();
    let bytes = match coding.as_str() {
        "quoted-printable" => unquoted(content),
        "base64" => base64(content).ok_or_else(broken)?,
        _ => content.to_vec(),
    };
    let page = Page {
        id: Some(name.to_owned()),
        address: address.filter(|a| a.starts_with("http")).map(str::to_owned),
        captured: headers.get("date").map(str::to_owned),
        media_type: own.get("content-type").map(str::to_owned),
        kind: PageKind::Html,
        bytes,
        ..Page::default()
    };
    Ok(Input { source: Source::whole(name), holds: Holds::Page(page) })
}

fn is_html(headers: &Headers) -> bool {
    let media_type = headers.get("content-type").unwrap_or_default().to_ascii_lowercase();
    media_type.starts_with("text/html") || media_type.starts_with("application/xhtml+xml")
}

/// A parameter of a header's value, without quotation marks.
fn parameter(value: &str, name: &str) -> Option<String> {
    let found = value.split(';').skip(1).find_map(|p| {
        let (key, value) = p.split_once('=')?;
        key.trim().eq_ignore_ascii_case(name).then_some(value)
    });
    found.map(|value| value.trim().trim_matches('"').to_owned()).filter(|value| !value.is_empty())
}

/// Headers and content of every part between the boundaries.
fn parts<'a>(body: &'a [u8], boundary: &str) -> impl Iterator<Item = (Headers, &'a [u8])> {
    let mark = format!("--{boundary}");
    let (mut starts, mut at) = (Vec::new(), 0);
    for line in body.split_inclusive(|&b| b == b'\n') {
        if line.starts_with(mark.as_bytes()) {
            starts.push((at, at + line.len()));
        }
        at += line.len();
    }
    // What follows the last boundary is a part too where the message is cut off.
    let ends: Vec<usize> = starts.iter().skip(1).map(|s| s.0).chain([body.len()]).collect();
    starts.into_iter().zip(ends).map(move |((_, from), to)| {
        let (head, content) = split_head(&body[from..to]);
        (Headers::read(head), content)
    })
}

/// Undoes quoted-printable: `=XX` is a byte, `=` at a line's end nothing.
fn unquoted(content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len());
    let mut rest = content;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'=' {
            out.push(byte);
            continue;
        }
        let code = after.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        match (code, after) {
            (Some(code), _) => {
                out.push(code);
                rest = &after[2..];
            }
            (None, [b'\r', b'\n', ..]) => rest = &after[2..],
            (None, [b'\n', ..]) => rest = &after[1..],
            _ => out.push(b'='),
        }
    }
    out
}

/// Undoes base64; `None` where there are other characters.
fn base64(content: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for &byte in content.iter().filter(|b| !b.is_ascii_whitespace() && **b != b'=') {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            out.push((bits >> count) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn saved(coding: &str, content: &str) -> String {
        format!(
            "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://a.org/bridge\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--x-y\"\r\n\r\n\r\n\
             ----x-y\r\nContent-Type: text/css\r\n\r\np {{}}\r\n\
             ----x-y\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: {coding}\r\n\
             Content-Location: https://a.org/other\r\n\r\n{content}\r\n----x-y--\r\n"
        )
    }

    fn read(message: &str) -> Result<(Option<String>, String), String> {
        match page("a.mhtml", message.as_bytes()) {
            Ok(Input { holds: Holds::Page(page), .. }) => {
                Ok((page.address, String::from_utf8_lossy(&page.bytes).trim_end().to_owned()))
            }
            Ok(_) => unreachable!("a message holds a page"),
            Err(error) => Err(error.to_string()),
        }
    }

    #[test]
    fn the_page_of_a_message_is_read() {
        let address = Some("https://a.org/bridge".to_owned());
        let html = "<p class=\"a\">“Go.”".to_owned();
        let quoted = "<p class=3D\"a\">=E2=80=9C=\r\nGo.=E2=80=9D";
        assert_eq!(read(&saved("quoted-printable", quoted)), Ok((address.clone(), html.clone())));
        let packed = "PHAgY2xhc3M9ImEiPuKAnEdv\r\nLuKAnQ==";
        assert_eq!(read(&saved("base64", packed)), Ok((address, html)));
    }

    #[test]
    fn a_message_without_a_page_is_told() {
        for message in ["", "Content-Type: multipart/related", &saved("base64", "*")] {
            assert!(read(message).is_err_and(|e| e.starts_with("a.mhtml: ")), "{message}");
        }
    }
}
