//! Why an item has its status: requirement, values, artifacts, windows, exceptions.

mod change;
mod condition;

use std::fmt::Write;

use crate::model::{Rule, SIGNED_OFF_FOR, Signature};
use crate::snapshot::v1::{Evidence, History, Item, Proposal, Requirement};
use crate::snapshot::{Snapshot, ticked_alone};

use super::human;
use super::paint::{Paint, safe};

/// The whole of `trueup explain ID` for one item of the checklist at `path`.
pub fn explain(snapshot: &Snapshot, path: &str, item: &Item, paint: Paint) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{} {}", paint.mark(item.status), paint.bold(&safe(&item.text)));
    let _ = writeln!(out, "  {}", paint.dim(&format!("{}:{}", safe(path), item.line)));
    let _ = writeln!(out, "  {}\n", paint.dim(&safe(&item.address)));
    row(&mut out, "Status", &paint.status(item.status));
    row(&mut out, "Claim", item.claim.word());
    row(&mut out, "Verdict", item.verdict.word());
    row(&mut out, "Why", &safe(&item.reason));
    if let Some(rule) = &item.rule {
        let about = Rule::ALL.iter().find(|known| known.word() == rule).map(|rule| rule.about());
        row(&mut out, "Rule", &format!("{rule}: {}", about.unwrap_or_default()));
    }
    if let Some(next) = &item.next {
        row(&mut out, "Next", &safe(next));
    }
    if let Some(until) = &item.valid_until {
        row(&mut out, "Good until", &human(until));
    }
    if let Some(window) = &item.window {
        let due = window.due.as_deref().map(human).unwrap_or_else(|| "not known".to_owned());
        row(&mut out, "Window", &format!("{}: {}, due {due}", safe(&window.name), window.state));
    }
    if let Some(waiver) = &item.waiver {
        let hides = waiver.hides.phrase();
        let text = format!("{} until {}: {}", waiver.by, human(&waiver.until), waiver.reason);
        row(&mut out, "Waiver", &format!("{} (hides {hides})", safe(&text)));
    }
    for requirement in item.asked() {
        write_requirement(&mut out, requirement, paint);
    }
    for evidence in &item.evidence {
        write_evidence(&mut out, evidence, paint);
    }
    if item.requirement.is_none() {
        let _ = writeln!(out, "\n  No requirement is bound to this item.");
        if let Some(proposal) = &item.proposal {
            write_proposal(&mut out, proposal, paint);
        }
    }
    change::write(&mut out, item, paint);
    if let Some(history) = &item.history {
        write_history(&mut out, history, paint);
        if ticked_alone(item) {
            let _ = writeln!(
                out,
                "    The tick came without evidence: no artifact bears on it, and no commit up to"
            );
            let _ = writeln!(out, "    now names the item in `Evidence-for` or `Signed-off-for`.");
        }
    }
    let judged = human(&snapshot.judged_at);
    let _ = writeln!(out, "\n  {}", paint.dim(&format!("Judged {judged}.")));
    out
}

/// What a commit's signature is worth, after the name of its author.
fn signature(signed: bool, word: Option<&str>) -> String {
    let said = Signature::told(signed, word).said();
    said.map(|said| format!(", {said}")).unwrap_or_default()
}

/// Who did what to the item, oldest first, each with the words it had then.
fn write_history(out: &mut String, history: &History, paint: Paint) {
    if !(history.events.is_empty() && history.truncated) {
        let _ = writeln!(out, "\n  {}", paint.bold("History"));
    }
    for event in &history.events {
        let id = event.by.commit.get(..7).unwrap_or(&event.by.commit);
        let signed = signature(event.by.signed, event.by.signature.as_deref());
        let release =
            event.by.release.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
        let time = human(&event.by.time);
        let by = format!("{}{signed}{release}", event.by.author);
        let _ = writeln!(out, "    {:9} {time}  {id}  {}", event.change, safe(&by));
        let _ = writeln!(out, "              {}", paint.dim(&safe(&event.text)));
    }
    for said in &history.attestations {
        let id = said.commit.get(..7).unwrap_or(&said.commit);
        let word = if said.trailer == SIGNED_OFF_FOR { "sign-off" } else { "evidence" };
        let signed = signature(said.signature.is_some(), said.signature.as_deref());
        let dated = said.dated.as_ref().map(|date| format!(", dated {date}")).unwrap_or_default();
        let file = said.path.as_ref().map(|path| format!(", {path}")).unwrap_or_default();
        let by = safe(&format!("{}{dated}{file}{signed}", said.author));
        let _ = writeln!(out, "    {word:9} {}  {id}  {by}", human(&said.time));
        let _ = writeln!(out, "              {}", paint.dim(&safe(&said.text)));
    }
    if history.uncommitted {
        let _ = writeln!(out, "    The work tree changes the item; that is not committed yet.");
    }
    if history.truncated {
        let _ = writeln!(out, "\n  The clone is shallow: what is older is not told.");
    }
}

