//! Feeds (RSS, Atom, JSON Feed): the addresses of their items.

use feed_rs::model::{Entry, Link};

/// The addresses of a feed's items, in order; none of what is no feed. What the items hold besides is not read:
/// a feed has but the beginning of a story.
pub(crate) fn addresses(feed: &[u8]) -> Vec<String> {
    let feed = feed_rs::parser::parse(feed);
    feed.map(|feed| feed.entries.iter().filter_map(address).collect()).unwrap_or_default()
}

/// The address of an item's page: of its links the one that is said to be that, else the first that is not
/// the feed's own.
fn address(item: &Entry) -> Option<String> {
    let is_of = |link: &&Link, relation: &str| link.rel.as_deref() == Some(relation);
    let pages = || item.links.iter().filter(|link| link.href.starts_with("http"));
    let page = pages().find(|link| link.rel.is_none() || is_of(link, "alternate"));
    let address = page.or_else(|| pages().find(|link| !is_of(link, "self")));
    address.map(|link| link.href.clone())
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn items_have_addresses() {
        let rss = "<rss version=\"2.0\"><channel><title>x</title><link>http://a.org</link><item><title>x</title>\
                   <link>http://a.org/1?b=c&amp;d=e</link></item><item><link><![CDATA[http://a.org/2]]></link></item>\
                   </channel></rss>";
        assert_eq!(addresses(rss.as_bytes()), ["http://a.org/1?b=c&d=e", "http://a.org/2"]);
        let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>x</title><link href='http://a.org'/><entry>\
                    <link rel=\"self\" href=\"http://a.org/3.xml\"/>\
                    <link rel=\"alternate\" href=\"http://a.org/3\"/></entry></feed>";
        assert_eq!(addresses(atom.as_bytes()), ["http://a.org/3"]);
        let rdf = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
                   xmlns=\"http://purl.org/rss/1.0/\"><channel><title>x</title><link>http://a.org</link>\
                   <description>y</description></channel><item><title>z</title><link>http://a.org/4</link>\
                   <description>y</description></item></rdf:RDF>";
        assert_eq!(addresses(rdf.as_bytes()), ["http://a.org/4"]);
        let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "x",
                       "items": [{"id": "1", "url": "http://a.org/5", "content_text": "y"}]}"#;
        assert_eq!(addresses(json.as_bytes()), ["http://a.org/5"]);
        assert_eq!(addresses(b"<rss><item><link"), [""; 0]);
    }
}
