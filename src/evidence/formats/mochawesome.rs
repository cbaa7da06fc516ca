//! mochawesome's JSON: suites in suites.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::evidence::family::{mocha, ran};
use crate::evidence::json::{Num, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Case, Outcome, Tests};
use crate::model::{ProducedAt, Reading};

pub(super) struct Mochawesome;

/// How deep suites are followed; the parser's own limit is about this.
const DEPTH: usize = 100;

impl Format for Mochawesome {
    fn id(&self) -> &'static str {
        "mochawesome"
    }

    fn about(&self) -> About {
        About {
            tool: "mochawesome (Mocha, Cypress)",
            recognised: "`stats.testsRegistered` beside `results`, or `suites` of version 2",
            carries: &["tests"],
            tells: Tells::NOTHING.time("`stats.end`"),
            source: "https://github.com/adamgruber/mochawesome",
            clean: "At least 1 test ran and none failed.",
            vacuous: "0 tests, though hooks ran; all pending; tests that all took 0 ms, as after `--dry-run`, where nothing else shows that they ran.",
            blank: Blanks::NONE,
            notes: &[
                "Tests are counted over the suites; pending and skipped are skipped.",
                "A hook that failed is a failure though it is no test.",
                "A dry run (`--dry-run`) looks like a run of tests that take no time, start, end and duration of the whole too. That there was a run show a test or a hook that took a millisecond, a hook that ran (Mocha then names the suite behind it: `\"before each\" hook in \"cart\"`), and a Mocha before version 9, which knows no dry run (Cypress has such a one). Without any of these neither proves anything: Mocha's reporter `json` tells the two apart.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        let registered = shape.at(&["stats", "testsRegistered"]).is_some();
        Fit::sure(registered && (shape.has(&["results"]) || shape.has_map("suites")))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let report: Report<'_> = input.json()?;
        let mut tests = input.tests();
        for suite in report.outermost().chain(&report.suites) {
            suite.take(&mut tests, DEPTH);
        }
        let ran = report.knows_no_dry_run()
            || report.outermost().chain(&report.suites).any(|suite| suite.ran(DEPTH));
        tests.suites = report.stats.suites;
        tests.duration_s = report.stats.duration.get().map(|millis| millis / 1000.0);
        let mut reading = Reading::by(self.id(), "mochawesome");
        reading.produced_at = report.stats.end.as_deref().map(ProducedAt::parse);
        ran::failures_lost(&mut reading, report.stats.failures, tests.failed);
        ran::compare(&mut reading, report.stats.tests, "test", tests.total());
        mocha::dry(&mut reading, &tests, ran);
        ran::settle(&mut reading, tests);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Report<'a> {
    #[serde(borrow)]
    stats: Stats<'a>,
    #[serde(borrow)]
    results: Option<Vec<Outermost<'a>>>,
    suites: Option<Suite<'a>>,
    meta: Option<Meta<'a>>,
}

#[derive(Deserialize)]
struct Meta<'a> {
    #[serde(borrow)]
    mocha: Option<Mocha<'a>>,
}

#[derive(Deserialize)]
struct Mocha<'a> {
    #[serde(borrow)]
    version: Option<Str<'a>>,
}

/// An outermost suite; `false` or `null` stands in the place of one that holds nothing.
struct Outermost<'a>(Option<Suite<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for Outermost<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Outermost<'a>, D::Error> {
        struct Place<'a>(PhantomData<Suite<'a>>);
        impl<'de: 'a, 'a> Visitor<'de> for Place<'a> {
            type Value = Outermost<'a>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a suite or false")
            }

            fn visit_bool<E>(self, _: bool) -> Result<Outermost<'a>, E> {
                Ok(Outermost(None))
            }

            fn visit_unit<E>(self) -> Result<Outermost<'a>, E> {
                Ok(Outermost(None))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Outermost<'a>, A::Error> {
                let suite = Suite::deserialize(MapAccessDeserializer::new(map))?;
                Ok(Outermost(Some(suite)))
            }
        }
        deserializer.deserialize_any(Place(PhantomData))
    }
}

impl<'a> Report<'a> {
    fn outermost(&self) -> impl Iterator<Item = &Suite<'a>> {
        self.results.iter().flatten().filter_map(|of| of.0.as_ref())
    }

    /// Whether the Mocha that it names is older than the first with `--dry-run`.
    fn knows_no_dry_run(&self) -> bool {
        let mocha = self.meta.as_ref().and_then(|meta| meta.mocha.as_ref());
        let version = mocha.and_then(|mocha| mocha.version.as_deref());
        let major = version.and_then(|version| version.split('.').next()?.parse::<u32>().ok());
        major.is_some_and(|major| major < 9)
    }
}

