//! A scope for tests: groups as values, files as texts.

use std::collections::BTreeMap;

use crate::condition::{Condition, Found, Limits, Listed, Outcome, Scope, Undecided};
use crate::facts::{Facts, Value};
use crate::model::{Glob, Rule, Rules};

/// What the conditions of the tests are evaluated over.
#[derive(Default, Clone)]
pub(super) struct World {
    pub(super) groups: BTreeMap<String, Value>,
    pub(super) artifacts: BTreeMap<String, BTreeMap<String, Value>>,
    pub(super) files: BTreeMap<String, String>,
    pub(super) partial: bool,
    pub(super) rules: Rules,
}

impl World {
    pub(super) fn of(json: serde_json::Value) -> World {
        let mut world = World::default();
        if let serde_json::Value::Object(groups) = json {
            world.groups =
                groups.into_iter().map(|(name, value)| (name, Value::from(value))).collect();
        }
        world
    }

    pub(super) fn of_facts(facts: &Facts) -> World {
        let mut world = World::default();
        for group in facts.carried() {
            world.groups.insert(group.to_owned(), facts.value(group).unwrap());
        }
        world
    }

    pub(super) fn file(mut self, path: &str, text: &str) -> World {
        self.files.insert(path.to_owned(), text.to_owned());
        self
    }

    pub(super) fn partial(mut self) -> World {
        self.partial = true;
        self
    }

    pub(super) fn without(mut self, rule: Rule) -> World {
        self.rules = self.rules.without(rule);
        self
    }

    /// What `source` comes to here.
    pub(super) fn ask(&self, source: &str) -> Result<bool, Undecided> {
        self.outcome(source).result
    }

    pub(super) fn outcome(&self, source: &str) -> Outcome {
        match Condition::parse(source) {
            Ok(condition) => condition.evaluate(self),
            Err(faults) => panic!("{source}: {faults:?}"),
        }
    }
}

fn found(groups: &BTreeMap<String, Value>, group: &str) -> Found {
    match groups.get(group) {
        Some(value) => Found::Value(value.clone()),
        None => Found::Absent(format!("No artifact carries {group}.")),
    }
}

impl Scope for World {
    fn group(&self, group: &str) -> Found {
        found(&self.groups, group)
    }

    fn artifact_group(&self, glob: &str, group: &str) -> Found {
        let glob = Glob::new(glob).unwrap();
        let matching = self.artifacts.iter().find(|(path, _)| glob.matches(path));
        match matching {
            Some((_, groups)) => found(groups, group),
            None => Found::Absent(format!("No artifact matches {glob}.")),
        }
    }

    fn limits(&self, _: Option<&str>, _: &[String]) -> Option<Limits> {
        None
    }

    fn files(&self, glob: &str) -> Result<Listed, String> {
        let glob = Glob::new(glob).map_err(|fault| fault.to_string())?;
        let files = self.files.iter().filter(|(path, _)| glob.matches(path));
        let empty = files.clone().filter(|(_, text)| text.is_empty());
        Ok(Listed {
            empty: empty.map(|(path, _)| path.clone()).collect(),
            paths: files.map(|(path, _)| path.clone()).collect(),
            unlisted: None,
        })
    }

    fn text(&self, path: &str) -> Option<Result<String, String>> {
        self.files.get(path).cloned().map(Ok)
    }

    fn load(&self, path: &str) -> Option<Result<Value, String>> {
        let text = self.files.get(path)?;
        let json: Result<serde_json::Value, _> = serde_json::from_str(text);
        Some(json.map(Value::from).map_err(|fault| format!("{path}: {fault}.")))
    }

    fn is_whole(&self) -> bool {
        !self.partial
    }

    fn holds(&self, rule: Rule) -> bool {
        self.rules.holds(rule)
    }
}
