//! Where a diagnostic stands, as the tools that read HashiCorp's language write it.

use serde::Deserialize;

use crate::evidence::json::{Num, Str};
use crate::evidence::text;

/// A range of a file.
#[derive(Deserialize)]
pub(in crate::evidence) struct Range<'a> {
    #[serde(borrow)]
    filename: Option<Str<'a>>,
    start: Option<Start>,
}

#[derive(Deserialize)]
struct Start {
    #[serde(default)]
    line: Num,
}

impl Range<'_> {
    /// Path and line of its beginning, as far as they are told.
    pub(in crate::evidence) fn place(range: Option<&Range<'_>>) -> (Option<String>, Option<u64>) {
        let path = range.and_then(|range| text::said(&range.filename));
        (path, range.and_then(|range| range.start.as_ref()?.line.line()))
    }
}
