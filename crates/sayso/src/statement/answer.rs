//! Which statement answers which.
//!
//! Only what the sentence itself tells is linked: a denial or confirmation whose content is
//! another's claim ("Ruiz denied Park's claim that ...") answers that claim.

use super::{Act, Answer, Stance, Statement};

/// Links answers to the claims that stand inside them.
pub(super) fn link(mut statements: Vec<Statement>) -> Vec<Statement> {
    for i in 0..statements.len() {
        let Some(outer) = statements[i].inside else { continue };
        let is_others = statements[i].speaker.is_none() || statements[i].speaker != statements[outer].speaker;
        let is_claim = matches!(statements[i].act, Act::Say | Act::Accuse | Act::Believe);
        let stance = stance(&statements[outer]).filter(|_| is_others && is_claim);
        if let Some(stance) = stance.filter(|_| statements[outer].answers.is_none()) {
            statements[outer].answers = Some(Answer { statement: i, stance });
        }
    }
    statements
}

/// What a statement makes of the claim inside it.
fn stance(outer: &Statement) -> Option<Stance> {
    match outer.act {
        Act::Deny if !outer.negated => Some(Stance::Deny),
        Act::Confirm if !outer.negated => Some(Stance::Confirm),
        Act::Decline => Some(Stance::Decline),
        _ => None,
    }
}
