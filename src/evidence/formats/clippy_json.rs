//! `cargo clippy`, `check` and `build` with `--message-format=json`: what the compiler says.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{Reading, Rule};

pub(super) struct ClippyJson;

impl Format for ClippyJson {
    fn id(&self) -> &'static str {
        "clippy-json"
    }

    fn about(&self) -> About {
        About {
            tool: "cargo (Clippy, check, build: `--message-format=json`)",
            recognised: "lines of `reason` as cargo writes them: `compiler-message`, `compiler-artifact`, `build-finished`",
            carries: &["findings"],
            tells: Tells::NOTHING,
            source: "https://doc.rust-lang.org/cargo/reference/external-tools.html#json-messages",
            clean: "`build-finished` says `success: true`, and no message is a warning or an error.",
            vacuous: "No `build-finished`: cut off; `success: false` without an error; 0 crates compiled.",
            blank: Blanks::NONE,
            notes: &[
                "A finding is a diagnostic of the compiler; those that only count others (`2 warnings emitted`) are none.",
                "A library is compiled anew for its tests, and its warnings are told again: the same one at the same place counts once.",
                "`help` and `note` are notes; a lint has a level, no severity.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let reason = |shape: &Shape<'_>| {
            matches!(
                shape.text("reason"),
                Some(
                    "compiler-message"
                        | "compiler-artifact"
                        | "build-script-executed"
                        | "build-finished"
                )
            )
        };
        Fit::sure(sniff.documents().iter().any(reason))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "cargo");
        let mut findings = input.findings();
        let (mut crates, mut finished) = (0, None);
        let mut seen = BTreeSet::new();
        let between = input.documents(|line: Line<'_>| match line.reason.as_deref() {
            Some("compiler-artifact") => crates += 1,
            Some("build-finished") => finished = Some(line.success == Some(true)),
            Some("compiler-message") => {
                let diagnostic = line.message.filter(|message| !message.counts_others());
                let finding = diagnostic.map(|diagnostic| diagnostic.finding());
                let new = |finding: &Finding| {
                    let place = (finding.rule.clone(), finding.title.clone(), finding.path.clone());
                    seen.insert((place, finding.line))
                };
                if let Some(finding) = finding.filter(new) {
                    findings.add(finding);
                }
            }
            _ => {}
        })?;
        between.settle(&mut reading);
        match finished {
            None => reading.doubt(Rule::Unreadable, "The stream ends before `build-finished`."),
            Some(false) if findings.levelled(Level::Error) == 0 => {
                reading.doubt(Rule::ToolFailed, "The build failed, and no error is told.");
            }
            Some(true) if crates == 0 => {
                reading.doubt(Rule::NothingLookedAt, "cargo compiled 0 crates.");
            }
            Some(_) => {}
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    reason: Option<Str<'a>>,
    success: Option<bool>,
    message: Option<Diagnostic<'a>>,
}

#[derive(Deserialize)]
struct Diagnostic<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
    level: Option<Str<'a>>,
    code: Option<Code<'a>>,
    spans: Option<Vec<Span<'a>>>,
}

#[derive(Deserialize)]
struct Code<'a> {
    #[serde(borrow)]
    code: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Span<'a> {
    #[serde(borrow)]
    file_name: Option<Str<'a>>,
    #[serde(default)]
    line_start: Num,
    is_primary: Option<bool>,
}

impl Diagnostic<'_> {
    /// Whether it only says how many others there were.
    fn counts_others(&self) -> bool {
        let said = self.message.as_deref().unwrap_or_default();
        let spans = self.spans.as_ref().is_some_and(|spans| !spans.is_empty());
        !spans
            && self.code.is_none()
            && (said.starts_with("aborting due to")
                || said.ends_with(" emitted")
                || said.starts_with("Some errors have detailed explanations")
                || said.starts_with("For more information about"))
    }

    fn finding(&self) -> Finding {
        let spans = || self.spans.iter().flatten();
        let span = spans().find(|span| span.is_primary == Some(true)).or(spans().next());
        let level = match self.level.as_deref().unwrap_or("error") {
            // `error: internal compiler error` is one too.
            word if word.starts_with("error") => Level::Error,
            word => Level::from_word(word),
        };
        Finding {
            rule: self.code.as_ref().and_then(|code| text::said(&code.code)),
            title: self.message.as_deref().and_then(text::title),
            path: span.and_then(|span| text::said(&span.file_name)),
            line: span.and_then(|span| span.line_start.line()),
            ..Finding::levelled(level)
        }
    }
}
