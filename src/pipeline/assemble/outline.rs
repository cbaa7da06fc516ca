//! What a checklist holds besides its items, as published: its headings and its procedures.

use crate::model::{Checklist, Name, Procedure, Step};
use crate::snapshot::v1;

/// A checklist's headings as published.
pub(crate) fn sections(of: &Checklist) -> Vec<v1::Section> {
    of.sections
        .iter()
        .map(|section| v1::Section {
            title: section.title.clone(),
            slug: section.slug.clone(),
            level: section.level,
            line: section.line,
        })
        .collect()
}

/// A procedure as published.
pub(crate) fn procedure(of: &Procedure) -> v1::Procedure {
    v1::Procedure {
        title: of.title.clone(),
        line: of.line,
        kind: of.kind.word().to_owned(),
        steps: of.steps.iter().map(step).collect(),
    }
}

fn step(of: &Step) -> v1::Step {
    v1::Step {
        line: of.line,
        command: of.command.clone(),
        cwd: of.cwd.clone(),
        names: of.names.iter().map(name).collect(),
    }
}

fn name(of: &Name) -> v1::Name {
    v1::Name {
        kind: of.kind.word().to_owned(),
        name: of.name.clone(),
        within: of.within.clone(),
        exists: of.exists,
    }
}
