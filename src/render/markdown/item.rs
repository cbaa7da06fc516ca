//! One item, as an editor shows it beside the line: what its evidence says, and by what.

use crate::snapshot::v1::{Evidence, Item, Read, Requirement};

use super::super::text::human;
use super::escape::{code_alone as code, text};

/// The status of an item, why, and what it was judged by.
pub fn item(item: &Item) -> String {
    let mut parts = vec![format!("**{}** {}", item.status.word(), text(&item.text))];
    parts.push(text(&item.reason));
    parts.extend(item.next.as_ref().map(|next| text(next)));
    if let Some(waiver) = &item.waiver {
        let until = human(&waiver.until);
        let hidden = waiver.hides.phrase();
        let who = format!("Waived by {} until {until}: {}", waiver.by, waiver.reason);
        parts.push(format!("{} (hides {hidden})", text(&who)));
    }
    parts.extend(item.asked().map(requirement));
    if !item.evidence.is_empty() {
        let rows: Vec<String> = item.evidence.iter().map(evidence).collect();
        parts.push(format!("Evidence:\n\n{}", rows.join("\n")));
    }
    if item.requirement.is_none() {
        let proposed = item.proposal.as_ref().map(|proposal| proposal.sentence());
        let none = "No requirement is bound to this item.".to_owned();
        parts.push(proposed.map_or(none.clone(), |what| format!("{none} {}", text(&what))));
    }
    if let Some(tick) = item.history.as_ref().and_then(|history| history.ticked.as_ref()) {
        let commit = tick.by.commit.get(..7).unwrap_or(&tick.by.commit);
        let when = human(&tick.by.time);
        parts.push(format!("Ticked by {} on {when} ({})", text(&tick.by.author), code(commit)));
    }
    parts.extend(item.valid_until.as_ref().map(|until| format!("Good until {}.", human(until))));
    parts.push(code(&item.address));
    parts.join("\n\n") + "\n"
}

fn requirement(of: &Requirement) -> String {
    let place = match of.line {
        Some(line) => format!("{}:{line}", of.path),
        None => of.path.clone(),
    };
    let asked = match (&of.condition, &of.sign_off) {
        (Some(condition), _) => code(condition),
        (None, Some(sign_off)) => text(&format!("a sign-off by {}", sign_off.by.join(", "))),
        (None, None) => "evidence".to_owned(),
    };
    let rows: Vec<String> = of.read.iter().map(read).collect();
    let rows = if rows.is_empty() { String::new() } else { format!("\n\n{}", rows.join("\n")) };
    format!("Must hold ({}): {asked}{rows}", code(&place))
}

fn read(of: &Read) -> String {
    let bound = of.bound.as_ref().map(|bound| format!(" ({})", code(bound))).unwrap_or_default();
    let holds = match of.holds {
        Some(true) => " ✓",
        Some(false) => " ✕",
        None => "",
    };
    let value =
        if of.value.is_null() { "not there".to_owned() } else { code(&of.value.to_string()) };
    format!("- {} is {value}{bound}{holds}", code(&of.fact))
}

fn evidence(of: &Evidence) -> String {
    let made = of.produced_at.as_ref().map(|time| format!("made {}", human(time)));
    let commit = of.commit.as_ref().map(|id| format!("of commit {}", id.get(..7).unwrap_or(id)));
    let about: Vec<String> = made.into_iter().chain(commit).collect();
    let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join(", ")) };
    format!(
        "- {} **{}**{}: {}",
        code(&of.artifact),
        of.verdict.word(),
        text_within(&about),
        text(&of.reason),
    )
}

/// As [`text`], with the blank before it.
fn text_within(about: &str) -> String {
    if about.is_empty() { String::new() } else { format!(" {}", text(about)) }
}
