use super::*;

fn read_page(head: &str, body: &str) -> Meta {
    let html = format!("<!DOCTYPE html><html lang=\"en-GB\"><head>{head}</head><body>{body}</body></html>");
    read(&Document::parse(&html), Some("https://www.harbourpost.example/news/2024/05/03/bridge?ref=rss")).meta
}

const ARTICLE: &str = r#"<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
  {"@type": "WebSite", "name": "The Harbour Post", "@id": "site"},
  {"@type": "Person", "@id": "ana", "name": "Ana Ruiz"},
  {"@type": "NewsArticle", "headline": "Harbour bridge to close for a year",
   "author": [{"@id": "ana"}, {"@type": "Person", "name": "Lee Park"}, {"@type": "Organization", "name": "Reuters"}],
   "publisher": {"@type": "Organization", "name": "The Harbour Post"}, "inLanguage": "en",
   "datePublished": "2024-05-03T23:30:00-0400", "dateModified": "2024-05-04T09:00:00Z"}]}</script>"#;

#[test]
fn an_article_is_read_whole() {
    let head = format!(
        "<title>Harbour bridge to close for a year | The Harbour Post</title>\
         <link rel=canonical href='/news/2024/05/03/bridge'><meta property='og:site_name' content='The Harbour Post'>\
         <meta property='og:title' content='Harbour bridge to close for a year - The Harbour Post'>{ARTICLE}"
    );
    let body = "<h1>Harbour bridge to close for a year</h1><p class=byline>By <a rel=author>Ana Ruiz</a> and Lee Park</p>";
    assert_eq!(
        read_page(&head, body),
        Meta {
            headline: Some("Harbour bridge to close for a year".into()),
            byline: Some("By Ana Ruiz and Lee Park".into()),
            authors: vec!["Ana Ruiz".into(), "Lee Park".into()],
            agency: Some("Reuters".into()),
            dateline: None,
            published: Some("2024-05-03T23:30:00-04:00".into()),
            modified: Some("2024-05-04T09:00:00Z".into()),
            outlet: Some("The Harbour Post".into()),
            url: Some("https://www.harbourpost.example/news/2024/05/03/bridge".into()),
            captured: None,
            language: Some("en".into()),
        }
    );
}

#[test]
fn a_page_that_says_nothing_keeps_its_address() {
    let meta = read_page("", "<p>Nothing here.</p>");
    let url = Some("https://www.harbourpost.example/news/2024/05/03/bridge?ref=rss".to_owned());
    let published = Some("2024-05-03".to_owned());
    assert_eq!(meta, Meta { url, published, language: Some("en".into()), ..Meta::default() });
    assert_eq!(read(&Document::parse(""), None).meta, Meta::default());
}

#[test]
fn the_headline_is_the_printed_one_without_site_and_kicker() {
    let headline = |head: &str, body: &str| read_page(head, body).headline.unwrap_or_default();
    let site = "<meta property='og:site_name' content='Harbour Post'>";
    // The site's name, before and after.
    assert_eq!(
        headline(&format!("<title>Harbour Post: news | Bridge to close | Harbour Post</title>{site}"), ""),
        "Bridge to close"
    );
    assert_eq!(
        headline(
            &format!("<title>How Harbour Post readers helped - in pictures | Harbour Post</title>{site}"),
            ""
        ),
        "How Harbour Post readers helped - in pictures"
    );
    assert_eq!(
        headline(&format!("<title>Bridge to close - Harbour Post</title>{site}"), ""),
        "Bridge to close"
    );
    // What another candidate gives alone.
    let og = "<meta property='og:title' content='Bridge to close - Local - HP24'>";
    assert_eq!(headline(og, "<h1>Bridge to close</h1>"), "Bridge to close");
    // A kicker in its own line, a rubric behind a bar.
    assert_eq!(headline(site, "<h1><div>Opinion</div>Keep the bridge open</h1>"), "Keep the bridge open");
    assert_eq!(headline(site, "<h1>Keep the bridge open | Editorial</h1>"), "Keep the bridge open");
    // The h1 of the logo and those of teasers are not the headline.
    let og = "<meta property='og:title' content='Bridge to close for a year'>";
    let body = "<h1>Harbour Post</h1><h1>Mayor to resign</h1><h1>Bridge to close for a year</h1>";
    assert_eq!(headline(og, body), "Bridge to close for a year");
    // A search title is not the printed headline.
    let head = "<title>Harbour bridge closure dates</title><meta property='og:title' content='Bridge to close for a year'>";
    assert_eq!(headline(head, "<h1>Bridge to close for a year</h1>"), "Bridge to close for a year");
    // Entities encoded twice.
    assert_eq!(
        headline("<title>Mayor&amp;#039;s &amp;amp; council&amp;rsquo;s bridge</title>", ""),
        "Mayor's & council’s bridge"
    );
}

