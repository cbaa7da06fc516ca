//! A run that came to its verdicts: from it the snapshot is published, and what it was judged by is
//! written down.

use crate::pipeline::fix::Editable;
use crate::pipeline::inputs::checklists;
use crate::pipeline::inputs::project::Project;
use crate::pipeline::witness::recording::Answers;
use crate::reconcile::{Case, Judgement};
use crate::seal::manifest::Input;

use super::Context;
use super::evidence::Signing;

/// Everything that a run read, and came to.
pub(in crate::pipeline) struct Run<'r> {
    pub(in crate::pipeline) context: Context<'r>,
    pub(in crate::pipeline) project: Project<'r>,
    pub(in crate::pipeline) case: Case,
    /// The files that say who signed what, and whose keys sign.
    pub(in crate::pipeline) signing: Signing<'r>,
    /// The seals that were read.
    pub(in crate::pipeline) seals: Vec<Input>,
    pub(in crate::pipeline) judgement: Judgement,
    /// What was asked of the project besides.
    pub(in crate::pipeline) answers: Answers,
}

impl Run<'_> {
    /// The checklists as they were judged.
    pub(super) fn editable(&self) -> Editable {
        Editable {
            root: self.project.root.clone(),
            settings: checklists::settings(&self.case.config),
            documents: self.case.documents.clone(),
        }
    }
}
