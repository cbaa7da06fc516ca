//! The door to `ssh-keygen`, which every user of git over SSH has: checks signatures of files and of
//! commits.

mod commits;

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};

pub use commits::{AllowedSigners, SignedCommit};

/// The namespace of signatures over reports: one made for anything else is none.
pub const NAMESPACE: &str = "trueup";

/// What a signature came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signed {
    /// It is good, and of this person among the allowed signers.
    By(String),
    /// It is not, or cannot be checked: why, as a sentence.
    No(String),
}

/// Checks `signature` over the bytes of `file`. `signers` is a file as ssh-keygen(1) describes
/// under ALLOWED SIGNERS; nothing of it is passed to a shell.
pub fn check(file: &Path, signature: &Path, signers: &Path) -> Signed {
    for (path, what) in [(signature, "signature"), (signers, "file of allowed signers")] {
        if !path.is_file() {
            return Signed::No(format!("There is no {what} {}.", path.display()));
        }
    }
    let found = keygen(file, |command| {
        command.args(["-Y", "find-principals", "-s"]).arg(signature).arg("-f").arg(signers)
    });
    let principals = match found {
        Err(why) => return Signed::No(why),
        Ok((false, _)) => {
            return Signed::No("Its key is of nobody among the allowed signers.".to_owned());
        }
        Ok((true, out)) => out,
    };
    let mut last = String::new();
    for who in principals.lines().map(str::trim).filter(|who| !who.is_empty()) {
        let verified = keygen(file, |command| {
            command.args(["-Y", "verify", "-n", NAMESPACE, "-I", who, "-s"]);
            command.arg(signature).arg("-f").arg(signers)
        });
        match verified {
            Ok((true, _)) => return Signed::By(who.to_owned()),
            Ok((false, out)) => last = out,
            Err(why) => return Signed::No(why),
        }
    }
    let said = last.lines().last().unwrap_or("no signer was found").trim().to_owned();
    Signed::No(format!("The signature does not fit manifest.json: {said}."))
}

/// Whether `ssh-keygen` was content, and what it said; `file` is its standard input.
fn keygen(
    file: &Path,
    with: impl FnOnce(&mut Command) -> &mut Command,
) -> Result<(bool, String), String> {
    let input = File::open(file).map_err(|fault| format!("{} : {fault}.", file.display()))?;
    let mut command = Command::new("ssh-keygen");
    let output = with(&mut command)
        .stdin(Stdio::from(input))
        .output()
        .map_err(|fault| format!("ssh-keygen cannot be run, so nothing was checked: {fault}."))?;
    let text = [output.stdout, output.stderr].concat();
    Ok((output.status.success(), String::from_utf8_lossy(&text).into_owned()))
}
