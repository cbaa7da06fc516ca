//! `[gate]`: what stops a release.

use super::reader::Reader;
use super::typed::{Form, Table, Typed};
use crate::model::{Code, Glob, Status};
use crate::policy::{Gate, Required};

/// The keys of `[gate]`.
pub(super) const KEYS: &[&str] = &["fail-on", "require", "min-proven", "regression"];
/// The keys of an entry of `require`.
pub(super) const REQUIRED_KEYS: &[&str] = &["items", "section", "status", "priority"];

/// What a word of `fail-on` names.
#[derive(Clone)]
enum Stop {
    Status(Status),
    Code(Code),
}

/// Reads the table.
pub(super) fn read(reader: &mut Reader<'_>, table: &Table) -> Gate {
    let fields = reader.fields(table, "[gate]", KEYS);
    let mut gate = Gate::default();
    let statuses = Status::ALL.into_iter().map(|status| (status.word(), Stop::Status(status)));
    let codes = Code::ALL.iter().map(|code| (code.word(), Stop::Code(*code)));
    let words: Vec<(&str, Stop)> = statuses.chain(codes).collect();
    if let Some(value) = fields.get("fail-on") {
        for (text, at) in reader.texts(value) {
            match reader.one_of("status or problem code", text, at, &words) {
                Some(Stop::Status(status)) => gate.fail_on_status.push(status),
                Some(Stop::Code(code)) => gate.fail_on_code.push(code),
                None => {}
            }
        }
    }
    if let Some(value) = fields.get("require") {
        for table in reader.tables(value) {
            gate.require.extend(required(reader, table));
        }
    }
    gate.min_proven = fields.get("min-proven").and_then(|value| share(reader, value));
    gate.regression =
        fields.get("regression").and_then(|value| reader.words(value).map(str::to_owned));
    gate
}

/// `80`, `66.7` or `"80%"`: a share of 1 to 100, because 0 would ask for nothing, and 0.8 less than is
/// meant.
fn share(reader: &mut Reader<'_>, value: &Typed) -> Option<f64> {
    let share = match &value.form {
        Form::Whole(share) => Some(*share as f64),
        Form::Number(share) => Some(*share),
        Form::Text(text) => text.trim().trim_end_matches('%').trim().parse::<f64>().ok(),
        _ => None,
    };
    let share = share.filter(|share| (1.0..=100.0).contains(share));
    if share.is_none() {
        reader.fault(value.at, "this is no share of 1 to 100", "Write `min-proven = 80`.");
    }
    share
}

/// A rule for each of the names in the braces of its `items`: each must match an item.
fn required(reader: &mut Reader<'_>, table: &Table) -> Vec<Required> {
    let fields = reader.fields(table, "`require` of [gate]", REQUIRED_KEYS);
    let section = fields.get("section").and_then(|value| {
        let text = reader.words(value)?.to_lowercase();
        reader.glob(&text, value.at)
    });
    let narrowed = fields.get("section").is_some() || fields.get("priority").is_some();
    let items = match fields.get("items") {
        Some(value) => {
            let text = reader.words(value);
            text.map(|text| reader.each_glob(text, value.at)).unwrap_or_default()
        }
        None if narrowed => Glob::new("**").into_iter().collect(),
        None => {
            let hint = "Write `items = \"security/*\"`.";
            reader.fault(fields.at(), "this rule names no `items`", hint);
            Vec::new()
        }
    };
    let words: Vec<(&str, Status)> =
        Status::ALL.into_iter().map(|status| (status.word(), status)).collect();
    let status = match fields.get("status") {
        Some(value) => {
            let texts = reader.texts(value);
            let known: Vec<Status> = texts
                .iter()
                .filter_map(|(text, at)| reader.one_of("status", text, *at, &words))
                .collect();
            if texts.is_empty() {
                reader.fault(value.at, "no status satisfies this rule", "");
            }
            known
        }
        None => {
            let hint = "Write `status = [\"verified\", \"ready\"]`.";
            reader.fault(fields.at(), "this rule names no `status`", hint);
            Vec::new()
        }
    };
    let priority = fields.get("priority").and_then(|value| reader.words(value).map(str::to_owned));
    let place = reader.place(fields.at());
    let of_items = |items| Required {
        place: place.clone(),
        items,
        within: None,
        section: section.clone(),
        priority: priority.clone(),
        status: status.clone(),
    };
    items.into_iter().map(of_items).collect()
}
