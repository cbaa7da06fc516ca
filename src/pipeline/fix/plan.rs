//! What `fix` would change: pure, from the documents as read and the snapshot as judged.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::checklist::{self, EditError, Settings};
use crate::model::{
    Checklist, Claim, Code, DirectiveKey, Document, Edit, EditKind, Glob, HeldBack, Item, ItemKind,
    Problem, Status,
};
use crate::pipeline::{Editable, Error};
use crate::render::text::EditedFile;
use crate::snapshot::{Snapshot, v1};

/// Which changes are wanted.
pub struct Wanted<'g> {
    /// Only items whose id or address matches.
    pub glob: Option<&'g Glob>,
    /// Whether contradicted ticks are taken away.
    pub untick: bool,
}

impl Wanted<'_> {
    fn holds(&self, item: &Item) -> bool {
        let matches = |glob: &Glob| glob.matches(&item.id) || glob.matches(item.address());
        self.glob.is_none_or(matches)
    }
}

/// What would change, by file.
#[derive(Default)]
pub struct Plan {
    /// Files with at least one change.
    pub files: Vec<EditedFile>,
    /// Items that stay as they are.
    pub held_back: Vec<HeldBack>,
    /// Whether any item was wanted.
    pub matched: bool,
}

/// The ticks and unticks that the evidence supports.
///
/// # Errors
/// Where a checklist is not the one that was judged, or would be read otherwise afterwards.
pub fn boxes(editable: &Editable, snapshot: &Snapshot, wanted: &Wanted<'_>) -> Result<Plan, Error> {
    let mut plan = Plan::default();
    for Document { checklist, bytes, .. } in editable.documents.iter() {
        let judged = snapshot.checklists.iter().find(|judged| judged.path == checklist.path);
        let judged = judged.filter(|judged| is_same(checklist, judged));
        let judged = judged.ok_or_else(|| changed(&checklist.path))?;
        let mut edits = Vec::new();
        for (item, judged) in checklist.items.iter().zip(&judged.items) {
            if !wanted.holds(item) {
                continue;
            }
            plan.matched = true;
            match change(item, judged.status, wanted.untick, bytes) {
                Some(Ok(EditKind::Tick)) if let Some(why) = drift(judged) => {
                    plan.held_back.push(held_back(&checklist.path, item, why));
                }
                Some(Ok(kind)) => {
                    edits.push((item, edit(&checklist.path, item, kind, &judged.reason)));
                }
                Some(Err(why)) => plan.held_back.push(held_back(&checklist.path, item, why)),
                None => {}
            }
        }
        let after = loop {
            let marks: Vec<(&Item, char)> =
                edits.iter().map(|(item, edit)| (*item, mark(edit.change))).collect();
            let after = checklist::set_boxes(bytes, &marks);
            let denied =
                denied(checklist, after.as_ref().map(Vec::as_slice), &edits, &editable.settings);
            if denied.is_empty() {
                break after;
            }
            // A tick that stays away leaves its group open.
            edits.retain(|(item, _)| match denied.get(item.id.as_str()) {
                Some(why) => {
                    plan.held_back.push(held_back(&checklist.path, item, why.clone()));
                    false
                }
                None => true,
            });
        };
        if edits.is_empty() {
            continue;
        }
        plan.add(checklist, bytes, after, edits, &editable.settings)?;
    }
    Ok(plan)
}

/// The ids that would be written beside the items that have none.
///
/// # Errors
/// Where a document would be read otherwise afterwards.
pub fn ids(editable: &Editable, wanted: &Wanted<'_>) -> Result<Plan, Error> {
    let mut plan = Plan::default();
    for Document { checklist, bytes, .. } in editable.documents.iter() {
        let mut edits = Vec::new();
        for item in checklist.items.iter().filter(|item| wanted.holds(item)) {
            plan.matched = true;
            if item.directives.iter().any(|directive| directive.key == DirectiveKey::Id) {
                continue;
            }
            let one = checklist::add_ids(bytes, &[item]);
            match one.map_err(|fault| fault.to_string()).and_then(|_| id_can_stand(item, bytes)) {
                Ok(()) => {
                    let why = "Its id stays when its text or section changes.";
                    edits.push((item, edit(&checklist.path, item, EditKind::Id, why)));
                }
                Err(why) => {
                    let why = sentence(&why);
                    plan.held_back.push(held_back(&checklist.path, item, why));
                }
            }
        }
        if edits.is_empty() {
            continue;
        }
        let items: Vec<&Item> = edits.iter().map(|(item, _)| *item).collect();
        let after = checklist::add_ids(bytes, &items);
        plan.add(checklist, bytes, after, edits, &editable.settings)?;
    }
    Ok(plan)
}

