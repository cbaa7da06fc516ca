//! What is made of one state of the texts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::ConfigFault;
use crate::model::{Checklist, Item, Place, Rules};
use crate::pipeline::{self, Editable, Error, Options};
use crate::snapshot::{Snapshot, v1};
use crate::sources::clock;
use crate::sources::environment::Environment;

/// How texts are judged.
#[derive(Debug, Clone)]
pub struct Settings {
    /// A folder of the project; else the one that the editor opens.
    pub dir: Option<PathBuf>,
    /// Folders of artifacts besides the default places.
    pub artifacts: Vec<PathBuf>,
    /// Whether ticks are judged by their history.
    pub history: bool,
    /// Whether what earlier runs kept is read, and kept on.
    pub cache: bool,
    /// What the surroundings say.
    pub environment: Environment,
}

/// What came of it.
pub(super) enum Judged {
    /// A snapshot, and the checklists as they were read for it.
    Verdicts(Box<(Snapshot, Editable)>),
    /// The configuration cannot be understood: nothing was judged.
    Faults {
        /// Each at its place.
        faults: Vec<ConfigFault>,
        /// The text of each file with a fault, by path.
        texts: BTreeMap<String, String>,
    },
    /// Nothing was judged, for this reason, which may lie at a place.
    Not(Option<Place>, String),
}

/// Judges the project around `dir` with `unsaved` texts over its files.
pub(super) fn judge(settings: &Settings, dir: &Path, unsaved: BTreeMap<String, Vec<u8>>) -> Judged {
    let now = clock::now();
    let options = Options {
        dir: dir.to_path_buf(),
        artifacts: settings.artifacts.clone(),
        at: None,
        clock: now,
        generated_at: now,
        deployed_at: None,
        release: None,
        history: settings.history,
        cache: settings.cache,
        documents: false,
        past: false,
        rules: Rules::default(),
        unsaved,
    };
    match pipeline::run_editable(&options, &settings.environment) {
        Ok(both) => Judged::Verdicts(Box::new(both)),
        Err(Error::Config { faults, texts }) => Judged::Faults { faults, texts },
        Err(error) => {
            let (place, lead) = error.placed();
            let hint = error.hint().map(|hint| format!("\n{hint}")).unwrap_or_default();
            Judged::Not(place, format!("{lead}{hint}"))
        }
    }
}

impl Judged {
    /// The snapshot and the checklists, where there are verdicts.
    pub(super) fn verdicts(&self) -> Option<(&Snapshot, &Editable)> {
        match self {
            Judged::Verdicts(both) => Some((&both.0, &both.1)),
            Judged::Faults { .. } | Judged::Not(..) => None,
        }
    }
}

/// A checklist as it was read, and as it was judged.
#[derive(Clone, Copy)]
pub(super) struct Document<'j> {
    pub(super) read: &'j Checklist,
    pub(super) bytes: &'j [u8],
    pub(super) judged: &'j v1::Checklist,
}

impl<'j> Document<'j> {
    /// Every checklist of a judgement.
    pub(super) fn all(
        snapshot: &'j Snapshot,
        editable: &'j Editable,
    ) -> impl Iterator<Item = Document<'j>> {
        editable.documents.iter().filter_map(|of| {
            let read = &of.checklist;
            let judged = snapshot.checklists.iter().find(|judged| judged.path == read.path)?;
            Some(Document { read, bytes: &of.bytes, judged })
        })
    }

    /// The checklist at `path`.
    pub(super) fn at(
        snapshot: &'j Snapshot,
        editable: &'j Editable,
        path: &str,
    ) -> Option<Document<'j>> {
        Document::all(snapshot, editable).find(|document| document.read.path == path)
    }

    /// Its text; `None` where it is not UTF-8, and no byte of it has a known place.
    pub(super) fn text(&self) -> Option<&'j str> {
        std::str::from_utf8(self.bytes).ok()
    }

    /// Its items, each as read and as judged.
    pub(super) fn items(&self) -> impl Iterator<Item = (&'j Item, &'j v1::Item)> {
        self.read.items.iter().zip(&self.judged.items)
    }
}
