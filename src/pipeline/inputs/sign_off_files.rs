//! The files of sign-offs, as the judged state has them.

use std::collections::BTreeMap;

use crate::config::{self, ConfigFault};
use crate::history::{History, Registers};
use crate::model::{Code, Document, Documents, Place, Problem, SignOffEntry};
use crate::pipeline::Error;
use crate::policy::Config;

use super::project::{LARGEST_TEXT, Project};

/// How to say which checklist is meant.
pub(super) const WITH_CHECKLIST: &str =
    "with the checklist before the id (`CHECKLIST#ID`; `**#ID` for all)";

/// The files of sign-offs.
#[derive(Default)]
pub(in crate::pipeline) struct SignOffFiles {
    /// By path.
    pub(super) paths: Vec<String>,
    /// Their bytes.
    pub(in crate::pipeline) files: Vec<(String, Vec<u8>)>,
    /// Every entry, with its file.
    entries: Vec<(String, SignOffEntry)>,
}

impl SignOffFiles {
    /// Reads those that the configuration names.
    ///
    /// # Errors
    /// Where a glob matches no file, and every fault of the files.
    pub(in crate::pipeline) fn read(
        project: &Project<'_>,
        config: &Config,
    ) -> Result<SignOffFiles, Error> {
        let mut read = SignOffFiles::default();
        for (glob, place) in &config.sign_off_files {
            let found = project.matching(std::slice::from_ref(glob));
            if found.is_empty() {
                return Err(Error::usage_at(place, format!("`{glob}` matches no file"))
                    .hinted("Make the file: it may hold no entry yet."));
            }
            read.paths.extend(found);
        }
        read.paths.sort();
        read.paths.dedup();
        let (mut faults, mut texts): (Vec<ConfigFault>, _) = (Vec::new(), BTreeMap::new());
        for path in &read.paths {
            let bytes = match project.read(path, LARGEST_TEXT) {
                Some(Ok(bytes)) => bytes,
                Some(Err(why)) => return Err(Error::usage(why)),
                None => continue,
            };
            let text = String::from_utf8(bytes.clone()).map_err(|_| {
                Error::usage(format!("{path} is not UTF-8")).hinted("Save it as UTF-8.")
            })?;
            match config::sign_offs(path, &text, Some(&config.people)) {
                Ok(entries) => {
                    read.entries.extend(entries.into_iter().map(|entry| (path.clone(), entry)));
                }
                Err(wrong) => {
                    faults.extend(wrong);
                    texts.insert(path.clone(), text);
                }
            }
            read.files.push((path.clone(), bytes));
        }
        if faults.is_empty() { Ok(read) } else { Err(Error::Config { faults, texts }) }
    }

    /// As the history reads them; `None` where there are none.
    pub(in crate::pipeline) fn registers(&self) -> Option<Registers<'_>> {
        (!self.paths.is_empty()).then_some(Registers { paths: &self.paths, read: &entries })
    }

    /// Whether the judged state still holds an entry.
    fn holds(&self, entry: &SignOffEntry) -> bool {
        self.entries.iter().any(|(_, held)| held.says_the_same(entry))
    }

    /// Takes back what stood in an entry that the judged state does not hold any more.
    pub(super) fn keep_standing(&self, documents: &mut Documents) {
        for (_, history) in documents.iter_mut().flat_map(Document::traced_mut) {
            history
                .sign_offs
                .retain(|said| said.entry.as_ref().is_none_or(|(_, entry)| self.holds(entry)));
        }
    }

    /// Entries that nobody gave, because no commit holds them, and entries that mean no item.
    pub(super) fn problems(&self, history: &History) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (path, entry) in &self.entries {
            let place = Place::line(path, entry.line);
            let known = history.entries().find(|of| of.entry.says_the_same(entry));
            let item = &entry.item;
            match known {
                None => problems.push(
                    Problem::new(
                        Code::SignOffUncommitted,
                        place,
                        format!("No commit holds this entry for `{item}`: nobody gave it yet."),
                    )
                    .hint("The one whom it names commits it."),
                ),
                Some(of) if of.by.is_some() && of.items == 0 => {
                    problems.push(unmatched(place, item, of.in_several));
                }
                Some(_) => {}
            }
        }
        problems
    }
}

pub(super) fn unmatched(place: Place, item: &str, in_several: bool) -> Problem {
    let (what, hint) = match in_several {
        true => ("an item of several checklists", WITH_CHECKLIST),
        false => ("no item", "with an id that `trueup inspect` shows"),
    };
    let message = format!("`{item}` was {what} when this entry was committed.");
    Problem::new(Code::SignOffUnmatched, place, message).hint(format!("Write it again, {hint}."))
}

/// The entries of a version of a file. Who a name was then does not matter: the one who committed
/// the entry gave it.
fn entries(path: &str, bytes: &[u8]) -> Option<Vec<SignOffEntry>> {
    config::sign_offs(path, std::str::from_utf8(bytes).ok()?, None).ok()
}
