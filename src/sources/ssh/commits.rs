//! Signatures of commits, by the meaning that `git verify-commit` gives them: the namespace is `git`,
//! and a key must have been valid when the commit was made.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::model::{Signature, Timestamp};

use super::keygen;

/// The namespace of signatures over commits.
const NAMESPACE: &str = "git";

/// How an SSH signature begins; one of OpenPGP or X.509 begins otherwise.
const ARMOUR: &[u8] = b"-----BEGIN SSH SIGNATURE-----";

/// A commit that carries a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCommit {
    /// The commit without its signature: what was signed.
    pub payload: Vec<u8>,
    /// The signature, armoured.
    pub signature: Vec<u8>,
    /// When it was committed.
    pub time: Timestamp,
}

/// Whose keys sign, in a folder of our own: the check reads the very bytes that were handed over.
#[derive(Debug)]
pub struct AllowedSigners {
    folder: TempDir,
    has_revoked: bool,
}

impl AllowedSigners {
    /// Of the bytes of a file as ssh-keygen(1) describes under ALLOWED SIGNERS, and of one of
    /// revoked keys.
    ///
    /// # Errors
    /// Where they cannot be written down for `ssh-keygen`, or there is no `ssh-keygen`.
    pub fn new(signers: &[u8], revoked: Option<&[u8]>) -> io::Result<AllowedSigners> {
        let folder = tempfile::tempdir()?;
        let allowed = AllowedSigners { has_revoked: revoked.is_some(), folder };
        fs::write(allowed.file("signers"), signers)?;
        if let Some(revoked) = revoked {
            fs::write(allowed.file("revoked"), revoked)?;
        }
        Command::new("ssh-keygen").arg("-?").output()?;
        Ok(allowed)
    }

    /// The same of files anywhere on this machine.
    ///
    /// # Errors
    /// As [`AllowedSigners::new`], and where one of them cannot be read.
    pub fn of_files(signers: &Path, revoked: Option<&Path>) -> io::Result<AllowedSigners> {
        let read = |path: &Path| {
            fs::read(path).map_err(|fault| {
                io::Error::new(fault.kind(), format!("{}: {fault}", path.display()))
            })
        };
        let revoked = revoked.map(read).transpose()?;
        AllowedSigners::new(&read(signers)?, revoked.as_deref())
    }

    /// What the signature of `commit` is worth, whose author has the address `author`.
    pub fn check(&self, commit: &SignedCommit, author: &str) -> Signature {
        if !commit.signature.starts_with(ARMOUR) {
            return Signature::Unchecked;
        }
        // What cannot be written down or asked for is not checked.
        self.checked(commit, author).unwrap_or(Signature::Unchecked)
    }

    fn checked(&self, commit: &SignedCommit, author: &str) -> Result<Signature, String> {
        let write = |name: &str, bytes: &[u8]| {
            fs::write(self.file(name), bytes).map_err(|fault| fault.to_string())
        };
        write("payload", &commit.payload)?;
        write("signature", &commit.signature)?;
        if self.is_of(author, commit.time)? {
            return Ok(Signature::Good);
        }
        let (found, principals) = self.ask("find-principals", commit.time, |command| command)?;
        if found {
            for other in principals.lines().map(str::trim).filter(|who| !who.is_empty()) {
                if self.is_of(other, commit.time)? {
                    return Ok(Signature::Other);
                }
            }
        }
        let (fits, _) =
            self.ask("check-novalidate", commit.time, |command| command.args(["-n", NAMESPACE]))?;
        Ok(if fits { Signature::Untrusted } else { Signature::Bad })
    }

    /// Whether the signature fits, by a key that was this person's at that time.
    fn is_of(&self, who: &str, time: Timestamp) -> Result<bool, String> {
        let (good, _) = self.ask("verify", time, |command| {
            command.args(["-n", NAMESPACE, "-I", who]);
            if self.has_revoked {
                command.arg("-r").arg(self.file("revoked"));
            }
            command
        })?;
        Ok(good)
    }

    fn ask(
        &self,
        what: &str,
        time: Timestamp,
        with: impl FnOnce(&mut Command) -> &mut Command,
    ) -> Result<(bool, String), String> {
        keygen(&self.file("payload"), |command| {
            // Times without a zone are those of UTC on every machine.
            command.env("TZ", "UTC").args(["-Y", what, "-s"]).arg(self.file("signature"));
            command.arg("-O").arg(format!("verify-time={}", compact(time)));
            if what != "check-novalidate" {
                command.arg("-f").arg(self.file("signers"));
            }
            with(command)
        })
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// `2026-03-02T08:00:00Z` as `20260302080000`.
fn compact(time: Timestamp) -> String {
    time.to_string().chars().filter(char::is_ascii_digit).take(14).collect()
}
