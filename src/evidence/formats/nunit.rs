//! NUnit XML, of version 3 (`test-run`) and version 2 (`test-results`).

use crate::evidence::count::OddCounts;
use crate::evidence::family::cases::{Cases, Open};
use crate::evidence::family::ran;
use crate::evidence::xml::{Node, Tag};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells};
use crate::facts::Outcome;
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct Nunit;

impl Format for Nunit {
    fn id(&self) -> &'static str {
        "nunit"
    }

    fn about(&self) -> About {
        About {
            tool: "NUnit",
            recognised: "the root element `test-run`, or `test-results` of version 2",
            carries: &["tests"],
            tells: Tells::NOTHING
                .time("`end-time`, or `date` and `time`, of the root")
                .version("`engine-version`"),
            source: "https://docs.nunit.org/articles/nunit/technical-notes/usage/Test-Result-XML-Format.html",
            clean: "At least 1 case ran and none failed.",
            vacuous: "0 cases; all skipped; an assembly that could not be loaded.",
            blank: Blanks::NONE,
            notes: &[
                "A failed case with the label Error is errored; inconclusive and ignored cases are skipped, and so are those of a list (`--explore`), which says of none how it ended.",
                "A case of version 2 with `executed=\"False\"` did not run.",
                "An assembly that could not be loaded holds no case: its tests never ran.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        Fit::sure(
            sniff
                .xml()
                .is_some_and(|root| matches!(root.name.as_str(), "test-run" | "test-results")),
        )
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "NUnit");
        let mut cases = Cases::new(input);
        let mut root = Root::default();
        let mut open: Option<Open> = None;
        let mut odd = OddCounts::default();
        let mut suites: Vec<String> = Vec::new();
        let mut not_loaded = Vec::new();
        let mut xml = input.xml();
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(tag) if xml.depth() == 1 => {
                    root = Root::of(&tag, &mut reading, &mut odd)?;
                }
                Node::Open(tag) => match tag.name() {
                    "environment" => {
                        let version = tag.attribute("nunit-version")?;
                        reading.tool_version = reading.tool_version.take().or(version);
                    }
                    "test-suite" => suites.push(suite(&tag, &mut not_loaded, &mut odd)?),
                    "test-case" => open = Some(case(&tag, suites.last())?),
                    "message" | "stack-trace" => {
                        if let Some(open) = &mut open {
                            let said = xml.content()?;
                            let known = open.message.take().unwrap_or_default();
                            open.message = Some(format!("{known}\n{said}"));
                        }
                    }
                    _ => {}
                },
                Node::Close(end) if end.is("test-suite") => drop(suites.pop()),
                Node::Close(end) if end.is("test-case") => {
                    open.take().into_iter().for_each(|case| cases.add(case))
                }
                Node::Close(_) => {}
            }
        }
        odd.settle(&mut reading);
        let mut tests = cases.tests;
        tests.duration_s = root.seconds.or(cases.seconds);
        ran::compare(&mut reading, root.total, "test", tests.total());
        let held = tests.failed + tests.errored;
        ran::failures_lost(&mut reading, ran::declared(root.failures), held);
        if root.failed && held == 0 && not_loaded.is_empty() && tests.total() > 0 {
            reading.doubt(Rule::ToolFailed, "The run ended as Failed, though no test failed.");
        }
        ran::suites_not_loaded(
            &mut reading,
            not_loaded.len() as u64,
            not_loaded.first().map(String::as_str),
        );
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

#[derive(Default)]
struct Root {
    total: Option<u64>,
    /// `failed` of version 3, `errors` and `failures` of version 2.
    failures: [Option<u64>; 3],
    /// Whether the run says that it failed.
    failed: bool,
    seconds: Option<f64>,
}

impl Root {
    fn of(tag: &Tag<'_>, reading: &mut Reading, odd: &mut OddCounts) -> Result<Root, Broken> {
        let counts = ["total", "failed", "errors", "failures"];
        let [total, failures @ ..] = tag.declared_counts(counts, odd)?;
        let mut root = Root { total, failures, ..Root::default() };
        let (mut date, mut time, mut ended) = (String::new(), String::new(), None);
        tag.attributes(|key, value| match key {
            "result" => root.failed = &*value == "Failed",
            "duration" => root.seconds = ran::seconds(&value),
            "engine-version" => reading.tool_version = Some(value.into_owned()),
            "end-time" => ended = Some(value.into_owned()),
            "date" => date = value.into_owned(),
            "time" => time = value.into_owned(),
            _ => {}
        })?;
        let local = (!date.is_empty()).then(|| format!("{date} {time}"));
        reading.produced_at = ended.or(local).map(|raw| ProducedAt::parse(&raw));
        Ok(root)
    }
}

/// The name of a suite; one that could not be loaded is noted.
fn suite(
    tag: &Tag<'_>,
    not_loaded: &mut Vec<String>,
    odd: &mut OddCounts,
) -> Result<String, Broken> {
    let [cases] = tag.declared_counts(["testcasecount"], odd)?;
    let (mut name, mut lost) = (String::new(), false);
    tag.attributes(|key, value| match key {
        "fullname" => name = value.into_owned(),
        "name" if name.is_empty() => name = value.into_owned(),
        "runstate" => lost |= &*value == "NotRunnable",
        _ => {}
    })?;
    if lost && cases == Some(0) {
        not_loaded.push(name.clone());
    }
    Ok(name)
}

fn case(tag: &Tag<'_>, suite: Option<&String>) -> Result<Open, Broken> {
    let mut open = Open { suite: suite.cloned(), ..Open::default() };
    let (mut result, mut label) = (String::new(), String::new());
    let (mut executed, mut success, mut runnable) = (true, None, false);
    tag.attributes(|key, value| match key {
        "name" => open.name = value.into_owned(),
        "classname" => open.suite = Some(value.into_owned()),
        "duration" | "time" => open.seconds = ran::seconds(&value),
        "result" => result = value.into_owned(),
        "runstate" => runnable = true,
        "label" => label = value.into_owned(),
        "executed" => executed = !value.eq_ignore_ascii_case("false"),
        "success" => success = Some(value.eq_ignore_ascii_case("true")),
        _ => {}
    })?;
    open.outcome = Some(match (result.as_str(), label.as_str()) {
        _ if !executed => Outcome::Skipped,
        ("Failed", "Error" | "Cancelled") | ("Error", _) => Outcome::Errored,
        ("Failed" | "Failure", _) => Outcome::Failed,
        ("Passed" | "Success" | "Warning", _) => Outcome::Passed,
        ("Skipped" | "Inconclusive" | "Ignored" | "NotRunnable", _) => Outcome::Skipped,
        _ => match success {
            Some(true) => Outcome::Passed,
            Some(false) => Outcome::Failed,
            None if result.is_empty() && runnable => Outcome::Skipped,
            None => Outcome::Errored,
        },
    });
    Ok(open)
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn a_list_of_cases_ran_none() {
        let text = r#"<test-run testcasecount="1"><test-suite name="S"><test-case name="a"
            runstate="Runnable"/></test-suite></test-run>"#;
        proves("nunit", &[(text, "The only test was skipped")]);
        assert_eq!(reading("nunit", text).facts.tests.unwrap().errored, 0);
    }
}
