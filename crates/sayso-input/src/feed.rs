//! Feeds (RSS, Atom): the addresses of their items.

/// The addresses of a feed's items, in order. What the items hold besides is not read: a feed has but the
/// beginning of a story.
pub(crate) fn addresses(feed: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (open, close) in [("<item", "</item>"), ("<entry", "</entry>")] {
        for item in feed.split(open).skip(1) {
            let item = item.split(close).next().unwrap_or(item);
            found.extend(address(item));
        }
    }
    found
}

/// The address of an item: the text of its `<link>`, or the `href` of one.
fn address(item: &str) -> Option<String> {
    let links = || item.split("<link").skip(1);
    let text = links().find_map(|link| {
        let (tag, rest) = link.split_once('>')?;
        let text =
            rest.split("</link>").next().filter(|_| tag.trim().is_empty() && rest.contains("</link>"))?;
        Some(text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>").trim())
    });
    let href = || {
        links().filter(|link| !link.contains("rel=\"self\"")).find_map(|link| {
            let (_, rest) = link.split_once('>').map_or(link, |(tag, _)| tag).split_once("href=")?;
            let mark = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            rest[1..].split(mark).next()
        })
    };
    let address = text.or_else(href)?.replace("&amp;", "&");
    address.starts_with("http").then_some(address)
}

#[cfg(test)]
mod tests {
    use super::addresses;

    #[test]
    fn items_have_addresses() {
        let rss = "<rss><channel><link>http://a.org</link><item><title>x</title><link>http://a.org/1?b=c&amp;d=e</link></item>\
                   <item><link><![CDATA[http://a.org/2]]></link></item></channel></rss>";
        assert_eq!(addresses(rss), ["http://a.org/1?b=c&d=e", "http://a.org/2"]);
        let atom = "<feed><link href='http://a.org'/><entry><link rel=\"alternate\" href=\"http://a.org/3\"/></entry></feed>";
        assert_eq!(addresses(atom), ["http://a.org/3"]);
        assert_eq!(addresses("<rss><item><link"), [""; 0]);
    }
}