#[derive(Deserialize)]
struct Stats<'a> {
    suites: Option<u64>,
    tests: Option<u64>,
    failures: Option<u64>,
    #[serde(default)]
    duration: Num,
    #[serde(borrow)]
    end: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Suite<'a> {
    #[serde(borrow)]
    title: Option<Str<'a>>,
    file: Option<Str<'a>>,
    tests: Option<Vec<Test<'a>>>,
    suites: Option<Vec<Suite<'a>>>,
    #[serde(rename = "beforeHooks")]
    before: Option<Vec<Test<'a>>>,
    #[serde(rename = "afterHooks")]
    after: Option<Vec<Test<'a>>>,
}

#[derive(Deserialize)]
struct Test<'a> {
    #[serde(borrow)]
    title: Option<Str<'a>>,
    state: Option<Str<'a>>,
    pass: Option<bool>,
    fail: Option<bool>,
    #[serde(default)]
    duration: Num,
    err: Option<Fault<'a>>,
}

#[derive(Deserialize)]
struct Fault<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
}

impl Suite<'_> {
    /// Whether something in it shows that it was run.
    fn ran(&self, depth: usize) -> bool {
        let took = |test: &Test<'_>| test.duration.get().is_some_and(|millis| millis > 0.0);
        let mut hooks = self.before.iter().flatten().chain(self.after.iter().flatten());
        let inner = || self.suites.iter().flatten().any(|suite| suite.ran(depth - 1));
        self.tests.iter().flatten().any(took)
            || hooks.any(|hook| took(hook) || hook.names_where_it_ran())
            || depth > 0 && inner()
    }

    fn take(&self, tests: &mut Tests, depth: usize) {
        for test in self.tests.iter().flatten() {
            tests.add(test.outcome(), || test.case(self));
        }
        let hooks = self.before.iter().flatten().chain(self.after.iter().flatten());
        for hook in hooks.filter(|hook| hook.fail == Some(true)) {
            tests.add(Outcome::Failed, || hook.case(self));
        }
        if depth > 0 {
            self.suites.iter().flatten().for_each(|suite| suite.take(tests, depth - 1));
        }
    }
}

impl Test<'_> {
    /// Whether Mocha wrote behind a hook's own title for what it ran it, which a dry run does not.
    fn names_where_it_ran(&self) -> bool {
        let behind = self.title.as_deref().and_then(|title| title.split_once("\" hook"));
        behind.is_some_and(|(_, behind)| {
            [" in \"", " for \""].iter().any(|of| behind.starts_with(of))
        })
    }

    fn outcome(&self) -> Outcome {
        match (self.state.as_deref(), self.pass, self.fail) {
            (Some("failed"), ..) | (_, _, Some(true)) => Outcome::Failed,
            (Some("passed"), ..) | (_, Some(true), _) => Outcome::Passed,
            _ => Outcome::Skipped,
        }
    }

    fn case(&self, suite: &Suite<'_>) -> Case {
        Case {
            name: text::said(&self.title).unwrap_or_default(),
            suite: text::said(&suite.title),
            file: text::said(&suite.file),
            outcome: self.outcome(),
            duration_s: self.duration.get().map(|millis| millis / 1000.0),
            message: self.err.as_ref().and_then(|err| text::excerpt(err.message.as_deref()?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn tests_of_no_time_count_where_something_shows_that_they_ran() {
        let report = |version: &str, hook: &str| {
            format!(
                r#"{{"stats": {{"testsRegistered": 1, "failures": 0}}, "results": [{{"tests": [], "suites": [
                {{"title": "cart", "tests": [{{"title": "a", "duration": 0, "state": "passed"}}],
                "beforeHooks": [{hook}]}}]}}], "meta": {{"mocha": {{"version": "{version}"}}}}}}"#
            )
        };
        let hook = |title: &str, millis: u64| {
            let title = title.replace('"', "\\\"");
            format!(r#"{{"title": "{title}", "duration": {millis}, "isHook": true}}"#)
        };
        let dry = "a dry run of Mocha";
        proves(
            "mochawesome",
            &[
                (&report("11.7.5", ""), dry),
                (&report("9.0.0", ""), dry),
                (&report("8.4.0", ""), ""),
                (&report("", ""), dry),
                (&report("11.7.5", &hook(r#""before each" hook"#, 0)), dry),
                (&report("11.7.5", &hook(r#""before each" hook: opens in "cart"#, 0)), dry),
                (&report("11.7.5", &hook(r#""before each" hook"#, 1)), ""),
                (&report("11.7.5", &hook(r#""before each" hook in "cart""#, 0)), ""),
                (&report("11.7.5", &hook(r#""before each" hook for "a""#, 0)), ""),
            ],
        );
    }
}
