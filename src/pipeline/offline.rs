//! Whether npm asks no registry where artifacts are sealed: its audit is then clean of anything.

use std::path::Path;

use crate::seal::Predicate;
use crate::sources::environment::Environment;
use crate::sources::files;

use super::collect::Collecting;
use super::inputs::project::Project;

/// npm's settings of a project.
const NPMRC: &str = ".npmrc";

/// The most of it that is read.
const LARGEST: u64 = 1 << 20;

/// Whether npm is offline: as its command says, else the environment, else the project.
pub(super) fn npm(of: &Collecting, project: &Project<'_>, environment: &Environment) -> bool {
    let words = of.command.iter().flat_map(|command| command.split_whitespace());
    let of_command = words.filter_map(by_word).next_back();
    let of_project = || {
        let settings = [of.dir.as_path(), project.root.as_path()];
        settings.into_iter().find_map(by_settings).unwrap_or(false)
    };
    of_command.or(environment.npm_offline).unwrap_or_else(of_project)
}

fn by_word(word: &str) -> Option<bool> {
    match word {
        "--offline" | "--offline=true" => Some(true),
        "--no-offline" | "--offline=false" => Some(false),
        _ => None,
    }
}

/// As `.npmrc` in `folder` says, if it does.
fn by_settings(folder: &Path) -> Option<bool> {
    let bytes = files::read_path(folder, Path::new(NPMRC), NPMRC, LARGEST).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    text.lines().filter_map(by_line).next_back()
}

/// A line of an INI file; a key alone is on.
fn by_line(line: &str) -> Option<bool> {
    let (key, value) = line.split_once('=').unwrap_or((line, "true"));
    let value = value.trim().trim_matches(['"', '\'']);
    (key.trim() == "offline").then(|| !["false", "0", "null", ""].contains(&value))
}

/// What is told where an audit of npm is sealed so.
pub(super) fn warning(of: &Predicate) -> Option<String> {
    let is_audit = |format: Option<&str>| format == Some("npm-audit");
    let mut audits = of.artifacts.iter().filter(|noted| is_audit(noted.format.as_deref()));
    let audit = audits.next().filter(|_| of.npm_offline)?;
    Some(format!(
        "npm is offline here, so that its audit asked nobody: {} will prove nothing. Run it online.",
        audit.name
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn npm_s_settings_are_read_as_npm_reads_them() {
        for (line, offline) in [
            ("offline=true", Some(true)),
            (" offline = \"true\"", Some(true)),
            ("offline", Some(true)),
            ("offline=false", Some(false)),
            ("; offline=true", None),
            ("prefer-offline=true", None),
            ("registry=https://example.org", None),
        ] {
            assert_eq!(by_line(line), offline, "{line}");
        }
    }
}
