//! `deployment`: a deployment, the latest where several are given.

use super::{Conflict, Field, Group, Type, Value};

/// A deployment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deployment {
    /// What its forge calls it by, which is the same in all that it tells of it; no fact.
    pub id: Option<String>,
    /// The project that this is the id in; no fact.
    pub project: Option<String>,
    /// Where to.
    pub environment: Option<String>,
    /// `success`, `failure`, `in_progress`, …
    pub state: Option<String>,
    /// The branch or tag.
    pub reference: Option<String>,
    /// The commit.
    pub commit: Option<String>,
    /// When it was begun, RFC 3339; no fact.
    pub begun: Option<String>,
    /// When, RFC 3339.
    pub at: Option<String>,
    /// The others of a list, of which this is the latest; no facts.
    pub earlier: Vec<Deployment>,
}

pub(super) const FIELDS: &[Field] = &[
    Field::new("environment", Type::Text, "Where to."),
    Field::new("state", Type::Text, "`success`, `failure`, `in_progress` and so on."),
    Field::new("ref", Type::Text, "The branch or tag."),
    Field::new("commit", Type::Text, "The commit."),
    Field::new("at", Type::Time, "When."),
];

impl Deployment {
    /// Takes what `other`, which tells of the same deployment, tells and this does not.
    fn tell_besides(&mut self, other: &Deployment) {
        let Deployment { state, reference, commit, .. } = self;
        let pairs = [(state, &other.state), (reference, &other.reference), (commit, &other.commit)];
        for (own, other) in pairs {
            if own.is_none() {
                own.clone_from(other);
            }
        }
    }
}

impl Group for Deployment {
    fn merge(&mut self, other: &Deployment) -> Result<(), Conflict> {
        if self.environment != other.environment {
            return Err(Conflict::of("deployment.environment"));
        }
        let before = self.clone();
        let is_later = other.at > self.at;
        let (later, earlier) = if is_later { (other, &before) } else { (&before, other) };
        *self = later.clone();
        if later.id.is_some() && later.id == earlier.id {
            self.tell_besides(earlier);
        }
        Ok(())
    }

    fn value(&self) -> Value {
        Value::record([
            ("environment", Value::maybe_text(self.environment.as_deref())),
            ("state", Value::maybe_text(self.state.as_deref())),
            ("ref", Value::maybe_text(self.reference.as_deref())),
            ("commit", Value::maybe_text(self.commit.as_deref())),
            ("at", Value::maybe_text(self.at.as_deref())),
        ])
    }
}
