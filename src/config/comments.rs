//! The comments beside an item: the same as in `trueup.toml`, for one item.

use super::fault::ConfigFault;
use super::reader::Reader;
use super::waiver::day;
use crate::model::{Directive, DirectiveKey, Glob, Item, Place};
use crate::policy::{Requirement, Selector, Waiver, Wanted};

/// What the comments beside `item` of the checklist at `checklist_path` ask for, and their faults.
pub fn of_item(
    checklist_path: &str,
    item: &Item,
    formats: &[&str],
) -> (Option<Requirement>, Option<Waiver>, Vec<ConfigFault>) {
    let mut reader = Reader::new(checklist_path, "", formats);
    let comments = Comments::of(&mut reader, item);
    let beside =
        || Selector::Beside { checklist: checklist_path.to_owned(), item: item.id.clone() };
    let requirement = requirement(&mut reader, &comments, beside());
    let waiver = comments
        .get(DirectiveKey::Waiver)
        .and_then(|comment| waiver(&mut reader, checklist_path, comment, beside()));
    (requirement, waiver, reader.faults)
}

/// One comment of each key.
struct Comments<'i> {
    found: Vec<&'i Directive>,
}

impl<'i> Comments<'i> {
    fn of(reader: &mut Reader<'_>, item: &'i Item) -> Comments<'i> {
        let mut found: Vec<&Directive> = Vec::new();
        for directive in &item.directives {
            if found.iter().any(|known| known.key == directive.key) {
                let word = directive.key.word();
                let message = format!("the item has two `{word}` comments");
                let hint = match directive.key {
                    DirectiveKey::Evidence => "Join the conditions with `&&`.",
                    DirectiveKey::Artifacts | DirectiveKey::Paths => "Join the globs with commas.",
                    _ => "Take one away.",
                };
                reader.fault(directive.span, message, hint);
            } else {
                found.push(directive);
            }
        }
        Comments { found }
    }

    fn get(&self, key: DirectiveKey) -> Option<&'i Directive> {
        self.found.iter().find(|comment| comment.key == key).copied()
    }
}

fn requirement(
    reader: &mut Reader<'_>,
    comments: &Comments<'_>,
    items: Selector,
) -> Option<Requirement> {
    let Some(evidence) = comments.get(DirectiveKey::Evidence) else {
        lonely(reader, comments);
        return None;
    };
    let place = |range: std::ops::Range<usize>| evidence.place(range.start, range.end);
    let condition = reader.parsed(&evidence.value, place);
    let format = comments.get(DirectiveKey::Format);
    let format_id = format.and_then(|comment| reader.format(&comment.value, comment.span));
    let artifacts = comments.get(DirectiveKey::Artifacts);
    if let (Some(format), None) = (format, artifacts) {
        let message = "`format` names the format of `artifacts`, and there are none";
        reader.fault(format.span, message, "Add `<!-- artifacts: … -->`.");
    }
    let wanted = artifacts.map(|comment| globs(reader, comment)).unwrap_or_default();
    if let (Some(comment), true) = (artifacts, wanted.is_empty()) {
        reader.fault(comment.span, "`artifacts` names none", "");
    }
    let max_age = comments
        .get(DirectiveKey::MaxAge)
        .and_then(|comment| reader.age(&comment.value, comment.span));
    // An empty comment is malformed, so "commits do not matter" needs a word.
    let paths = comments.get(DirectiveKey::Paths).map(|comment| match comment.value.as_str() {
        "none" => Vec::new(),
        _ => globs(reader, comment),
    });
    if !reader.faults.is_empty() {
        return None;
    }
    let wanted = wanted.into_iter().map(|glob| Wanted {
        glob,
        format: format_id.clone(),
        vouched_by: None,
        optional: false,
    });
    Some(Requirement {
        place: Place::line(path_of(&items), evidence.line),
        name: None,
        items,
        artifacts: wanted.collect(),
        condition: Some(condition?),
        max_age,
        paths,
        sign_off: None,
    })
}

fn path_of(items: &Selector) -> String {
    match items {
        Selector::Beside { checklist, .. } => checklist.clone(),
        Selector::Glob { .. } => String::new(),
    }
}

