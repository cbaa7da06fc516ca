//! What readers make of a text: for the tables beside them.

use crate::evidence::{Detail, by_id, read};
use crate::facts::Keep;
use crate::model::{Answer, Reading};

fn detail() -> Detail {
    Detail { cases: Keep::All, findings: Keep::All, components: Keep::All, data: false }
}

/// What the reader of `format` makes of a text that it knows as its own.
pub(in crate::evidence) fn reading(format: &str, text: &str) -> Reading {
    match read("file", text.as_bytes(), None, &detail()) {
        Answer::Read(reading) if reading.format == format => *reading,
        other => panic!("{other:?} of {text}"),
    }
}

/// The format that a text is told to be of.
pub(in crate::evidence) fn format_of(text: &str) -> Option<&'static str> {
    read("file", text.as_bytes(), None, &detail()).reading().map(|reading| reading.format)
}

/// Each text is honest evidence where its reason is empty; else it is refused, or proves nothing,
/// for that reason.
pub(in crate::evidence) fn proves(format: &str, texts: &[(&str, &str)]) {
    assert!(by_id(format).is_some(), "{format}");
    for (text, reason) in texts {
        let answer = match read("file", text.as_bytes(), None, &detail()) {
            Answer::Unknown { .. } => read("file", text.as_bytes(), Some(format), &detail()),
            Answer::Read(reading) if reading.format == "json" => {
                read("file", text.as_bytes(), Some(format), &detail())
            }
            told => told,
        };
        let why = match &answer {
            Answer::Read(reading) => {
                assert_eq!(reading.format, format, "{text}");
                let whys = reading.doubts.iter().map(|doubt| doubt.why.as_str());
                whys.collect::<Vec<_>>().join(" ")
            }
            Answer::Broken { why, .. } => why.clone(),
            other => panic!("{other:?} of {text}"),
        };
        let told = if reason.is_empty() { why.is_empty() } else { why.contains(reason) };
        assert!(told, "`{reason}` expected, `{why}` told of {text}");
    }
}
