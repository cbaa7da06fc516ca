//! Runbooks: `Step N:` sections, sections about how to deploy or roll back, and ordered plans as
//! procedures. What a command names is read out of it; nothing is ever run.

mod block;
mod exit;
mod homes;
mod idle;
mod names;
mod narrowed;
mod partial;
mod powershell;
mod resolve;
mod secrets;
mod selected;
mod shard;
mod shell;
mod sources;

use std::collections::BTreeMap;

use crate::checklist::syntax::mojibake::Repair;
use crate::checklist::syntax::outline::Outline;
use crate::model::{Code, LineIndex, Place, Problem, Procedure, Step};

use super::sections::Sections;
use block::Dialect;
use homes::{Home, opened};
use sources::{Source, sources};

pub use exit::hides_exit_code;
pub use narrowed::narrows;
pub use partial::runs_a_part;
pub use resolve::resolve;
pub(super) use secrets::without_secrets;
pub use selected::selects;
pub use shard::{pair as shard_said, runner, shard};

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
    for source in sources(outline, sections, lines, repair) {
        let Source { home, kind, start, entry, dialect, commands } = source;
        let outputs = writers.entry(home).or_default();
        let procedure = found
            .entry(home)
            .or_insert_with(|| opened(home, kind, start, entry, outline, sections, lines));
        let mut cwd = names::Folder::default();
        for (line, command) in commands {
            let (shown, secret) = secrets::masked(&command);
            if secret {
                let message = "This command carries what looks like a secret.";
                problems
                    .push(Problem::new(Code::RunbookSecret, Place::line(path, line), message).hint(
                    "Take it from the environment, and replace the secret: it is in the history.",
                ));
            }
            let at = cwd.shown();
            let simple = match dialect {
                Dialect::Shell => shell::simple_commands(&shown),
                Dialect::PowerShell => shell::simple_commands(&powershell::in_shell(&shown)),
            };
            let named = names::names(&simple, &mut cwd, outputs);
            procedure.steps.push(Step { line, command: shown, cwd: at, names: named });
        }
    }
    (found.into_values().collect(), problems)
}

#[cfg(test)]
mod tests;
