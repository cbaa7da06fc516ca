//! What can be wrong with a repository, in sentences of our own; libgit2's text is only the cause.

use git2::{ErrorClass, ErrorCode};

/// Why git could not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct GitError {
    kind: GitErrorKind,
    message: String,
    hint: Option<String>,
}

/// The kinds of trouble that a caller may want to tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GitErrorKind {
    /// The repository belongs to another user of the machine.
    ForeignOwner,
    /// The repository names its objects by SHA-256, or uses another extension that is not known.
    UnknownExtension,
    /// There is no work tree.
    Bare,
    /// No commit, branch or tag has that name.
    UnknownRevision,
    /// An abbreviated id fits several objects.
    AmbiguousRevision,
    /// An object that the history names is not there, or is damaged.
    Damaged,
    /// Anything else that libgit2 refuses.
    Other,
}

impl GitError {
    /// Which kind of trouble.
    pub fn kind(&self) -> GitErrorKind {
        self.kind
    }

    /// What to do, as a sentence.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    pub(super) fn new(kind: GitErrorKind, message: impl Into<String>) -> GitError {
        GitError { kind, message: message.into(), hint: None }
    }

    pub(super) fn with_hint(mut self, hint: impl Into<String>) -> GitError {
        self.hint = Some(hint.into());
        self
    }

    /// Why a repository cannot be opened. Where it lies is left out: reports never say it.
    pub(super) fn opening(fault: &git2::Error) -> GitError {
        if fault.code() == ErrorCode::Owner {
            return GitError::new(
                GitErrorKind::ForeignOwner,
                "the git repository belongs to another user, so it is not read",
            )
            .with_hint(
                "If you trust it, run `git config --global --add safe.directory \"$PWD\"` in its \
                 root folder.",
            );
        }
        let text = fault.message();
        let unknown = ["object format", "objectformat", "extension"];
        if unknown.iter().any(|word| text.contains(word)) {
            return GitError::new(
                GitErrorKind::UnknownExtension,
                format!("the git repository has a format that is not supported ({text})"),
            )
            .with_hint(
                "SHA-1 repositories of the standard layout are read; SHA-256 ones are not yet.",
            );
        }
        GitError::new(GitErrorKind::Other, format!("the git repository cannot be opened ({text})"))
    }

    /// Why `what` cannot be written.
    pub(super) fn writing(what: &str, fault: &git2::Error) -> GitError {
        GitError::new(
            GitErrorKind::Other,
            format!("{what} cannot be written to git: {}", fault.message()),
        )
    }

    /// Why `what` cannot be read.
    pub(super) fn reading(what: &str, fault: &git2::Error) -> GitError {
        let damaged = fault.code() == ErrorCode::NotFound
            || fault.code() == ErrorCode::HashsumMismatch
            || matches!(fault.class(), ErrorClass::Odb | ErrorClass::Zlib);
        if damaged {
            return GitError::new(
                GitErrorKind::Damaged,
                format!("{what} cannot be read from git: {}", fault.message()),
            )
            .with_hint(
                "Fetch the whole history (`fetch-depth: 0`, no `--filter`), or run `git fsck`.",
            );
        }
        GitError::new(
            GitErrorKind::Other,
            format!("{what} cannot be read from git: {}", fault.message()),
        )
    }
}
