//! Third step: what there is to judge by. Artifacts, the history of the items, sign-offs and the
//! keys that sign.

use crate::model::Problem;
use crate::pipeline::Error;
use crate::pipeline::checks::left;
use crate::pipeline::inputs::histories::Known;
use crate::pipeline::inputs::project::Project;
use crate::pipeline::inputs::sign_off_files::SignOffFiles;
use crate::pipeline::inputs::signatures::Signatures;
use crate::pipeline::inputs::{artifacts, histories};
use crate::pipeline::report::vault::{self, Vaulting};
use crate::pipeline::witness::answers::{Asked, ProjectWitness};
use crate::pipeline::witness::numbers::Numbers;
use crate::pipeline::witness::recording;
use crate::policy::{Config, ShownPeople};
use crate::reconcile::Case;
use crate::seal::manifest::Input;

use super::Context;
use super::bind::Bound;
use super::gather::Gathered;
use super::leniency::Leniency;
use super::people::Shown;

/// The evidence, but for the histories: those are the documents' own.
pub(super) struct Evidence<'r> {
    pub(super) artifacts: artifacts::Read,
    pub(super) signing: Signing<'r>,
    /// What the histories lack, and what in them is not as it was meant.
    pub(super) of_histories: Vec<Problem>,
}

/// Who signed what by an entry, and whose keys sign.
pub(in crate::pipeline) struct Signing<'r> {
    pub(super) sign_offs: SignOffFiles,
    pub(super) signatures: Signatures<'r>,
    /// Who is who, where people are not shown by their names.
    pub(super) numbers: Option<Numbers>,
}

/// Reads what the requirements ask for, and gives the documents their histories.
///
/// # Errors
/// Where the configuration names a file that is not there or cannot be understood, or a folder of
/// artifacts cannot be read.
pub(super) fn read<'r>(
    context: &Context<'r>,
    project: &Project<'r>,
    gathered: &mut Gathered,
    bound: &Bound,
    leniency: &mut Leniency,
) -> Result<Evidence<'r>, Error> {
    let Context { options, vaulting, known, .. } = *context;
    let Gathered { config, documents, .. } = gathered;
    let requirements = &bound.requirements;
    let artifacts = artifacts::read(project, config, requirements, &options.artifacts, vaulting)?;
    let sign_offs = leniency.accept(SignOffFiles::read(project, config))?;
    let ticks_sign = requirements.iter().filter_map(|asked| asked.sign_off.as_ref());
    let ticks_sign = ticks_sign.into_iter().any(|sign_off| sign_off.tick);
    let read = (options, known);
    let mut of_histories =
        histories::read(project, documents, config, &sign_offs, read, ticks_sign);
    if !matches!(known, Known::Past(_)) {
        of_histories.extend(left::moved_away(project, config, options));
    }
    let signatures = leniency.accept(Signatures::of(project, config))?;
    signatures.check(documents, requirements);
    let numbers = Shown::by(config).name_in(documents);
    let signing = Signing { sign_offs, signatures, numbers };
    Ok(Evidence { artifacts, signing, of_histories })
}

impl Signing<'_> {
    /// Who knows of the project what the case does not hold.
    pub(super) fn witness<'p>(
        &'p self,
        project: &'p Project<'p>,
        case: &'p Case,
    ) -> ProjectWitness<'p> {
        let asked = Asked::by(case.requirements.iter().filter_map(|of| of.condition.as_ref()));
        let known = (&case.config, self.numbers.as_ref());
        ProjectWitness::new(project, case.clock, asked, &self.signatures, known)
    }

    /// Its files as inputs of the report. One that names nobody does not keep them.
    pub(in crate::pipeline) fn inputs(
        &self,
        config: &Config,
        vaulting: Vaulting<'_>,
    ) -> Vec<Input> {
        let signers = self.signatures.files.iter().map(|file| ("signers", file));
        let entries = self.sign_offs.files.iter().map(|file| ("sign-offs", file));
        signers
            .chain(entries)
            .map(|(role, (path, bytes))| match config.shown_people {
                ShownPeople::Names => recording::input(role, path, bytes, vaulting),
                ShownPeople::Handles | ShownPeople::None => Input {
                    withheld: Some(vault::NAMES_PEOPLE.to_owned()),
                    ..recording::input(role, path, bytes, Vaulting::NONE)
                },
            })
            .collect()
    }
}
