//! Addresses: pages fetched over http and https.

use super::{Error, ErrorKind, Holds, Input, Source, bytes};
use sayso::page::{Page, PageKind};
use std::io::{BufReader, Read};
use std::time::Duration;
use ureq::ResponseExt;
use ureq::http::header::CONTENT_TYPE;

/// Redirects followed before an address is given up; browsers stop at 20, honest sites need two.
pub(crate) const MAX_REDIRECTS: u32 = 10;

/// Fetches the page at `address`, waiting no longer than `timeout` for all of it.
pub(crate) fn fetch(address: &str, scheme: &str, timeout: Duration) -> Result<Input, Error> {
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
    let page = read(address, timeout, body.into_reader())?;
    let page = Page {
        id: Some(address.to_owned()),
        address: Some(landed),
        media_type,
        kind: PageKind::Unknown,
        bytes: page,
    };
    Ok(Input { source: Source::whole(address), holds: Holds::Page(page) })
}

fn read(address: &str, timeout: Duration, body: impl Read) -> Result<Vec<u8>, Error> {
    // Read whole before it is gunzipped, so that what the connection does wrong is told apart
    // from what is wrong with the file.
    let mut raw = Vec::new();
    let received = body.take(bytes::MAX + 1).read_to_end(&mut raw);
    received.map_err(|error| Error::new(address, explain(ureq::Error::from(error), timeout)))?;
    let plain =
        bytes::plain(BufReader::new(raw.as_slice())).map_err(|error| bytes::failed(address, error))?;
    bytes::page(address, plain)
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

/// The media type, where one of this kind holds no page. What a server says of text is often
/// wrong and is not held against the page.
fn not_a_page(media_type: &str) -> Option<&str> {
    let essence = media_type.split(';').next().unwrap_or(media_type).trim();
    let lower = essence.to_ascii_lowercase();
    let group = lower.split('/').next().unwrap_or_default();
    let is_other = matches!(group, "image" | "audio" | "video" | "font" | "model")
        || matches!(lower.as_str(), "application/pdf" | "application/zip" | "application/json" | "text/css");
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
}
