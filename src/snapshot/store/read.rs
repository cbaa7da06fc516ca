//! A snapshot's bytes, read; or exactly why they cannot be.

use serde::Deserialize;
use serde_json::Value as Json;
use serde_json::error::Category;

use super::super::Snapshot;
use super::version;

/// What `schema` begins with in every version.
const FAMILY: &str = "trueup/snapshot/";

/// The version that is read here.
const VERSION: u64 = 1;

/// How far into a file that is no JSON its beginning is looked for.
const HEAD: usize = 4096;

/// A snapshot that was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// The snapshot.
    pub snapshot: Snapshot,
    /// What to tell of it: it was written by a newer trueup, and what was left out. A sentence or
    /// two.
    pub note: Option<String>,
}

/// Why bytes are no snapshot that can be read. Each says what they are instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Something else.
    #[error("no snapshot: {why}")]
    NotASnapshot {
        /// What was seen.
        why: String,
    },
    /// Of a version before the first that is read here.
    #[error("the snapshot is of version {version}, which is too old: this trueup reads {VERSION}")]
    TooOld {
        /// Its version.
        version: u64,
    },
    /// Of a version, or with words, that only a newer trueup reads.
    #[error("the snapshot needs a newer trueup than {}: {why}", version::OWN)]
    TooNew {
        /// What is not known here.
        why: String,
    },
    /// A snapshot once, but cut off or altered.
    #[error("the snapshot is damaged at line {line}, column {column}: {why}")]
    Damaged {
        /// 1-based.
        line: usize,
        /// 1-based, in bytes.
        column: usize,
        /// What was found there.
        why: String,
    },
}

/// What is looked at before anything else.
#[derive(Deserialize)]
struct Probe {
    schema: Option<Json>,
    tool: Option<Json>,
}

/// Reads the bytes of a snapshot's file, with or without a byte order mark.
pub fn read(bytes: &[u8]) -> Result<Stored, StoreError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    match first {
        None => return Err(other("the file is empty")),
        Some(b'{') => {}
        Some(_) => return Err(other("the file is no JSON object")),
    }
    let probe: Probe = serde_json::from_slice(bytes).map_err(|fault| unparsed(bytes, &fault))?;
    check_version(probe.schema.as_ref())?;
    let tool = probe.tool.as_ref().and_then(|tool| tool.get("version")).and_then(Json::as_str);
    let newer = tool.filter(|version| version::is_newer(version));
    let snapshot = serde_json::from_slice(bytes).map_err(|fault| match newer {
        Some(version) => {
            StoreError::TooNew { why: format!("trueup {version} wrote it, and {fault}") }
        }
        None => damaged(&fault),
    })?;
    let note = newer.map(|version| noted(version, bytes, &snapshot));
    Ok(Stored { snapshot, note })
}

fn noted(version: &str, bytes: &[u8], snapshot: &Snapshot) -> String {
    let written: Option<Json> = serde_json::from_slice(bytes).ok();
    let understood = serde_json::to_value(snapshot).unwrap_or(Json::Null);
    version::note(version, written.as_ref(), &understood)
}

fn check_version(schema: Option<&Json>) -> Result<(), StoreError> {
    let Some(schema) = schema else { return Err(other("a JSON object without `schema`")) };
    let Some(schema) = schema.as_str() else { return Err(other("its `schema` is no text")) };
    let Some(version) = schema.strip_prefix(FAMILY) else {
        return Err(other(format!("its `schema` is `{schema}`")));
    };
    match version.parse::<u64>() {
        Ok(VERSION) => Ok(()),
        Ok(version) if version < VERSION => Err(StoreError::TooOld { version }),
        Ok(version) => Err(StoreError::TooNew { why: format!("it is of version {version}") }),
        Err(_) => Err(other(format!("its `schema` is `{schema}`"))),
    }
}

/// No JSON to its end: of a snapshot that is damage, of anything else it says that it is none.
fn unparsed(bytes: &[u8], fault: &serde_json::Error) -> StoreError {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if head.windows(FAMILY.len()).any(|window| window == FAMILY.as_bytes()) {
        damaged(fault)
    } else {
        other(format!("the file is no JSON ({fault})"))
    }
}

fn damaged(fault: &serde_json::Error) -> StoreError {
    let (line, column) = (fault.line(), fault.column());
    let why = match fault.classify() {
        Category::Eof => "the file ends in the middle of a value".to_owned(),
        Category::Io | Category::Syntax | Category::Data => {
            let said = fault.to_string();
            let place = format!(" at line {line} column {column}");
            said.strip_suffix(&place).unwrap_or(&said).to_owned()
        }
    };
    StoreError::Damaged { line, column, why }
}

fn other(why: impl Into<String>) -> StoreError {
    StoreError::NotASnapshot { why: why.into() }
}
