//! Addresses: pages and JSON lines fetched over http and https.

use crate::file::{self, Lines, Named};
use crate::{Error, ErrorKind, Holds, Input, Inputs, MAX_REDIRECTS, Source, bytes, failure, sniff};
use sayso::page::Page;
use std::io::{BufRead, Cursor, Read};
use std::path::Path;
use std::time::Duration;
use ureq::ResponseExt;
use ureq::http::header::CONTENT_TYPE;

/// What came from an address.
struct Fetched {
    /// Where it came from in the end.
    landed: String,
    media_type: Option<String>,
    /// Its bytes as they came, perhaps gzip.
    raw: Vec<u8>,
}

/// The page or the JSON lines at `address`, waited for no longer than `timeout` in all.
pub(crate) fn read(address: &str, scheme: &str, timeout: Duration) -> Inputs {
    let Fetched { landed, media_type, raw } = match fetch(address, scheme, timeout) {
        Ok(fetched) => fetched,
        Err(error) => return failure(error),
    };
    let says_lines = media_type.as_deref().is_some_and(is_lines)
        || [address, &landed].iter().any(|address| names_lines(address));
    of_bytes(address, landed, media_type, says_lines, raw).unwrap_or_else(failure)
}

fn of_bytes(
    address: &str,
    landed: String,
    media_type: Option<String>,
    says_lines: bool,
    raw: Vec<u8>,
) -> Result<Inputs, Error> {
    let failed = |error| bytes::failed(address, error);
    let mut plain = bytes::plain(Box::new(Cursor::new(raw))).map_err(failed)?;
    if let Some(form) = sniff::form(plain.fill_buf().map_err(failed)?) {
        return file::of_form(address, form, plain);
    }
    let (is_lines, plain) =
        if says_lines { (true, plain) } else { file::begins_object(plain).map_err(failed)? };
    if is_lines {
        return Ok(Box::new(Lines::new(address, plain)));
    }
    Ok(Box::new(std::iter::once(page(address, landed, media_type, plain))))
}

fn fetch(address: &str, scheme: &str, timeout: Duration) -> Result<Fetched, Error> {
    if !["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()) {
        return Err(Error::new(address, ErrorKind::Scheme(scheme.to_owned())));
    }
    let failed = |error| Error::new(address, explain(error, timeout));
    let response = agent(timeout).get(address).call().map_err(failed)?;
    let media_type = response.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).map(str::to_owned);
    if let Some(other) = media_type.as_deref().and_then(not_a_page) {
        return Err(Error::new(address, ErrorKind::MediaType(other.to_owned())));
    }
    let landed = response.get_uri().to_string();
    let body = response.into_body();
    if body.content_length().is_some_and(|length| length > bytes::MAX) {
        return Err(Error::new(address, ErrorKind::TooLarge));
    }
    let raw = body_of(address, timeout, body.into_reader())?;
    Ok(Fetched { landed, media_type, raw })
}

fn page(
    address: &str,
    landed: String,
    media_type: Option<String>,
    plain: impl BufRead,
) -> Result<Input, Error> {
    let bytes = bytes::page(address, plain)?;
    let page =
        Page { id: Some(address.to_owned()), address: Some(landed), media_type, bytes, ..Page::default() };
    Ok(Input { source: Source::whole(address), holds: Holds::Page(page) })
}

/// The body as it came.
fn body_of(address: &str, timeout: Duration, body: impl Read) -> Result<Vec<u8>, Error> {
    // Read whole before it is gunzipped, so that what the connection does wrong is told apart
    // from what is wrong with the file.
    let mut raw = Vec::new();
    let received = body.take(bytes::MAX + 1).read_to_end(&mut raw);
    received.map_err(|error| Error::new(address, explain(ureq::Error::from(error), timeout)))?;
    if raw.len() as u64 > bytes::MAX {
        return Err(Error::new(address, ErrorKind::TooLarge));
    }
    Ok(raw)
}

fn agent(timeout: Duration) -> ureq::Agent {
    ureq::Agent::config_builder()
        .timeout_global(Some(timeout))
        .max_redirects(MAX_REDIRECTS)
        .user_agent(concat!("sayso/", env!("CARGO_PKG_VERSION")))
        .accept("text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5")
        .build()
        .new_agent()
}

/// Whether the media type is that of JSON or JSON lines.
fn is_lines(media_type: &str) -> bool {
    let lower = essence(media_type).to_ascii_lowercase();
    let subtype = lower.strip_prefix("application/").unwrap_or_default();
    let subtype = subtype.strip_prefix("x-").unwrap_or(subtype);
    matches!(subtype, "json" | "jsonl" | "jsonlines" | "json-lines" | "ndjson")
}

/// Whether the path of the address has the name of a file of JSON or JSON lines.
fn names_lines(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    // The host's own name is no path, though there may be hosts in a domain `.json`.
    let path = path.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    matches!(file::named(Path::new(path)), Named::Lines | Named::Json)
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or(media_type).trim()
}

/// The media type, where one of this kind holds no page. What a server says of text is often
/// wrong and is not held against the page.
fn not_a_page(media_type: &str) -> Option<&str> {
    let essence = essence(media_type);
    let lower = essence.to_ascii_lowercase();
    let group = lower.split('/').next().unwrap_or_default();
    let is_other = matches!(group, "image" | "audio" | "video" | "font" | "model")
        || matches!(lower.as_str(), "application/pdf" | "application/zip" | "text/css");
    is_other.then_some(essence)
}

/// What the connection's error means to somebody who wants the page.
fn explain(error: ureq::Error, timeout: Duration) -> ErrorKind {
    match error {
        ureq::Error::StatusCode(status) => ErrorKind::Status(status),
        ureq::Error::TooManyRedirects | ureq::Error::RedirectFailed => ErrorKind::Redirects,
        ureq::Error::Timeout(_) => ErrorKind::Timeout(timeout.as_secs()),
        ureq::Error::HostNotFound => ErrorKind::NoHost,
        ureq::Error::BadUri(why) => ErrorKind::BadAddress(why),
        ureq::Error::Http(why) => ErrorKind::BadAddress(why.to_string()),
        ureq::Error::Io(why) => ErrorKind::Unreachable(why.to_string()),
        other => ErrorKind::Unreachable(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_without_pages_are_refused() {
        assert_eq!(not_a_page("image/png"), Some("image/png"));
        assert_eq!(not_a_page("Application/PDF; x=y"), Some("Application/PDF"));
        for page in
            ["text/html; charset=utf-8", "text/plain", "application/octet-stream", "application/gzip", ""]
        {
            assert_eq!(not_a_page(page), None, "{page}");
        }
    }

    #[test]
    fn media_types_and_paths_tell_json_lines() {
        for lines in ["application/json; charset=utf-8", "Application/X-NDJSON", "application/jsonlines"] {
            assert!(is_lines(lines) && not_a_page(lines).is_none(), "{lines}");
        }
        assert!(!is_lines("text/html") && !is_lines("application/ld+json"));
        for lines in ["http://a.org/b.jsonl?x=1", "https://a.org/b.ndjson.gz", "http://a.org/B.JSON#c"] {
            assert!(names_lines(lines), "{lines}");
        }
        for page in ["http://a.json", "http://a.org/b.html?c=d.json", "http://a.org/json"] {
            assert!(!names_lines(page), "{page}");
        }
    }
}