/// What the catalog would bind, or what is lacking for that.
fn write_proposal(out: &mut String, proposal: &Proposal, paint: Paint) {
    let _ = writeln!(out, "\n  {} {}", paint.bold("Proposed"), paint.dim(&proposal.idea));
    let _ = writeln!(out, "    {}", safe(&proposal.sentence()));
    for artifact in &proposal.artifacts {
        let _ = writeln!(out, "    artifacts   {}", safe(artifact));
    }
    let _ = writeln!(out, "    {}", safe(&proposal.why));
    if proposal.condition.is_some() || proposal.sign_off {
        let _ = writeln!(out, "    `trueup init` writes it into trueup.toml.");
    }
}

fn row(out: &mut String, name: &str, value: &str) {
    let _ = writeln!(out, "  {name:<12}{value}");
}

fn write_requirement(out: &mut String, requirement: &Requirement, paint: Paint) {
    let place = match requirement.line {
        Some(line) => format!("{}:{line}", requirement.path),
        None => requirement.path.clone(),
    };
    let _ = writeln!(out, "\n  {} {}", paint.bold("Must hold"), paint.dim(&safe(&place)));
    condition::write(out, requirement);
    if let Some(sign_off) = &requirement.sign_off {
        let _ = writeln!(out, "    {}", safe(&format!("sign-off by {}", sign_off.sentence())));
    }
    for given in requirement.sign_off.iter().flat_map(|of| &of.given) {
        let mark = if given.counts { "✓" } else { "✕" };
        let why = given.why.as_ref().map(|why| format!(": {why}")).unwrap_or_default();
        let id = given.commit.get(..7).unwrap_or(&given.commit);
        let from = match (given.from.as_str(), &given.path, given.line) {
            ("tick", _, _) => ", by the tick".to_owned(),
            (_, Some(path), Some(line)) => format!(", {path}:{line}"),
            _ => String::new(),
        };
        let signed = signature(given.signature.is_some(), given.signature.as_deref());
        let text =
            format!("{mark} {}, {}, {id}{from}{signed}{why}", given.author, human(&given.time));
        let _ = writeln!(out, "      {}", safe(&text));
        if let Some(note) = &given.note {
            let _ = writeln!(out, "        {}", paint.dim(&safe(note)));
        }
    }
    for wanted in &requirement.artifacts {
        let format = wanted.format.as_ref().map(|id| format!(" as {id}")).unwrap_or_default();
        let optional = if wanted.optional { " (optional)" } else { "" };
        let _ = writeln!(out, "    artifacts   {}{format}{optional}", safe(&wanted.glob));
    }
    if let Some(max_age) = &requirement.max_age {
        let _ = writeln!(out, "    max-age     {max_age}");
    }
    if let Some(paths) = &requirement.paths {
        let paths = match paths.as_slice() {
            [] => "none: commits do not matter".to_owned(),
            paths => safe(&paths.join(", ")),
        };
        let _ = writeln!(out, "    paths       {paths}");
    }
    let _ = writeln!(out, "    {}: {}", requirement.verdict.word(), safe(&requirement.reason));
}

fn write_evidence(out: &mut String, evidence: &Evidence, paint: Paint) {
    let _ = writeln!(out, "\n  {} {}", paint.bold("Artifact"), safe(&evidence.artifact));
    let tool = evidence.tool.as_deref().unwrap_or("not named");
    let format = evidence.format.as_deref().unwrap_or("none that trueup reads");
    let _ = writeln!(out, "    tool        {}, format {format}", safe(tool));
    if let (Some(made), Some(from)) = (&evidence.produced_at, &evidence.time_from) {
        let _ = writeln!(out, "    made        {} (from its {from})", human(made));
    }
    if let Some(commit) = &evidence.commit {
        let _ = writeln!(out, "    commit      {}", safe(commit));
    }
    let _ = writeln!(out, "    sha256      {}", evidence.sha256);
    let _ = writeln!(out, "    {}: {}", evidence.verdict.word(), safe(&evidence.reason));
}
