//! Runbooks: `Step N:` sections, rollback plans and ordered plans as procedures. What a command
//! names is read out of it; nothing is ever run.

mod block;
mod names;
mod resolve;
mod secrets;
mod shell;

use std::collections::BTreeMap;

use crate::checklist::syntax::mojibake::Repair;
use crate::checklist::syntax::outline::{self, Outline};
use crate::model::{Code, LineIndex, Place, Problem, Procedure, ProcedureKind, Step};

use super::sections::Sections;

pub use resolve::resolve;
pub(super) use secrets::without_secrets;

/// The procedures of a document, in its order, and the commands that carry what looks like a secret.
pub(in crate::checklist) fn procedures(
    path: &str,
    outline: &Outline,
    sections: &Sections,
    lines: &LineIndex,
    repair: &Repair,
) -> (Vec<Procedure>, Vec<Problem>) {
    let mut found: BTreeMap<Home, Procedure> = BTreeMap::new();
    let mut writers: BTreeMap<Home, names::Outputs> = BTreeMap::new();
    let mut problems = Vec::new();
    for code in &outline.codes {
        let Some((home, kind)) = home(code, outline, sections) else { continue };
        let text = repair.text(&code.text);
        let commands = block::commands(&code.language, &text);
        if commands.is_empty() {
            continue;
        }
        let outputs = writers.entry(home).or_default();
        let procedure =
            found.entry(home).or_insert_with(|| opened(home, kind, code, outline, sections, lines));
        let first = lines.line(code.start);
        let mut cwd = names::Folder::default();
        for (offset, command) in commands {
            let line = first + offset;
            let (shown, secret) = secrets::masked(&command);
            if secret {
                let message = "This command carries what looks like a secret.";
                problems
                    .push(Problem::new(Code::RunbookSecret, Place::line(path, line), message).hint(
                    "Take it from the environment, and replace the secret: it is in the history.",
                ));
            }
            let at = cwd.shown();
            let named = names::names(&shell::simple_commands(&shown), &mut cwd, outputs);
            procedure.steps.push(Step { line, command: shown, cwd: at, names: named });
        }
    }
    (found.into_values().collect(), problems)
}

/// What a procedure is made of: a section, or what is numbered below one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Home {
    /// The section and one more; 0 before the first.
    section: usize,
    numbered: bool,
}

/// The procedure that a code block belongs to.
fn home(
    code: &outline::Code,
    outline: &Outline,
    sections: &Sections,
) -> Option<(Home, ProcedureKind)> {
    let path =
        code.heading.and_then(|at| sections.paths.get(at)).map(Vec::as_slice).unwrap_or_default();
    let titled = |about: fn(&str) -> bool| {
        move |at: &&usize| sections.list.get(**at).is_some_and(|section| about(&section.title))
    };
    let back = path.iter().find(titled(is_rollback));
    if let Some(step) = path.iter().find(titled(is_step)) {
        let kind = if back.is_some() { ProcedureKind::Rollback } else { ProcedureKind::Step };
        return Some((Home { section: step + 1, numbered: false }, kind));
    }
    if let Some(back) = back {
        return Some((Home { section: back + 1, numbered: false }, ProcedureKind::Rollback));
    }
    let numbered = numbered(code.entry, outline).is_some();
    let section = code.heading.map_or(0, |heading| heading + 1);
    numbered.then_some((Home { section, numbered: true }, ProcedureKind::Plan))
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

fn opened(
    home: Home,
    kind: ProcedureKind,
    code: &outline::Code,
    outline: &Outline,
    sections: &Sections,
    lines: &LineIndex,
) -> Procedure {
    let section = home.section.checked_sub(1).and_then(|at| sections.list.get(at));
    let title = section.map_or_else(|| "Plan".to_owned(), |section| section.title.clone());
    let line = match (home.numbered, section) {
        (false, Some(section)) => section.line,
        _ => lines.line(numbered(code.entry, outline).map_or(code.start, |entry| entry.start)),
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

#[cfg(test)]
mod tests;
