//! `[[require]]`: which items, which artifacts, what must hold of them.

use std::collections::{BTreeMap, BTreeSet};

use super::reader::{Fields, Reader};
use super::typed::{Form, Table, Typed};
use crate::policy::{Config, Requirement, Selector, SignOff, Wanted};

/// The keys of `[[require]]`.
pub(super) const KEYS: &[&str] = &[
    "name",
    "item",
    "checklist",
    "artifacts",
    "format",
    "condition",
    "max-age",
    "paths",
    "sign-off",
];
/// The keys of an artifact that is a table.
pub(super) const WANTED_KEYS: &[&str] = &["glob", "format", "vouched-by", "optional"];
/// The keys of `sign-off`.
pub(super) const SIGN_OFF_KEYS: &[&str] =
    &["by", "count", "max-age", "signed", "four-eyes", "tick", "each-release"];

/// Reads one table: one requirement for each glob of `item`.
pub(super) fn read(reader: &mut Reader<'_>, table: &Table, config: &mut Config) {
    let fields = reader.fields(table, "[[require]]", KEYS);
    let selectors = selectors(reader, &fields, "[[require]]");
    let format = fields.get("format").and_then(|value| {
        let text = reader.text(value)?;
        reader.format(text, value.at)
    });
    let artifacts = fields.get("artifacts").map(|value| wanted(reader, value, format.as_ref()));
    if let (Some(format), None) = (fields.get("format"), fields.get("artifacts")) {
        reader.fault(format.at, "`format` names the format of `artifacts`, and there are none", "");
    }
    let condition = fields.get("condition").and_then(|value| reader.condition(value));
    let max_age = fields.get("max-age").and_then(|value| reader.max_age(value));
    let paths = fields.get("paths").map(|value| reader.globs(value));
    let sign_off = fields.get("sign-off").and_then(|value| {
        let table = reader.table(value)?;
        sign_off(reader, table, &config.people)
    });
    let name = fields.get("name").and_then(|value| reader.words(value).map(str::to_owned));
    asks_for_something(reader, &fields);
    for items in selectors {
        config.requirements.push(Requirement {
            place: reader.place(fields.at()),
            name: name.clone(),
            items,
            artifacts: artifacts.clone().unwrap_or_default(),
            condition: condition.clone(),
            max_age: max_age.clone(),
            paths: paths.clone(),
            sign_off: sign_off.clone(),
        });
    }
}

/// Two requirements of one item that ask the same artifacts for what cannot both be.
pub(super) fn contradictions(reader: &mut Reader<'_>, tables: &[&Table], config: &Config) {
    let selector = |requirement: &Requirement| match &requirement.items {
        Selector::Glob { item, checklist } => Some((item.clone(), checklist.clone())),
        Selector::Beside { .. } => None,
    };
    let globs = |requirement: &Requirement| {
        let globs = requirement.artifacts.iter().map(|wanted| wanted.glob.clone());
        globs.collect::<Vec<_>>()
    };
    for (position, later) in config.requirements.iter().enumerate() {
        for earlier in config.requirements.iter().take(position) {
            let (Some(ours), Some(theirs)) = (&later.condition, &earlier.condition) else {
                continue;
            };
            if selector(later) != selector(earlier) || globs(later) != globs(earlier) {
                continue;
            }
            let Some((ours, theirs)) = ours.excludes(theirs) else { continue };
            let table = tables.iter().find(|table| reader.place(table.at) == later.place);
            let value = table.and_then(|table| table.get("condition"));
            let at = value.map_or_else(Default::default, |value| value.at);
            let message = format!("`{ours}` and `{theirs}` ({}) cannot both hold", earlier.place);
            reader.fault(at, message, "Take one of the two requirements away.");
        }
    }
}

/// `item` and `checklist`, as every table that selects items has them.
pub(super) fn selectors(reader: &mut Reader<'_>, fields: &Fields<'_>, name: &str) -> Vec<Selector> {
    let checklist = fields.get("checklist").and_then(|value| {
        let text = reader.words(value)?;
        reader.glob(text, value.at)
    });
    let Some(item) = fields.get("item") else {
        reader.fault(fields.at(), format!("this {name} names no `item`"), ITEM_HINT);
        return Vec::new();
    };
    if let Form::List(items) = &item.form
        && items.is_empty()
    {
        reader.fault(item.at, "this list is empty", ITEM_HINT);
    }
    let globs = reader.globs(item);
    let selector = |item| Selector::Glob { item, checklist: checklist.clone() };
    globs.into_iter().map(selector).collect()
}

const ITEM_HINT: &str = "Write `item = \"section/id\"`, or a glob.";

/// A requirement without a condition or sign-off would hold for ever.
fn asks_for_something(reader: &mut Reader<'_>, fields: &Fields<'_>) {
    // A misspelt `condition` is told once, as that.
    if fields.get("sign-off").is_none()
        && fields.get("condition").is_none()
        && fields.all_known(KEYS)
    {
        let hint = "Write `condition = \"…\"` or `sign-off = { by = [\"…\"] }`.";
        reader.fault(
            fields.at(),
            "this [[require]] asks for nothing: it has neither `condition` nor `sign-off`",
            hint,
        );
    }
    for key in ["artifacts", "max-age"] {
        if let (Some(value), None, Some(_)) =
            (fields.get(key), fields.get("condition"), fields.get("sign-off"))
        {
            let message = format!("`{key}` belongs to a `condition`, and there is none");
            let hint = if key == "max-age" { "Write it inside `sign-off`." } else { "" };
            reader.fault(value.at, message, hint);
        }
    }
}

