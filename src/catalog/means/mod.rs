//! From a kind of evidence to a requirement over what is there, or a sentence on what is lacking.

mod affirm;
mod caller;
mod cases;
mod deploy;
mod document;
mod every;
mod field;
mod files;
mod job_name;
mod jobs;
mod package;
mod report;

use super::idea::Means;
use super::proposal::{Draft, DraftArtifact, DraftSignOff, escaped};
use super::side::Side;
use super::surroundings::Around;
use super::tools::Named;
use crate::model::{Artifact, Item};

/// A requirement, or what is lacking for one.
type Drafted = Result<Draft, String>;

/// A line, and what it says of whose evidence it is.
pub(super) struct Line<'l> {
    pub(super) item: &'l Item,
    /// The half of the product that it speaks of.
    pub(super) side: Option<Side>,
    /// The tools that it names.
    pub(super) named: &'l Named<'l>,
}

/// The requirement that `means` comes to for `line`.
pub(super) fn draft(means: &Means, line: &Line<'_>, around: &Around<'_>) -> Drafted {
    let item = line.item;
    let aged = |draft: Draft, max_age: &Option<String>| Draft { max_age: max_age.clone(), ..draft };
    match means {
        Means::Report(report) => report::draft(report, line, around),
        Means::Cases { named, affirms, max_age } => {
            Ok(aged(cases::draft(named, affirms, line, around)?, max_age))
        }
        Means::Jobs { named, beside, max_age } => {
            Ok(aged(jobs::draft(named, beside, line, around)?, max_age))
        }
        Means::Field { named, fields, max_age } => {
            Ok(aged(field::draft(named, fields, line, around)?, max_age))
        }
        Means::Files { any, holds, condition } => {
            files::draft(any, holds.as_ref(), condition, line, around)
        }
        Means::NamedFile => files::named_file(item, around),
        Means::Package(package) => package::draft(package, line, around),
        Means::Document { named, heading } => {
            document::draft(named, heading.as_deref(), line, around)
        }
        // What they ask for holds of the whole repository, or of none of its parts.
        Means::Environment | Means::Limits if around.is_narrowed() => Err(String::new()),
        Means::Environment => deploy::environment(around),
        Means::Limits => deploy::limits(around),
        Means::Image => deploy::image(around),
        Means::SignOff { max_age, each_release } => sign_off(max_age, *each_release, around),
    }
}

fn sign_off(max_age: &str, each_release: bool, around: &Around<'_>) -> Drafted {
    if !around.signers {
        return Err("nobody is known who could sign: no commit has an author yet".to_owned());
    }
    let sign_off = Some(DraftSignOff { max_age: max_age.to_owned(), each_release });
    Ok(Draft { sign_off, ..Draft::default() })
}

fn repository_only(condition: String) -> Draft {
    Draft { condition: Some(condition), ..Draft::default() }
}

fn named(artifact: &Artifact, format: &str) -> DraftArtifact {
    let format = Some(format.to_owned());
    DraftArtifact { glob: escaped(&artifact.path), format, vouched_by: None }
}

/// Of `found` those that speak of that half of the product; all where it is none.
fn of_side<T>(found: Vec<T>, side: Option<Side>, name: impl Fn(&T) -> String) -> Vec<T> {
    match side {
        None => found,
        side => found.into_iter().filter(|of| Side::of_name(&name(of)) == side).collect(),
    }
}

/// A text as a condition writes it.
fn quoted(text: &str) -> String {
    format!("{text:?}")
}
