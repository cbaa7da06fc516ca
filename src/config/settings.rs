//! The small tables: `[defaults]`, `[people]`, `[signatures]`, `[sign-offs]`, `[releases]`,
//! `[deploy]`, `[severities]`, `[markers]`, `[site]`, `[limits]`.

use std::collections::{BTreeMap, BTreeSet};

use super::reader::{Reader, suggestion};
use super::typed::Table;
use crate::facts::Grade;
use crate::model::{Claim, Glob, Limits, Place, ReleaseTags};
use crate::policy::{Defaults, Requirement, ShownPeople, Signers};

/// The keys of `[defaults]`.
pub(super) const DEFAULTS_KEYS: &[&str] = &["max-age", "ignore"];
/// The keys of `[deploy]`.
pub(super) const DEPLOY_KEYS: &[&str] = &["environment"];
/// The keys of `[severities]`.
pub(super) const SEVERITIES_KEYS: &[&str] = &["unknown"];
/// The keys of `[site]`.
pub(super) const SITE_KEYS: &[&str] = &["people"];
/// The keys of `[signatures]`.
pub(super) const SIGNATURES_KEYS: &[&str] = &["allowed-signers", "revoked-keys"];
/// The keys of `[releases]`.
pub(super) const RELEASES_KEYS: &[&str] = &["tags"];
/// The keys of `[sign-offs]`.
pub(super) const SIGN_OFFS_KEYS: &[&str] = &["files"];

/// The keys of `[limits]`.
pub(super) const LIMITS_KEYS: &[&str] =
    &["archive-entries", "archive-entry", "archive-total", "archive-ratio"];

/// The bounds of archives; what is not said stays as it is.
pub(super) fn limits(reader: &mut Reader<'_>, table: &Table) -> Limits {
    let fields = reader.fields(table, "[limits]", LIMITS_KEYS);
    let mut count = |key: &str| reader.whole(fields.get(key)?, key);
    let (entries, ratio) = (count("archive-entries"), count("archive-ratio"));
    let mut size = |key: &str| reader.size(fields.get(key)?);
    let (entry, total) = (size("archive-entry"), size("archive-total"));
    let default = Limits::default();
    Limits {
        entries: entries.unwrap_or(default.entries),
        entry: entry.unwrap_or(default.entry),
        total: total.unwrap_or(default.total),
        ratio: ratio.unwrap_or(default.ratio),
    }
}

pub(super) fn defaults(reader: &mut Reader<'_>, table: &Table) -> Defaults {
    let fields = reader.fields(table, "[defaults]", DEFAULTS_KEYS);
    Defaults {
        max_age: fields.get("max-age").and_then(|value| reader.max_age(value)),
        ignore: fields.get("ignore").map(|value| reader.globs(value)).unwrap_or_default(),
    }
}

/// The files that say whose keys sign commits.
pub(super) fn signers(reader: &mut Reader<'_>, table: &Table) -> Signers {
    let fields = reader.fields(table, "[signatures]", SIGNATURES_KEYS);
    let mut path = |key: &str| {
        let value = fields.get(key)?;
        let path = reader.words(value)?.trim_start_matches("./").to_owned();
        Some((path, reader.place(value.at)))
    };
    let (allowed, revoked) = (path("allowed-signers"), path("revoked-keys"));
    if let (None, Some(value)) = (&allowed, fields.get("revoked-keys")) {
        let hint = "Name who may sign: `allowed-signers = \"security/allowed_signers\"`.";
        reader.fault(value.at, "`revoked-keys` belongs to `allowed-signers`", hint);
    }
    Signers { allowed, revoked }
}

/// The files of dated sign-offs, each glob with its place.
pub(super) fn sign_off_files(reader: &mut Reader<'_>, table: &Table) -> Vec<(Glob, Place)> {
    let fields = reader.fields(table, "[sign-offs]", SIGN_OFFS_KEYS);
    let Some(value) = fields.get("files") else { return Vec::new() };
    let named = reader.texts(value);
    let mut globs = Vec::with_capacity(named.len());
    for (text, at) in named {
        let place = reader.place(at);
        globs.extend(reader.each_glob(text, at).into_iter().map(|glob| (glob, place.clone())));
    }
    globs
}

/// Which tags are releases.
pub(super) fn releases(reader: &mut Reader<'_>, table: &Table) -> ReleaseTags {
    let fields = reader.fields(table, "[releases]", RELEASES_KEYS);
    ReleaseTags(fields.get("tags").map(|value| reader.globs(value)).unwrap_or_default())
}

pub(super) fn environment(reader: &mut Reader<'_>, table: &Table) -> Option<String> {
    let fields = reader.fields(table, "[deploy]", DEPLOY_KEYS);
    fields.get("environment").and_then(|value| reader.words(value).map(str::to_owned))
}

pub(super) fn unknown_severity(reader: &mut Reader<'_>, table: &Table) -> Option<Grade> {
    let fields = reader.fields(table, "[severities]", SEVERITIES_KEYS);
    let value = fields.get("unknown")?;
    let text = reader.text(value)?;
    let grades = Grade::ALL.into_iter().filter(|grade| *grade != Grade::Unknown);
    let words: Vec<(&str, Grade)> = grades.map(|grade| (grade.word(), grade)).collect();
    reader.one_of("severity", text, value.at, &words)
}

