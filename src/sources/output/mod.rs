//! The door for what trueup writes: whole or not at all.

mod file;
mod folder;
mod fresh;
mod replace;

pub use file::write_file;
pub use folder::{FolderWriter, is_report_folder, write_folder};
pub use fresh::FreshFolder;
pub use replace::{Replacement, replace_files};

/// Why something could not be written, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct WriteError {
    message: String,
    hint: Option<String>,
}

impl WriteError {
    /// What to do, as a sentence.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    fn new(message: impl Into<String>) -> WriteError {
        WriteError { message: message.into(), hint: None }
    }

    fn because(what: impl AsRef<std::path::Path>, fault: &std::io::Error) -> WriteError {
        WriteError::new(format!("{} cannot be written: {fault}", what.as_ref().display()))
    }

    fn with_hint(mut self, hint: impl Into<String>) -> WriteError {
        self.hint = Some(hint.into());
        self
    }
}
