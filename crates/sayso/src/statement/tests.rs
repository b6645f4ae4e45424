use super::*;
use crate::model::Model;
use crate::page::Page;
use crate::story::{self, Story};
use crate::text::Span;
use crate::{coref, figure, mention, period, quotation, token};
use proptest::prelude::*;

/// The statements of a text whose attributions are given as source (where it stands last), cue
/// and content (where they stand first).
fn resolved(text: &str, attributions: &[(&str, &str, &str)]) -> Vec<Statement> {
    let story = story::read(&Page::exact(text));
    let span = |at: Option<usize>, part: &str| {
        let at = at.unwrap_or_else(|| panic!("{part:?} is not in the text"));
        Span::new(at, at + part.len())
    };
    let first = |part: &str| span(text.find(part), part);
    let last = |part: &str| span(text.rfind(part), part);
    let attributions = attributions.iter().map(|(source, cue, content)| Attribution {
        source: (!source.is_empty()).then(|| last(source)).into_iter().collect(),
        cue: (!cue.is_empty()).then(|| first(cue)),
        content: vec![first(content)],
        score: 1.0,
    });
    all(&story, attributions.collect())
}

fn all(story: &Story, attributions: Vec<Attribution>) -> Vec<Statement> {
    let tokens = token::read(story);
    let quotations = quotation::find(&tokens);
    let reading = Model::fast().read(&tokens, &quotations);
    let clusters = coref::resolve(&tokens, mention::find(&tokens), &reading.tags);
    let figures = figure::find(&tokens);
    resolve(&tokens, &quotations, &clusters, &figures, &period::find(&tokens), attributions)
}

/// The one statement of a sentence.
fn one(text: &str, source: &str, cue: &str, content: &str) -> Statement {
    resolved(text, &[(source, cue, content)]).remove(0)
}

#[test]
fn a_named_source_keeps_its_fullest_name() {
    let text = "Mayor Ana Ruiz opened the bridge. Rain fell. It would last, Ruiz said.";
    let statement = one(text, "Ruiz", "said", "It would last");
    assert_eq!((statement.speaker.as_deref(), statement.form), (Some("Ana Ruiz"), Form::Named));
}

#[test]
fn a_role_and_a_pronoun_are_found_again() {
    let text = "Ana Ruiz, the mayor of Tern, opened the bridge. \"It is safe,\" the mayor said. \"It will last,\" she added.";
    let found =
        resolved(text, &[("the mayor", "said", "\"It is safe,\""), ("she", "added", "\"It will last,\"")]);
    assert_eq!((found[0].speaker.as_deref(), found[0].form), (Some("Ana Ruiz"), Form::Role));
    assert_eq!((found[1].speaker.as_deref(), found[1].form), (Some("Ana Ruiz"), Form::Pronoun));
    assert_eq!(found[1].kind, Kind::Direct);
}

#[test]
fn a_denial_answers_what_was_said_before() {
    let text = "The harbour master said that Tern Council had been warned of the leak.\n\nTern Council denied that it \
                had been warned of the leak.\n\nThe harbour is busy in spring, Lee Park said.";
    let said = [
        ("The harbour master", "said", "that Tern Council had been warned of the leak"),
        ("Tern Council", "denied", "that it had been warned of the leak"),
        ("Lee Park", "said.", "The harbour is busy in spring"),
    ];
    let found = resolved(text, &said);
    assert_eq!(found[1].answers, Some(Answer { statement: 0, stance: Stance::Deny }));
    assert_eq!((found[0].answers, found[2].answers), (None, None));
}

#[test]
fn a_day_holds_for_what_the_same_speaker_goes_on_to_say() {
    let text = "TERN, May 9, 2025 (AP) — Mayor Ana Ruiz said on Thursday that the roof leaks. Ruiz added that it would be \
                mended. Lee Park said that he was glad.";
    let said = [
        ("Mayor Ana Ruiz", "said", "that the roof leaks"),
        ("Ruiz", "added", "that it would be mended"),
        ("Lee Park", "said that he", "that he was glad"),
    ];
    let days: Vec<_> = resolved(text, &said).into_iter().map(|s| s.said_on).collect();
    assert_eq!(days, [Some("2025-05-08".to_owned()), Some("2025-05-08".to_owned()), None]);
}

