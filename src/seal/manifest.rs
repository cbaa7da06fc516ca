//! The manifest of a published report: every file of it, and every input it was made from.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};

use super::statement::{STATEMENT, Statement, StatementSubject};

/// The file's name.
pub const MANIFEST: &str = "manifest.json";

/// The statement over it, for those who sign statements.
pub const REPORT_STATEMENT: &str = "manifest.intoto.json";

/// What was judged, as in-toto statements over the manifest: a test result, and a simple
/// verification result.
pub const VERDICT_STATEMENTS: [&str; 2] =
    ["manifest.test-result.intoto.json", "manifest.svr.intoto.json"];

/// The signature over the manifest, by the name that `ssh-keygen -Y sign` gives it.
pub const SIGNATURE: &str = "manifest.json.sig";

/// The type of the statement's predicate: a name, at which nothing lives.
pub const REPORT_PREDICATE: &str = "urn:trueup:report:1";

/// `schema` of every manifest.
const SCHEMA: &str = "trueup/manifest/1";

/// Every file and every input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Manifest {
    /// [`SCHEMA`].
    pub schema: String,
    /// Every file of the report but this one, its statements and signatures, by path.
    pub files: Vec<Entry>,
    /// What it was made from, by role and path.
    pub inputs: Vec<Input>,
    /// The names of the statements over this file that the report was written with; empty in reports of
    /// versions that did not tell them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<String>,
}

/// A file of the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entry {
    /// Relative to the report.
    pub path: String,
    /// Of its bytes.
    pub sha256: String,
    /// Their number.
    pub bytes: u64,
    /// What it is, of a file that was asked for beside the pages: the name of an output, or
    /// `single-file`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
}

/// Something that a report was made from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// `config`, `checklist`, `artifact`, `seal`, `signers`,
    /// `sign-offs`, `document`.
    pub role: String,
    /// As the snapshot names it.
    pub path: String,
    /// Of its bytes.
    pub sha256: String,
    /// Their number.
    pub bytes: u64,
    /// Why its bytes are not in the vault; `null` where they are.
    pub withheld: Option<String>,
}

/// The JSON Schema (draft-07) of a manifest.
pub fn schema() -> serde_json::Value {
    SchemaSettings::draft07().into_generator().into_root_schema_for::<Manifest>().to_value()
}

/// Where the vault keeps bytes of that digest.
pub fn vault_path(sha256: &str) -> String {
    let lead = sha256.get(..2).unwrap_or_default();
    format!("vault/sha256/{lead}/{sha256}")
}

impl Manifest {
    /// Of these files and inputs.
    pub fn new(mut files: Vec<Entry>, mut inputs: Vec<Input>) -> Manifest {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        inputs.sort();
        let statements = std::iter::once(REPORT_STATEMENT).chain(VERDICT_STATEMENTS);
        let statements = statements.map(str::to_owned).collect();
        Manifest { schema: SCHEMA.to_owned(), files, inputs, statements }
    }

    /// Reads a manifest.
    ///
    /// # Errors
    /// A sentence, where it is none.
    pub fn read(bytes: &[u8]) -> Result<Manifest, String> {
        let manifest: Manifest = serde_json::from_slice(bytes)
            .map_err(|fault| format!("{MANIFEST} is no manifest of a report: {fault}."))?;
        if manifest.schema != SCHEMA {
            let schema = &manifest.schema;
            return Err(format!("{MANIFEST} is of the schema `{schema}`, not `{SCHEMA}`."));
        }
        Ok(manifest)
    }

    /// As it is written.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// What differs between this and the files that are there, by path.
    pub fn faults(&self, present: &BTreeMap<String, String>) -> Vec<String> {
        let mut faults = Vec::new();
        for Entry { path, sha256, .. } in &self.files {
            match present.get(path) {
                None => faults.push(format!("{path} is missing.")),
                Some(found) if found != sha256 => faults.push(format!(
                    "{path} was altered: its SHA-256 is {found}, the manifest has {sha256}."
                )),
                Some(_) => {}
            }
        }
        let own = [MANIFEST, REPORT_STATEMENT, SIGNATURE];
        let known = |path: &str| {
            own.contains(&path)
                || VERDICT_STATEMENTS.contains(&path)
                || self.files.binary_search_by(|entry| entry.path.as_str().cmp(path)).is_ok()
        };
        let added = present.keys().filter(|path| !known(path));
        faults
            .extend(added.map(|path| format!("{path} was added: the manifest does not have it.")));
        faults
    }
}

/// What is signed with tools that sign statements: that this manifest is of this report.
pub fn statement<P>(manifest: &str, predicate: P) -> Statement<P> {
    Statement {
        kind: STATEMENT.to_owned(),
        subject: vec![StatementSubject {
            name: MANIFEST.to_owned(),
            digest: BTreeMap::from([("sha256".to_owned(), manifest.to_owned())]),
        }],
        predicate_type: REPORT_PREDICATE.to_owned(),
        predicate,
    }
}

/// What the statement says of a report besides its manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The project.
    pub project: String,
    /// Its release.
    pub release: Option<String>,
    /// The commit judged.
    pub commit: Option<String>,
    /// When it was judged.
    pub judged_at: String,
    /// `go`, `no-go` or `none`.
    pub gate: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, sha256: &str) -> Entry {
        Entry { path: path.to_owned(), sha256: sha256.to_owned(), bytes: 1, output: None }
    }

    #[test]
    fn altered_added_and_missing_files_are_told_apart() {
        let manifest =
            Manifest::new(vec![entry("b", "22"), entry("a", "11"), entry("c", "33")], vec![]);
        let present = [("a", "11"), ("b", "99"), ("d", "44"), (MANIFEST, ""), (SIGNATURE, "")];
        let present = present.map(|(path, sha)| (path.to_owned(), sha.to_owned()));
        assert_eq!(
            manifest.faults(&BTreeMap::from(present)),
            [
                "b was altered: its SHA-256 is 99, the manifest has 22.",
                "c is missing.",
                "d was added: the manifest does not have it.",
            ]
        );
        assert_eq!(Manifest::read(manifest.text().as_bytes()), Ok(manifest));
        assert!(Manifest::read(b"{}").unwrap_err().contains("no manifest"));
    }
}
