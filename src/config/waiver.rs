//! `[[waiver]]`: a dated exception with an owner, a reason and an end.

use super::reader::{Fields, Reader, suggestion};
use super::require::selectors;
use super::typed::{Form, Table, Typed};
use crate::model::{Span, Timestamp};
use crate::policy::{Config, Waiver};

/// The keys of `[[waiver]]`.
pub(super) const KEYS: &[&str] =
    &["item", "checklist", "requirement", "finding", "package", "path", "reason", "by", "until"];

/// Reads one table: one waiver for each glob of `item`.
pub(super) fn read(reader: &mut Reader<'_>, table: &Table, config: &mut Config) {
    let fields = reader.fields(table, "[[waiver]]", KEYS);
    let selectors = selectors(reader, &fields, "[[waiver]]");
    let reason = needed(reader, &fields, "reason", "Say why: `reason = \"…\"`.");
    let by = needed(reader, &fields, "by", "Say whose it is: `by = \"@ana\"`.");
    let until = until(reader, &fields);
    let requirement =
        fields.get("requirement").and_then(|value| requirement(reader, value, config));
    let findings = fields.get("finding").map(|value| findings(reader, value)).unwrap_or_default();
    let package = fields
        .get("package")
        .and_then(|value| reader.words(value))
        .map(|package| package.trim().to_owned());
    let path = fields.get("path").and_then(|value| {
        let text = reader.text(value)?;
        reader.glob(text, value.at)
    });
    for key in ["package", "path"] {
        if let Some(value) = fields.get(key).filter(|_| findings.is_empty()) {
            let hint = "Write `finding = \"CVE-2026-1234\"` beside it.";
            reader.fault(value.at, format!("`{key}` narrows a `finding`, and none is named"), hint);
        }
    }
    let (Some(reason), Some(by), Some((until, until_written))) = (reason, by, until) else {
        return;
    };
    for items in selectors {
        config.waivers.push(Waiver {
            place: reader.place(fields.at()),
            items,
            requirement: requirement.clone(),
            findings: findings.clone(),
            package: package.clone(),
            path: path.clone(),
            reason: reason.clone(),
            by: by.clone(),
            until,
            until_written: until_written.clone(),
        });
    }
}

/// The name of a requirement that there is.
fn requirement(reader: &mut Reader<'_>, value: &Typed, config: &Config) -> Option<String> {
    let name = reader.words(value)?;
    let known: Vec<&str> =
        config.requirements.iter().filter_map(|requirement| requirement.name.as_deref()).collect();
    if !known.contains(&name) {
        let hint = match known.as_slice() {
            [] => "Give the [[require]] that is meant a `name`.".to_owned(),
            known => suggestion(name, known),
        };
        reader.fault(value.at, format!("no [[require]] has the name `{name}`"), &hint);
        return None;
    }
    Some(name.to_owned())
}

/// Rules or advisories; an empty list would waive the whole item.
fn findings(reader: &mut Reader<'_>, value: &Typed) -> Vec<String> {
    let findings: Vec<String> =
        reader.texts(value).into_iter().map(|(text, _)| text.trim().to_owned()).collect();
    if findings.is_empty() {
        reader.fault(value.at, "this names no finding", "Write `finding = \"CVE-2026-1234\"`.");
    }
    findings
}

fn needed(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str, hint: &str) -> Option<String> {
    match fields.get(key) {
        Some(value) => reader.words(value).map(str::to_owned),
        None => {
            reader.fault(fields.at(), format!("this [[waiver]] has no `{key}`"), hint);
            None
        }
    }
}

fn until(reader: &mut Reader<'_>, fields: &Fields<'_>) -> Option<(Timestamp, String)> {
    let Some(value) = fields.get("until") else {
        let hint = "Say when it ends: `until = \"2026-12-31\"`.";
        reader.fault(fields.at(), "this [[waiver]] has no `until`", hint);
        return None;
    };
    let text = match &value.form {
        Form::Date(date) => date.as_str(),
        _ => reader.text(value)?,
    };
    Some((day(reader, text, value.at)?, text.trim().to_owned()))
}

/// The last second of a calendar day.
pub(super) fn day(reader: &mut Reader<'_>, text: &str, at: Span) -> Option<Timestamp> {
    let day = Timestamp::end_of_day(text);
    if day.is_none() {
        reader.fault(at, format!("`{text}` is no date"), "Write it as 2026-12-31.");
    }
    day
}
