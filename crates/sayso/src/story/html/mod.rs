//! HTML to story.
//!
//! `guard` holds the page to limits under which parsing is linear; `dom` parses it;
//! `tree` lists its elements and blocks of text; `clutter` reads what the elements say they are; `weigh` finds the element that holds
//! the story and `body` takes its blocks; `lines` tells lines that are not story; `embedded`
//! completes a story of which the page shows only the beginning.

mod body;
mod clutter;
mod embedded;
mod guard;
mod lines;
mod tree;
mod weigh;

use super::dom::Document;
use super::{ParagraphKind, Story, language, meta};

/// Reads the story of an HTML page. `address` is where the page came from, where known.
///
/// Never fails: a page without a story gives an empty text and a notice. Takes time linear in the
/// page; what of a page is beyond its limits (8 MiB, 512 levels, 300,000 tags) is left out, with a
/// notice.
pub fn read(html: &str, address: Option<&str>) -> Story {
    let guarded = guard::guard(html);
    let document = Document::parse(&guarded.html);
    let meta::Head { meta, is_live } = meta::read(&document, address);
    let tree = tree::Tree::new(&document);
    let shown = body::find(&tree, meta.headline.as_deref(), is_live);
    let pieces = embedded::complete(&document, shown);
    let mut story = set(meta.headline.as_deref(), &pieces);
    story.notices = guarded.notices;
    story
        .notices
        .extend(tree.cut.then(|| "markup nested too deep: some of the page was left out".to_owned()));
    if pieces.is_empty() {
        story.notices.push(no_story(html));
    }
    story.meta = meta;
    // What the text is in counts; what the page declares, where the text is too short to tell.
    if let Some(found) = language::detect(&story) {
        story.meta.language = Some(found.to_owned());
    }
    story
}

/// Sets headline and paragraphs into a story's text.
fn set(headline: Option<&str>, pieces: &[body::Piece]) -> Story {
    let headline = headline.filter(|_| !pieces.is_empty()).map(|h| (ParagraphKind::Headline, h));
    let body = pieces.iter().map(|(kind, text)| (*kind, text.as_str()));
    Story::from_pieces(headline.into_iter().chain(body))
}

