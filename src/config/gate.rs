//! `[gate]`: what stops a release.

use super::meant::{Gate, Required};
use super::reader::Reader;
use super::typed::Table;
use crate::model::{Code, Status};

/// The keys of `[gate]`.
pub(super) const KEYS: &[&str] = &["fail-on", "require"];
/// The keys of an entry of `require`.
pub(super) const REQUIRED_KEYS: &[&str] = &["items", "status", "priority"];

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
    gate
}

fn required(reader: &mut Reader<'_>, table: &Table) -> Option<Required> {
    let fields = reader.fields(table, "`require` of [gate]", REQUIRED_KEYS);
    let items = match fields.get("items") {
        Some(value) => {
            let text = reader.words(value);
            text.and_then(|text| reader.glob(text, value.at))
        }
        None => {
            let hint = "Write `items = \"security/*\"`.";
            reader.fault(fields.at(), "this rule names no `items`", hint);
            None
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
    Some(Required { place: reader.place(fields.at()), items: items?, priority, status })
}
