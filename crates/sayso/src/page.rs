//! A page: what came in, before anything is known of it.

/// Bytes of one page, with what the carrier said of them.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The name under which the page came in (a line's own `id`, a path, an address).
    pub id: Option<String>,
    /// Address the page was fetched from, where known.
    pub address: Option<String>,
    /// `Content-Type` the carrier gave, with its charset (`text/html; charset=windows-1251`).
    pub media_type: Option<String>,
    /// What the bytes hold.
    pub kind: PageKind,
    /// The page itself.
    pub bytes: Vec<u8>,
}

/// What a page's bytes hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageKind {
    /// To be found out from the media type and the bytes.
    #[default]
    Unknown,
    /// HTML.
    Html,
    /// Plain text, clean or a dump of a page with its navigation and legal lines.
    Text,
    /// A text to be taken as it is: offsets point into these very characters, so nothing is
    /// cut or joined; what is not story in it is marked as such.
    Exact,
}

impl Page {
    /// A page of HTML.
    pub fn html(html: impl Into<String>) -> Page {
        Page { kind: PageKind::Html, bytes: html.into().into_bytes(), ..Page::default() }
    }

    /// A page of plain text.
    pub fn text(text: impl Into<String>) -> Page {
        Page { kind: PageKind::Text, bytes: text.into().into_bytes(), ..Page::default() }
    }

    /// A text whose characters are kept exactly.
    pub fn exact(text: impl Into<String>) -> Page {
        Page { kind: PageKind::Exact, bytes: text.into().into_bytes(), ..Page::default() }
    }
}
