//! What Allure writes beside the tests: what ran around them, what went wrong outside them, and
//! settings of its report. It carries no test; of what broke it tells.

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::{Broken, Input, Shape, text};
use crate::model::{Reading, Rule, counted};

/// What such a file is, where it is one.
pub(super) enum Beside {
    /// `*-container.json`: the fixtures around tests.
    Container,
    /// `*-globals.json`: errors outside of tests.
    Globals,
    /// `executor.json`, `categories.json`: settings.
    Settings,
}

impl Beside {
    pub(super) fn of(shape: &Shape<'_>) -> Option<Beside> {
        let only = |keys: &[&str]| shape.members().iter().all(|(key, _)| keys.contains(&&**key));
        let fixtures = ["befores", "afters"].iter().any(|key| shape.has_list(key));
        if shape.has(&["uuid"]) && (fixtures || shape.has_list("children")) {
            return Some(Beside::Container);
        }
        if shape.has_list("errors")
            && shape.has_list("attachments")
            && only(&["errors", "attachments"])
        {
            return Some(Beside::Globals);
        }
        let category = |of: &Shape<'_>| of.has(&["name"]) && of.has(&["matchedStatuses"]);
        let executor = shape.has(&["type", "name"]) && shape.has(&["buildName"]);
        (executor || shape.first().is_some_and(category)).then_some(Beside::Settings)
    }

    /// Reads the file as what it is.
    pub(super) fn read(&self, input: &Input<'_>, mut reading: Reading) -> Result<Reading, Broken> {
        match self {
            Beside::Settings => {}
            Beside::Container => {
                let Container { befores, afters } = input.json()?;
                let mut broken = befores.iter().chain(&afters).filter(|of| of.is_broken());
                if let Some(fixture) = broken.next() {
                    let name = text::said(&fixture.name).unwrap_or_else(|| "a fixture".to_owned());
                    let why = format!("What runs around the tests did not hold: {name}.");
                    reading.doubt(Rule::SuiteNotLoaded, why);
                }
            }
            Beside::Globals => {
                let Globals { errors } = input.json()?;
                if let Some(first) = errors.first() {
                    let said = first.message.as_deref().and_then(text::title);
                    let said = said.map_or_else(String::new, |said| format!(" It says: {said}"));
                    let errors = counted(errors.len() as u64, "error");
                    let why = format!("Allure tells of {errors} outside of tests.{said}");
                    reading.doubt(Rule::SuiteNotLoaded, why);
                }
            }
        }
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Container<'a> {
    #[serde(borrow, default)]
    befores: Vec<Fixture<'a>>,
    #[serde(default)]
    afters: Vec<Fixture<'a>>,
}

#[derive(Deserialize)]
struct Fixture<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    status: Option<Str<'a>>,
}

impl Fixture<'_> {
    fn is_broken(&self) -> bool {
        matches!(self.status.as_deref(), Some("broken" | "failed"))
    }
}

#[derive(Deserialize)]
struct Globals<'a> {
    #[serde(borrow)]
    errors: Vec<Fault<'a>>,
}

#[derive(Deserialize)]
struct Fault<'a> {
    #[serde(borrow)]
    message: Option<Str<'a>>,
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn what_broke_around_the_tests_is_told_and_is_no_test() {
        let container = |status: &str| {
            format!(
                r#"{{"uuid": "a", "children": ["b"], "befores": [{{"name": "db", "status": "{status}"}}],
                "afters": []}}"#
            )
        };
        let globals = |errors: &str| format!(r#"{{"attachments": [], "errors": [{errors}]}}"#);
        let executor = r#"{"name": "Jenkins", "type": "jenkins", "buildName": "4"}"#;
        let categories = r#"[{"name": "Flaky", "matchedStatuses": ["failed"]}]"#;
        proves(
            "allure",
            &[
                (&container("passed"), ""),
                (&container("broken"), "did not hold: db"),
                (&globals(""), ""),
                (&globals(r#"{"message": "hook failed: db down"}"#), "1 error outside of tests"),
                (executor, ""),
                (categories, ""),
            ],
        );
        assert_eq!(reading("allure", &container("passed")).facts.carried(), [""; 0]);
    }
}