#[test]
fn authors_are_names_without_roles_outlets_and_agencies() {
    let authors = |head: &str, body: &str| {
        let meta = read_page(&format!("<meta property='og:site_name' content='Harbour Post'>{head}"), body);
        (meta.authors.join("; "), meta.agency.unwrap_or_default())
    };
    let head = |content: &str| format!("<meta name=author content='{content}'>");
    let of = |content: &str| authors(&head(content), "<h1>Bridge to close</h1>");
    assert_eq!(of("By Ana Ruiz and Lee Park, Staff Writers"), ("Ana Ruiz; Lee Park".into(), String::new()));
    assert_eq!(
        of("Ana Ruiz, Lee Park &amp; Ole Dahl"),
        ("Ana Ruiz; Lee Park; Ole Dahl".into(), String::new())
    );
    assert_eq!(of("Von Ana Ruiz und Lee Park, dpa"), ("Ana Ruiz; Lee Park".into(), "dpa".into()));
    assert_eq!(of("Ana Ruiz (aru), @anaruiz ana@harbourpost.example"), ("Ana Ruiz".into(), String::new()));
    assert_eq!(of("Ana Ruiz | Harbour Post"), ("Ana Ruiz".into(), String::new()));
    assert_eq!(of("Ana Ruiz, Institute of Ports and Bridges"), ("Ana Ruiz".into(), String::new()));
    assert_eq!(of("Ludwig van der Berg, Lille"), ("Ludwig van der Berg".into(), String::new()));
    assert_eq!(of("https://www.facebook.com/harbourpost"), (String::new(), String::new()));
    assert_eq!(of("105092"), (String::new(), String::new()));
    assert_eq!(of("The Associated Press"), (String::new(), "The Associated Press".into()));
    // The outlet alone is what the page states; beside a printed name it is not.
    assert_eq!(of("Harbour Post"), ("Harbour Post".into(), String::new()));
    let printed = "<h1>Bridge to close</h1><div class=byline><span>By</span> <a>Ana Ruiz</a></div>";
    assert_eq!(authors(&head("Harbour Post"), printed), ("Ana Ruiz".into(), String::new()));
}

#[test]
fn the_byline_is_spaced_as_style_sheets_set_it() {
    let byline =
        |body: &str| read_page("", &format!("<h1>Bridge to close</h1>{body}")).byline.unwrap_or_default();
    assert_eq!(
        byline("<div class=byline><span>By Ana Ruiz</span><span>Harbour Desk</span></div>"),
        "By Ana Ruiz Harbour Desk"
    );
    assert_eq!(
        byline("<div class=byline>By <b>A</b>na Ruiz<i>,</i> Harbour Desk</div>"),
        "By Ana Ruiz, Harbour Desk"
    );
}

#[test]
fn bylines_are_read_from_the_page_where_nothing_states_them() {
    let authors = |body: &str| {
        read_page("<title>Bridge to close</title>", &format!("<h1>Bridge to close</h1>{body}")).authors
    };
    assert_eq!(authors("<p>By Ana Ruiz</p><p>The bridge closes.</p>"), ["Ana Ruiz"]);
    assert_eq!(
        authors("<div class=authors><span>Ana Ruiz</span><span>Lee Park</span></div>"),
        ["Ana Ruiz", "Lee Park"]
    );
    assert_eq!(authors("<div class=author-box><b>Ana Ruiz</b><i>Reporter</i></div>"), ["Ana Ruiz"]);
    assert_eq!(
        authors("<div><span>Ana Ruiz</span><span>May 3, 2024</span><span>12 Shares</span></div>"),
        ["Ana Ruiz"]
    );
    let photo = "<figcaption class='image-author'>Photo: Lee Park</figcaption>";
    assert_eq!(authors(&format!("{photo}<p class=byline>By Ana Ruiz</p>")), ["Ana Ruiz"]);
    assert_eq!(authors("<aside><p class=author>Lee Park</p></aside>"), [""; 0]);
    assert_eq!(authors("<p>By Ana Ruiz Updated Nov 13, 2023, 10:28am</p>"), ["Ana Ruiz"]);
    assert_eq!(
        authors("<p>May 3, 2024 | By Ana Ruiz@anaruiz and Lee Park on Friday</p>"),
        ["Ana Ruiz", "Lee Park"]
    );
    assert_eq!(authors("<p>Written by Ana Link, MS, RD on November 14, 2023</p>"), ["Ana Link"]);
    assert_eq!(authors("<p>The bridge before it closed. © Reuters, May 3, 2024</p>"), [""; 0]);
    assert_eq!(authors("<p>By then the bridge had closed.</p>"), [""; 0]);
}