#[test]
fn the_act_is_that_of_the_cue() {
    for (cue, content, act) in [
        ("declined to comment on", "the leak", Act::Decline),
        ("denied", "that it leaks", Act::Deny),
        ("called for", "a new roof", Act::Demand),
        ("is convinced", "that it leaks", Act::Believe),
        ("said", "that it leaks", Act::Say),
    ] {
        let text = format!("Tern Council {cue} {content} on Monday.");
        assert_eq!(one(&text, "Tern Council", cue, content).act, act, "{cue}");
    }
}

/// The speaker of the last of some attributions.
fn last_speaker(text: &str, attributions: &[(&str, &str, &str)]) -> Option<String> {
    resolved(text, attributions).pop().and_then(|s| s.speaker)
}

#[test]
fn we_of_one_who_speaks_for_a_body_is_the_body() {
    let text = "\"We hope it lasts,\" said Lee Park, a spokesman for Tern Lines.";
    let said = [
        ("Lee Park, a spokesman for Tern Lines", "said", "\"We hope it lasts,\""),
        ("We", "hope", "it lasts"),
    ];
    assert_eq!(last_speaker(text, &said).as_deref(), Some("Tern Lines"));
    let text = "\"We hope it lasts,\" said Ana Ruiz from Tern Council.";
    let said = [("Ana Ruiz from Tern Council", "said", "\"We hope it lasts,\""), ("We", "hope", "it lasts")];
    assert_eq!(last_speaker(text, &said).as_deref(), Some("Tern Council"));
}

#[test]
fn whoever_was_described_is_known_by_the_noun() {
    let text =
        "It fell, a senior harbour official said. Tern Council met. \"It will rise,\" the official added.";
    let said =
        [("a senior harbour official", "said", "It fell"), ("the official", "added", "\"It will rise,\"")];
    assert_eq!(last_speaker(text, &said).as_deref(), Some("a senior harbour official"));
    let text = "Port Officer (PO) Ana Ruiz came. Lee Park left. The PO said it fell.";
    assert_eq!(last_speaker(text, &[("The PO", "said", "it fell")]).as_deref(), Some("Ana Ruiz"));
}

#[test]
fn a_name_at_the_end_of_its_description_is_the_source() {
    for source in ["The head of Tern Port’s pilots, Ana Ruiz,", "Deputy leader of the council Ana Ruiz"] {
        let speaker = one(&format!("{source} said it fell."), source, "said", "it fell").speaker;
        assert_eq!(speaker.as_deref(), Some("Ana Ruiz"), "{source}");
    }
    let source = "the brother of Ana Ruiz";
    let speaker = one(&format!("So {source} said it fell."), source, "said", "it fell").speaker;
    assert_eq!(speaker.as_deref(), Some("brother of Ana Ruiz"));
}

#[test]
fn possessors_are_told_by_their_fullest_name() {
    let text = "Mayor Ana Ruiz was away. Her office said it fell.";
    assert_eq!(
        last_speaker(text, &[("Her office", "said", "it fell")]).as_deref(),
        Some("Ana Ruiz's office")
    );
    let text = "Mayor Ana Ruiz was away. Ruiz’s lawyer said it fell.";
    let speaker = last_speaker(text, &[("Ruiz’s lawyer", "said", "it fell")]);
    assert_eq!(speaker.as_deref(), Some("Ana Ruiz's lawyer"));
}

#[test]
fn documents_speak_for_who_made_them() {
    let text = "A report issued on Monday by the Tern Fund said it fell. Lee Park of Harbinger Lines was there. \
                The report adds that it will rise.";
    let said = [
        ("A report issued on Monday by the Tern Fund", "said", "it fell"),
        ("The report", "adds", "it will rise"),
    ];
    let speakers: Vec<_> = resolved(text, &said).into_iter().map(|s| s.speaker).collect();
    assert_eq!(speakers, [Some("Tern Fund".to_owned()), Some("Tern Fund".to_owned())]);
}

