//! `witness.json`: every answer that judging took from git, the disk and the clock, written down so
//! that the same judging runs over it again. The bytes of the inputs are in the vault.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};

use crate::model::{CheckedOut, ItemHistory, TimeFrom, Timestamp};
use crate::reconcile::{Hands, Lost, Shipped, Since};
use crate::render::site;
use crate::seal::manifest::Input;
use crate::snapshot::v1::Problem;

/// `schema` of every witness.
pub(super) const SCHEMA: &str = "trueup/witness/1";

/// The file's name.
pub(in crate::pipeline) const WITNESS: &str = "witness.json";

/// What was recorded of one run.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Recorded {
    /// [`SCHEMA`].
    pub(super) schema: String,
    /// The judge's clock.
    pub(in crate::pipeline) judged_at: Timestamp,
    /// When the release was deployed, where that was known.
    pub(in crate::pipeline) deployed_at: Option<Timestamp>,
    /// The `trueup.toml` that held.
    pub(in crate::pipeline) config: Option<Input>,
    /// By path.
    pub(in crate::pipeline) checklists: Vec<Input>,
    /// The files that say who signed what, and whose keys sign.
    #[serde(default)]
    pub(in crate::pipeline) signing: Vec<Input>,
    /// The seals beside artifacts.
    pub(in crate::pipeline) seals: Vec<Input>,
    /// Each file once, by path.
    pub(in crate::pipeline) artifacts: Vec<RecordedArtifact>,
    /// What could have been artifacts and was not read.
    pub(in crate::pipeline) lost: Vec<Lost>,
    /// What was read by `text` and `load`, by path.
    pub(in crate::pipeline) documents: BTreeMap<String, RecordedDocument>,
    /// What `files` found, by glob.
    pub(in crate::pipeline) globs: BTreeMap<String, Vec<String>>,
    /// In what `files` could not look, by glob.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(in crate::pipeline) unlisted: BTreeMap<String, String>,
    /// Which of what `files` found holds no byte, by glob.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(in crate::pipeline) empty: BTreeMap<String, Vec<String>>,
    /// What changed since a commit.
    pub(in crate::pipeline) since_commit: BTreeMap<String, Since>,
    /// What changed since a commit that is not there, by the id of its files.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(in crate::pipeline) since_tree: BTreeMap<String, Since>,
    /// What changed since what a commit brought was made.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(in crate::pipeline) since_brought: BTreeMap<String, Since>,
    /// What changed since a moment.
    pub(in crate::pipeline) since_time: BTreeMap<String, Since>,
    /// Who made the change that was vouched for, by commit and paths.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(in crate::pipeline) hands: BTreeMap<String, Hands>,
    /// The release that a commit first shipped in, by commit and what it is about; and the last one between
    /// a moment (`COMMIT since TIME`) and it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(in crate::pipeline) shipped: BTreeMap<String, Shipped>,
    /// The group `git`.
    pub(in crate::pipeline) git: Option<serde_json::Value>,
    /// The histories of the items that a requirement is bound to, by checklist and id; `null` where
    /// no history was read.
    pub(in crate::pipeline) histories: Option<BTreeMap<String, BTreeMap<String, ItemHistory>>>,
    /// What reading found wrong: the gate asks for it.
    pub(in crate::pipeline) problems: Vec<Problem>,
}

/// An artifact's file, with what is known beside its bytes.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub(in crate::pipeline) struct RecordedArtifact {
    #[serde(flatten)]
    pub(in crate::pipeline) input: Input,
    /// The archive that it lies in.
    pub(in crate::pipeline) archive: Option<String>,
    /// Whether it lies in the default places.
    pub(in crate::pipeline) default: bool,
    /// When it was made.
    pub(in crate::pipeline) time: Option<Timestamp>,
    /// What says so; of `content` the bytes are asked again.
    pub(in crate::pipeline) time_from: Option<TimeFrom>,
    /// Whether `time` knows its zone.
    pub(in crate::pipeline) zoned: bool,
    /// Whether the judged commit holds it as it is.
    pub(in crate::pipeline) tracked: bool,
    /// The commit that brought it.
    pub(in crate::pipeline) committed_in: Option<String>,
    /// The commit that was checked out when it came to lie there, where another is judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::pipeline) checked_out: Option<CheckedOut>,
    /// When it came to lie there, of one whose time has no zone: it was not made after that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::pipeline) arrived: Option<Timestamp>,
}

/// What came of asking for a file of the repository.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::pipeline) enum RecordedDocument {
    /// It is not there.
    Missing,
    /// It cannot be read: why.
    Unread(String),
    /// These bytes.
    Read(Input),
}

/// The JSON Schema (draft-07) of `trueup/witness/1`.
pub fn witness_schema() -> serde_json::Value {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<Recorded>().to_value()
}

impl Recorded {
    /// Reads a witness.
    ///
    /// # Errors
    /// A sentence, where it is none.
    pub(in crate::pipeline) fn read(bytes: &[u8]) -> Result<Recorded, String> {
        let recorded: Recorded = serde_json::from_slice(bytes)
            .map_err(|fault| format!("{WITNESS} is no witness of a run: {fault}."))?;
        if recorded.schema != SCHEMA {
            let schema = &recorded.schema;
            return Err(format!("{WITNESS} is of the schema `{schema}`, not `{SCHEMA}`."));
        }
        Ok(recorded)
    }

    /// Everything that the report was made from, as its pages tell of it.
    pub fn told(&self) -> Vec<site::Input> {
        let inputs = self.inputs().into_iter();
        let told = |Input { role, path, sha256, bytes, withheld }| site::Input {
            role,
            path,
            sha256,
            bytes,
            withheld,
        };
        inputs.map(told).collect()
    }

    /// Everything that the report was made from.
    pub fn inputs(&self) -> Vec<Input> {
        let documents = self.documents.values().filter_map(|document| match document {
            RecordedDocument::Read(input) => Some(input),
            RecordedDocument::Missing | RecordedDocument::Unread(_) => None,
        });
        let artifacts = self.artifacts.iter().map(|artifact| &artifact.input);
        let lists = self.config.iter().chain(&self.checklists).chain(&self.signing);
        let lists = lists.chain(&self.seals);
        lists.chain(artifacts).chain(documents).cloned().collect()
    }
}
