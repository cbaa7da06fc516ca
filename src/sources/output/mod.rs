//! The door for what trueup writes: whole or not at all.

mod file;
mod folder;
mod fresh;
mod place;
mod replace;

pub use file::{append_file, make_folder, write_file, write_parts};
pub use folder::{Finished, FolderWriter, is_report_folder, write_folder};
pub use fresh::FreshFolder;
pub use place::{report_around, within};
pub use replace::{Replacement, replace_files};

/// Why something could not be written, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct WriteError {
    message: String,
    hint: Option<String>,
    refused: bool,
}

impl WriteError {
    /// Whether the place itself is not one to write to, rather than that writing failed.
    pub fn is_refusal(&self) -> bool {
        self.refused
    }

    /// What to do, as a sentence.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    fn new(message: impl Into<String>) -> WriteError {
        WriteError { message: message.into(), hint: None, refused: false }
    }

    fn because(what: impl AsRef<std::path::Path>, fault: &std::io::Error) -> WriteError {
        WriteError::new(format!("{} cannot be written: {fault}", what.as_ref().display()))
    }

    fn refusing(mut self) -> WriteError {
        self.refused = true;
        self
    }

    fn with_hint(mut self, hint: impl Into<String>) -> WriteError {
        self.hint = Some(hint.into());
        self
    }
}
