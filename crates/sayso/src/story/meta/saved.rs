//! What saving a page leaves behind: where it was, and when it was taken.
//!
//! Browsers write `<!-- saved from url=(0042)https://... -->` before the page, SingleFile a comment with `url:` and
//! `saved date:`; web archives put both into their own addresses (`/web/20240503101500/https://...`).

use super::moment::{self, Order};

/// Where a page was and when it was taken, as far as is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Saved {
    /// The address of the page itself.
    pub(crate) address: Option<String>,
    /// The time at which it was taken: RFC 3339, or a bare ISO date.
    pub(crate) captured: Option<String>,
}

/// Bytes of a page in which such a comment stands.
const HEAD: usize = 4096;

/// Reads the comments before a page, and its address, where that is known.
pub(crate) fn read(html: &str, address: Option<&str>) -> Saved {
    let found = address.and_then(archived).or_else(|| {
        let mut comment = comment(html)?;
        // A page saved from an archive.
        if let Some(inner) = comment.address.as_deref().and_then(archived) {
            comment = inner;
        }
        Some(comment)
    });
    let mut found = found.unwrap_or_default();
    found.address = found.address.or_else(|| address.map(str::to_owned));
    found
}

/// The comment that a browser or SingleFile left.
fn comment(html: &str) -> Option<Saved> {
    let head = &html[..html.floor_char_boundary(HEAD)];
    let mut comments = head.split("<!--").skip(1).filter_map(|rest| rest.split("-->").next());
    comments.find_map(|comment| {
        if let Some(rest) = comment.trim_start().strip_prefix("saved from url=(") {
            let address = rest.split_once(')')?.1.trim();
            return web(address).map(|address| Saved { address: Some(address), captured: None });
        }
        if !comment.contains("SingleFile") {
            return None;
        }
        let line = |key: &str| comment.lines().find_map(|l| l.trim().strip_prefix(key)).map(str::trim);
        let captured = line("saved date:").and_then(|date| moment::find(date, Order::DayFirst));
        Some(Saved {
            address: line("url:").and_then(web),
            captured: captured.map(|(moment, _)| moment.iso()),
        })
    })
}

/// The page that an archive's address holds.
fn archived(address: &str) -> Option<Saved> {
    let url = url::Url::parse(address).ok()?;
    let is_archive = url.host_str().is_some_and(|host| {
        host.ends_with("web.archive.org") || host.starts_with("archive.") || host.starts_with("webarchive.")
    });
    let (before, inner) = address.split_once("://")?.1.split_once("/http")?;
    let stamp: String = before.rsplit('/').next()?.chars().filter(char::is_ascii_digit).collect();
    let inner = web(&format!("http{inner}"))?;
    (is_archive && stamp.len() >= 8).then(|| Saved { address: Some(inner), captured: time_of(&stamp) })
}

/// The time in a stamp of digits, `20240503` or `20240503101500`, which is in UTC.
fn time_of(stamp: &str) -> Option<String> {
    let part = |from: usize, to: usize| stamp.get(from..to);
    let day = format!("{}-{}-{}", part(0, 4)?, part(4, 6)?, part(6, 8)?);
    let day = crate::story::calendar::given(&day)?;
    match (part(8, 10), part(10, 12), part(12, 14)) {
        (Some(hour), Some(minute), Some(second)) if hour < "24" && minute < "60" && second < "60" => {
            Some(format!("{day}T{hour}:{minute}:{second}Z"))
        }
        _ => Some(day),
    }
}

/// An address of the web.
fn web(address: &str) -> Option<String> {
    let is_web = address.starts_with("http://") || address.starts_with("https://");
    (is_web && !address.contains(char::is_whitespace) && url::Url::parse(address).is_ok())
        .then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(html: &str, address: Option<&str>) -> (String, String) {
        let saved = read(html, address);
        (saved.address.unwrap_or_default(), saved.captured.unwrap_or_default())
    }

    #[test]
    fn comments_tell_where_a_page_was() {
        let browser = "<!DOCTYPE html>\n<!-- saved from url=(0023)https://tern.example/a1 -->\n<html>";
        assert_eq!(parts(browser, None), ("https://tern.example/a1".into(), String::new()));
        let single = "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: https://tern.example/a2 \n \
                      saved date: Fri May 03 2024 12:15:00 GMT+0200 (CEST)\n--><head>";
        let (address, captured) = parts(single, None);
        assert_eq!(address, "https://tern.example/a2");
        assert!(captured.starts_with("2024-05-03"), "{captured}");
        assert_eq!(parts("<!-- saved from url=(0009)about:blank -->", None), (String::new(), String::new()));
    }

    #[test]
    fn archives_tell_it_by_their_addresses() {
        let address = "https://web.archive.org/web/20240503101500id_/https://tern.example/a3?b=1";
        assert_eq!(
            parts("", Some(address)),
            ("https://tern.example/a3?b=1".into(), "2024-05-03T10:15:00Z".into())
        );
        let address = "https://archive.ph/2024.05.03-101500/https://tern.example/a4";
        assert_eq!(parts("", Some(address)).0, "https://tern.example/a4");
        let own = "https://tern.example/20240503/https-everywhere";
        assert_eq!(parts("", Some(own)), (own.into(), String::new()));
    }
}