impl Plan {
    /// Adds a file once it is known that nothing but what is meant would change in it.
    fn add(
        &mut self,
        checklist: &Checklist,
        before: &[u8],
        after: Result<Vec<u8>, EditError>,
        edits: Vec<(&Item, Edit)>,
        settings: &Settings,
    ) -> Result<(), Error> {
        let path = &checklist.path;
        let after = after.map_err(|fault| Error::failed(format!("{path}: {fault}")))?;
        let edits: Vec<Edit> = edits.into_iter().map(|(_, edit)| edit).collect();
        let again = checklist::read(path, &after, settings);
        if let Some(item) = misread(checklist, &again, &edits) {
            return Err(Error::failed(format!(
                "{path}:{}: the document would be read otherwise once {} is changed; nothing was written",
                item.line, item.id
            ))
            .hinted("Change this item by hand, and name the others by their ids."));
        }
        let text = |bytes: Vec<u8>| {
            String::from_utf8(bytes).map_err(|_| Error::failed(format!("{path} is not UTF-8")))
        };
        self.files.push(EditedFile {
            path: path.clone(),
            before: text(before.to_vec())?,
            after: text(after)?,
            edits,
        });
        Ok(())
    }
}

/// What a figure in the text says against the tick, where the evidence has another.
fn drift(judged: &v1::Item) -> Option<String> {
    let figure = judged.figures.iter().find(|figure| figure.verdict == "drift")?;
    let fact = figure.fact.as_deref().unwrap_or("the evidence");
    let value = figure.evidence.map(|value| format!(", where {fact} is {value}"));
    let value = value.unwrap_or_default();
    Some(format!("Its text says \"{}\"{value}: bring the text up to date first.", figure.text))
}

/// The items that would be ticked against their own text or their open sub-items, each with why.
fn denied(
    before: &Checklist,
    after: Result<&[u8], &EditError>,
    edits: &[(&Item, Edit)],
    settings: &Settings,
) -> BTreeMap<String, String> {
    let ticks = edits.iter().filter(|(_, edit)| edit.change == EditKind::Tick);
    let ticked: BTreeSet<&str> = ticks.map(|(item, _)| item.id.as_str()).collect();
    let Some(after) = after.ok().filter(|_| !ticked.is_empty()) else { return BTreeMap::new() };
    let contradicts = |problem: Problem| {
        let item = problem.item.filter(|item| ticked.contains(item.as_str()))?;
        (problem.code == Code::TextContradictsBox).then_some((item, problem.message))
    };
    let again = checklist::read(&before.path, after, settings);
    let told = again.problems.into_iter().filter_map(contradicts).map(|(item, said)| {
        let why = said
            .strip_prefix("Ticked, but ")
            .map_or(said.clone(), |rest| sentence(rest.trim_end_matches('.')));
        (item, why)
    });
    let around = checklist::Above::of(before);
    let reserved = edits.iter().filter(|(item, _)| ticked.contains(item.id.as_str()));
    let reserved = reserved.filter_map(|(item, _)| {
        let says = |said| format!("The text says \"{said}\": tick it by hand.");
        let said = checklist::reservation(&item.text).map(says);
        let written = || {
            let mark = checklist::reservation_written(&before.lines, item.line)?;
            Some(format!("Its line has `{mark}`, which says more: tick it by hand."))
        };
        let below = || checklist::reservation_below(&before.lines, item.line).map(says);
        let narrowed = || {
            let why = "A footnote or a paragraph below its text narrows it: tick it by hand.";
            item.is_narrowed().then(|| why.to_owned())
        };
        let above = || {
            let said = around.reservation(item)?;
            Some(format!("What stands around it says \"{said}\": tick it by hand."))
        };
        Some((
            item.id.clone(),
            said.or_else(narrowed).or_else(written).or_else(below).or_else(above)?,
        ))
    });
    // What contradicts the tick says more than what only may.
    reserved.chain(told).collect()
}

