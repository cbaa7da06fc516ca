//! `provenance`: who built what from what, as a statement says; a signature is not checked.

use super::{Conflict, Field, Group, Type, Value};

/// A subject of a statement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject {
    /// Its name.
    pub name: String,
    /// `sha256:…`.
    pub digest: String,
}

/// A statement of origin.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Provenance {
    /// The type of what is stated.
    pub predicate_type: Option<String>,
    /// What it says came of a verification, a test or a scan: `PASSED`, `FAILED`, `AFFECTED`.
    pub result: Option<String>,
    /// Who built it.
    pub builder: Option<String>,
    /// What was built.
    pub list: Vec<Subject>,
    /// The commit it was built from.
    pub source_commit: Option<String>,
    /// Whether a signature is present.
    pub signed: bool,
}

pub(super) const FIELDS: &[Field] = &[
    Field::new("predicate_type", Type::Text, "The type of what is stated."),
    Field::new(
        "result",
        Type::Text,
        "What it says came of a verification or a test: `PASSED`, `WARNED`, `FAILED`; `AFFECTED` of a scan that found something and of a VEX that clears not all.",
    ),
    Field::new("builder", Type::Text, "Who built it."),
    Field::count("subjects", "What was built, counted."),
    Field::new("list", Type::List(&Type::Record(SUBJECT)), "What was built."),
    Field::new("source_commit", Type::Text, "The commit it was built from."),
    Field::new("signed", Type::Bool, "Whether a signature is present; it is not checked."),
];

const SUBJECT: &[Field] =
    &[Field::new("name", Type::Text, "Its name."), Field::new("digest", Type::Text, "`sha256:…`.")];

impl Group for Provenance {
    fn merge(&mut self, other: &Provenance) -> Result<(), Conflict> {
        for (fact, mine, theirs) in [
            ("predicate_type", &mut self.predicate_type, &other.predicate_type),
            ("result", &mut self.result, &other.result),
            ("builder", &mut self.builder, &other.builder),
            ("source_commit", &mut self.source_commit, &other.source_commit),
        ] {
            match (&*mine, theirs) {
                (Some(a), Some(b)) if a != b => {
                    return Err(Conflict::of(format!("provenance.{fact}")));
                }
                (None, Some(_)) => mine.clone_from(theirs),
                _ => {}
            }
        }
        self.signed &= other.signed;
        self.list.extend(other.list.iter().cloned());
        Ok(())
    }

    fn value(&self) -> Value {
        let list = self.list.iter().map(|subject| {
            Value::record([
                ("name", Value::text(&subject.name)),
                ("digest", Value::text(&subject.digest)),
            ])
        });
        Value::record([
            ("predicate_type", Value::maybe_text(self.predicate_type.as_deref())),
            ("result", Value::maybe_text(self.result.as_deref())),
            ("builder", Value::maybe_text(self.builder.as_deref())),
            ("subjects", Value::count(self.list.len() as u64)),
            ("list", Value::list(list.collect())),
            ("source_commit", Value::maybe_text(self.source_commit.as_deref())),
            ("signed", Value::Bool(self.signed)),
        ])
    }
}
