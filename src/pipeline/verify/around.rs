//! Whether what stands around the items is as it comes out: the problems, the waivers, the
//! configuration, the commit, the releases and the counts.

use crate::model::{Code, counted};
use crate::policy::ShownPeople;
use crate::snapshot::v1::{Commit, Problem, Waiver};
use crate::snapshot::{self, summary};

use super::super::assemble;
use super::verdicts::{Told, differing};
use crate::pipeline::witness::file::WITNESS;

/// What is wrong with it.
pub(super) fn faults(of: &Told<'_>, on_trust: &mut Vec<String>) -> Vec<String> {
    let mut faults: Vec<String> = problems(of).into_iter().collect();
    faults.extend(waivers(of));
    faults.extend(configuration(of));
    faults.extend(commit(of));
    faults.extend(releases(of));
    let Told { snapshot, recorded, .. } = of;
    if summary(&snapshot.checklists, snapshot.summary.gate.clone()) != snapshot.summary {
        let fault = "The summary in snapshot.json is not what its items come to.";
        faults.push(fault.to_owned());
    }
    if snapshot.judged_at != recorded.judged_at.to_string() {
        let (told, at) = (&snapshot.judged_at, recorded.judged_at);
        faults.push(format!("snapshot.json was judged {told}, and {WITNESS} at {at}."));
    }
    on_trust.extend(untold(of));
    faults
}

/// What reading and judging found wrong must be told, and nothing else.
fn problems(of: &Told<'_>) -> Option<String> {
    let Told { snapshot, recorded, again, .. } = of;
    if let Some(lost) = again.reading.iter().find(|of| !recorded.problems.contains(of)) {
        return Some(format!("{WITNESS} does not tell of a problem: {}", lost.message));
    }
    let known: Vec<&Problem> = recorded.problems.iter().chain(&again.problems).collect();
    if let Some(lost) = known.iter().find(|of| !snapshot.problems.contains(of)) {
        return Some(format!("snapshot.json does not tell of a problem: {}", lost.message));
    }
    // What reading earlier releases found is told by no witness.
    let of_releases = [Code::ReleaseUnread.word(), Code::ReleaseDoubted.word()];
    let elsewhere =
        |of: &&Problem| of_releases.contains(&of.code.as_str()) || again.unheld.concerns(of);
    let mut told = snapshot.problems.iter().filter(|of| !elsewhere(of));
    let made_up = told.find(|of| !known.contains(of))?;
    Some(format!("snapshot.json tells of a problem that nothing gives: {}", made_up.message))
}

/// Of a waiver that matches what is taken as told, only what it says is compared.
fn waivers(of: &Told<'_>) -> Option<String> {
    let known = |waiver: &Waiver| {
        let state = waiver.state.clone();
        match of.again.unheld.any(&waiver.matches) {
            false => waiver.clone(),
            true => Waiver {
                state: if state == "expired" { state } else { String::new() },
                hides: Vec::new(),
                ..waiver.clone()
            },
        }
    };
    let told: Vec<Waiver> = of.snapshot.waivers.iter().map(known).collect();
    let again: Vec<Waiver> = of.again.waivers.iter().map(known).collect();
    (told != again).then(|| "The waivers in snapshot.json are not those of the vault.".to_owned())
}

fn configuration(of: &Told<'_>) -> Vec<String> {
    let Told { snapshot, recorded, again, .. } = of;
    let mut faults = Vec::new();
    let held = recorded.config.as_ref().map(|of| (&of.path, &of.sha256));
    let named = snapshot.config.as_ref().map(|of| (&of.path, &of.sha256));
    if named != held {
        let fault = "The configuration that snapshot.json names is not the one that held.";
        faults.push(fault.to_owned());
    }
    if snapshot.policy.as_ref() != Some(&assemble::policy(&again.config)) {
        let fault = "The policy in snapshot.json is not what the configuration asks of all items.";
        faults.push(fault.to_owned());
    }
    let nameless = recorded.signing.iter().find(|of| of.withheld.is_some());
    if let Some(input) = nameless.filter(|_| again.config.shown_people == ShownPeople::Names) {
        let fault = "is withheld because it names people, and the configuration shows their names.";
        faults.push(format!("{} {fault}", input.path));
    }
    faults
}

/// The commit, as far as the witness tells it.
fn commit(of: &Told<'_>) -> Option<String> {
    let text = |name: &str| of.recorded.git.as_ref()?.get(name)?.as_str().map(str::to_owned);
    let told = of.snapshot.commit.as_ref();
    let witnessed = of.recorded.git.as_ref().zip(told).map(|(git, told)| Commit {
        id: text("commit").unwrap_or_default(),
        branch: text("branch"),
        dirty: git.get("dirty").and_then(serde_json::Value::as_bool).unwrap_or(told.dirty),
        ..told.clone()
    });
    match (told, witnessed) {
        (None, None) if of.recorded.git.is_none() => None,
        (Some(told), Some(witnessed)) => {
            let names = differing(told, &witnessed)?;
            Some(format!("The commit in snapshot.json is not that of {WITNESS}: {names}."))
        }
        _ => Some(format!("The commit in snapshot.json is not that of {WITNESS}.")),
    }
}

/// The last release is the judged state itself.
fn releases(of: &Told<'_>) -> Option<String> {
    let name = of.snapshot.release.as_deref().unwrap_or("now");
    let told = of.snapshot.releases.last()?;
    (*told != snapshot::release(name, of.snapshot))
        .then(|| "The last release in snapshot.json is not what its summary comes to.".to_owned())
}

/// What nothing here derives.
fn untold(of: &Told<'_>) -> Vec<String> {
    let snapshot = of.snapshot;
    let mut told = vec![
        "The names of the project and the release, when the report was written, and the time of \
         the commit, its subject and whether the history before it was cut off."
            .to_owned(),
    ];
    let before = snapshot.releases.len().saturating_sub(1) as u64;
    if before > 0 {
        told.push(format!("The figures of {}.", counted(before, "earlier release")));
    }
    let items = snapshot.checklists.iter().flat_map(|of| &of.items);
    let unbound =
        items.filter(|of| of.requirement.is_none() && of.history.is_some()).count() as u64;
    if unbound > 0 && of.recorded.histories.is_some() {
        let items = counted(unbound, "item");
        told.push(format!("Who ticked {items} to which nothing is bound, and what is proposed."));
    }
    if of.again.config.shown_people != ShownPeople::Names && of.recorded.histories.is_some() {
        told.push("Who ticked what: the report does not name people.".to_owned());
    }
    let procedures = snapshot.checklists.iter().flat_map(|of| &of.procedures);
    let named = procedures.flat_map(|of| &of.steps).flat_map(|of| &of.names);
    if named.into_iter().any(|of| of.exists.is_some()) {
        told.push("Whether what the procedures name was there.".to_owned());
    }
    told
}
