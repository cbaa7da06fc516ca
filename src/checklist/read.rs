//! A whole checklist out of any bytes: never fails, never panics; trouble becomes problems.

use std::borrow::Cow;
use std::sync::Arc;

use crate::model::{Checklist, Code, LineIndex, Lines, Place, Problem, counted};

use super::checks::contradictions::contradictions;
use super::checks::lint::lint;
use super::checks::progress::progress;
use super::document::metadata::metadata;
use super::document::obligations::obligations;
use super::document::runbook;
use super::document::sections::sections;
use super::document::template::is_template;
use super::document::windows;
use super::items::item::Reader;
use super::items::{Items, items, stray};
use super::syntax::decode::{Document, decode};
use super::syntax::legend::legend;
use super::syntax::markers::Markers;
use super::syntax::mojibake::Repair;
use super::syntax::outline::Outline;
use super::syntax::walk::walk;

/// How checklists are read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// What boxes mean.
    pub markers: Markers,
    /// Whether `key:: value` in an item's text is read.
    pub key_values: bool,
}

/// Reads the document at `path` (relative to the repository, with `/`).
///
/// Spans are offsets into `bytes`. Where `bytes` are not UTF-8 they are empty, and the items cannot
/// be edited.
pub fn read(path: &str, bytes: &[u8], settings: &Settings) -> Checklist {
    let document = decode(bytes);
    let markers = markers(&document, settings);
    let outline = walk(&document.text, document.body, &markers);
    outlined(path, &document, outline, (&markers, settings))
}

/// The same where the document has a task, as [`holds_tasks`] finds them; `None` where it has none.
pub fn read_tasks(path: &str, bytes: &[u8], settings: &Settings) -> Option<Checklist> {
    if !may_hold_tasks(bytes) {
        return None;
    }
    let document = decode(bytes);
    let markers = markers(&document, settings);
    let outline = walk(&document.text, document.body, &markers);
    let built_in = Markers::default();
    let is_one = match *markers == built_in {
        true => has_task(&outline),
        false => has_task(&walk(&document.text, document.body, &built_in)),
    };
    is_one.then(|| outlined(path, &document, outline, (&markers, settings)))
}

/// What boxes mean in this document.
fn markers<'s>(document: &Document<'_>, settings: &'s Settings) -> Cow<'s, Markers> {
    settings.markers.with(legend(&document.text, document.body))
}

/// What a document with this outline says.
fn outlined(
    path: &str,
    document: &Document<'_>,
    mut outline: Outline,
    (markers, settings): (&Markers, &Settings),
) -> Checklist {
    let text = &*document.text;
    let lines = LineIndex::new(text);
    let repair = Repair::of(text, document.body);
    let mut sections = sections(&outline.headings, &lines, &repair);
    windows::mark(&mut sections);
    let reader = Reader {
        path,
        text,
        lines: &lines,
        repair: &repair,
        sections: &sections,
        markers,
        key_values: settings.key_values,
        exact: document.exact,
        brief: false,
    };
    let Items { items, said, problems: of_items, .. } = items(&reader, &mut outline);
    let metadata = metadata(document, &outline, &repair);
    let mut problems = of_document(path, document, &repair, &lines);
    problems.extend(of_items);
    problems.extend(lint(path, text, &outline, &lines));
    problems.extend(outline.strays.iter().filter_map(|comment| stray(&reader, comment)));
    problems.extend(contradictions(path, &items, said));
    problems.extend(progress(path, &outline, &items, &lines, &repair));
    problems.extend(faults(path, &outline, &lines));
    let (procedures, secrets) = runbook::procedures(path, &outline, &sections, &lines, &repair);
    problems.extend(secrets);
    problems.sort_by(|a, b| a.place.line.cmp(&b.place.line).then(a.code.cmp(&b.code)));
    let obligations = obligations(&outline, &sections, &lines, &repair);
    let template = is_template(path, &sections.list, &metadata, &items);
    Checklist {
        path: path.to_owned(),
        title: title(&sections.list, &metadata),
        metadata,
        sections: sections.list,
        items,
        procedures,
        obligations,
        problems,
        template,
        lines: Arc::new(shown(text, lines, &repair)),
    }
}

/// The lines for people; `lines` are those of `text`.
fn shown(text: &str, lines: LineIndex, repair: &Repair) -> Lines {
    match repair.text(text) {
        Cow::Borrowed(same) => Lines::new(same.to_owned(), lines),
        Cow::Owned(repaired) => {
            let lines = LineIndex::new(&repaired);
            Lines::new(repaired, lines)
        }
    }
}

/// Whether a Markdown file has a task.
pub fn holds_tasks(bytes: &[u8]) -> bool {
    if !may_hold_tasks(bytes) {
        return false;
    }
    let document = decode(bytes);
    has_task(&walk(&document.text, document.body, &Markers::default()))
}

/// Whether a look at the bytes leaves it open.
pub fn may_hold_tasks(bytes: &[u8]) -> bool {
    bytes.contains(&b'[')
}

fn has_task(outline: &Outline) -> bool {
    outline.entries.iter().any(|entry| entry.boxed && entry.body.is_some())
}

fn title(sections: &[crate::model::Section], metadata: &[(String, String)]) -> Option<String> {
    let named = |(key, _): &&(String, String)| key.eq_ignore_ascii_case("title");
    // Every heading of a board is that of a list.
    let board = metadata.iter().any(|(key, _)| key == "kanban-plugin");
    sections
        .first()
        .filter(|section| !board || section.level == 1)
        .map(|section| section.title.clone())
        .or_else(|| metadata.iter().find(named).map(|(_, value)| value.clone()))
        .filter(|title| !title.is_empty())
}

/// What is wrong with the document as a whole.
fn of_document(
    path: &str,
    document: &Document<'_>,
    repair: &Repair,
    lines: &LineIndex,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    if !document.exact {
        let message = format!(
            "This file is not UTF-8. It is read as {}, and its boxes cannot be changed.",
            document.read_as
        );
        problems.push(
            Problem::new(Code::NotUtf8, Place::file(path), message).hint("Save it as UTF-8."),
        );
    }
    if let Some(name) = repair.name() {
        let runs = counted(repair.runs as u64, "place");
        let message = format!(
            "In {runs} UTF-8 was once read as {name}. They are shown repaired; the file is left as it is."
        );
        let place = Place::line(path, lines.line(repair.first));
        problems.push(
            Problem::new(Code::Mojibake, place, message)
                .hint(format!("Encode the text back to {name} and save it as UTF-8.")),
        );
    }
    problems
}

fn faults(path: &str, outline: &Outline, lines: &LineIndex) -> Vec<Problem> {
    let of_fault = |fault: &super::syntax::directives::Fault| {
        Problem::new(
            Code::DirectiveMalformed,
            Place::line(path, lines.line(fault.at)),
            fault.message.clone(),
        )
        .hint(fault.hint.clone())
    };
    let told = outline.faults.iter().filter(|(fault, beside)| fault.ours || *beside);
    told.map(|(fault, _)| of_fault(fault)).collect()
}
