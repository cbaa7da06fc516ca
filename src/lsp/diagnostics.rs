//! What is shown beside the lines: false and doubtful claims, what could be ticked, and problems.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gen_lsp_types::{Diagnostic, DiagnosticSeverity, Position, Range};

use crate::config::ConfigFault;
use crate::model::{Code, Item, Severity, Span, Status, Verdict};
use crate::pipeline::Editable;
use crate::snapshot::{Snapshot, v1};

use super::judging::{Document, Judged};
use super::places::Places;

const UNJUDGED: &str = "Nothing is judged until this is mended.";

/// Path → what stands beside its lines.
pub(super) type ByPath = BTreeMap<String, Vec<Diagnostic>>;

/// Everything that a judgement says; `text` gives what an editor or the disk holds of a file that
/// is no checklist.
pub(super) fn of(judged: &Judged, text: &dyn Fn(&str) -> Option<String>) -> ByPath {
    match judged {
        Judged::Verdicts(both) => of_verdicts(&both.0, &both.1, text),
        Judged::Faults { faults, texts } => of_faults(faults, texts),
        Judged::Not(Some(place), why) => {
            let range = text(&place.path).map_or_else(top, |text| named(&text, place.line, why));
            let message = format!("{why}\n{UNJUDGED}");
            let shown = diagnostic(range, DiagnosticSeverity::Error, "configuration", message);
            ByPath::from([(place.path.clone(), vec![shown])])
        }
        Judged::Not(None, _) => ByPath::new(),
    }
}

fn of_verdicts(
    snapshot: &Snapshot,
    editable: &Editable,
    text: &dyn Fn(&str) -> Option<String>,
) -> ByPath {
    let mut found = ByPath::new();
    let blocking: BTreeSet<&str> =
        snapshot.summary.gate.blocking.iter().map(String::as_str).collect();
    for document in Document::all(snapshot, editable) {
        let path = &document.read.path;
        let lossy = String::from_utf8_lossy(document.bytes);
        let places = Places::of(&lossy);
        let told = document.items().filter_map(|(item, judged)| {
            let blocks = blocking.contains(format!("{path}#{}", item.id).as_str());
            let (severity, message) = said(judged, blocks)?;
            let range = places.range(own(&document, item, &places));
            Some(diagnostic(range, severity, judged.status.word(), message))
        });
        found.entry(path.clone()).or_default().extend(told);
    }
    for problem in &snapshot.problems {
        let range = match Document::at(snapshot, editable, &problem.path) {
            Some(document) => {
                let lossy = String::from_utf8_lossy(document.bytes);
                in_checklist(&document, problem, &Places::of(&lossy))
            }
            None => match text(&problem.path) {
                Some(text) => {
                    let places = Places::of(&text);
                    problem.line.map_or_else(top, |line| places.range(places.line(line)))
                }
                // An entry of an archive, a folder: there is no line to stand beside.
                None => continue,
            },
        };
        let hint = problem.hint.iter().map(|hint| format!(" {hint}")).collect::<String>();
        let message = format!("{}{hint}", problem.message);
        let shown = diagnostic(range, graded(problem.severity), &problem.code, message);
        found.entry(problem.path.clone()).or_default().push(shown);
    }
    found
}

/// What an item's verdict says beside its line; `None` where there is nothing to do.
fn said(item: &v1::Item, blocks: bool) -> Option<(DiagnosticSeverity, String)> {
    let severity = match item.status {
        _ if blocks => DiagnosticSeverity::Error,
        Status::Contradicted => DiagnosticSeverity::Error,
        Status::Stale => DiagnosticSeverity::Warning,
        // A tick to which nothing is bound is most of a new checklist, and no news.
        Status::Unproven if item.verdict == Verdict::Unbound => return None,
        Status::Unproven => DiagnosticSeverity::Information,
        Status::Ready => DiagnosticSeverity::Hint,
        Status::Failing | Status::Waived | Status::Open | Status::Verified => return None,
        Status::NotApplicable => return None,
    };
    let next = item.next.iter().map(|next| format!(" {next}")).collect::<String>();
    Some((severity, format!("{}: {}{next}", item.status.phrase(), item.reason)))
}

/// The text of an item; of a document that is not UTF-8 its line.
fn own(document: &Document<'_>, item: &Item, places: &Places<'_>) -> Span {
    match document.text() {
        Some(_) if item.span.end > item.span.start => item.span,
        _ => places.line(item.line),
    }
}

/// The figure or box that a problem is about, else the item's text where it is about an item of that
/// line, else the line.
fn in_checklist(document: &Document<'_>, problem: &v1::Problem, places: &Places<'_>) -> Range {
    let Some(line) = problem.line else { return top() };
    let of_line = |(item, _): &(&Item, &v1::Item)| {
        problem.item.as_ref() == Some(&item.id) && item.line == line
    };
    let Some((item, judged)) = document.items().find(of_line) else {
        return places.range(places.line(line));
    };
    let whole = own(document, item, places);
    let drifted = judged.figures.iter().filter(|figure| figure.verdict == "drift");
    let drifted = drifted.filter(|_| problem.code == Code::FigureDrift.word());
    let told = drifted.filter(|figure| problem.message.contains(&figure.text));
    let figure = told.filter_map(|figure| places.find(whole, &figure.text)).next();
    places.range(figure.unwrap_or(whole))
}

fn of_faults(faults: &[ConfigFault], texts: &BTreeMap<String, String>) -> ByPath {
    let mut found = ByPath::new();
    for fault in faults {
        let range =
            texts.get(&fault.path).map_or_else(top, |text| Places::of(text).range(fault.at));
        let hint = fault.hint.iter().map(|hint| format!("\n{hint}")).collect::<String>();
        let message = format!("{}{hint}\n{UNJUDGED}", fault.message);
        let shown = diagnostic(range, DiagnosticSeverity::Error, "configuration", message);
        found.entry(fault.path.clone()).or_default().push(shown);
    }
    found
}

/// What a sentence names first, in the text from `line` on; else that line.
fn named(text: &str, line: Option<usize>, sentence: &str) -> Range {
    let places = Places::of(text);
    let line = places.line(line.unwrap_or(1));
    let from = Span::new(line.start, text.len());
    let name = sentence.split('`').nth(1);
    places.range(name.and_then(|name| places.find(from, name)).unwrap_or(line))
}

fn diagnostic(
    range: Range,
    severity: DiagnosticSeverity,
    code: &str,
    message: String,
) -> Diagnostic {
    Diagnostic {
        range,
        severity: Some(severity),
        code: Some(code.into()),
        source: Some("trueup".to_owned()),
        message: message.into(),
        ..Diagnostic::default()
    }
}

fn graded(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Note => DiagnosticSeverity::Information,
    }
}

fn top() -> Range {
    Range { start: Position::default(), end: Position::default() }
}

/// What the disk holds of a file of the repository at `root`, where that can be shown.
pub(super) fn on_disk(root: &Path, path: &str) -> Option<String> {
    const LARGEST: u64 = 32 << 20;
    let bytes = crate::sources::files::read(root, path, LARGEST).ok()?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}
