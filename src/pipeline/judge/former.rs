//! Today's evidence by what an earlier release asked: a condition that was exchanged for another may
//! be failing.

use std::collections::BTreeSet;

use crate::condition::Condition;
use crate::model::{Glob, Place, Verdict};
use crate::pipeline::Error;
use crate::pipeline::inputs::artifacts;
use crate::pipeline::report::vault::Vaulting;
use crate::policy::{MaxAge, Requirement, Selector, Wanted};
use crate::reconcile::Case;
use crate::snapshot::v1;

use super::run::Run;
use super::verdicts;

/// What was asked of an item, which stands at `item` of `checklist` today.
pub(in crate::pipeline) struct Former<'s> {
    pub(in crate::pipeline) checklist: &'s str,
    pub(in crate::pipeline) item: &'s str,
    pub(in crate::pipeline) asked: &'s v1::Requirement,
}

impl Run<'_> {
    /// The addresses of the items that today's evidence refutes by what was asked of them. What cannot
    /// be asked any more, and what today's evidence leaves open, refutes nothing.
    ///
    /// # Errors
    /// Where a folder of artifacts cannot be read.
    pub(in crate::pipeline) fn refuted_by(
        &self,
        former: &[Former<'_>],
    ) -> Result<BTreeSet<String>, Error> {
        let requirements: Vec<Requirement> = former.iter().filter_map(requirement).collect();
        if requirements.is_empty() {
            return Ok(BTreeSet::new());
        }
        let mut config = self.case.config.clone();
        config.gate = None;
        let folders = &self.context.options.artifacts;
        let read = artifacts::read(&self.project, &config, &requirements, folders, Vaulting::NONE)?;
        let case = Case {
            documents: self.case.documents.clone(),
            config,
            requirements,
            waivers: Vec::new(),
            artifacts: read.found,
            lost: read.lost,
            problems: Vec::new(),
            clock: self.case.clock,
            deployed: self.case.deployed,
            rules: self.case.rules,
        };
        let judgement = verdicts(&case, &self.signing.witness(&self.project, &case));
        let refuted = judgement.items.iter().filter(|(_, judged)| {
            let mut asked = judged.requirements.iter().map(|&at| &judgement.requirements[at]);
            asked.any(|judged| judged.ruling.verdict() == Verdict::Fail)
        });
        Ok(refuted.map(|(at, _)| case.documents.item(at).full_address()).collect())
    }
}

/// What is recorded of a requirement, but for the sign-offs: those are not evidence that is made again.
fn requirement(of: &Former<'_>) -> Option<Requirement> {
    let asked = of.asked;
    let max_age = asked.max_age.as_ref().map(|written| {
        let age = written.parse().ok()?;
        Some(MaxAge { age, written: written.clone() })
    });
    let paths = asked.paths.as_ref().map(|paths| paths.iter().map(|of| glob(of)).collect());
    Some(Requirement {
        place: Place { path: asked.path.clone(), line: asked.line },
        name: None,
        items: Selector::Beside { checklist: of.checklist.to_owned(), item: of.item.to_owned() },
        artifacts: asked.artifacts.iter().map(wanted).collect::<Option<_>>()?,
        condition: Some(Condition::parse(asked.condition.as_ref()?).ok()?),
        max_age: or_none(max_age)?,
        paths: or_none(paths)?,
        sign_off: None,
    })
}

/// What was not said is not asked; what was said and cannot be understood any more, nobody can ask.
fn or_none<T>(said: Option<Option<T>>) -> Option<Option<T>> {
    said.map_or(Some(None), |said| said.map(Some))
}

fn wanted(of: &v1::Wanted) -> Option<Wanted> {
    let vouched_by = of.vouched_by.as_ref().map(|source| Condition::parse(source).ok());
    Some(Wanted {
        glob: glob(&of.glob)?,
        format: of.format.clone(),
        vouched_by: or_none(vouched_by)?,
        optional: of.optional,
    })
}

fn glob(written: &str) -> Option<Glob> {
    Glob::new(written).ok()
}
