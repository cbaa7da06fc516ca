//! The door to `ssh-keygen`, which every user of git over SSH has: checks signatures of files and of
//! commits.

mod commits;

use std::fs::{self, File};
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
    match found {
        Err(why) => Signed::No(why),
        Ok((false, _)) => Signed::No("Its key is of nobody among the allowed signers.".to_owned()),
        Ok((true, _)) => by_line(file, signature, signers).unwrap_or_else(Signed::No),
    }
}

/// Asks line by line, for of a key that stands on several lines `find-principals` tells the first
/// alone, and another may be the one that allows this purpose.
fn by_line(file: &Path, signature: &Path, signers: &Path) -> Result<Signed, String> {
    let read = fs::read(signers).map_err(|fault| format!("{}: {fault}.", signers.display()))?;
    let own = tempfile::NamedTempFile::new().map_err(|fault| format!("{fault}."))?;
    let mut last = String::new();
    let lines = read.split(|&byte| byte == b'\n').enumerate();
    for (number, line) in lines.filter(|(_, line)| !line.trim_ascii().is_empty()) {
        fs::write(own.path(), line).map_err(|fault| format!("{fault}."))?;
        let (is_it, found) = keygen(file, |command| {
            command.args(["-Y", "find-principals", "-s"]).arg(signature).arg("-f").arg(own.path())
        })?;
        let principals = found.lines().map(str::trim).filter(|who| is_it && !who.is_empty());
        let (but, of): (Vec<&str>, Vec<&str>) = principals.partition(|who| who.starts_with('!'));
        for who in of {
            let (good, said) = keygen(file, |command| {
                command.args(["-Y", "verify", "-n", NAMESPACE, "-I", who, "-s"]);
                command.arg(signature).arg("-f").arg(own.path())
            })?;
            if good {
                return Ok(Signed::By(named(who, &but)));
            }
            let (ours, theirs) = (own.path().display(), signers.display());
            last = said.replace(&format!("{ours}:1"), &format!("{theirs}:{}", number + 1));
        }
    }
    let said = last.lines().last().unwrap_or("no signer was found").trim().to_owned();
    Err(format!("The signature does not fit manifest.json: {said}."))
}

/// Who that is: a pattern names nobody, and `!` takes somebody out of it.
fn named(who: &str, but: &[&str]) -> String {
    if !who.contains(['*', '?']) {
        return who.to_owned();
    }
    let but: Vec<&str> = but.iter().map(|who| who.trim_start_matches('!')).collect();
    match but.is_empty() {
        true => format!("one of {who}"),
        false => format!("one of {who}, but not {}", but.join(" or ")),
    }
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