fn wanted(reader: &mut Reader<'_>, value: &Typed, format: Option<&String>) -> Vec<Wanted> {
    let items = reader.list(value);
    if items.is_empty() {
        reader.fault(
            value.at,
            "this list is empty",
            "Leave `artifacts` out for the default places.",
        );
    }
    items
        .into_iter()
        .flat_map(|item| match &item.form {
            Form::Table(table) => wanted_table(reader, table, format),
            _ => {
                let globs = reader.words(item).map(|text| reader.each_glob(text, item.at));
                let wanted = |glob| {
                    let format = format.cloned();
                    Wanted { glob, format, vouched_by: None, optional: false }
                };
                globs.unwrap_or_default().into_iter().map(wanted).collect()
            }
        })
        .collect()
}

fn wanted_table(reader: &mut Reader<'_>, table: &Table, format: Option<&String>) -> Vec<Wanted> {
    let fields = reader.fields(table, "an artifact", WANTED_KEYS);
    let own = fields.get("format").and_then(|value| {
        let text = reader.text(value)?;
        reader.format(text, value.at)
    });
    let vouched_by = fields.get("vouched-by").and_then(|value| {
        let condition = reader.condition(value)?;
        if !condition.reads().asks_an_artifact() {
            let hint = "Ask another artifact: `ci.jobs[\"types\"].conclusion == \"success\"`.";
            reader.fault(value.at, "this asks no artifact, so it vouches for nothing", hint);
            return None;
        }
        if condition.is_certain() {
            let hint = "Ask for what can fail: `ci.jobs[\"types\"].conclusion == \"success\"`.";
            reader.fault(
                value.at,
                "this holds whatever the facts are, so it vouches for nothing",
                hint,
            );
            return None;
        }
        if condition.asks_presence_alone() || condition.asks_no_outcome() {
            let hint = "Ask what it says: `ci.jobs[\"types\"].conclusion == \"success\"`.";
            let why = "this asks what is there, and not how it ended, so it vouches for nothing";
            reader.fault(value.at, why, hint);
            return None;
        }
        Some(condition)
    });
    let optional = fields.get("optional").and_then(|value| reader.flag(value)).unwrap_or(false);
    let Some(value) = fields.get("glob") else {
        reader.fault(
            fields.at(),
            "this artifact has no `glob`",
            "Write `glob = \"reports/*.xml\"`.",
        );
        return Vec::new();
    };
    let format = own.or_else(|| format.cloned());
    let globs = reader.words(value).map(|text| reader.each_glob(text, value.at));
    let wanted = |glob| {
        let (format, vouched_by) = (format.clone(), vouched_by.clone());
        Wanted { glob, format, vouched_by, optional }
    };
    globs.unwrap_or_default().into_iter().map(wanted).collect()
}

fn sign_off(
    reader: &mut Reader<'_>,
    table: &Table,
    people: &BTreeMap<String, Vec<String>>,
) -> Option<SignOff> {
    let fields = reader.fields(table, "`sign-off`", SIGN_OFF_KEYS);
    let max_age = fields.get("max-age").and_then(|value| reader.max_age(value));
    let count = fields.get("count").map_or(Some(1), |value| reader.whole(value, "count"));
    let mut flag =
        |key: &str| fields.get(key).and_then(|value| reader.flag(value)).unwrap_or(false);
    let (signed, four_eyes, tick) = (flag("signed"), flag("four-eyes"), flag("tick"));
    let each_release = flag("each-release");
    if let (true, true, Some(value)) = (four_eyes, tick, fields.get("tick")) {
        let message = "`four-eyes` counts nobody who ticked the item, and `tick` counts the tick";
        reader.fault(value.at, message, "Take one of the two away.");
    }
    let Some(value) = fields.get("by") else {
        let hint = "Write `by = [\"ana@example.org\", \"@security\"]`.";
        reader.fault(fields.at(), "this sign-off names nobody: it has no `by`", hint);
        return None;
    };
    let named = reader.texts(value);
    let before = reader.faults.len();
    let mut able = BTreeSet::new();
    for (name, at) in &named {
        if name.starts_with('@') {
            match people.get(*name) {
                Some(addresses) => able.extend(addresses.iter().map(|a| a.to_lowercase())),
                None => {
                    let known: Vec<&str> = people.keys().map(String::as_str).collect();
                    let hint = if known.is_empty() {
                        format!("Name them: `[people]` with `\"{name}\" = [\"ana@example.org\"]`.")
                    } else {
                        super::reader::suggestion(name, &known)
                    };
                    reader.fault(*at, format!("`{name}` is not in [people]"), &hint);
                }
            }
        } else if name.contains('@') {
            able.insert(name.to_lowercase());
        } else {
            let hint = "Write an address, or an `@name` of [people].";
            reader.fault(*at, format!("`{name}` is no address"), hint);
        }
    }
    if named.is_empty() {
        reader.fault(value.at, "this sign-off names nobody", "");
        return None;
    }
    let count = count?;
    if reader.faults.len() == before && count > able.len() as u64 {
        let message = format!("`count` asks for {count} people, and `by` names {}", able.len());
        reader.fault(fields.get("count").map_or(value.at, |count| count.at), message, "");
    }
    let by = named.into_iter().map(|(name, _)| name.to_owned()).collect();
    Some(SignOff { by, count, max_age, signed, four_eyes, tick, each_release })
}
