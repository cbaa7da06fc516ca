//! Where commands belong: the section, or what is numbered below one, that is a procedure.

use crate::checklist::syntax::outline::{self, Outline};
use crate::checklist::text::slug::unnumbered;
use crate::model::{LineIndex, Procedure, ProcedureKind};

use super::super::sections::Sections;

/// What a procedure is made of: a section, or what is numbered below one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Home {
    /// The section and one more; 0 before the first.
    section: usize,
    numbered: bool,
}

/// The procedure that commands under a heading, in an entry, belong to.
pub(super) fn home(
    heading: Option<usize>,
    entry: Option<usize>,
    outline: &Outline,
    sections: &Sections,
) -> Option<(Home, ProcedureKind)> {
    let path = heading.and_then(|at| sections.paths.get(at)).map(Vec::as_slice).unwrap_or_default();
    let title =
        |at: usize| sections.list.get(at).map(|section| &*section.title).unwrap_or_default();
    let of = |section: usize| Home { section: section + 1, numbered: false };
    let back = path.iter().find(|at| is_rollback(title(**at)));
    if let Some(step) = path.iter().find(|at| is_step(title(**at))) {
        let kind = if back.is_some() { ProcedureKind::Rollback } else { ProcedureKind::Step };
        return Some((of(*step), kind));
    }
    if let Some(back) = back {
        return Some((of(*back), ProcedureKind::Rollback));
    }
    let about = path.iter().position(|at| is_procedure(title(*at)));
    let below = about.and_then(|about| path.get(about + 1..)).unwrap_or_default();
    if let Some(step) = below.iter().find(|at| is_numbered(title(**at))) {
        return Some((of(*step), ProcedureKind::Step));
    }
    if numbered(entry, outline).is_some() {
        let section = heading.map_or(0, |heading| heading + 1);
        return Some((Home { section, numbered: true }, ProcedureKind::Plan));
    }
    let section = about.and_then(|about| path.get(about))?;
    Some((of(*section), ProcedureKind::Plan))
}

/// For each section whether it, or one above it, is a procedure: its steps may be said in text.
pub(super) fn planned(sections: &Sections) -> Vec<bool> {
    let about = |title: &str| is_step(title) || is_rollback(title) || is_procedure(title);
    let of_it: Vec<bool> = sections.list.iter().map(|section| about(&section.title)).collect();
    let above = |path: &Vec<usize>| path.iter().any(|at| of_it.get(*at) == Some(&true));
    sections.paths.iter().map(above).collect()
}

/// The outermost numbered entry around an entry, itself included.
fn numbered(entry: Option<usize>, outline: &Outline) -> Option<&outline::Entry> {
    let mut at = entry;
    let mut found = None;
    while let Some(entry) = at.and_then(|at| outline.entries.get(at)) {
        if entry.number.is_some() {
            found = Some(entry);
        }
        at = entry.parent;
    }
    found
}

pub(super) fn opened(
    home: Home,
    kind: ProcedureKind,
    start: usize,
    entry: Option<usize>,
    outline: &Outline,
    sections: &Sections,
    lines: &LineIndex,
) -> Procedure {
    let section = home.section.checked_sub(1).and_then(|at| sections.list.get(at));
    let title = section.map_or_else(|| "Plan".to_owned(), |section| section.title.clone());
    let line = match (home.numbered, section) {
        (false, Some(section)) => section.line,
        _ => lines.line(numbered(entry, outline).map_or(start, |entry| entry.start)),
    };
    Procedure { title, line, kind, steps: Vec::new() }
}

/// `Step 1: …`, `Deployment step 2`, in a few languages.
fn is_step(title: &str) -> bool {
    const WORDS: [&str; 6] = ["step", "schritt", "paso", "étape", "passo", "шаг"];
    let lower = title.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.windows(2).any(|pair| match pair {
        [word, number] => WORDS.contains(word) && number.starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    })
}

fn is_rollback(title: &str) -> bool {
    let lower = title.to_lowercase();
    ["rollback", "roll back", "roll-back", "back-out", "backout", "revert plan", "revert procedure"]
        .iter()
        .any(|word| lower.contains(word))
}

/// `Deployment procedure`, `Release steps`, `Runbook`: how something is brought out, or back.
fn is_procedure(title: &str) -> bool {
    const WHAT: [&str; 26] = [
        "cutover",
        "deploy",
        "deploying",
        "deployment",
        "deployments",
        "failover",
        "golive",
        "launch",
        "maintenance",
        "migration",
        "publish",
        "publishing",
        "recovery",
        "release",
        "releasing",
        "restore",
        "rollout",
        "upgrade",
        "upgrading",
        "bereitstellung",
        "despliegue",
        "déploiement",
        "inbetriebnahme",
        "auslieferung",
        "развёртывание",
        "live",
    ];
    const HOW: [&str; 13] = [
        "ablauf",
        "commands",
        "instructions",
        "pasos",
        "procedimiento",
        "procedure",
        "procedures",
        "process",
        "prozedur",
        "procédure",
        "sequence",
        "steps",
        "schritte",
    ];
    let lower = title.to_lowercase();
    let has = |known: &[&str]| {
        lower.split(|c: char| !c.is_alphanumeric()).any(|word| known.contains(&word))
    };
    has(&["runbook", "playbook"]) || has(&HOW) && has(&WHAT)
}

/// `1. Back up`, `2) Deploy`.
fn is_numbered(title: &str) -> bool {
    let bare = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    bare.starts_with(|c: char| c.is_ascii_digit()) && unnumbered(title).len() < bare.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_open_a_procedure() {
        for title in [
            "Deployment Procedure",
            "🚦 Deployment steps",
            "Go-live steps",
            "Runbook",
            "RELEASE PROCESS",
        ] {
            assert!(is_procedure(title), "{title}");
        }
        for title in
            ["Deployment", "Next steps", "Process", "Release notes", "Installation instructions"]
        {
            assert!(!is_procedure(title), "{title}");
        }
        assert!(
            is_numbered("1. Back up") && is_numbered("### 2) Deploy") && !is_numbered("24 Hours")
        );
    }
}
