//! The rules of a SARIF run: what a result takes from its rule.

use std::collections::HashMap;

use serde::Deserialize;

use super::Tool;
use super::result::Reference;
use crate::evidence::json::Str;
use crate::evidence::text;
use crate::facts::{Grade, Level};

/// A driver or an extension.
#[derive(Deserialize)]
pub(super) struct Component<'a> {
    #[serde(borrow)]
    pub name: Option<Str<'a>>,
    #[serde(rename = "semanticVersion")]
    semantic_version: Option<Str<'a>>,
    version: Option<Str<'a>>,
    rules: Option<Vec<Descriptor<'a>>>,
}

impl Component<'_> {
    pub(super) fn version(&self) -> Option<&str> {
        self.semantic_version.as_deref().or(self.version.as_deref())
    }
}

#[derive(Deserialize)]
struct Descriptor<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
    #[serde(rename = "defaultConfiguration", alias = "configuration")]
    configuration: Option<Configuration<'a>>,
    #[serde(rename = "defaultLevel")]
    level_v1: Option<Str<'a>>,
    properties: Option<Properties<'a>>,
}

#[derive(Deserialize)]
struct Configuration<'a> {
    #[serde(borrow, alias = "defaultLevel")]
    level: Option<Str<'a>>,
}

/// What an invocation changes of a rule's settings. (SARIF 3.20.5)
#[derive(Deserialize)]
pub(super) struct Override<'a> {
    #[serde(borrow)]
    descriptor: Option<Reference<'a>>,
    configuration: Option<Configuration<'a>>,
}

/// What tools put beside the standard.
#[derive(Deserialize)]
pub(super) struct Properties<'a> {
    #[serde(borrow, rename = "security-severity")]
    severity: Option<Score<'a>>,
}

/// A score, as a text by the convention, or as a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Score<'a> {
    Number(f64),
    Text(#[serde(borrow)] Str<'a>),
    Other(serde::de::IgnoredAny),
}

impl Properties<'_> {
    /// The grade of the score, by GitHub's bounds.
    pub(super) fn grade(&self) -> Option<Grade> {
        let score = match self.severity.as_ref()? {
            Score::Number(score) => *score,
            Score::Text(text) => text::number(text)?,
            Score::Other(_) => return None,
        };
        Some(match score {
            score if score >= 9.0 => Grade::Critical,
            score if score >= 7.0 => Grade::High,
            score if score >= 4.0 => Grade::Medium,
            score if score > 0.0 => Grade::Low,
            _ => Grade::Info,
        })
    }
}

/// What a rule says of its results.
#[derive(Default, Clone)]
pub(super) struct Known {
    pub id: Option<String>,
    pub level: Option<String>,
    pub grade: Option<Grade>,
}

/// A rule's level as an invocation has it; the rule by its id, and by its place.
struct Overridden {
    id: Option<String>,
    place: (Option<usize>, Option<usize>),
    level: String,
}

/// The rules of a run, by place and by id.
#[derive(Default)]
pub(super) struct Rules<'a> {
    driver: Vec<Known>,
    extensions: Vec<Vec<Known>>,
    by_id: HashMap<String, Known>,
    overrides: Vec<Overridden>,
    run: std::marker::PhantomData<&'a str>,
}

impl Rules<'_> {
    /// Whether no component lists any.
    pub(super) fn is_empty(&self) -> bool {
        self.driver.is_empty() && self.extensions.iter().all(Vec::is_empty)
    }

    /// Whether any has a score.
    pub(super) fn grade(&self) -> bool {
        self.driver.iter().chain(self.extensions.iter().flatten()).any(|rule| rule.grade.is_some())
    }

    /// Takes the rules of a tool.
    pub(super) fn take(&mut self, tool: &Tool<'_>) {
        self.driver = tool.driver.as_ref().map(|driver| self.component(driver)).unwrap_or_default();
        for extension in tool.extensions.iter().flatten() {
            let known = self.component(extension);
            self.extensions.push(known);
        }
    }

    fn component(&mut self, component: &Component<'_>) -> Vec<Known> {
        let mut known = Vec::new();
        for rule in component.rules.iter().flatten() {
            let level = rule.configuration.as_ref().and_then(|has| has.level.as_deref());
            let this = Known {
                id: rule.id.as_deref().map(str::to_owned),
                level: level.or(rule.level_v1.as_deref()).map(str::to_owned),
                grade: rule.properties.as_ref().and_then(Properties::grade),
            };
            if let Some(id) = &this.id {
                self.by_id.entry(id.clone()).or_insert_with(|| this.clone());
            }
            known.push(this);
        }
        known
    }

    /// Takes the levels that an invocation gives to rules.
    pub(super) fn override_with(&mut self, overrides: &[Override<'_>]) {
        for one in overrides {
            let level = one.configuration.as_ref().and_then(|of| of.level.as_deref());
            let (Some(rule), Some(level)) = (&one.descriptor, level) else { continue };
            self.overrides.push(Overridden {
                id: rule.id().map(str::to_owned),
                place: rule.place(),
                level: level.to_owned(),
            });
        }
    }

    /// The level that an invocation gives to a rule; of several the gravest.
    pub(super) fn overridden(
        &self,
        place: (Option<usize>, Option<usize>),
        id: Option<&str>,
    ) -> Option<&str> {
        let same = |one: &&Overridden| match (one.id.as_deref(), id) {
            (Some(one), Some(id)) => {
                id == one || id.rsplit_once('/').is_some_and(|(id, _)| id == one)
            }
            _ => place.1.is_some() && one.place == place,
        };
        let levels = self.overrides.iter().filter(same).map(|one| one.level.as_str());
        levels.min_by_key(|level| Level::from_word(level))
    }

    /// The rule at a place of the driver, or of an extension; else the one of that id, or of what
    /// stands before its last `/`.
    pub(super) fn find(
        &self,
        extension: Option<usize>,
        index: Option<usize>,
        id: Option<&str>,
    ) -> Option<&Known> {
        let list = match extension {
            Some(at) => self.extensions.get(at)?,
            None => &self.driver,
        };
        let placed = index.and_then(|index| list.get(index));
        let fits = |rule: &&Known| {
            id.is_none()
                || rule.id.as_deref().is_none_or(|of| id.is_some_and(|id| id.starts_with(of)))
        };
        placed.filter(fits).or_else(|| {
            let id = id?;
            self.by_id.get(id).or_else(|| self.by_id.get(id.rsplit_once('/')?.0))
        })
    }
}