/// The kind of change that a status asks for, or why it is held back; `None` where it asks for none.
fn change(
    item: &Item,
    status: Status,
    untick: bool,
    bytes: &[u8],
) -> Option<Result<EditKind, String>> {
    let kind = match status {
        Status::Ready => EditKind::Tick,
        Status::Contradicted => EditKind::Untick,
        Status::Verified
        | Status::Stale
        | Status::Unproven
        | Status::Failing
        | Status::Open
        | Status::Waived
        | Status::NotApplicable => return None,
    };
    let marker = item.marker.as_ref().map(|marker| marker.text.as_ref());
    // `[>]` is put off, or whatever the team means by it; `[/]` is on its way to be ticked.
    let is_own = |marker: &&str| !marker.trim().is_empty() && item.claim != Claim::InProgress;
    let own = marker.filter(|marker| kind == EditKind::Tick && is_own(marker));
    Some(if marker.is_none() {
        Err("It has no box.".to_owned())
    } else if let Some(own) = own {
        Err(format!("Its marker `[{own}]` says something of its own: change it by hand."))
    } else if std::str::from_utf8(bytes).is_err() {
        Err("The file is not UTF-8.".to_owned())
    } else if kind == EditKind::Untick && !untick {
        Err("Its evidence contradicts the tick; --untick takes it away.".to_owned())
    } else {
        Ok(kind)
    })
}

/// A table's row and a file that is not UTF-8 have no place for a comment.
fn id_can_stand(item: &Item, bytes: &[u8]) -> Result<(), String> {
    if item.kind == ItemKind::TableRow {
        return Err("a table's row has no place for an id".to_owned());
    }
    std::str::from_utf8(bytes).map(|_| ()).map_err(|_| EditError::NotUtf8.to_string())
}

fn edit(path: &str, item: &Item, change: EditKind, why: &str) -> Edit {
    let marker = item.marker.as_ref().map(|marker| marker.text.clone());
    let (from, to) = match change {
        EditKind::Tick | EditKind::Untick => (marker, mark(change).to_string()),
        EditKind::Id => (None, item.id.clone()),
    };
    Edit {
        path: path.to_owned(),
        line: item.line,
        item: item.id.clone(),
        text: item.text.clone(),
        change,
        from: from.map(Cow::into_owned),
        to,
        why: why.to_owned(),
    }
}

/// What stands in the box afterwards.
fn mark(change: EditKind) -> char {
    match change {
        EditKind::Tick => 'x',
        EditKind::Untick | EditKind::Id => ' ',
    }
}

fn held_back(path: &str, item: &Item, why: String) -> HeldBack {
    HeldBack { path: path.to_owned(), line: item.line, item: item.id.clone(), why }
}

/// `the file is not UTF-8` as `The file is not UTF-8.`
fn sentence(fragment: &str) -> String {
    let mut letters = fragment.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(['.']).collect()
}

/// Whether a checklist was judged as it was read here.
fn is_same(read: &Checklist, judged: &v1::Checklist) -> bool {
    let one = |(read, judged): (&Item, &v1::Item)| {
        let marker = read.marker.as_ref().map(|marker| &*marker.text);
        read.id == judged.id
            && read.line == judged.line
            && read.text == judged.text
            && marker == judged.marker.as_deref()
    };
    read.items.len() == judged.items.len() && read.items.iter().zip(&judged.items).all(one)
}

fn changed(path: &str) -> Error {
    Error::failed(format!("{path} changed while it was judged; nothing was written"))
        .hinted("Run the command again.")
}

/// The first item that the edited document would state otherwise than meant: another id, text or
/// line, or another marker than the edit's.
fn misread<'c>(before: &'c Checklist, after: &Checklist, edits: &[Edit]) -> Option<&'c Item> {
    let mut ahead = edits.iter().peekable();
    let mut others = after.items.iter();
    let stray = before.items.iter().find(|item| {
        let edit = ahead.next_if(|edit| edit.line == item.line && edit.item == item.id);
        let boxed = edit.filter(|edit| edit.change != EditKind::Id).map(|edit| edit.to.as_str());
        let marker = boxed.or(item.marker.as_ref().map(|marker| &*marker.text));
        !others.next().is_some_and(|other| {
            other.id == item.id
                && other.text == item.text
                && other.line == item.line
                && other.marker.as_ref().map(|marker| &*marker.text) == marker
        })
    });
    stray.or_else(|| before.items.last().filter(|_| others.next().is_some()))
}
