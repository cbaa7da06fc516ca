//! Istanbul's `coverage-final.json`: counters of every file, from which the shares are counted.

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess};

use crate::evidence::family::covered::{self, Touched};
use crate::evidence::json::{Map, Members, Num};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells};
use crate::facts::{Coverage, Gaps, Share};
use crate::model::Reading;

pub(super) struct IstanbulFinal;

impl Format for IstanbulFinal {
    fn id(&self) -> &'static str {
        "istanbul-final"
    }

    fn about(&self) -> About {
        About {
            tool: "Istanbul (Jest, nyc, c8, Vitest: `coverage-final.json`)",
            recognised: "a map of paths to `statementMap` beside `s`",
            carries: &["coverage"],
            tells: Tells::NOTHING,
            source: "https://github.com/istanbuljs/istanbuljs/blob/main/docs/raw-output.md",
            clean: "Statements are counted.",
            vacuous: "0 lines of code.",
            blank: Blanks::NONE,
            notes: &[
                "The file names no lines: a line is where statements begin, covered where any of them ran.",
                "Every arm of a branch counts.",
                "Entries may stand under `data`.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let file = |shape: &Shape<'_>| {
            shape.has(&["statementMap"])
                && (shape.has(&["s"]) || shape.has(&["fnMap"]) || shape.has(&["path"]))
        };
        let entry = |shape: &Shape<'_>| file(shape) || shape.get("data").is_some_and(file);
        let first = sniff.json().and_then(Shape::first_value);
        Fit::sure(first.is_some_and(entry))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut files = Files::default();
        input.members(&mut files)?;
        let mut reading = Reading::of(self.id());
        let coverage = Coverage {
            lines: Some(files.lines),
            branches: Some(files.branches),
            functions: Some(files.functions),
            statements: Some(files.statements),
            gaps: files.gaps,
        };
        covered::settle(&mut reading, coverage);
        Ok(reading)
    }
}

#[derive(Default)]
struct Files {
    lines: Share,
    branches: Share,
    functions: Share,
    statements: Share,
    gaps: Gaps,
}

impl<'de> Members<'de> for Files {
    fn member<A: MapAccess<'de>>(&mut self, path: &str, map: &mut A) -> Result<(), A::Error> {
        let entry: Entry<'de> = map.next_value()?;
        if let Some(file) = entry.data.as_deref().or(entry.s.as_ref().map(|_| &entry)) {
            self.add(path, file);
        }
        Ok(())
    }
}

#[derive(Deserialize)]
struct Entry<'a> {
    data: Option<Box<Entry<'a>>>,
    #[serde(borrow, rename = "statementMap")]
    statement_map: Option<Map<'a, Place>>,
    s: Option<Map<'a, Num>>,
    f: Option<Map<'a, Num>>,
    #[serde(rename = "fnMap")]
    functions: Option<Map<'a, IgnoredAny>>,
    b: Option<Map<'a, Vec<Num>>>,
}

#[derive(Deserialize)]
struct Place {
    start: Option<Start>,
}

#[derive(Deserialize)]
struct Start {
    #[serde(default)]
    line: Num,
}

impl Files {
    fn add(&mut self, path: &str, file: &Entry<'_>) {
        let mut lines = Touched::default();
        for (id, count) in file.s.iter().flatten() {
            count_one(&mut self.statements, covered::ran(*count));
            let place = file.statement_map.as_ref().and_then(|map| map.get(id));
            let line = place.and_then(|place| place.start.as_ref()?.line.line());
            if let Some(line) = line {
                lines.add(line, covered::ran(*count));
            }
        }
        // A statement without a count never ran.
        for (id, place) in file.statement_map.iter().flatten() {
            if file.s.as_ref().is_none_or(|counts| !counts.contains_key(id)) {
                count_one(&mut self.statements, false);
                if let Some(line) = place.start.as_ref().and_then(|start| start.line.line()) {
                    lines.add(line, false);
                }
            }
        }
        covered::add_file((&mut self.lines, &mut self.gaps), path, lines.share());
        let counted = file.f.as_ref().map_or(0, |of| of.len());
        let known = file.functions.as_ref().map_or(0, |of| of.len());
        file.f
            .iter()
            .flatten()
            .for_each(|(_, count)| count_one(&mut self.functions, covered::ran(*count)));
        self.functions.total += known.saturating_sub(counted) as u64;
        for arm in file.b.iter().flatten().flat_map(|(_, arms)| arms) {
            count_one(&mut self.branches, covered::ran(*arm));
        }
    }
}

fn count_one(share: &mut Share, hit: bool) {
    share.total += 1;
    share.covered += u64::from(hit);
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn a_statement_without_a_count_never_ran() {
        let text = r#"{"a.js": {"path": "a.js", "statementMap": {"0": {"start": {"line": 1}},
            "1": {"start": {"line": 2}}}, "fnMap": {}, "branchMap": {}, "s": {"0": 1}, "f": {},
            "b": {}}}"#;
        let coverage = reading("istanbul-final", text).facts.coverage.unwrap();
        for share in [coverage.lines, coverage.statements] {
            assert_eq!(share.map(|share| (share.covered, share.total)), Some((1, 2)));
        }
    }
}
