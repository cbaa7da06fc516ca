//! xUnit.net XML, of version 2 (`assemblies`) and version 1 (`assembly` with classes).

use crate::evidence::count::OddCounts;
use crate::evidence::family::cases::{Cases, Open};
use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, when};
use crate::facts::Outcome;
use crate::model::{ProducedAt, Reading, Rule, counted};

pub(super) struct Xunit;

impl Format for Xunit {
    fn id(&self) -> &'static str {
        "xunit"
    }

    fn about(&self) -> About {
        About {
            tool: "xUnit.net",
            recognised: "the root element `assemblies` or `assembly`",
            carries: &["tests"],
            tells: Tells::NOTHING
                .time("the oldest `run-date` and `run-time`, or the root's `timestamp`")
                .version("`test-framework`"),
            source: "https://xunit.net/docs/format-xml-v2",
            clean: "At least 1 test ran and none failed.",
            vacuous: "0 tests; all skipped; errors outside tests.",
            blank: Blanks::NONE,
            notes: &[
                "`suites` counts assemblies; their totals are compared with the tests, and may not match.",
                "`errors` stand outside tests (fixtures, clean-up): the run itself failed.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(root) = sniff.xml() else { return Fit::No };
        let own = ["run-date", "test-framework", "total"]
            .iter()
            .any(|name| root.attribute(name).is_some());
        Fit::sure(root.name == "assemblies" || root.name == "assembly" && own)
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::of(self.id());
        let mut cases = Cases::new(input);
        let mut run = Run::default();
        let mut open: Option<Open> = None;
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) => match (tag.name(), &mut open) {
                    ("assemblies", _) => {
                        let stamp = tag.attribute("timestamp")?;
                        run.stamp = stamp;
                    }
                    ("assembly", None) => run.assembly(&tag, &mut reading)?,
                    ("error", None) => run.errors += 1,
                    ("test", None) => open = Some(test(&tag)?),
                    ("message" | "stack-trace", Some(open)) => {
                        let said = xml.content()?;
                        let known = open.message.take().unwrap_or_default();
                        open.message = Some(format!("{known}\n{said}"));
                    }
                    _ => {}
                },
                Node::Close(end) if end.is("test") => {
                    open.take().into_iter().for_each(|case| cases.add(case))
                }
                Node::Close(_) => {}
            }
        }
        std::mem::take(&mut run.odd).settle(&mut reading);
        if let Some(stamp) = &run.stamp {
            let is_dated = reading.produced_at.is_some();
            when::older(&mut reading.produced_at, written(stamp, is_dated));
        }
        let mut tests = cases.tests;
        tests.suites = Some(run.assemblies);
        tests.duration_s = if run.untimed { cases.seconds } else { Some(run.seconds) };
        ran::compare(&mut reading, run.total, "test", tests.total());
        ran::failures_lost(&mut reading, run.failed, tests.failed + tests.errored);
        let errors = run.errors.max(run.declared_errors);
        if errors > 0 {
            let why = format!("xUnit.net reports {} outside its tests.", counted(errors, "error"));
            reading.doubt(Rule::ToolFailed, why);
        }
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

/// The time of the root. xUnit.net writes its month first, which `run-date` bears out where a date tells
/// so of the run; else the older that can be meant is.
fn written(stamp: &str, is_dated: bool) -> ProducedAt {
    let month_first = when::month_first(stamp).filter(|_| is_dated);
    month_first.unwrap_or_else(|| when::any(stamp))
}

#[derive(Default)]
struct Run {
    /// The time of the root.
    stamp: Option<String>,
    assemblies: u64,
    seconds: f64,
    untimed: bool,
    total: Option<u64>,
    failed: Option<u64>,
    errors: u64,
    declared_errors: u64,
    odd: OddCounts,
}

impl Run {
    fn assembly(&mut self, tag: &Tag<'_>, reading: &mut Reading) -> Result<(), Broken> {
        self.assemblies += 1;
        let (mut date, mut time, mut seconds) = (String::new(), String::new(), None);
        let [total, failed, errors] =
            tag.declared_counts(["total", "failed", "errors"], &mut self.odd)?;
        self.total = ran::declared([self.total, total]);
        self.failed = ran::declared([self.failed, failed]);
        self.declared_errors = self.declared_errors.saturating_add(errors.unwrap_or(0));
        tag.attributes(|key, value| match key {
            "run-date" => date = value.into_owned(),
            "run-time" => time = value.into_owned(),
            "time" => seconds = ran::seconds(&value),
            "test-framework" => {
                let (name, version) = value.rsplit_once(' ').unwrap_or((&value, ""));
                reading.tool = Some(name.to_owned());
                reading.tool_version = (!version.is_empty()).then(|| version.to_owned());
            }
            _ => {}
        })?;
        self.seconds += seconds.unwrap_or(0.0);
        self.untimed |= seconds.is_none();
        if !date.is_empty() {
            let made = ProducedAt::parse(&format!("{date}T{time}"));
            when::older(&mut reading.produced_at, made);
        }
        Ok(())
    }
}

fn test(tag: &Tag<'_>) -> Result<Open, Broken> {
    let mut open = Open::default();
    tag.attributes(|key, value| match key {
        "name" => open.name = value.into_owned(),
        "type" => open.suite = Some(value.into_owned()),
        "time" => open.seconds = ran::seconds(&value),
        "result" => {
            open.outcome = match &*value {
                "Pass" => Some(Outcome::Passed),
                "Fail" => Some(Outcome::Failed),
                "Skip" | "NotRun" => Some(Outcome::Skipped),
                _ => None,
            };
        }
        _ => {}
    })?;
    Ok(open)
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn the_month_of_the_root_is_first_where_the_run_is_dated() {
        let made = |stamp: &str, date: &str| {
            let text = format!(
                r#"<assemblies timestamp="{stamp}"><assembly name="a.dll"{date} total="1" passed="1" failed="0"
                skipped="0" time="0.1"><collection><test name="A" result="Pass"/></collection></assembly>
                </assemblies>"#
            );
            let at = reading("xunit", &text).produced_at.unwrap().at.unwrap();
            at.to_string()[..10].to_owned()
        };
        let dated = r#" run-date="2026-11-05" run-time="07:00:00""#;
        assert_eq!(made("11/05/2026 07:00:09", dated), "2026-11-05");
        assert_eq!(made("11/04/2026 07:00:09", dated), "2026-11-04");
        assert_eq!(made("11/05/2026 07:00:09", ""), "2026-05-11");
    }
}
