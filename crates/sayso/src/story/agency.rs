//! The news agencies, by the names under which stories credit them.

use crate::lexicon;
use std::sync::LazyLock;

/// The short name of the agency that `credit` names and nothing else ("The Associated Press"
/// gives "AP"). Capitals count: "Sana" is a place, "SANA" an agency.
pub fn named(credit: &str) -> Option<&'static str> {
    let credit = credit.trim();
    forms().find(|&(form, _)| form == credit).map(|(_, agency)| agency)
}

/// The short name of the agency with which `credit` begins, as a whole word ("Reuters Health").
pub fn leading(credit: &str) -> Option<&'static str> {
    let credit = credit.trim_start();
    let begins = |form: &str| {
        credit.strip_prefix(form).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    // The longest form wins: "Interfax-Ukraine" is not "Interfax".
    forms().filter(|&(form, _)| begins(form)).max_by_key(|(form, _)| form.len()).map(|(_, agency)| agency)
}

static FORMS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let forms = |row: lexicon::Row| {
        [vec![row.key], row.entries].concat().into_iter().map(move |form| (form, row.key))
    };
    lexicon::AGENCIES.rows().flat_map(forms).collect()
});

/// Every form with its agency's short name.
fn forms() -> impl Iterator<Item = (&'static str, &'static str)> {
    FORMS.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_the_short_name() {
        assert_eq!(named("The Associated Press"), Some("AP"));
        assert_eq!(named(" AFP "), Some("AFP"));
        assert_eq!(named("Sana"), None);
        assert_eq!(leading("Reuters Health"), Some("Reuters"));
        assert_eq!(leading("Interfax-Ukraine"), Some("Interfax-Ukraine"));
        assert_eq!(leading("APOLLO"), None);
    }
}
