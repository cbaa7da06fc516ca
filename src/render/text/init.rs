//! What `init` found: what it proposes, what it could not, and why.

use std::fmt::Write;

use crate::model::counted;

use super::paint::{Paint, safe};

/// One item, and what became of it.
#[derive(Debug, Clone)]
pub struct InitLine<'a> {
    /// The checklist's path.
    pub path: &'a str,
    /// The item's line there.
    pub line: usize,
    /// Its text.
    pub text: &'a str,
    /// The idea that recognised it; empty where none did.
    pub idea: &'a str,
    /// What would prove it; empty where nothing is proposed.
    pub how: String,
    /// What is lacking, the best evidence first.
    pub lacks: &'a [String],
}

/// What holds of the run as a whole.
#[derive(Debug, Clone, Copy)]
pub struct InitSummary<'a> {
    /// The configuration's path.
    pub path: &'a str,
    /// Whether it was written.
    pub written: bool,
    /// Whether there is something to write.
    pub changes: bool,
    /// The artifacts that were found, each with its format where one is known.
    pub artifacts: &'a [(String, Option<String>)],
    /// What would be written, where it was only asked for.
    pub addition: Option<&'a str>,
}

/// The whole of `trueup init`.
pub fn init(summary: &InitSummary<'_>, items: &[InitLine<'_>], paint: Paint) -> String {
    let mut out = String::new();
    artifacts(&mut out, summary, paint);
    let of = |wanted: fn(&InitLine<'_>) -> bool| {
        items.iter().filter(|item| wanted(item)).collect::<Vec<_>>()
    };
    let proposed = of(|item| !item.how.is_empty() && !item.idea.is_empty());
    let lacking = of(|item| item.how.is_empty() && !item.idea.is_empty());
    let unknown = of(|item| item.how.is_empty() && item.idea.is_empty());
    group(&mut out, "Proposed", &proposed, paint, |item| vec![format!("→ {}", safe(&item.how))]);
    group(&mut out, "Known, but what would prove it is not there", &lacking, paint, |item| {
        item.lacks.iter().take(2).map(|lack| format!("needs {}", safe(lack))).collect()
    });
    group(&mut out, "Not known to the catalog: bind them by hand", &unknown, paint, |_| Vec::new());
    let bound = items.len() - proposed.len() - lacking.len() - unknown.len();
    let _ = writeln!(
        out,
        "{}: {} proposed, {} without evidence, {} not known, {bound} bound already.",
        counted(items.len() as u64, "item"),
        proposed.len(),
        lacking.len(),
        unknown.len(),
    );
    ending(&mut out, summary);
    out
}

fn artifacts(out: &mut String, summary: &InitSummary<'_>, paint: Paint) {
    let count = counted(summary.artifacts.len() as u64, "artifact");
    let _ = writeln!(out, "{}\n", paint.bold(&format!("Found {count}")));
    for (path, format) in summary.artifacts {
        let _ = writeln!(out, "  {}  {}", safe(path), paint.dim(format.as_deref().unwrap_or("?")));
    }
    if !summary.artifacts.is_empty() {
        out.push('\n');
    }
}

fn group(
    out: &mut String,
    title: &str,
    items: &[&InitLine<'_>],
    paint: Paint,
    more: impl Fn(&InitLine<'_>) -> Vec<String>,
) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "{}\n", paint.bold(&format!("{title} ({})", items.len())));
    for item in items {
        let place = format!("{}:{}", safe(item.path), item.line);
        let _ = writeln!(out, "  {}  {}", paint.dim(&place), safe(item.text));
        for line in more(item) {
            let _ = writeln!(out, "      {line}");
        }
    }
    out.push('\n');
}

fn ending(out: &mut String, summary: &InitSummary<'_>) {
    let path = safe(summary.path);
    if let Some(addition) = summary.addition.filter(|text| !text.is_empty()) {
        let _ = writeln!(out, "\n{path} would get:\n\n{}", safe_lines(addition));
        return;
    }
    let _ = match (summary.changes, summary.written) {
        (false, _) => writeln!(out, "Nothing to add to {path}."),
        (true, true) => writeln!(
            out,
            "Written to {path}. Every table there is a proposal: read each, then `trueup check`."
        ),
        (true, false) => Ok(()),
    };
}

fn safe_lines(text: &str) -> String {
    text.lines().map(|line| safe(line) + "\n").collect()
}
