//! `gcov --json-format --stdout`: a document each object file.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::evidence::family::covered::{self, Touched};
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Cut, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Coverage, Gaps, Share};
use crate::model::{Reading, counted};

pub(super) struct GcovJson;

impl Format for GcovJson {
    fn id(&self) -> &'static str {
        "gcov-json"
    }

    fn about(&self) -> About {
        About {
            tool: "gcov",
            recognised: "`gcc_version` and `data_file` beside `files`",
            carries: &["coverage"],
            tells: Tells::NOTHING.version("`gcc_version`"),
            source: "https://gcc.gnu.org/onlinedocs/gcc/Invoking-Gcov.html",
            clean: "Lines are counted.",
            vacuous: "0 lines: no notes file (`.gcno`) was found.",
            blank: Blanks::NONE,
            notes: &[
                "With `--stdout` a document follows another, one each object file; a line that several have, as of a header, ran where it ran in one.",
                "gcov writes `.gcov.json.gz` otherwise, which is read as it is.",
                "An object file of which gcov knows no line is told as a warning: its source is in no count.",
                "Headers of the system count like other files; gcovr and lcov leave them out.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let told = |shape: &Shape<'_>| {
            // The data file stands behind the files, which may be longer than the look.
            let lines = shape.first_of("files").is_some_and(|file| file.has_list("lines"));
            shape.has(&["gcc_version"])
                && shape.has_list("files")
                && (lines || shape.has(&["data_file"]))
        };
        Fit::sure(sniff.documents().iter().any(told))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "gcov");
        let mut files = BTreeMap::new();
        let mut unknown = Vec::new();
        let between = input.documents(|document: Document<'_>| {
            reading.tool_version = text::said(&document.gcc_version);
            if document.files.is_empty() {
                unknown.push(text::said(&document.data_file).unwrap_or_default());
            }
            let within = document.directory;
            for file in document.files {
                let place = match (&within, &file.file) {
                    (Some(within), path) if !path.starts_with('/') => within.to_string(),
                    _ => String::new(),
                };
                let path = file.file.to_string();
                files.entry((path, place)).or_insert_with(Lines::default).add(&file);
            }
        })?;
        between.settle(&mut reading);
        if let Some(first) = unknown.first() {
            let objects = counted(unknown.len() as u64, "object file");
            reading.warn(format!("gcov knows no line of {objects}, the first {first}."));
        }
        covered::settle(&mut reading, coverage(files));
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    gcc_version: Option<Str<'a>>,
    data_file: Option<Str<'a>>,
    #[serde(rename = "current_working_directory")]
    directory: Option<Str<'a>>,
    files: Vec<File<'a>>,
}

#[derive(Deserialize)]
struct File<'a> {
    #[serde(borrow)]
    file: Str<'a>,
    functions: Option<Vec<Function<'a>>>,
    lines: Vec<Line>,
}

#[derive(Deserialize)]
struct Function<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    #[serde(default)]
    execution_count: Num,
}

#[derive(Deserialize)]
struct Line {
    line_number: u64,
    #[serde(default)]
    count: Num,
    branches: Option<Vec<Branch>>,
}

#[derive(Deserialize)]
struct Branch {
    #[serde(default)]
    count: Num,
}

/// What is known of a source file, over all object files.
#[derive(Default)]
struct Lines {
    lines: Touched<u64>,
    branches: Touched<(u64, usize)>,
    functions: Touched<String>,
}

impl Lines {
    fn add(&mut self, file: &File<'_>) {
        for line in &file.lines {
            self.lines.add(line.line_number, covered::ran(line.count));
            for (at, arm) in line.branches.iter().flatten().enumerate() {
                self.branches.add((line.line_number, at), covered::ran(arm.count));
            }
        }
        for function in file.functions.iter().flatten() {
            let name = function.name.as_deref().unwrap_or_default().to_owned();
            self.functions.add(name, covered::ran(function.execution_count));
        }
    }
}

fn coverage(files: BTreeMap<(String, String), Lines>) -> Coverage {
    let (mut lines, mut branches, mut functions) = Default::default();
    let mut gaps = Gaps::default();
    for ((path, _), file) in files {
        covered::add_file((&mut lines, &mut gaps), &path, file.lines.share());
        covered::add(&mut branches, file.branches.share());
        covered::add(&mut functions, file.functions.share());
    }
    let some = |share: Share| covered::some(share);
    Coverage {
        lines: Some(lines),
        branches: some(branches),
        functions: some(functions),
        gaps,
        ..Coverage::default()
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    fn document(object: &str, files: &str) -> String {
        format!(
            r#"{{"gcc_version": "12.2.0", "format_version": "1", "current_working_directory": "/src/{object}",
            "data_file": "{object}.gcda", "files": [{files}]}}"#
        )
    }

    fn file(path: &str, counts: [u64; 2]) -> String {
        let [first, second] = counts;
        format!(
            r#"{{"file": "{path}", "functions": [{{"name": "f", "execution_count": {first}}}], "lines": [
            {{"line_number": 1, "count": {first}, "branches": [{{"count": {second}, "throw": false}}]}},
            {{"line_number": 2, "count": {second}, "branches": []}}]}}"#
        )
    }

    #[test]
    fn a_header_of_two_object_files_is_one_file() {
        let text = [
            document("a", &[file("a.c", [1, 0]), file("/src/x.h", [1, 0])].join(",")),
            document("b", &[file("a.c", [0, 0]), file("/src/x.h", [0, 5])].join(",")),
        ]
        .join("\n");
        let read = reading("gcov-json", &text);
        assert_eq!(read.tool_version.as_deref(), Some("12.2.0"));
        let coverage = read.facts.coverage.unwrap();
        let share = |share: Option<crate::facts::Share>| share.map(|of| (of.covered, of.total));
        assert_eq!(share(coverage.lines), Some((3, 6)));
        assert_eq!(share(coverage.branches), Some((1, 3)));
        assert_eq!(share(coverage.functions), Some((2, 3)));
        let (gaps, _) = coverage.gaps.worst();
        assert_eq!(gaps[0].path, "a.c");
    }

    #[test]
    fn object_files_without_notes_cover_nothing() {
        let none = document("a", "");
        proves("gcov-json", &[(&none, "0 lines of code")]);
        let text = [none, document("b", &file("b.c", [1, 1]))].join("\n");
        proves("gcov-json", &[(&text, "")]);
        assert!(reading("gcov-json", &text).warnings[0].contains("the first a.gcda"));
    }
}
