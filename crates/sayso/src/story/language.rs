//! The language of a story's text, by the trigrams of its letters (crate whatlang, after Cavnar
//! and Trenkle, "N-Gram-Based Text Categorization", 1994).

use super::Story;

/// Fewer letters tell nothing sure: names alone may fill them.
const LETTERS_NEEDED: usize = 40;

/// Bytes looked at; more do not change the answer.
const SAMPLE: usize = 8192;

/// The ISO 639-1 code of the story's language; `None` where the text is short or the answer
/// unsure, or the language has no such code.
pub fn detect(story: &Story) -> Option<&'static str> {
    let mut sample = String::with_capacity(SAMPLE);
    for paragraph in story.paragraphs.iter().filter(|p| p.kind.is_story()) {
        let text = paragraph.span.slice(&story.text);
        sample.push_str(&text[..text.floor_char_boundary(SAMPLE)]);
        sample.push('\n');
        if sample.len() >= SAMPLE {
            break;
        }
    }
    if sample.chars().filter(|c| c.is_alphabetic()).count() < LETTERS_NEEDED {
        return None;
    }
    let info = whatlang::detect(&sample)?;
    // In another script the best guess stands: whichever it is, it is not English.
    if !info.is_reliable() && info.script() == whatlang::Script::Latin {
        return None;
    }
    short_code(info.lang().code())
}

/// The two-letter code of a three-letter one.
fn short_code(long: &str) -> Option<&'static str> {
    CODES.split(", ").find_map(|pair| pair.strip_prefix(long)?.strip_prefix(' '))
}

/// ISO 639-3 codes of the detector, each with its ISO 639-1 code.
const CODES: &str = "afr af, aka ak, amh am, ara ar, aze az, bel be, ben bn, bul bg, cat ca, ces cs, \
    cmn zh, cym cy, dan da, deu de, ell el, eng en, epo eo, est et, fin fi, fra fr, \
    guj gu, heb he, hin hi, hrv hr, hun hu, hye hy, ind id, ita it, jav jv, jpn ja, \
    kan kn, kat ka, khm km, kor ko, lat la, lav lv, lit lt, mal ml, mar mr, mkd mk, \
    mya my, nep ne, nld nl, nob nb, ori or, pan pa, pes fa, pol pl, por pt, ron ro, \
    rus ru, sin si, slk sk, slv sl, sna sn, spa es, srp sr, swe sv, tam ta, tel te, \
    tgl tl, tha th, tuk tk, tur tr, ukr uk, urd ur, uzb uz, vie vi, yid yi, zul zu";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::ParagraphKind;

    fn language(text: &str) -> Option<&'static str> {
        detect(&Story::from_pieces([(ParagraphKind::Body, text)]))
    }

    #[test]
    fn languages_are_told_apart_where_there_is_text_enough() {
        assert_eq!(
            language(
                "The mayor said on Monday that the bridge over the river had been safe for years. \
                Nobody else knew whether he was right."
            ),
            Some("en")
        );
        assert_eq!(
            language("Le maire a déclaré lundi que le pont sur la rivière était sûr depuis des années."),
            Some("fr")
        );
        assert_eq!(
            language("Мэр заявила в понедельник, что мост через реку безопасен уже много лет."),
            Some("ru")
        );
        assert_eq!(language("Ana Ruiz"), None);
        assert_eq!(language(""), None);
    }

    #[test]
    fn every_language_of_the_detector_has_a_code() {
        for lang in whatlang::Lang::all() {
            assert_eq!(short_code(lang.code()).map(str::len), Some(2), "{}", lang.code());
        }
    }
}
