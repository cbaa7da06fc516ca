//! `kube-score score --output-format json`.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Means, Sniff, Tells, text};
use crate::facts::{Finding, Grade, Tally};
use crate::model::{Reading, Rule};

pub(super) struct KubeScore;

impl Format for KubeScore {
    fn id(&self) -> &'static str {
        "kube-score"
    }

    fn about(&self) -> About {
        About {
            tool: "kube-score",
            recognised: "a list of `object_name` beside `checks`",
            carries: &["findings", "checks"],
            tells: Tells::NOTHING,
            source: "https://github.com/zegl/kube-score",
            clean: "Checks were made and all passed.",
            vacuous: "0 checks.",
            blank: Blanks::NONE.list(Means::Vacuous).null(Means::Vacuous),
            notes: &[
                "Grade 1 is critical, 5 medium, 7 low, 10 passed; a skipped check counts nowhere.",
                "`checks` counts the checks that were made, and those that did not pass.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let first = sniff.json().and_then(|shape| shape.first());
        Fit::sure(first.is_some_and(|object| object.has(&["object_name", "checks"])))
    }

    fn grades(&self) -> bool {
        true
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut findings = input.findings();
        let mut checks = Tally::default();
        input.elements(|object: Object<'_>| {
            for check in object.checks.iter().flatten().filter(|check| check.skipped != Some(true))
            {
                checks.total += 1;
                if let Some(grade) = check.grade() {
                    checks.failed += 1;
                    findings.add(check.finding(&object, grade));
                }
            }
        })?;
        let mut reading = Reading::by(self.id(), "kube-score");
        if checks.total == 0 {
            reading.doubt(Rule::NothingLookedAt, "kube-score made 0 checks.");
        }
        reading.facts.checks = Some(checks);
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Object<'a> {
    #[serde(borrow)]
    object_name: Option<Str<'a>>,
    file_name: Option<Str<'a>>,
    #[serde(default)]
    file_row: Num,
    checks: Option<Vec<Check<'a>>>,
}

#[derive(Deserialize)]
struct Check<'a> {
    #[serde(borrow)]
    check: Option<Subject<'a>>,
    grade: Option<u64>,
    skipped: Option<bool>,
    comments: Option<Vec<Comment<'a>>>,
}

/// What is checked.
#[derive(Deserialize)]
struct Subject<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    id: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Comment<'a> {
    #[serde(borrow)]
    summary: Option<Str<'a>>,
}

impl Check<'_> {
    /// How grave the result is; `None` where the check passed.
    fn grade(&self) -> Option<Grade> {
        match self.grade {
            Some(10..) => None,
            Some(7..) => Some(Grade::Low),
            Some(5..) => Some(Grade::Medium),
            Some(1..) => Some(Grade::Critical),
            Some(0) | None => Some(Grade::Unknown),
        }
    }

    fn finding(&self, object: &Object<'_>, grade: Grade) -> Finding {
        let check = self.check.as_ref();
        let comment = self.comments.iter().flatten().find_map(|comment| comment.summary.as_deref());
        let name = check.and_then(|check| check.name.as_deref()).unwrap_or_default();
        let object_name = object.object_name.as_deref().unwrap_or_default();
        Finding {
            rule: check.and_then(|check| text::said(&check.id)),
            title: text::title(&format!("{object_name}: {}", comment.unwrap_or(name))),
            path: text::said(&object.file_name),
            line: object.file_row.line(),
            ..Finding::graded(grade)
        }
    }
}
