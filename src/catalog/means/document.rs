//! A document of the team, by its name or by a heading in it.

use std::cmp::Reverse;
use std::ops::Range;

use regex::Regex;

use super::{Drafted, Line, quoted, repository_only};
use crate::catalog::pattern::Pattern;
use crate::catalog::surroundings::Around;
use crate::catalog::unread;

/// A document with something in it, and nothing that is still to be written.
const WRITTEN: &str = concat!(
    r#"text({path}).size() > 40 && !text({path}).matches(r"\b(TODO|TBD|FIXME|WIP)\b"#,
    r#"|(?i:\b(to be (added|completed|decided|defined|done|written)|coming soon|work in progress)\b)")"#,
);

/// Words of a name or heading that narrow nothing: that it is a document, and of what kind.
const OF_ANY: [&str; 43] = [
    "a",
    "and",
    "doc",
    "docs",
    "document",
    "documentation",
    "example",
    "for",
    "guide",
    "guides",
    "handbook",
    "how",
    "index",
    "instructions",
    "manual",
    "md",
    "notes",
    "of",
    "our",
    "overview",
    "plan",
    "planning",
    "plans",
    "playbook",
    "policies",
    "policy",
    "procedure",
    "procedures",
    "process",
    "readme",
    "reference",
    "runbook",
    "steps",
    "strategy",
    "the",
    "to",
    "us",
    "v1",
    "v2",
    "we",
    "what",
    "with",
    "your",
];

pub(super) fn draft(
    named: &Pattern,
    heading: Option<&str>,
    line: &Line<'_>,
    around: &Around<'_>,
) -> Drafted {
    let text = line.item.text.to_lowercase();
    let said: Vec<&str> = unread::words(&text).collect();
    let is_of_tools = |name: &str| line.named.each().all(|tool| line.named.is_of(tool, &[name]));
    let means = |name: &str| {
        let found = named.found(name);
        found.is_some_and(|found| is_said(name, &found, &said)) && is_of_tools(name)
    };
    let documents = around.documents.of(around).iter();
    let mut by_name: Vec<(&str, &str)> = documents
        .filter_map(|of| Some((of.path.as_str(), of.name.as_deref()?)))
        .filter(|(_, name)| means(name))
        .collect();
    // The name that says most of the line, then the shortest path: the team's main document of it.
    let near =
        |name: &str| unread::words(&name.to_lowercase()).filter(|word| said.contains(word)).count();
    by_name
        .sort_by_key(|(path, name)| (Reverse(near(name)), path.matches('/').count(), path.len()));
    if let Some((path, _)) = by_name.first() {
        return Ok(repository_only(WRITTEN.replace("{path}", &quoted(path))));
    }
    let pattern = heading.and_then(|heading| Regex::new(&format!("(?i){heading}")).ok());
    let means = |heading: &str| {
        let found = pattern.as_ref().and_then(|pattern| pattern.find(heading));
        found.is_some_and(|found| is_said(heading, &found.range(), &said)) && is_of_tools(heading)
    };
    let mut documents = around.documents.of(around).iter();
    let found = documents.find_map(|of| {
        let meant = of.headings.iter().find(|heading| means(heading));
        section(&of.path, meant?)
    });
    found.map(repository_only).ok_or_else(|| "a document of that name".to_owned())
}

/// Whether `name` says nothing besides `found` but what the line says too: `rollback-analytics.md` is of a
/// part, `incident-2026-03.md` of one time.
fn is_said(name: &str, found: &Range<usize>, said: &[&str]) -> bool {
    let is_known = |word: &str| said.contains(&word) || OF_ANY.contains(&word);
    let are_known = |text: &str| unread::words(&text.to_lowercase()).all(is_known);
    // What the pattern found may be a part of a word.
    let before = name.get(..found.start).unwrap_or_default();
    let after = name.get(found.end..).unwrap_or_default();
    are_known(before.trim_end_matches(char::is_alphanumeric))
        && are_known(after.trim_start_matches(char::is_alphanumeric))
}

/// That a document has a heading, with something below it that is no promise to write it.
fn section(path: &str, heading: &str) -> Option<String> {
    if heading.contains('"') {
        return None;
    }
    let (path, heading) = (quoted(path), regex::escape(heading));
    Some(format!(
        "text({path}).matches(r\"(?m)^{heading}\\s*\\n\\s*[^#\\s]\") && \
         !text({path}).matches(r\"(?m)^{heading}\\s*\\n\\W*(TODO|TBD|FIXME|WIP|(?i:to be |coming soon))\")"
    ))
}