/// Comments that say how evidence is judged where there is no condition.
fn lonely(reader: &mut Reader<'_>, comments: &Comments<'_>) {
    for comment in &comments.found {
        match comment.key {
            DirectiveKey::Artifacts
            | DirectiveKey::Format
            | DirectiveKey::MaxAge
            | DirectiveKey::Paths => {
                let message = format!("`{}` stands here without `evidence`", comment.key.word());
                let hint = "Add `<!-- evidence: tests.failed == 0 -->`.";
                reader.fault(comment.span, message, hint);
            }
            DirectiveKey::Id | DirectiveKey::Evidence | DirectiveKey::Waiver => {}
        }
    }
}

/// The comma-separated globs of a comment; a comma in braces is part of its glob.
fn globs(reader: &mut Reader<'_>, comment: &Directive) -> Vec<Glob> {
    let mut globs = Vec::new();
    let mut start = 0;
    let mut depth = 0_u32;
    let ends = comment.value.char_indices().filter_map(|(at, c)| {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return Some(at),
            _ => {}
        }
        None
    });
    let ends: Vec<usize> = ends.chain([comment.value.len()]).collect();
    for end in ends {
        let part = comment.value.get(start..end).unwrap_or_default();
        let text = part.trim();
        if !text.is_empty() {
            let from = start + (part.len() - part.trim_start().len());
            match slip(text) {
                Some((message, hint)) => reader.fault(comment.span, message, hint),
                None => {
                    globs.extend(reader.each_glob(text, comment.place(from, from + text.len())));
                }
            }
        }
        start = end + 1;
    }
    globs
}

/// What is written as a glob and meant otherwise, and what to write.
fn slip(text: &str) -> Option<(String, &'static str)> {
    let quoted = |quote: char| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote);
    if ['"', '\'', '`'].into_iter().any(quoted) {
        return Some((format!("the glob {text} stands in quotes"), "Write it without them."));
    }
    let ends_as_a_file = |part: &str| {
        let end = part.rsplit_once('.').map(|(_, end)| end).unwrap_or_default();
        (2..=5).contains(&end.len()) && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    let is_one = |part: &str| part.contains('*') || part.ends_with('/') || ends_as_a_file(part);
    let several = text.split_whitespace().count() > 1 && text.split_whitespace().all(is_one);
    several.then(|| {
        (format!("`{text}` stands for several globs without a comma"), "Join them with commas.")
    })
}

/// `by @ana until 2026-12-31 because …`.
fn waiver(
    reader: &mut Reader<'_>,
    path: &str,
    comment: &Directive,
    items: Selector,
) -> Option<Waiver> {
    let hint = "Write `waiver: by @ana until 2026-12-31 because …`.";
    let text = comment.value.as_str();
    let parts = text.strip_prefix("by ").and_then(|rest| {
        let (by, rest) = rest.split_once(" until ")?;
        let (until, reason) = rest.split_once(" because ")?;
        Some((by.trim(), until.trim(), reason.trim()))
    });
    let Some((by, until, reason)) = parts else {
        let lacks: Vec<&str> = ["by", "until", "because"]
            .into_iter()
            .filter(|word| !text.split_whitespace().any(|written| written == *word))
            .map(|word| match word {
                "by" => "owner",
                "until" => "end",
                _ => "reason",
            })
            .collect();
        let message = match lacks.as_slice() {
            [] => "this waiver is not in order".to_owned(),
            lacks => format!("this waiver has no {}", lacks.join(" and no ")),
        };
        reader.fault(comment.span, message, hint);
        return None;
    };
    for (part, what) in [(by, "owner"), (reason, "reason")] {
        if part.is_empty() {
            reader.fault(comment.span, format!("this waiver has no {what}"), hint);
            return None;
        }
    }
    let offset = text.find(until).unwrap_or_default();
    let end = day(reader, until, comment.place(offset, offset + until.len()))?;
    Some(Waiver {
        place: Place::line(path, comment.line),
        items,
        requirement: None,
        findings: Vec::new(),
        package: None,
        path: None,
        reason: reason.to_owned(),
        by: by.to_owned(),
        until: end,
        until_written: until.to_owned(),
    })
}
