//! `trueup fix` in a terminal: the unified diff, then each change with its reason.

use std::fmt::Write;

use similar::{ChangeTag, TextDiff};

use crate::model::{Edit, EditKind, HeldBack, Status, counted};

use super::SHOWN;
use super::paint::{Paint, safe};

/// A file that an edit changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditedFile {
    /// Relative to the repository, with `/`.
    pub path: String,
    /// All of it as it is.
    pub before: String,
    /// All of it as it will be.
    pub after: String,
    /// The changes, in document order.
    pub edits: Vec<Edit>,
}

/// The diff of `files`, which was `written` or only planned, and what is `held_back`.
pub fn fix(files: &[EditedFile], held_back: &[HeldBack], written: bool, paint: Paint) -> String {
    let mut out = String::new();
    for file in files {
        unified(&mut out, file, paint);
    }
    if !files.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "{}", paint.bold(&headline(files, written)));
    let edits: Vec<&Edit> = files.iter().flat_map(|file| &file.edits).collect();
    for edit in edits.iter().take(SHOWN) {
        change(&mut out, edit, paint);
    }
    if edits.len() > SHOWN {
        let _ = writeln!(out, "  and {} more", edits.len() - SHOWN);
    }
    left(&mut out, held_back, paint);
    out
}

/// A diff that `git apply` takes: control characters alone are shown instead of sent.
fn unified(out: &mut String, file: &EditedFile, paint: Paint) {
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<_>>();
    let (before, after) = (lines(&file.before), lines(&file.after));
    let diff = TextDiff::configure().newline_terminated(true).diff_slices(&before, &after);
    let name = safe(&file.path);
    let _ = writeln!(out, "{}", paint.bold(&format!("--- a/{name}")));
    let _ = writeln!(out, "{}", paint.bold(&format!("+++ b/{name}")));
    for hunk in diff.unified_diff().iter_hunks() {
        let _ = writeln!(out, "{}", paint.dim(&hunk.header().to_string()));
        for line in hunk.iter_changes() {
            let (text, end) = split_end(line.value());
            let shown = format!("{}{}", line.tag(), safe(text));
            let shown = match line.tag() {
                ChangeTag::Delete => paint.red(&shown),
                ChangeTag::Insert => paint.in_hue(Status::Ready, &shown),
                ChangeTag::Equal => shown,
            };
            let end = if end.is_empty() { "\n\\ No newline at end of file\n" } else { end };
            let _ = write!(out, "{shown}{end}");
        }
    }
}

/// A line, and how it ends.
fn split_end(line: &str) -> (&str, &str) {
    let text = line.strip_suffix('\n').unwrap_or(line);
    let text = if text.len() < line.len() { text.strip_suffix('\r').unwrap_or(text) } else { text };
    line.split_at(text.len())
}

fn headline(files: &[EditedFile], written: bool) -> String {
    let count = |kind| {
        let edits = files.iter().flat_map(|file| &file.edits);
        edits.filter(|edit| edit.change == kind).count() as u64
    };
    let parts: Vec<String> = [
        (count(EditKind::Tick), "tick"),
        (count(EditKind::Untick), "untick"),
        (count(EditKind::Id), "id"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(number, what)| counted(number, what))
    .collect();
    if parts.is_empty() {
        return "Nothing to change.".to_owned();
    }
    let changes = parts.join(" and ");
    let place = counted(files.len() as u64, "file");
    if written {
        format!("{changes} written to {place}.")
    } else {
        format!("{changes} in {place}, not written yet: add --write.")
    }
}

fn change(out: &mut String, edit: &Edit, paint: Paint) {
    let place = paint.bold(&format!("{}:{}", safe(&edit.path), edit.line));
    let what = match &edit.from {
        Some(from) => format!("[{}] → [{}]", safe(from), safe(&edit.to)),
        None => format!("id: {}", safe(&edit.to)),
    };
    let _ = writeln!(out, "  {place}  {what}  {}", paint.dim(&safe(&edit.item)));
    let _ = writeln!(out, "    {}", safe(&edit.why));
}

/// What stays as it is, by reason.
fn left(out: &mut String, held_back: &[HeldBack], paint: Paint) {
    if held_back.is_empty() {
        return;
    }
    let title = format!("left as they are ({})", held_back.len());
    let _ = writeln!(out, "\n{}", paint.bold(&title));
    for held in held_back.iter().take(SHOWN) {
        let place = paint.bold(&format!("{}:{}", safe(&held.path), held.line));
        let _ = writeln!(out, "  {place}  {}", paint.dim(&safe(&held.item)));
        let _ = writeln!(out, "    {}", safe(&held.why));
    }
    if held_back.len() > SHOWN {
        let _ = writeln!(out, "  and {} more", held_back.len() - SHOWN);
    }
}
