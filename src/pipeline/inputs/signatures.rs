//! What signatures of commits are worth, by the allowed signers of the judged state.
//!
//! Checking one starts a program, so only those are checked on which an answer rests: of the items
//! that a sign-off is asked for, and of trailers whose signature a condition reads.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Authorship, Code, Documents, Place, Problem, Signature};
use crate::pipeline::Error;
use crate::policy::{Config, Requirement};
use crate::reconcile::selects;
use crate::sources::git::Repository;
use crate::sources::ssh::AllowedSigners;

use super::project::{LARGEST_TEXT, Project};

/// Checks signatures, each once.
#[derive(Default)]
pub(in crate::pipeline) struct Signatures<'r> {
    repository: Option<&'r Repository>,
    signers: Option<AllowedSigners>,
    /// Why none can be checked.
    why_not: String,
    /// By commit and the author's address.
    known: RefCell<BTreeMap<(String, String), Signature>>,
    /// The files of the judged state that say whose keys sign.
    pub(in crate::pipeline) files: Vec<(String, Vec<u8>)>,
}

impl<'r> Signatures<'r> {
    /// By what the configuration names in the judged state, else by what git's own names.
    ///
    /// # Errors
    /// Where the configuration names a file that is not there.
    pub(in crate::pipeline) fn of(
        project: &Project<'r>,
        config: &Config,
    ) -> Result<Signatures<'r>, Error> {
        let mut signatures = Signatures { repository: project.repository, ..Signatures::default() };
        let named = &config.signers;
        let made = match (&named.allowed, project.repository) {
            (_, None) => return Ok(signatures),
            (Some(allowed), Some(_)) => {
                let files = [Some(allowed), named.revoked.as_ref()].into_iter().flatten();
                for (path, place) in files {
                    signatures.files.push((path.clone(), file(project, path, place)?));
                }
                let mut bytes = signatures.files.iter().map(|(_, bytes)| bytes.as_slice());
                AllowedSigners::new(bytes.next().unwrap_or_default(), bytes.next())
            }
            (None, Some(repository)) => match repository.signers_of_git() {
                (Some(signers), revoked) => {
                    let beside = |path| project.root.join(path);
                    AllowedSigners::of_files(&beside(signers), revoked.map(beside).as_deref())
                }
                (None, _) => {
                    "no allowed signers are named".clone_into(&mut signatures.why_not);
                    return Ok(signatures);
                }
            },
        };
        match made {
            Ok(signers) => signatures.signers = Some(signers),
            Err(fault) => signatures.why_not = fault.to_string(),
        }
        Ok(signatures)
    }

    /// What the signature of `by` is worth.
    pub(super) fn of_commit(&self, by: &Authorship) -> Signature {
        self.checked(&by.commit, &by.email, by.signature)
    }

    /// What the signature of `commit` is worth, whose author has the address `author`.
    pub(in crate::pipeline) fn checked(
        &self,
        commit: &str,
        author: &str,
        so_far: Signature,
    ) -> Signature {
        let (Some(repository), Some(signers)) = (self.repository, &self.signers) else {
            return so_far;
        };
        if so_far != Signature::Unchecked {
            return so_far;
        }
        let key = (commit.to_owned(), author.to_owned());
        if let Some(known) = self.known.borrow().get(&key) {
            return *known;
        }
        let signed = repository.signed_commit(commit);
        let signature = signed.map_or(so_far, |signed| signers.check(&signed, author));
        self.known.borrow_mut().insert(key, signature);
        signature
    }

    /// Checks the commits in the histories of those items that a sign-off is asked for.
    pub(in crate::pipeline) fn check(
        &self,
        documents: &mut Documents,
        requirements: &[Requirement],
    ) {
        if self.signers.is_none() {
            return;
        }
        let asking: Vec<&Requirement> =
            requirements.iter().filter(|requirement| requirement.sign_off.is_some()).collect();
        for document in documents.iter_mut() {
            let path = document.checklist.path.clone();
            for (item, history) in document.traced_mut() {
                if asking.iter().any(|of| selects(&of.items, &path, item)) {
                    history.commits().for_each(|by| self.renew(by));
                }
            }
        }
    }

    fn renew(&self, by: &mut Arc<Authorship>) {
        let signature = self.of_commit(by);
        if signature != by.signature {
            Arc::make_mut(by).signature = signature;
        }
    }

    /// That signatures are asked for and cannot be checked.
    pub(in crate::pipeline) fn problem(&self, requirements: &[Requirement]) -> Option<Problem> {
        let asks = |of: &&Requirement| of.sign_off.as_ref().is_some_and(|of| of.signed);
        let asking = requirements.iter().find(asks)?;
        if self.signers.is_some() || self.repository.is_none() {
            return None;
        }
        let message = format!(
            "Signed commits are asked for, and no signature can be checked here: {}.",
            self.why_not
        );
        let hint = "Name them in trueup.toml: [signatures] allowed-signers = \
                    \"security/allowed_signers\".";
        Some(Problem::new(Code::SignaturesUnchecked, asking.place.clone(), message).hint(hint))
    }
}

fn file(project: &Project<'_>, path: &str, place: &Place) -> Result<Vec<u8>, Error> {
    match project.read(path, LARGEST_TEXT) {
        Some(Ok(bytes)) => Ok(bytes),
        Some(Err(why)) => Err(Error::usage_at(place, why)),
        None => Err(Error::usage_at(place, format!("there is no file {path}"))
            .hinted("It must be a file of the repository that git does not ignore.")),
    }
}
