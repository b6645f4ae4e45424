use super::*;
use crate::model::Model;
use crate::page::Page;
use crate::{mention, quotation, story, token};
use proptest::prelude::*;

fn clusters(text: &str) -> (String, Vec<Cluster>) {
    let story = story::read(&Page::exact(text));
    let tokens = token::read(&story);
    let reading = Model::fast().read(&tokens, &quotation::find(&tokens));
    let found = resolve(&tokens, mention::find(&tokens), &reading.tags);
    (text.to_owned(), found)
}

/// Entities of a text, one a line: `name | kind | mentions | roles`.
fn lines(text: &str) -> Vec<String> {
    let (text, found) = clusters(text);
    let row = |e: &Cluster| {
        let mentions: Vec<&str> = e.mentions.iter().map(|m| m.slice(&text)).collect();
        format!("{} | {:?} | {} | {}", e.name, e.kind, mentions.join("; "), e.roles.join("; "))
    };
    found.iter().map(row).collect()
}

#[test]
fn short_forms_join_the_fullest_name() {
    let text = "The harbour was quiet, Mayor Ana Ruiz told Harbinger Lines Inc. on Monday.\n\nLater Ruiz met Harbinger again.";
    assert_eq!(
        lines(text),
        [
            "Ana Ruiz | Person | Ana Ruiz; Ruiz | mayor",
            "Harbinger Lines Inc. | Organization | Harbinger Lines Inc.; Harbinger | "
        ]
    );
}

#[test]
fn what_stands_around_a_name_describes_it() {
    assert_eq!(
        lines("It is late, Lee Park, the mayor of Chicago, said."),
        ["Lee Park | Person | Lee Park | the mayor of chicago", "Chicago | Place | Chicago | "]
    );
    assert_eq!(
        lines("It is late, spokeswoman Lee Park said."),
        ["Lee Park | Person | Lee Park | spokeswoman"]
    );
}

#[test]
fn an_acronym_in_brackets_is_the_same_body() {
    let found = lines("We saw the Tern Harbour Authority (THA) and the THA saw us.");
    assert_eq!(found, ["Tern Harbour Authority | Organization | Tern Harbour Authority; THA; THA | "]);
}

#[test]
fn names_are_whole_and_their_short_forms_join_them() {
    let found = lines("Omar al-Hadi met Samir al-Hadi. Later Samir al-Hadi spoke, and al-Hadi slept.");
    assert_eq!(found[0], "Omar al-Hadi | Person | Omar al-Hadi | ");
    assert!(found[1].starts_with("Samir al-Hadi | Person | Samir al-Hadi; Samir al-Hadi"), "{found:?}");
    let found = lines("Minister Choi Min-seo spoke. Choi left for Seoul-based work. Lee Hyo-rin stayed.");
    assert_eq!(found[0], "Choi Min-seo | Person | Choi Min-seo; Choi | minister");
    assert!(found.iter().any(|row| row.starts_with("Lee Hyo-rin | ")), "{found:?}");
    let found = lines("The mayor, Nora O’Brien, spoke. “No,” O’Brien said.");
    assert_eq!(found, ["Nora O’Brien | Person | Nora O’Brien; O’Brien | the mayor"]);
    let found = lines("The mayor, Paul R. Dunn Jr., spoke. “No,” Dunn said.");
    assert_eq!(found, ["Paul R. Dunn Jr. | Person | Paul R. Dunn Jr.; Dunn | the mayor"]);
    let found = lines("The mayor, Ines García Prado, spoke. “No,” García Prado said.");
    assert_eq!(found, ["Ines García Prado | Person | Ines García Prado; García Prado | the mayor"]);
}

#[test]
fn a_person_named_like_a_place_is_no_place() {
    let found = lines("Minister Ana Lima spoke. Lima said no. She was born in Lima.");
    assert_eq!(found[0], "Ana Lima | Person | Ana Lima; Lima | minister");
    assert!(found[1].starts_with("Lima | Place | Lima"), "{found:?}");
}

#[test]
fn a_dateline_names_nobody() {
    assert_eq!(lines("LONDON (AFP) - The bank said no."), [""; 0]);
}

#[test]
fn openings_months_and_adjectives_name_nobody() {
    for text in
        ["However, it rained.", "It rained on Monday in May.", "The Ukrainian side slept.", "I slept."]
    {
        assert_eq!(lines(text), [""; 0], "{text}");
    }
}

proptest! {
    #[test]
    fn mentions_are_ordered_slices(text in "([A-Z][a-z]{1,4}|[a-z]{1,4}|U\\.S\\.|O'Hara|Mr\\.|Bank of|[ ,.()'&-]|\n){0,60}") {
        let (text, found) = clusters(&text);
        for cluster in found {
            prop_assert!(!cluster.name.is_empty() && !cluster.mentions.is_empty());
            for pair in cluster.mentions.windows(2) {
                prop_assert!(pair[0].end <= pair[1].start);
            }
            for mention in &cluster.mentions {
                prop_assert!(!mention.slice(&text).is_empty());
            }
        }
    }
}
