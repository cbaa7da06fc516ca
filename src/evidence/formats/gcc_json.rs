//! GCC's `-fdiagnostics-format=json`: a list each compilation, on a line of its own.

use serde::Deserialize;

use crate::evidence::json::{self, Num, Str};
use crate::evidence::stream::Between;
use crate::evidence::{
    About, Blanks, Broken, Cut, Fit, Format, Input, Means, Shape, Sniff, Tells, text,
};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct GccJson;

impl Format for GccJson {
    fn id(&self) -> &'static str {
        "gcc-json"
    }

    fn about(&self) -> About {
        About {
            tool: "GCC (`-fdiagnostics-format=json`)",
            recognised: "a first list of diagnostics with `kind`, `locations`, `children` and `message`; a log that begins with `[]` has to be named",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://gcc.gnu.org/onlinedocs/gcc/Diagnostic-Message-Formatting-Options.html",
            clean: "`[]` of each compilation, vouched for.",
            vacuous: "Lists that hold nothing: they do not say of which files; a line between them that tells of a failure, as of the linker.",
            blank: Blanks::NONE.list(Means::Silent).silent(),
            notes: &[
                "Every compilation writes a list in a line of its own; what make and the linker write between them is passed over, and told.",
                "The children of a diagnostic are its notes, and no findings. Errors of every kind are errors.",
                "A build in which nothing was compiled anew tells of no warning: build from a clean tree.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let told = |one: &Shape<'_>| {
            one.has(&["kind", "message"]) && one.has_list("locations") && one.has_list("children")
        };
        Fit::sure(sniff.json().and_then(Shape::first).is_some_and(told))
    }

    fn accepts(&self, sniff: &Sniff<'_>) -> bool {
        let first = sniff.json();
        let is_empty =
            first.is_some_and(|list| matches!(list, Shape::List(held) if held.is_empty()));
        is_empty || self.recognises(sniff) != Fit::No
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "GCC");
        let mut findings = input.findings();
        let mut between = Between::default();
        for (number, line) in input.lines().filter(|(_, line)| !line.trim().is_empty()) {
            if line.starts_with('[') {
                let add = |one: Diagnostic<'_>| findings.add(one.finding());
                json::whole(line, |json| json::read_elements(json, add))
                    .map_err(|Broken(why)| placed(number, &why))?;
            } else {
                between.lines += 1;
                between.trouble =
                    between.trouble.or(Some(line).filter(|line| tells_of_failure(line)));
            }
        }
        between.settle(&mut reading);
        if findings.total() == 0 {
            let why = "GCC writes `[]` where it found nothing, and does not say what it compiled.";
            reading.doubt(Rule::SilentTool, why);
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }

    fn hides_cuts(&self) -> Cut {
        Cut::AtLineEnds
    }
}

/// `compilation terminated.` follows a fatal error, which is a finding.
fn tells_of_failure(line: &str) -> bool {
    text::tells_of_failure(line) || line.contains("error: ld returned")
}

/// The fault with its line in the whole text.
fn placed(number: usize, why: &str) -> Broken {
    let told = why.split_once(": ").map(|(_, told)| told).filter(|_| why.starts_with("At line"));
    match told {
        Some(told) => Broken::new(format!("At line {number}: {told}")),
        None => Broken::new(format!("The list of line {number} is not whole.")),
    }
}

#[derive(Deserialize)]
struct Diagnostic<'a> {
    #[serde(borrow)]
    kind: Option<Str<'a>>,
    message: Option<Str<'a>>,
    option: Option<Str<'a>>,
    locations: Option<Vec<Location<'a>>>,
}

#[derive(Deserialize)]
struct Location<'a> {
    #[serde(borrow)]
    caret: Option<Place<'a>>,
}

#[derive(Deserialize)]
struct Place<'a> {
    #[serde(borrow)]
    file: Option<Str<'a>>,
    #[serde(default)]
    line: Num,
}

impl Diagnostic<'_> {
    fn finding(&self) -> Finding {
        let level = match self.kind.as_deref() {
            Some("warning" | "anachronism" | "pedwarn") => Level::Warning,
            Some("note" | "debug") => Level::Note,
            // `error`, `fatal error`, `internal compiler error`, `sorry, unimplemented`.
            _ => Level::Error,
        };
        let place = self.locations.iter().flatten().find_map(|location| location.caret.as_ref());
        Finding {
            rule: text::said(&self.option),
            title: self.message.as_deref().and_then(text::title),
            path: place.and_then(|place| text::said(&place.file)),
            line: place.and_then(|place| place.line.line()),
            ..Finding::levelled(level)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};
    use crate::facts::Level;

    fn list(kind: &str) -> String {
        format!(
            r#"[{{"kind": "{kind}", "locations": [{{"caret": {{"file": "pay.c", "line": 4, "column": 9}}}}],
            "option": "-Wparentheses", "children": [{{"kind": "note", "message": "here", "locations": []}}],
            "message": "suggest parentheses"}}]"#
        )
        .replace('\n', "")
    }

    #[test]
    fn a_kind_says_how_bad_it_is() {
        for (kind, expected) in [
            ("error", [1, 0, 0]),
            ("fatal error", [1, 0, 0]),
            ("internal compiler error", [1, 0, 0]),
            ("warning", [0, 1, 0]),
            ("note", [0, 0, 1]),
        ] {
            let text = format!("{}\n[]\n", list(kind));
            let findings = reading("gcc-json", &text).facts.findings.unwrap();
            let levels =
                [Level::Error, Level::Warning, Level::Note].map(|level| findings.levelled(level));
            assert_eq!(levels, expected, "{kind}");
            let finding = &findings.list.entries()[0];
            assert_eq!((finding.path.as_deref(), finding.line), (Some("pay.c"), Some(4)));
        }
    }

    #[test]
    fn a_build_of_which_not_all_is_told_proves_nothing() {
        let warned = list("warning");
        proves(
            "gcc-json",
            &[
                (&format!("{warned}\n"), ""),
                (&format!("{warned}\ncompilation terminated.\n[]\n"), ""),
                (&format!("{warned}\ncollect2: error: ld returned 1 exit status\n"), "ld returned"),
                (&format!("{warned}\nmake: *** [Makefile:2: pay.o] Error 1\n"), "make"),
                (&format!("{warned}\n{}", &warned[..60]), "line 2 is not whole"),
            ],
        );
    }
}