pub(super) fn shown_people(reader: &mut Reader<'_>, table: &Table) -> Option<ShownPeople> {
    let fields = reader.fields(table, "[site]", SITE_KEYS);
    let value = fields.get("people")?;
    let text = reader.text(value)?;
    reader.one_of("way to show people", text, value.at, &SHOWN_PEOPLE)
}

/// The words of `[site] people`.
const SHOWN_PEOPLE: [(&str, ShownPeople); 3] =
    [("names", ShownPeople::Names), ("handles", ShownPeople::Handles), ("none", ShownPeople::None)];

/// What a box can claim; `None` for "not a box".
pub(super) const CLAIMS: [(&str, Option<Claim>); 5] = [
    ("open", Some(Claim::Open)),
    ("in-progress", Some(Claim::InProgress)),
    ("done", Some(Claim::Done)),
    ("cancelled", Some(Claim::Cancelled)),
    ("", None),
];

pub(super) fn markers(reader: &mut Reader<'_>, table: &Table) -> BTreeMap<String, Option<Claim>> {
    let mut markers = BTreeMap::new();
    for entry in &table.entries {
        let marker = entry.key.as_str();
        if matches!(marker, " " | "x" | "X") {
            let message = format!("`[{marker}]` has a meaning of its own");
            reader.fault(entry.key_at, message, "Name another marker.");
            continue;
        }
        if !is_one_character(marker) || marker.contains(['[', ']', '\n', '\r', '\t']) {
            let message = format!("`{marker}` is no marker: one character stands in a box");
            reader.fault(entry.key_at, message, "");
            continue;
        }
        let Some(text) = reader.text(&entry.value) else { continue };
        if let Some(claim) = reader.one_of("claim", text, entry.value.at, &CLAIMS) {
            markers.insert(marker.to_owned(), claim);
        }
    }
    markers
}

/// Whether people see one character: an emoji may be several code points (`⚠️`, `👩‍💻`, `👍🏽`).
fn is_one_character(marker: &str) -> bool {
    let mut joined = false;
    let mut seen = 0;
    for c in marker.chars() {
        match c {
            '\u{200d}' => joined = seen > 0,
            '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}' if seen > 0 => {}
            _ => {
                seen += usize::from(!std::mem::take(&mut joined));
            }
        }
    }
    seen == 1
}

/// Each `@name` with the addresses and the names that it holds.
pub(super) type Written = BTreeMap<String, Vec<String>>;

/// `"@name" = ["ana@example.org", "@other"]`, as it is written.
pub(super) fn people(reader: &mut Reader<'_>, table: &Table) -> Written {
    let mut written = Written::new();
    let keys = table.entries.iter().map(|entry| entry.key.as_str());
    let names: Vec<&str> = keys.filter(|key| key.starts_with('@')).collect();
    for entry in &table.entries {
        if !entry.key.starts_with('@') || entry.key.len() < 2 {
            let message = format!("`{}` is no name of people", entry.key);
            let hint = format!("Write `\"@{}\"`.", entry.key.trim_start_matches('@'));
            reader.fault(entry.key_at, message, &hint);
            continue;
        }
        let mut members = Vec::new();
        for (member, at) in reader.texts(&entry.value) {
            if member.starts_with('@') && !names.contains(&member) {
                let hint = suggestion(member, &names);
                reader.fault(at, format!("`{member}` is not in [people]"), &hint);
            } else if !member.contains('@') {
                reader.fault(at, format!("`{member}` is no address"), "Write `ana@example.org`.");
            } else {
                members.push(member.to_owned());
            }
        }
        written.insert(entry.key.clone(), members);
    }
    written
}

/// Every name with its addresses, groups opened.
pub(super) fn opened(written: &Written) -> BTreeMap<String, Vec<String>> {
    written.keys().map(|name| (name.clone(), addresses(name, written))).collect()
}

/// The names that are one person's: each holds addresses alone, and stands among others, in a `by` or
/// in a group.
pub(super) fn persons(written: &Written, requirements: &[Requirement]) -> BTreeSet<String> {
    let by = requirements.iter().filter_map(|of| of.sign_off.as_ref()).map(|of| &of.by);
    let among = by.chain(written.values()).filter(|names| names.len() > 1).flatten();
    let is_group =
        |name: &String| written.get(name).is_some_and(|of| of.iter().any(|of| is_name(of)));
    among.filter(|name| is_name(name) && !is_group(name)).cloned().collect()
}

fn is_name(text: &str) -> bool {
    text.starts_with('@')
}

/// The addresses of a group, through the groups in it.
fn addresses(name: &str, people: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut seen = BTreeSet::from([name]);
    let mut waiting = vec![name];
    let mut found = Vec::new();
    while let Some(next) = waiting.pop() {
        for member in people.get(next).into_iter().flatten() {
            if !member.starts_with('@') {
                if !found.contains(member) {
                    found.push(member.clone());
                }
            } else if seen.insert(member) {
                waiting.push(member);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::is_one_character;

    #[test]
    fn an_emoji_is_one_character() {
        for marker in ["~", "✅", "⚠️", "👩‍💻", "👍🏽", "1️⃣"] {
            assert!(is_one_character(marker), "{marker}");
        }
        for marker in ["", "ab", "✅✅", "⚠️!"] {
            assert!(!is_one_character(marker), "{marker}");
        }
    }
}