#[test]
fn who_in_capitals_is_no_pronoun() {
    let text = "The World Health Organization (WHO) met. WHO said it fell.";
    let speaker = last_speaker(text, &[("WHO", "said", "it fell")]);
    assert_eq!(speaker.as_deref(), Some("World Health Organization"));
    let text = "It fell, a WHO spokesman said.";
    let speaker = last_speaker(text, &[("a WHO spokesman", "said", "It fell")]);
    assert_eq!(speaker.as_deref(), Some("a WHO spokesman"));
}

#[test]
fn a_city_where_something_happened_does_not_speak() {
    let statement = one("Two singers met in Oslo. They said it was cold.", "They", "said", "it was cold");
    assert_eq!((statement.speaker, statement.form), (None, Form::Pronoun));
}

#[test]
fn he_is_the_man_who_has_become_the_subject() {
    let text = "Doctor Paul Renn spoke to teachers. He said the wells were shut. Later the director, Simon Coll, met parents. He said lessons would go on.";
    let found =
        resolved(text, &[("He", "said", "the wells were shut"), ("He", "said", "lessons would go on")]);
    assert_eq!(found[1].speaker.as_deref(), Some("Simon Coll"));
}

#[test]
fn the_agency_that_is_credited_is_nobody_s_company() {
    let text = "LONDON (Reuters) - It rained. Reuters was told so. The company said the plant would close.";
    let statement = one(text, "The company", "said", "the plant would close");
    assert_ne!(statement.speaker.as_deref(), Some("Reuters"));
}

#[test]
fn a_people_meant_as_a_state_stands_for_its_country() {
    let statement = one("He said that the Iranians had agreed to it.", "the Iranians", "had agreed", "to it");
    assert_eq!((statement.speaker.as_deref(), statement.form), (Some("Iran"), Form::Metonym));
}

#[test]
fn a_bare_title_is_that_of_who_holds_it_now() {
    let text =
        "Former mayor Ana Ruiz met the mayor, Lee Park, in Tern. Ruiz left. It is safe, the mayor said.";
    assert_eq!(one(text, "the mayor", "said", "It is safe").speaker.as_deref(), Some("Lee Park"));
}

#[test]
fn a_body_is_known_by_the_noun_in_its_name() {
    let text = "The Tern Bureau of Fisheries sent a boat. Harbinger Lines saw it. No boat was lost, the bureau said.";
    let statement = one(text, "the bureau", "said", "No boat was lost");
    assert_eq!(
        (statement.speaker.as_deref(), statement.form),
        (Some("Tern Bureau of Fisheries"), Form::Role)
    );
}

#[test]
fn examples_are_not_the_speakers() {
    let text = "Forty leaders, including former Secretary-General Kofi Adu and Boma Ali, said no.";
    let source = "Forty leaders, including former Secretary-General Kofi Adu and Boma Ali";
    let statement = one(text, source, "said", "no");
    assert_eq!(statement.form, Form::Unnamed, "{:?}", statement.speaker);
}

#[test]
fn a_capital_stands_for_its_country_and_a_document_for_its_body() {
    let metonym = one("Kyiv said the bridge was open.", "Kyiv", "said", "the bridge was open");
    assert_eq!((metonym.speaker.as_deref(), metonym.form), (Some("Ukraine"), Form::Metonym));
    let text = "A report by Tern University found that the bridge was safe.";
    let document = one(text, "A report by Tern University", "found", "that the bridge was safe");
    assert_eq!((document.speaker.as_deref(), document.form), (Some("Tern University"), Form::Document));
}

