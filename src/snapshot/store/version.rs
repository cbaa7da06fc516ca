//! Which version wrote a snapshot, and what of it this version does not know.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::model::listed;

/// The version of this trueup.
pub(super) const OWN: &str = env!("CARGO_PKG_VERSION");

/// Unknown fields that a note names before it counts the rest.
const NAMED: usize = 5;

/// Whether a release of trueup is later than this one. What is no version is not.
pub(super) fn is_newer(version: &str) -> bool {
    matches!((parts(version), parts(OWN)), (Some(other), Some(own)) if other > own)
}

fn parts(version: &str) -> Option<[u64; 3]> {
    let released = version.split(['-', '+']).next()?;
    let mut numbers = released.split('.').map(str::parse::<u64>);
    let parts = [numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?];
    numbers.next().is_none().then_some(parts)
}

/// What to say of a snapshot that a newer trueup wrote and this one could read. `written` is all of
/// it, where that can be held, and `understood` what was read.
pub(super) fn note(version: &str, written: Option<&Json>, understood: &Json) -> String {
    let left_out = match written {
        Some(written) => left_out(written, understood),
        None => "What else it holds was not compared.".to_owned(),
    };
    format!("Written by trueup {version}, which is newer than this {OWN}. {left_out}")
}

fn left_out(written: &Json, understood: &Json) -> String {
    let mut unknown = BTreeSet::new();
    collect(&mut unknown, "", written, understood);
    let names: Vec<String> = unknown.into_iter().collect();
    match names.is_empty() {
        true => "Every field is known here.".to_owned(),
        false => format!("Not known here, and left out: {}.", listed(&names, NAMED)),
    }
}

fn collect(unknown: &mut BTreeSet<String>, at: &str, written: &Json, understood: &Json) {
    match (written, understood) {
        (Json::Object(written), Json::Object(understood)) => {
            for (name, value) in written.iter().filter(|(_, value)| !value.is_null()) {
                let at = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
                match understood.get(name) {
                    Some(known) => collect(unknown, &at, value, known),
                    None => _ = unknown.insert(at),
                }
            }
        }
        (Json::Array(written), Json::Array(understood)) => {
            let at = format!("{at}[]");
            for (value, known) in written.iter().zip(understood) {
                collect(unknown, &at, value, known);
            }
        }
        _ => {}
    }
}