fn no_story(html: &str) -> String {
    let reason = match html.trim() {
        "" => "the page is empty",
        _ => "no running text that is not navigation or teaser",
    };
    format!("no story found on this page: {reason}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ONE: &str =
        "The council voted on Monday to close the old bridge over the river Tarn for two years.";
    const TWO: &str =
        "\"We had no choice,\" said the mayor, Ana Ruiz, who had opposed the plan until last week.";
    const THREE: &str =
        "Engineers found cracks in four of its pillars and told the town that lorries must keep away.";

    /// The paragraphs below the headline.
    fn paragraphs(html: &str) -> Vec<(ParagraphKind, String)> {
        let story = read(html, None);
        let body = story.paragraphs.iter().filter(|p| p.kind != ParagraphKind::Headline);
        body.map(|p| (p.kind, p.span.slice(&story.text).to_owned())).collect()
    }

    fn texts(html: &str) -> Vec<String> {
        paragraphs(html).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn paragraphs_have_their_kinds() {
        let html = format!(
            "<body><article><h1>Bridge closed</h1><p>{ONE}<h2>No choice</h2><p>{TWO}\
             <blockquote>{THREE}</blockquote><ul><li>One lane stays open to the buses.</ul><p>{ONE}</article>"
        );
        let kinds: Vec<ParagraphKind> = paragraphs(&html).into_iter().map(|(kind, _)| kind).collect();
        use ParagraphKind::{Body, Headline, List, Quote, Subhead};
        assert_eq!(kinds, [Body, Subhead, Body, Quote, List, Body]);
        assert_eq!(read(&html, None).paragraphs[0].kind, Headline);
    }

    #[test]
    fn boxes_that_say_they_are_not_story_stay_out() {
        for class in [
            "related-posts",
            "relatedPosts",
            "newsletter_signup",
            "teaser",
            "c-recirc__list",
            "comments",
            "photo-caption",
        ] {
            let html = format!(
                "<body><main><p>{ONE}<p>{TWO}<div class='{class}'><p>Another story, told at some length.</div><p>{THREE}</main>"
            );
            assert_eq!(texts(&html), [ONE, TWO, THREE], "{class}");
        }
    }

    #[test]
    fn a_name_means_nothing_on_a_box_around_the_story() {
        for open in [
            "<body class='has-sidebar comments-open'>",
            "<body><div class='slider'>",
            "<body><article class='author-ruiz tag-bridge'>",
        ] {
            assert_eq!(texts(&format!("{open}<p>{ONE}<p>{TWO}<p>{THREE}")), [ONE, TWO, THREE], "{open}");
        }
    }

    #[test]
    fn hidden_text_and_text_for_screen_readers_stay_out() {
        let html = format!(
            "<body><p>{ONE} <span class='sr-only'>opens in a new window</span><p style='display: none'>{TWO}<p>{THREE}"
        );
        assert_eq!(texts(&html), [ONE, THREE]);
    }

    #[test]
    fn the_first_story_of_several_on_a_page_is_read() {
        let html = format!(
            "<body><article><h1>One</h1><p>{ONE}<p>{TWO}</article><article><h1>Other</h1><p>{THREE}<p>{THREE}</article>"
        );
        assert_eq!(texts(&html), [ONE, TWO]);
    }

    #[test]
    fn a_body_in_parts_is_read_whole() {
        let part = |text: &str| format!("<div class='row'><div class='article-body'><p>{text}</div></div>");
        let html =
            format!("<body><main>{}{}{}<aside><p>{TWO}</aside></main>", part(ONE), part(TWO), part(THREE));
        assert_eq!(texts(&html), [ONE, TWO, THREE]);
    }

    #[test]
    fn the_lead_between_headline_and_body_is_story() {
        let html = format!(
            "<body><header><h1>Bridge closed</h1><p>{ONE}<p>By Lee Park</header><div class='article-body'><p>{TWO}<p>{THREE}</div>"
        );
        assert_eq!(texts(&html), [ONE, TWO, THREE]);
    }

    #[test]
    fn links_to_other_stories_and_the_heading_over_them_stay_out() {
        let html = format!(
            "<body><main><p>{ONE}<p>{TWO}<p><a href=x>The river rose again, and the town is afraid</a><p>{THREE}\
             <h3>More on this</h3><ul><li><a href=y>Old bridges of the Tarn</a></ul></main>"
        );
        assert_eq!(texts(&html), [ONE, TWO, THREE]);
    }

    #[test]
    fn text_in_one_small_box_with_a_picture_is_its_caption() {
        let box_ = |text: &str| format!("<div class=img><img src=x><p>{text}</p></div>");
        let html = format!("<body><main><p>{ONE}{}<p>{TWO}<p>{THREE}</main>", box_("The bridge at dawn."));
        assert_eq!(texts(&html), [ONE, TWO, THREE]);
        // But a story told in such boxes is told in all of them.
        let long = [ONE, TWO, THREE, ONE, TWO].join(" ");
        let html = format!("<body><main>{}{}{}</main>", box_(&long), box_(ONE), box_(&long));
        assert_eq!(texts(&html), [long.as_str(), ONE, &long]);
    }

    #[test]
    fn names_on_paragraphs_and_lists_are_mostly_chance() {
        let html = format!(
            "<body><main><p>{ONE}<p class='paywall ad-after'>{TWO}<p class=author-bio>Lee Park writes on the town.<p>{THREE}</main>"
        );
        assert_eq!(texts(&html), [ONE, TWO, THREE]);
    }

    #[test]
    fn bylines_and_stamps_at_the_edges_stay_out() {
        let html = format!(
            "<body><main><h1>Bridge closed</h1><div>By Lee Park</div><div>3 May 2031, 10:15</div><p>{ONE}<p>{TWO}<p>(lp)</main>"
        );
        assert_eq!(texts(&html), [ONE, TWO]);
    }

    #[test]
    fn the_posts_of_a_live_blog_are_read_in_order() {
        let post = |head: &str, text: &str| {
            format!("<article class=post><h2>{head}</h2><div class=article-body><p>{text}</div></article>")
        };
        let html = format!(
            "<script type='application/ld+json'>{{\"@type\":\"LiveBlogPosting\"}}</script><body><h1>Bridge, live</h1><div>{}{}{}</div>",
            post("Vote", ONE),
            post("Mayor", TWO),
            post("Cracks", THREE)
        );
        let found = paragraphs(&html);
        let texts: Vec<&str> = found.iter().map(|(_, t)| t.as_str()).collect();
        assert_eq!(texts, ["Vote", ONE, "Mayor", TWO, "Cracks", THREE]);
        assert_eq!(found.iter().filter(|(kind, _)| *kind == ParagraphKind::Subhead).count(), 3);
    }

    #[test]
    fn the_word_for_live_blogs_in_a_script_makes_none() {
        let script = "<script>var types = [\"NewsArticle\", \"LiveBlogPosting\"];</script>";
        let html = format!(
            "{script}<body><article><h1>One</h1><p>{ONE}<p>{TWO}</article><article><h1>Other</h1><p>{THREE}<p>{THREE}</article>"
        );
        assert_eq!(texts(&html), [ONE, TWO]);
    }

    #[test]
    fn links_that_are_sentences_are_the_story_s() {
        let html = format!(
            "<body><main><p>{ONE}<p><a href=x>{TWO}</a><p>The town set two terms:<ul><li><a href=y>No lorry may pass before June.</a><li><a href=z>The path below stays open.</a></ul><p>{THREE}</main>"
        );
        let found = texts(&html);
        assert!(found.contains(&TWO.to_owned()) && found.len() == 6, "{found:?}");
    }

    #[test]
    fn a_heading_that_leads_home_is_no_headline() {
        let html = format!(
            "<title>Bridge closed for two years - Tarn Post</title><body><h1><a href='/'>Tarn Post</a></h1><main><p>{ONE}<p>{TWO}</main>"
        );
        let meta = read(&html, None).meta;
        assert_eq!(
            (meta.headline.as_deref(), meta.outlet.as_deref()),
            (Some("Bridge closed for two years"), Some("Tarn Post"))
        );
    }

    #[test]
    fn a_tag_that_is_printed_stays_in_the_headline() {
        let html = format!("<body><main><h1>Why the &lt;b&gt; tag won</h1><p>{ONE}<p>{TWO}</main>");
        assert_eq!(read(&html, None).meta.headline.as_deref(), Some("Why the <b> tag won"));
    }

    #[test]
    fn marks_escaped_twice_are_marks() {
        let html = format!(
            "<body><main><p>{ONE}<p>&amp;ldquo;We had no choice,&amp;rdquo; said the mayor of Tern.<p>{THREE}</main>"
        );
        assert_eq!(texts(&html)[1], "“We had no choice,” said the mayor of Tern.");
    }

    #[test]
    fn text_within_an_inline_element_is_whole() {
        let html = format!(
            "<body><table><tr><td><font size=2>{ONE}<br><br>{TWO}<br><br>{THREE}</font></td></tr></table>"
        );
        assert_eq!(texts(&html), [ONE, TWO, THREE]);
    }

    #[test]
    fn days_are_read_as_the_page_s_country_writes_them() {
        let html = |lang: &str| {
            format!(
                "<html lang={lang}><body><main><h1>Bridge closed</h1><p class=date>Published: 04/02/2031, 10:15</p><p>{ONE}<p>{TWO}</main>"
            )
        };
        let day = |lang: &str, address: &str| {
            read(&html(lang), Some(address)).meta.published.unwrap()[..10].to_owned()
        };
        assert_eq!(day("en-gb", "https://example.org/a"), "2031-02-04");
        assert_eq!(day("en", "https://example.co.uk/a"), "2031-02-04");
        assert_eq!(day("en", "https://example.org/a"), "2031-04-02");
        assert_eq!(day("en-us", "https://example.co.uk/a"), "2031-04-02");
    }

    #[test]
    fn a_time_marked_as_modified_is_so() {
        let html = format!(
            "<body><main><h1>Bridge closed</h1><time itemprop=dateModified datetime=2031-02-04T10:00:00Z>4/2</time><p>{ONE}<p>{TWO}</main>"
        );
        assert_eq!(
            read(&html, None).meta.modified.or(read(&html, None).meta.published).as_deref(),
            Some("2031-02-04T10:00:00Z")
        );
    }

    #[test]
    fn times_of_posts_are_no_paragraphs() {
        let post = |time: &str, text: &str| format!("<article>{time}<h2>A heading</h2><p>{text}</article>");
        let live = "<script type='application/ld+json'>{\"@type\":\"LiveBlogPosting\"}</script>";
        for time in ["<time>15:10 GMT</time>", "<p>15:10 GMT</p>"] {
            let html =
                format!("{live}<body><h1>Bridge, live</h1><div>{}{}</div>", post(time, ONE), post(time, TWO));
            assert_eq!(texts(&html), ["A heading", ONE, "A heading", TWO], "{time}");
        }
        let html =
            format!("<body><main><p>{ONE}<h2>A heading</h2><time>3 May</time><p>{TWO}<p>{THREE}</main>");
        assert_eq!(texts(&html), [ONE, "A heading", TWO, THREE]);
    }

    #[test]
    fn short_paragraphs_beside_a_single_long_one_are_read() {
        assert_eq!(
            texts(&format!("<body><main><p>{ONE}<p>It will reopen.</main>")),
            [ONE, "It will reopen."]
        );
    }

    #[test]
    fn the_whole_story_is_read_where_a_preview_stands_before_it() {
        let html = format!(
            "<body><div class=story-body><p>{ONE}</div><div class=paywall><div class=story-body><p>{ONE}<p>{TWO}<p>{THREE}</div></div>"
        );
        assert_eq!(texts(&html), [ONE, TWO, THREE]);
    }

    #[test]
    fn two_line_breaks_part_paragraphs_and_one_is_a_space() {
        assert_eq!(
            texts(&format!("<body><div>{ONE}<br><br>{TWO}<br>{THREE}</div>")),
            [ONE.to_owned(), format!("{TWO} {THREE}")]
        );
    }

    #[test]
    fn a_page_without_a_story_gives_a_notice() {
        for (html, notice) in [
            ("", "no story found on this page: the page is empty"),
            (
                "<body><nav><a href=x>Home</a></nav>",
                "no story found on this page: no running text that is not navigation or teaser",
            ),
        ] {
            let story = read(html, None);
            assert_eq!((story.text.as_str(), story.notices.as_slice()), ("", &[notice.to_owned()][..]));
        }
    }

    #[test]
    fn the_language_is_that_of_the_text() {
        let story = read(&format!("<html lang=de><body><p>{ONE}<p>{TWO}<p>{THREE}"), None);
        assert_eq!(story.meta.language.as_deref(), Some("en"));
    }

    proptest! {
        #[test]
        fn any_markup_gives_paragraphs_that_are_slices(
            tags in proptest::collection::vec("</?(div|p|b|a|table|td|li|ul|svg|form|h1|article|template)( class=\"(teaser|story-body)\")?>|[a-z “”\0é]{0,90}|<!--|<script>", 0..120)
        ) {
            let story = read(&tags.concat(), None);
            for p in &story.paragraphs {
                prop_assert!(!p.span.slice(&story.text).trim().is_empty());
            }
        }
    }
}
