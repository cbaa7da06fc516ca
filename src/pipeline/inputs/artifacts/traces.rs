//! Traces of Playwright among the archives. What lies in one is what a browser saw in a test: pages,
//! styles and answers of servers, and no report of any tool.
//!
//! <https://playwright.dev/docs/trace-viewer>

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::model::Limits;
use crate::policy::Requirement;

use super::find::{File, Found};

/// The first line of a file of events.
#[derive(Deserialize)]
struct Head {
    version: u32,
    r#type: String,
}

/// Takes out of the files what lies in a trace. A file that a requirement names by its own path stays.
pub(super) fn leave_out(requirements: &[Requirement], limits: &Limits, found: &mut Found) {
    let mut events: BTreeMap<usize, Vec<&String>> = BTreeMap::new();
    for (name, file) in &found.files {
        if let File::Entry(at) = file
            && is_of_events(name)
        {
            events.entry(*at).or_default().push(name);
        }
    }
    let mut traces = Vec::new();
    for (at, names) in events {
        let read = found.archives.get(at).map(|archive| archive.bytes_of(&names, limits));
        for (name, bytes) in read.into_iter().flatten() {
            if bytes.is_ok_and(|bytes| begins_a_trace(&bytes))
                && let Some((archive, _)) = name.rsplit_once("!/")
            {
                traces.push(format!("{archive}!/"));
            }
        }
    }
    let named = |path: &str| {
        let mut wanted = requirements.iter().flat_map(|of| &of.artifacts);
        wanted.any(|wanted| wanted.glob.as_str() == path)
    };
    let is_of_one = |path: &str| {
        traces.iter().any(|trace| path.strip_prefix(trace.as_str()).is_some_and(has_a_part_s_name))
    };
    found.files.retain(|path, _| !is_of_one(path) || named(path));
    found.default.retain(|path| !is_of_one(path) || named(path));
}

/// Whether the entry is called as a file of events at the top of its archive is.
fn is_of_events(name: &str) -> bool {
    let inner = name.rsplit_once("!/").map(|(_, inner)| inner);
    inner.is_some_and(|inner| !inner.contains('/') && inner.ends_with(".trace"))
}

/// Whether a file of a trace is called so in it. Whatever else lies there is an artifact.
fn has_a_part_s_name(inner: &str) -> bool {
    match inner.split_once('/') {
        Some((folder, rest)) => {
            matches!(folder, "resources" | "attachments") && !rest.contains('/')
        }
        None => [".trace", ".network", ".stacks"].iter().any(|end| inner.ends_with(end)),
    }
}

fn begins_a_trace(bytes: &[u8]) -> bool {
    let line = bytes.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let head: Result<Head, _> = serde_json::from_slice(line);
    head.is_ok_and(|head| head.version > 0 && head.r#type == "context-options")
}
