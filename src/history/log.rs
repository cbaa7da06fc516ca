//! The log of checklists as `trueup log` publishes it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};

use crate::checklist::{Ids, Settings};
use crate::model::{Change, Checklist, Claim, Timestamp};
use crate::sources::git::{BlobId, GitError, Repository};

use super::History;
use super::pairing::pair;
use super::trail::{FileState, Trail};
use super::version::Version;
use super::versions::LARGEST;

/// The name and version of this document.
pub const SCHEMA: &str = "trueup/log/1";

/// Who did what to the items of some checklists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Log {
    /// [`SCHEMA`].
    pub schema: String,
    /// A shallow clone cut the history off.
    pub truncated: bool,
    /// One entry a checklist, sorted by path.
    pub checklists: Vec<ChecklistLog>,
}

/// Who did what to the items of one checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ChecklistLog {
    /// Its name now; of a file that is gone, its last.
    pub path: String,
    /// The names it had before, newest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<String>,
    /// Everything that happened, oldest first.
    pub events: Vec<LogEvent>,
}

/// Something that a commit did to an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LogEvent {
    /// The full id of the commit.
    pub commit: String,
    /// When it was committed, RFC 3339.
    #[schemars(with = "String")]
    pub time: Timestamp,
    /// The author's name.
    pub author: String,
    /// The first line of the message.
    pub subject: String,
    /// The earliest tag whose history holds the commit.
    pub release: Option<String>,
    /// What was done.
    pub change: Change,
    /// The item's id: the one it has now, or had last.
    pub item: String,
    /// The text after the change.
    pub text: String,
    /// The claim after the change; of a removed item the one it had.
    pub claim: Claim,
    /// Whether the commit carries a signature.
    pub signed: bool,
    /// What that signature is worth here: `unchecked`, `untrusted`, `other`, `good` or `bad`; absent
    /// where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// The JSON Schema (draft-07) of `trueup/log/1`.
pub fn schema() -> serde_json::Value {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<Log>().to_value()
}

impl Log {
    /// The log of those items alone for which `wanted` holds, given their checklist's path and id.
    #[must_use]
    pub fn of_items(mut self, wanted: &dyn Fn(&str, &str) -> bool) -> Log {
        for checklist in &mut self.checklists {
            let path = &checklist.path;
            checklist.events.retain(|event| wanted(path, &event.item));
        }
        self.checklists.retain(|checklist| !checklist.events.is_empty());
        self
    }
}

impl History {
    /// The log of every checklist that the history was read for. `checklists` are those files as
    /// they are now, where they are there: they say how each item is called.
    ///
    /// # Errors
    /// Where the last version of an item that is gone cannot be read from git.
    pub fn log(
        &self,
        repository: &Repository,
        checklists: &[Checklist],
        settings: &Settings,
    ) -> Result<Log, GitError> {
        let mut names = Names { repository, ids: Ids::new(settings), last: None };
        let today: BTreeMap<&str, &Checklist> =
            checklists.iter().map(|checklist| (checklist.path.as_str(), checklist)).collect();
        let mut logs = Vec::with_capacity(self.files.len());
        for (path, file) in &self.files {
            let now = today.get(path.as_str()).copied();
            let events = self.events(file, now, &mut names)?;
            if !events.is_empty() {
                let formerly = self.former.get(path).cloned().unwrap_or_default();
                logs.push(ChecklistLog { path: path.clone(), formerly, events });
            }
        }
        Ok(Log { schema: SCHEMA.to_owned(), truncated: self.truncated, checklists: logs })
    }

    fn events(
        &self,
        file: &FileState,
        now: Option<&Checklist>,
        names: &mut Names<'_>,
    ) -> Result<Vec<LogEvent>, GitError> {
        let mut found: Vec<(usize, LogEvent)> = Vec::new();
        let mut tell = |trail: &Trail, item: String| {
            let event = |at: &usize| Some((*at, self.told(*at, item.clone())?));
            found.extend(trail.records.iter().filter_map(event));
        };
        let called = current_names(file, now);
        for (index, (trail, called)) in file.trails.iter().zip(called).enumerate() {
            let name = match (called, file.blob) {
                (Some(name), _) => name,
                (None, Some(blob)) => names.of(blob, index)?,
                (None, None) => continue,
            };
            tell(trail, name);
        }
        for gone in &file.gone {
            if let Some((blob, index)) = gone.last {
                tell(&gone.trail, names.of(blob, index)?);
            }
        }
        found.sort_by_key(|(at, _)| *at);
        Ok(found.into_iter().map(|(_, event)| event).collect())
    }

    fn told(&self, at: usize, item: String) -> Option<LogEvent> {
        let event = self.event(at)?;
        Some(LogEvent {
            commit: event.by.commit.clone(),
            time: event.by.time,
            author: event.by.author.clone(),
            subject: event.by.subject.clone(),
            release: event.by.release.clone(),
            change: event.change,
            item,
            text: event.text.to_string(),
            claim: event.claim,
            signed: event.by.signature.is_there(),
            signature: event.by.signature.is_there().then(|| event.by.signature.word().to_owned()),
        })
    }
}

/// What the items of `file` are called now; `None` for one that is not there in the work tree.
fn current_names(file: &FileState, now: Option<&Checklist>) -> Vec<Option<String>> {
    let Some(now) = now else { return vec![None; file.trails.len()] };
    let pairs = pair(file.items(), &Version::of(now).items);
    let name = |at: Option<usize>| at.and_then(|at| now.items.get(at)).map(|item| item.id.clone());
    pairs.new.into_iter().map(name).collect()
}

/// The ids that items had in older versions.
struct Names<'r> {
    repository: &'r Repository,
    ids: Ids,
    /// Of the last version that was asked for: what one commit removed is asked for together.
    last: Option<(BlobId, Vec<String>)>,
}

impl Names<'_> {
    fn of(&mut self, blob: BlobId, index: usize) -> Result<String, GitError> {
        let known = match self.last.take().filter(|(of, _)| *of == blob) {
            Some((_, known)) => known,
            None => {
                let bytes = self.repository.blob(blob, LARGEST)?.unwrap_or_default();
                self.ids.of(&bytes)
            }
        };
        let name = known.get(index).cloned().unwrap_or_default();
        self.last = Some((blob, known));
        Ok(name)
    }
}