#[test]
fn what_follows_by_counts_more_than_the_account_that_filed_the_story() {
    let authors = |body: &str| {
        read_page("<meta name=author content='Ole Dahl'>", &format!("<h1>Bridge to close</h1>{body}")).authors
    };
    assert_eq!(authors("<p>By Ana Ruiz</p>"), ["Ana Ruiz"]);
    assert_eq!(authors("<p>By Ana Ruiz</p><p>Filed by Ole Dahl</p>"), ["Ole Dahl"]);
    assert_eq!(authors("<p>By Ole Dahl, Lee Park and Ana Ruiz</p>"), ["Ole Dahl", "Lee Park", "Ana Ruiz"]);
    assert_eq!(authors("<p class=byline>Ana Ruiz</p>"), ["Ole Dahl"]);
}

#[test]
fn a_closing_credit_names_the_agency() {
    let agency = |body: &str| read_page("", body).agency;
    assert_eq!(agency("<p>Lee Park and Reuters contributed to this report.</p>").as_deref(), Some("Reuters"));
    assert_eq!(agency("<p>Reporting by The Associated Press.</p>").as_deref(), Some("AP"));
    assert_eq!(agency("<p>The council contributed to this disaster.</p>"), None);
}

#[test]
fn dates_are_kept_as_the_page_gives_them() {
    let published = |head: &str, body: &str| read_page(head, body).published.unwrap_or_default();
    let meta =
        |value: &str| published(&format!("<meta property='article:published_time' content='{value}'>"), "");
    assert_eq!(meta("2024-05-03T23:30:00.000+0200"), "2024-05-03T23:30:00+02:00");
    assert_eq!(meta("2024-05-04 01:30"), "2024-05-04");
    assert_eq!(meta("Fri, 03 May 2024 05:42:00 PST"), "2024-05-03T05:42:00-08:00");
    assert_eq!(meta("1714772400"), "2024-05-03T21:40:00Z");
    let itemprop = "<h1>Bridge</h1><time itemprop=datePublished datetime='2024-05-02T08:00Z'>2 May</time>";
    assert_eq!(published("", itemprop), "2024-05-02T08:00:00Z");
    for printed in [
        "3 May 2024",
        "May 3rd, 2024",
        "Freitag, 3. Mai 2024",
        "3 de mayo de 2024",
        "03.05.2024, 14:05 Uhr",
        "2024年5月3日",
        "3 maja 2024",
    ] {
        assert_eq!(published("", &format!("<h1>Bridge</h1><p>{printed}</p>")), "2024-05-03", "{printed}");
    }
    // An update is a change; the address knows the day of publication.
    let updated = "<h1>Bridge</h1><p class=updated>Updated 9 June 2024</p>";
    assert_eq!(published("", updated), "2024-05-03");
    // A date in a caption or sentence is another day's.
    let caption = "<h1>Bridge</h1><p>The bridge before it was closed to all heavy traffic, 24 April 2023</p>";
    assert_eq!(published("", caption), "2024-05-03");
}

#[test]
fn broken_json_ld_is_mended() {
    for script in [
        "/* <![CDATA[ */ {\"@type\": \"NewsArticle\", \"headline\": \"A \\\"b\\\" c\"} /* ]]> */",
        "<!-- {\"@type\": \"NewsArticle\", // the type\n \"headline\": \"A \\\"b\\\" c\",} -->",
        "{\"@type\": \"NewsArticle\", \"headline\": \"A \"b\" c\", \"keywords\": [\"x\", ],};",
        "{\"@type\": \"NewsArticle\", \"headline\": \"A \\\"b\\\"\n c\", \"articleBody\": \"It\\'s cut",
        "{\"@type\": \"WebSite\"}\n{\"@type\": \"NewsArticle\", \"headline\": \"A \\\"b\\\" c\"}",
        "[[{\"@type\": [\"NewsArticle\"], \"headline\": \"A \\\"b\\\" c\"}]]",
    ] {
        let meta = read_page(&format!("<script type='application/ld+json'>{script}</script>"), "");
        assert_eq!(meta.headline.as_deref(), Some("A \"b\" c"), "{script}");
    }
}

#[test]
fn hostile_pages_are_read_in_bounds() {
    let deep = format!("<script type='application/ld+json'>{}</script>", "[{\"author\":".repeat(100_000));
    let nested = "<div class='byline headline date'>x".repeat(400);
    let circle = r#"<script type="application/ld+json">[{"@id": "a", "name": [{"@id": "a"}, {"@id": "a"}, {"@id": "a"}], "x": 1, "y": 2},
        {"@type": "NewsArticle", "headline": "Circle of references", "author": [{"@id": "a"}, {"@id": "a"}]}]</script>"#;
    let meta = read_page(&format!("{deep}{circle}"), &nested);
    assert_eq!(meta.headline.as_deref(), Some("Circle of references"));
    assert!(meta.authors.is_empty());
}
