//! `knip --reporter json`: files, dependencies and exports that nothing uses.

use serde::Deserialize;

use crate::evidence::json::{Map, Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Findings, Level};
use crate::model::{Reading, Rule};

pub(super) struct KnipJson;

/// The kinds of issues by which an entry is known.
const KINDS: [&str; 17] = [
    "binaries",
    "catalog",
    "catalogReferences",
    "classMembers",
    "cycles",
    "dependencies",
    "devDependencies",
    "duplicates",
    "enumMembers",
    "exports",
    "files",
    "namespaceMembers",
    "nsExports",
    "optionalPeerDependencies",
    "types",
    "unlisted",
    "unresolved",
];

impl Format for KnipJson {
    fn id(&self) -> &'static str {
        "knip-json"
    }

    fn about(&self) -> About {
        About {
            tool: "Knip",
            recognised: "`issues` whose entries have a `file` and lists of Knip's kinds (`unlisted`, `exports`, `files` …)",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://knip.dev/features/reporters#json",
            clean: "`issues` is empty; that counts only where something vouches for the run.",
            vacuous: "`issues` is empty: a project of which Knip found no file looks the same.",
            blank: Blanks::NONE,
            notes: &[
                "Each unused, unlisted or unresolved thing is a finding, its kind the rule; a group of duplicates is one.",
                "All are errors: what `rules` makes a warning, the file does not tell.",
                "`{\"issues\": []}` is of many tools: it is read where the format is named.",
                "`--max-show-issues` cuts nothing from the JSON.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let known = |entry: &Shape<'_>| {
            entry.text("file").is_some() && KINDS.iter().any(|kind| entry.has_list(kind))
        };
        Fit::sure(sniff.json().and_then(|shape| shape.first_of("issues")).is_some_and(known))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        let empty = |shape: &Shape<'_>| {
            shape.get("issues").is_some_and(|issues| *issues == Shape::List(Vec::new()))
                && shape.members().iter().all(|(key, _)| matches!(*key, "issues" | "files"))
        };
        self.recognises(sniff) != Fit::No || sniff.json().is_some_and(empty)
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut reading = Reading::by(self.id(), "Knip");
        let mut findings = input.findings();
        for file in report.files.iter().flatten() {
            findings.add(finding("files", None, Some(file), None));
        }
        report.issues.iter().for_each(|entry| add(&mut findings, entry));
        if findings.total() == 0 {
            let why = "Knip lists nothing where it found nothing, and where it looked at no file.";
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    /// Unused files, as versions before 6 list them.
    #[serde(borrow)]
    files: Option<Vec<Str<'a>>>,
    issues: Vec<Map<'a, Part<'a>>>,
}

/// What stands under a kind, or under `file`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Part<'a> {
    Text(#[serde(borrow)] Str<'a>),
    List(#[serde(borrow)] Vec<Item<'a>>),
    /// Members by what they are members of, as versions before 6 list them.
    Owned(#[serde(borrow)] Map<'a, Vec<Symbol<'a>>>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Item<'a> {
    One(#[serde(borrow)] Symbol<'a>),
    Group(#[serde(borrow)] Vec<Symbol<'a>>),
}

#[derive(Deserialize)]
struct Symbol<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

fn add(findings: &mut Findings, entry: &Map<'_, Part<'_>>) {
    let path = match entry.get("file") {
        Some(Part::Text(path)) => Some(path),
        _ => None,
    };
    for (kind, part) in entry {
        let mut symbol = |one: Option<&Symbol<'_>>| {
            let name = one.and_then(|one| one.name.as_deref());
            findings.add(finding(kind, name, path, one.and_then(|one| one.line.line())));
        };
        match part {
            _ if &**kind == "owners" => {}
            Part::Text(_) => {}
            Part::List(items) => items.iter().for_each(|item| match item {
                Item::One(one) => symbol(Some(one)),
                Item::Group(group) => symbol(group.first()),
            }),
            Part::Owned(owners) => {
                owners
                    .into_iter()
                    .flat_map(|(_, members)| members)
                    .for_each(|one| symbol(Some(one)));
            }
        }
    }
}

fn finding(kind: &str, name: Option<&str>, path: Option<&Str<'_>>, line: Option<u64>) -> Finding {
    let package = kind.ends_with("ependencies") || matches!(kind, "unlisted" | "catalog");
    Finding {
        rule: Some(kind.to_owned()),
        title: name.and_then(text::title),
        package: name.filter(|_| package).map(str::to_owned),
        path: path.map(|path| (**path).to_owned()),
        line,
        ..Finding::levelled(Level::Error)
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn everything_that_is_listed_is_a_finding_in_every_version() {
        for (text, expected) in [
            (
                r#"{"issues": [{"file": "a.ts", "exports": [{"name": "x", "line": 2}], "types": []}]}"#,
                1,
            ),
            (
                r#"{"issues": [{"file": "a.ts", "owners": [{"name": "@me"}], "duplicates": [[{"name": "x"}, {"name": "y"}]]}]}"#,
                1,
            ),
            (
                r#"{"files": ["b.ts", "c.ts"], "issues": [{"file": "a.ts", "unlisted": [{"name": "p"}],
                "enumMembers": {"E": [{"name": "A"}, {"name": "B"}]}, "classMembers": {}}]}"#,
                5,
            ),
            (
                r#"{"issues": [{"file": "a.ts", "binaries": [{"name": "tsc"}], "kindsToCome": [{"name": "z"}]}]}"#,
                2,
            ),
        ] {
            let findings = reading("knip-json", text).facts.findings.unwrap();
            assert_eq!(findings.total(), expected, "{text}");
            assert!(findings.list.entries().iter().all(|found| found.rule.is_some()));
        }
    }

    #[test]
    fn an_empty_list_proves_nothing_alone() {
        let silent = "Knip lists nothing where it found nothing";
        proves(
            "knip-json",
            &[
                (r#"{"issues": []}"#, silent),
                (r#"{"files": [], "issues": []}"#, silent),
                (r#"{"issues": [{"file": "a.ts", "files": []}]}"#, silent),
            ],
        );
    }
}