#[test]
fn a_nameless_source_keeps_its_description() {
    let text = "A senior harbour official, who had seen it, said the bridge was shut.";
    let statement = one(text, "A senior harbour official, who had seen it,", "said", "the bridge was shut");
    assert_eq!(statement.speaker.as_deref(), Some("a senior harbour official"));
    assert_eq!(statement.form, Form::Unnamed);
    assert_eq!(one("It is believed to be shut.", "", "is believed", "to be shut").form, Form::None);
}

#[test]
fn two_names_speak_together() {
    let text = "Ana Ruiz and Lee Park said the bridge was shut.";
    let statement = one(text, "Ana Ruiz and Lee Park", "said", "the bridge was shut");
    assert_eq!(statement.speaker.as_deref(), Some("Ana Ruiz and Lee Park"));
}

#[test]
fn the_cue_gives_act_and_negation() {
    let act = |cue: &str, content: &str| {
        let statement = one(&format!("Ruiz {cue} {content}."), "Ruiz", cue, content);
        (statement.act, statement.negated)
    };
    assert_eq!(act("has repeatedly denied", "it"), (Act::Deny, false));
    assert_eq!(act("did not accuse", "them"), (Act::Accuse, true));
    assert_eq!(act("called for", "a ban"), (Act::Demand, false));
    assert_eq!(act("declined to comment", "on it"), (Act::Decline, false));
    assert_eq!(act("did not comment", "on it"), (Act::Decline, false));
    assert_eq!(act("rejected", "the claim"), (Act::Deny, false));
    assert_eq!(act("rejected", "the plan"), (Act::Want, false));
    assert_eq!(act("doesn't think", "so"), (Act::Believe, true));
    assert_eq!(act("agreed to", "pay"), (Act::Promise, false));
    assert_eq!(act("told reporters", "so"), (Act::Say, false));
}

#[test]
fn a_denied_claim_stands_inside_and_is_answered() {
    let text = "Ruiz denied Park's claim that 40 ferries sank.";
    let outer = ("Ruiz", "denied", "Park's claim that 40 ferries sank");
    let found = resolved(text, &[outer, ("Park", "claim", "that 40 ferries sank")]);
    assert_eq!((found[0].inside, found[1].inside), (None, Some(0)));
    assert_eq!(found[0].answers, Some(Answer { statement: 1, stance: Stance::Deny }));
    assert_eq!(found[1].figures.len(), 1);
}

#[test]
fn the_day_beside_the_cue_is_when_it_was_said() {
    let mut story = story::read(&Page::exact("Ruiz said on Wednesday that the bridge would open on Friday."));
    story.meta.published = Some("2024-05-17T08:00:00Z".to_owned());
    let attribution = Attribution {
        source: vec![Span::new(0, 4)],
        cue: Some(Span::new(5, 9)),
        content: vec![Span::new(23, 59)],
        score: 1.0,
    };
    assert_eq!(all(&story, vec![attribution])[0].said_on.as_deref(), Some("2024-05-15"));
}

proptest! {
    #[test]
    fn any_spans_are_resolved_one_to_one_and_nesting_ends(
        text in "([A-Z][a-z]{1,4}|said|denied|he|the mayor|\"|[ ,.']|\n){0,50}",
        cuts in proptest::collection::vec((0usize..200, 0usize..200, 0usize..200), 0..12),
    ) {
        let story = story::read(&Page::exact(text.clone()));
        let span = |a: usize, b: usize| Span::new(a.min(b).min(text.len()), a.max(b).min(text.len()));
        let attributions: Vec<Attribution> = cuts
            .iter()
            .map(|&(a, b, c)| Attribution {
                source: vec![span(a, a + 3)],
                cue: Some(span(b, b + 4)),
                content: vec![span(b, c)],
score: 1.0,
            })
            .collect();
        let statements = all(&story, attributions);
        prop_assert_eq!(statements.len(), cuts.len());
        for mut i in 0..statements.len() {
            let mut steps = 0;
            while let Some(outer) = statements[i].inside {
                steps += 1;
                prop_assert!(steps <= statements.len(), "statements hold each other");
                i = outer;
            }
        }
    }
}
