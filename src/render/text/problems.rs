//! The problems of the run: what could not be read or judged, with its place and what to do.

use std::fmt::Write;

use crate::model::Severity;
use crate::snapshot::v1::Problem;

use super::SHOWN;
use super::paint::{Paint, safe};

/// Writes the problems, gravest first; notes are counted.
pub(super) fn write(out: &mut String, problems: &[Problem], paint: Paint) {
    let (told, notes): (Vec<&Problem>, Vec<&Problem>) =
        problems.iter().partition(|problem| problem.severity != Severity::Note);
    if told.is_empty() && notes.is_empty() {
        return;
    }
    let _ =
        writeln!(out, "{}\n", paint.bold(&format!("problems of this run ({})", problems.len())));
    for problem in told.iter().chain(&notes).take(SHOWN) {
        write_one(out, problem, paint);
    }
    if problems.len() > SHOWN {
        let _ = writeln!(out, "  and {} more", problems.len() - SHOWN);
    }
    out.push('\n');
}

/// Writes one problem.
pub(super) fn write_one(out: &mut String, problem: &Problem, paint: Paint) {
    let place = match problem.line {
        Some(line) => format!("{}:{line}", safe(&problem.path)),
        None => safe(&problem.path),
    };
    let head = format!("{}[{}]", problem.severity.word(), problem.code);
    let head = match problem.severity {
        Severity::Error => paint.red(&head),
        Severity::Warning | Severity::Note => paint.bold(&head),
    };
    let _ = writeln!(out, "  {head} {place}: {}", safe(&problem.message));
    if let Some(hint) = &problem.hint {
        let _ = writeln!(out, "    → {}", safe(hint));
    }
}
