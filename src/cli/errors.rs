//! The one printer of errors: what could not be done, why, and what to do next.

use std::fmt::Write;

use crate::model::counted;
use crate::pipeline::Error;
use crate::render::text::{Paint, safe};

use super::{Exit, Streams, diagnostic};

/// Prints a fatal error and says how the run ends.
pub(super) fn print(error: &Error, streams: &mut Streams) -> Exit {
    streams.complain(&told(error, streams.paint_err));
    match error {
        Error::Config { .. } | Error::Usage { .. } => Exit::Usage,
        Error::Failed { .. } => Exit::Failed,
    }
}

/// What is printed of a fatal error.
pub(super) fn told(error: &Error, paint: Paint) -> String {
    let mut text = String::new();
    match error {
        Error::Config { faults, texts } => {
            let colour =
                if paint.color { diagnostic::Paint::Coloured } else { diagnostic::Paint::Plain };
            for fault in faults {
                let source = texts.get(&fault.path).map_or("", String::as_str);
                text.push_str(&diagnostic::render(fault, source, colour));
                text.push('\n');
            }
            let _ = writeln!(
                text,
                "{}: {} in the configuration; nothing was judged",
                paint.red("error"),
                counted(faults.len() as u64, "fault")
            );
        }
        Error::Usage { .. } | Error::Failed { .. } => {
            let _ = writeln!(text, "{}: {}", paint.red("error"), shown(&error.to_string()));
            if let Some(hint) = error.hint() {
                let _ = writeln!(text, "  → {}", shown(hint));
            }
        }
    }
    text
}

/// A sentence that may quote a document: without what a terminal would obey, but for its lines.
fn shown(sentence: &str) -> String {
    sentence.split('\n').map(safe).collect::<Vec<_>>().join("\n")
}
