//! Ticks and unticks, one byte each, where the evidence supports them.

use std::collections::HashMap;

use gen_lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, Range, TextEdit, Uri, WorkspaceEdit,
};

use crate::checklist;
use crate::model::{self, Documents, Edit, EditKind, Item};
use crate::pipeline::Editable;
use crate::pipeline::plan::{self, Wanted};
use crate::snapshot::Snapshot;

use super::judging::Document;
use super::places::Places;

/// The kind of "tick all that is proven", which editors can run at each save.
pub(super) const TICK_ALL: &str = "source.fixAll.trueup";

/// What can be done to the checklist `document`, called `uri`, in `range`.
pub(super) fn of(
    (snapshot, editable): (&Snapshot, &Editable),
    document: &Document<'_>,
    uri: &Uri,
    range: Range,
    context: &CodeActionContext,
) -> Vec<CodeAction> {
    let Some(text) = document.text() else { return Vec::new() };
    let places = Places::of(text);
    let edits = planned(snapshot, editable, document);
    let mut actions = Vec::new();
    let wanted = |kind: &CodeActionKind| is_wanted(context, kind);
    for (item, edit) in edits.iter().filter_map(|edit| Some((item_of(document, edit)?, edit))) {
        let here = touches(places.range(places.line(item.line)), range)
            || touches(places.range(item.span), range);
        if let Some(change) = text_edit(document, &places, item, edit).filter(|_| here) {
            let title = match edit.change {
                EditKind::Tick => format!("Tick: {}", edit.why),
                EditKind::Untick | EditKind::Id => format!("Untick: {}", edit.why),
            };
            let preferred = edit.change == EditKind::Tick;
            let action = action(title, CodeActionKind::QuickFix, uri, vec![change]);
            actions.push(CodeAction { is_preferred: Some(preferred), ..action });
        }
    }
    let ticks: Vec<TextEdit> = edits
        .iter()
        .filter(|edit| edit.change == EditKind::Tick)
        .filter_map(|edit| text_edit(document, &places, item_of(document, edit)?, edit))
        .collect();
    if !ticks.is_empty() {
        let title = format!("Tick all that is proven ({})", ticks.len());
        actions.push(action(title, CodeActionKind::new(TICK_ALL), uri, ticks));
    }
    actions.retain(|action| action.kind.as_ref().is_some_and(wanted));
    actions
}

/// The changes that `trueup fix` would make to the checklist, and those that it makes only when
/// asked.
fn planned(snapshot: &Snapshot, editable: &Editable, document: &Document<'_>) -> Vec<Edit> {
    let wanted = Wanted { glob: None, untick: true };
    let this = model::Document::new(document.read.clone(), document.bytes.to_vec());
    let alone = Editable {
        root: editable.root.clone(),
        settings: editable.settings.clone(),
        documents: Documents::from_iter([this]),
    };
    let Ok(plan) = plan::boxes(&alone, snapshot, &wanted) else { return Vec::new() };
    plan.files.into_iter().flat_map(|file| file.edits).collect()
}

fn item_of<'d>(document: &Document<'d>, edit: &Edit) -> Option<&'d Item> {
    let same = |item: &&Item| item.id == edit.item && item.line == edit.line;
    document.read.items.iter().find(same)
}

/// The edit of what stands between the brackets, if it still stands there.
fn text_edit(
    document: &Document<'_>,
    places: &Places<'_>,
    item: &Item,
    edit: &Edit,
) -> Option<TextEdit> {
    let to = edit.to.chars().next()?;
    checklist::set_box(document.bytes, item, to).ok()?;
    let range = places.range(item.marker.as_ref()?.span);
    Some(TextEdit { range, new_text: edit.to.clone() })
}

fn action(title: String, kind: CodeActionKind, uri: &Uri, edits: Vec<TextEdit>) -> CodeAction {
    let changes = HashMap::from([(uri.clone(), edits)]);
    CodeAction {
        title,
        kind: Some(kind),
        edit: Some(WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() }),
        ..CodeAction::default()
    }
}

/// A kind is wanted where none is named, or it or a kind that holds it is.
fn is_wanted(context: &CodeActionContext, kind: &CodeActionKind) -> bool {
    let word = |kind: &CodeActionKind| String::from(kind.clone());
    context.only.as_ref().is_none_or(|only| {
        only.iter().map(word).any(|named| {
            let own = word(kind);
            own == named || own.strip_prefix(&named).is_some_and(|rest| rest.starts_with('.'))
        })
    })
}

fn touches(one: Range, other: Range) -> bool {
    let key = |of: gen_lsp_types::Position| (of.line, of.character);
    key(one.start) <= key(other.end) && key(other.start) <= key(one.end)
}
