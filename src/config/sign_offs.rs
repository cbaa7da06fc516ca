//! Files of sign-offs: `[[sign-off]]` entries, each with an item, a person and a date.

use std::collections::BTreeMap;

use super::fault::ConfigFault;
use super::reader::{Fields, Reader, suggestion};
use super::typed::{self, Form, Table, Typed};
use crate::model::{SignOffEntry, Timestamp};

/// The keys of the file.
pub(super) const FILE_KEYS: &[&str] = &["sign-off"];
/// The keys of `[[sign-off]]`.
pub(super) const KEYS: &[&str] = &["item", "by", "date", "note"];

/// Reads the entries in `text`, which is the file at `path`. `people` are the `@names` that there
/// are; without them any may be named.
///
/// # Errors
/// Every fault of the file.
pub fn sign_offs(
    path: &str,
    text: &str,
    people: Option<&BTreeMap<String, Vec<String>>>,
) -> Result<Vec<SignOffEntry>, Vec<ConfigFault>> {
    let mut reader = Reader::new(path, text, &[]);
    let mut entries: Vec<SignOffEntry> = Vec::new();
    match typed::parse(text) {
        Err(errors) => errors.into_iter().for_each(|(at, message)| reader.fault(at, message, "")),
        Ok(table) => {
            let fields = reader.fields(&table, path, FILE_KEYS);
            let tables = fields.get("sign-off").map(|value| reader.tables(value));
            for table in tables.unwrap_or_default() {
                let table = super::file::header(table, text);
                let Some(entry) = entry(&mut reader, &table, people) else { continue };
                if let Some(known) = entries.iter().find(|known| is_again(known, &entry)) {
                    let message = format!(
                        "{} signs `{}` off twice at one time (line {}), so neither is the later one",
                        entry.by, entry.item, known.line
                    );
                    reader.fault(table.at, message, "Take one of the two away, or give its time.");
                }
                entries.push(entry);
            }
        }
    }
    let mut faults = reader.faults;
    faults.sort_by_key(|fault| (fault.at.start, fault.at.end));
    faults.dedup();
    if faults.is_empty() { Ok(entries) } else { Err(faults) }
}

fn is_again(one: &SignOffEntry, other: &SignOffEntry) -> bool {
    one.item == other.item && one.by.eq_ignore_ascii_case(&other.by) && one.at == other.at
}

fn entry(
    reader: &mut Reader<'_>,
    table: &Table,
    people: Option<&BTreeMap<String, Vec<String>>>,
) -> Option<SignOffEntry> {
    let fields = reader.fields(table, "[[sign-off]]", KEYS);
    let item = needed(reader, &fields, "item", "Say for what: `item = \"section/id\"`.");
    let by = needed(reader, &fields, "by", "Say who: `by = \"ana@example.org\"`.");
    let date = needed(reader, &fields, "date", "Say when: `date = 2026-03-02`.");
    let note = fields.get("note").and_then(|value| reader.words(value).map(str::to_owned));
    let item = item.and_then(|value| {
        let text = reader.words(value)?;
        // A checklist may stand before the item: each is a glob by itself.
        let are_globs = text.splitn(2, '#').all(|part| reader.glob(part, value.at).is_some());
        are_globs.then(|| text.to_owned())
    });
    let by = by.and_then(|value| person(reader, value, people));
    let date = date.and_then(|value| moment(reader, value));
    let (item, by, (at, zoned, dated)) = (item?, by?, date?);
    let line = reader.place(table.at).line.unwrap_or_default();
    Some(SignOffEntry { item, by, at, zoned, dated, note, line })
}

fn needed<'v>(
    reader: &mut Reader<'_>,
    fields: &Fields<'v>,
    key: &str,
    hint: &str,
) -> Option<&'v Typed> {
    let value = fields.get(key);
    if value.is_none() {
        reader.fault(fields.at(), format!("this [[sign-off]] has no `{key}`"), hint);
    }
    value
}

fn person(
    reader: &mut Reader<'_>,
    value: &Typed,
    people: Option<&BTreeMap<String, Vec<String>>>,
) -> Option<String> {
    let name = reader.words(value)?.trim();
    if !name.contains('@') {
        let hint = "Write an address, or an `@name` of [people].";
        reader.fault(value.at, format!("`{name}` is no address"), hint);
        return None;
    }
    if let Some(people) = people.filter(|of| name.starts_with('@') && !of.contains_key(name)) {
        let known: Vec<&str> = people.keys().map(String::as_str).collect();
        let hint = match known.as_slice() {
            [] => format!("Name them in trueup.toml: `[people]` with `\"{name}\" = […]`."),
            known => suggestion(name, known),
        };
        reader.fault(value.at, format!("`{name}` is not in [people]"), &hint);
        return None;
    }
    Some(name.to_owned())
}

/// A moment, whether it knows its zone, and how it is written.
fn moment(reader: &mut Reader<'_>, value: &Typed) -> Option<(Timestamp, bool, String)> {
    let text = match &value.form {
        Form::Date(date) => date.as_str(),
        _ => reader.text(value)?,
    };
    let Some((at, zoned)) = Timestamp::parse(text) else {
        let hint = "Write it as 2026-03-02, or as 2026-03-02T09:30:00Z.";
        reader.fault(value.at, format!("`{text}` is no date"), hint);
        return None;
    };
    Some((at, zoned, text.trim().to_owned()))
}
