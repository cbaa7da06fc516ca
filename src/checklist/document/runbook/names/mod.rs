//! What a command names: files, scripts, targets, images, hosts, places to fill in, files it writes.

mod cmdlets;
mod programs;

use std::collections::BTreeSet;

use crate::model::{Name, NameKind};

use super::shell::{Simple, placeholder};

/// The files that the commands of a procedure have written so far.
#[derive(Debug, Default)]
pub(super) struct Outputs {
    paths: BTreeSet<String>,
}

impl Outputs {
    /// Whether `path` lies in what has been written.
    fn hold(&self, path: &str) -> bool {
        let mut above = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        above.any(|folder| self.paths.contains(folder))
    }
}

/// The folder that earlier `cd`s lead to.
#[derive(Debug, Clone, Default)]
pub(super) struct Folder {
    parts: Vec<String>,
    /// Out of the repository, or where a variable leads.
    elsewhere: Option<String>,
    /// Whether that is on another machine.
    remote: bool,
}

impl Folder {
    /// The folder as it is shown: relative to the repository, or as written where it is not in it.
    pub(super) fn shown(&self) -> String {
        self.elsewhere.clone().unwrap_or_else(|| self.parts.join("/"))
    }

    fn enter(&mut self, to: &str) {
        if is_apart(to) || to.contains(['$', '<', '*', '`']) {
            self.elsewhere = Some(to.to_owned());
            return;
        }
        if self.elsewhere.is_some() {
            self.elsewhere = self.beyond(to);
            return;
        }
        match joined(&self.parts, to) {
            Some(parts) => self.parts = parts,
            None => self.elsewhere = Some(to.to_owned()),
        }
    }

    /// Another machine: its home, until `leave`.
    fn log_in(&mut self) {
        if self.elsewhere.is_none() {
            (self.elsewhere, self.remote) = (Some("~".to_owned()), true);
        }
    }

    /// Back from another machine.
    fn log_out(&mut self) {
        if std::mem::take(&mut self.remote) {
            self.elsewhere = None;
        }
    }

    /// The path of `name` below a folder that is not in the repository; `None` in the repository.
    fn beyond(&self, name: &str) -> Option<String> {
        let elsewhere = self.elsewhere.as_deref()?;
        let relative = !is_apart(name) && !name.starts_with('$');
        relative.then(|| {
            let below = name.strip_prefix("./").unwrap_or(name);
            format!("{}/{below}", elsewhere.trim_end_matches('/'))
        })
    }

    /// The path of `name` in the repository; `None` where it cannot be told.
    fn path(&self, name: &str) -> Option<String> {
        let fixed =
            !name.is_empty() && !is_apart(name) && !name.contains(['$', '*', '<', '{', '`', '?']);
        if !fixed || self.elsewhere.is_some() {
            return None;
        }
        joined(&self.parts, name)
            .map(|parts| if parts.is_empty() { ".".to_owned() } else { parts.join("/") })
    }
}

/// Whether a path leads out of where it stands: from the root, a home or a drive.
fn is_apart(path: &str) -> bool {
    path.starts_with(['/', '~', '-']) || has_drive(path)
}

/// `C:/app`
pub(super) fn has_drive(path: &str) -> bool {
    matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic())
}

/// How deep a folder is followed: none of a repository lies deeper.
const DEEPEST: usize = 100;

fn joined(base: &[String], to: &str) -> Option<Vec<String>> {
    let mut parts = base.to_vec();
    for part in to.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part.to_owned()),
        }
    }
    (parts.len() <= DEEPEST).then_some(parts)
}

/// What a line names. `folder` and `outputs` are brought up to what the line leaves behind.
pub(super) fn names(commands: &[Simple], folder: &mut Folder, outputs: &mut Outputs) -> Vec<Name> {
    let mut found = Found { names: Vec::new(), outputs };
    let mut shells: Vec<Folder> = vec![folder.clone()];
    for command in commands {
        // What is changed within parentheses is undone after them.
        shells.truncate(command.depth + 1);
        while shells.len() <= command.depth {
            shells.extend(shells.last().cloned());
        }
        if let Some(here) = shells.last_mut() {
            found.read(command, here);
        }
    }
    if let Some(outermost) = shells.into_iter().next() {
        *folder = outermost;
    }
    found.names
}

/// Names as they are found, each once.
struct Found<'o> {
    names: Vec<Name>,
    outputs: &'o mut Outputs,
}

impl Found<'_> {
    fn read(&mut self, command: &Simple, folder: &mut Folder) {
        let words: Vec<&str> = command.words.iter().map(String::as_str).collect();
        let all = command.words.iter().chain(&command.input).chain(&command.output);
        for word in all {
            self.placeholders(word);
        }
        programs::read(self, without_prefixes(&words), folder);
        for file in &command.input {
            self.named(NameKind::Input, file, folder);
        }
        for file in &command.output {
            self.output(file, folder);
        }
    }

    fn placeholders(&mut self, word: &str) {
        for (at, _) in word.match_indices('<') {
            if let Some(name) = word.get(at..).and_then(placeholder) {
                self.add(NameKind::Placeholder, name.to_owned(), None);
            }
        }
        if is_bracketed(word) {
            self.add(NameKind::Placeholder, word.to_owned(), None);
        }
        let mut rest = word;
        while let Some(at) = rest.find("{{") {
            rest = rest.get(at..).unwrap_or_default();
            let Some(end) = rest.find("}}") else { break };
            self.add(
                NameKind::Placeholder,
                rest.get(..end + 2).unwrap_or_default().to_owned(),
                None,
            );
            rest = rest.get(end + 2..).unwrap_or_default();
        }
    }

    fn add(&mut self, kind: NameKind, name: String, within: Option<String>) {
        let new = Name { kind, name, within, exists: None };
        if !self.names.contains(&new) {
            self.names.push(new);
        }
    }

    /// A file that must be there, unless a command before has written it.
    fn file(&mut self, name: &str, folder: &Folder) {
        self.named(NameKind::File, name, folder);
    }

    fn named(&mut self, kind: NameKind, name: &str, folder: &Folder) {
        if name.is_empty() || name == "-" || name.contains("://") || name.starts_with("/dev/") {
            return;
        }
        match folder.path(name) {
            Some(path) if self.outputs.paths.contains(&path) => {
                self.add(NameKind::Output, path, None)
            }
            Some(path) => self.add(kind, path, None),
            None if name.contains('<') || name.contains("{{") => {}
            None => match folder.beyond(name) {
                Some(path) if self.outputs.hold(&path) => self.add(NameKind::Output, path, None),
                Some(path) => self.add(kind, path, None),
                None => self.add(kind, name.to_owned(), None),
            },
        }
    }

    fn output(&mut self, name: &str, folder: &Folder) {
        if name.is_empty() || name == "-" || name.starts_with("/dev/") {
            return;
        }
        let path = folder.path(name);
        if let Some(path) = &path {
            self.outputs.paths.insert(path.clone());
        }
        self.add(NameKind::Output, path.unwrap_or_else(|| name.to_owned()), None);
    }

    fn image(&mut self, name: &str) {
        if !name.is_empty() && !name.starts_with('-') {
            self.add(NameKind::Image, name.to_owned(), None);
        }
    }

    /// The host of a URL, or of `user@host:path`.
    fn host(&mut self, text: &str) {
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = authority.rsplit('@').next().unwrap_or_default();
        let host =
            if host.starts_with('<') { host } else { host.split(':').next().unwrap_or_default() };
        if !host.is_empty() && placeholder(host).is_none() && !host.starts_with(['$', '-', '{']) {
            self.add(NameKind::Host, host.to_owned(), None);
        }
    }

    /// Something that a file of the repository should define.
    fn defined(&mut self, kind: NameKind, name: &str, file: &str, folder: &Folder) {
        if !name.is_empty() && !name.starts_with(['-', '$', '<']) && !name.contains(['<', '$', '{'])
        {
            self.add(kind, name.to_owned(), folder.path(file));
        }
    }
}

/// `[branch-name]`: words in brackets, and no pattern such as `[a-z]`.
fn is_bracketed(word: &str) -> bool {
    let inner = word.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or_default();
    inner.len() >= 4
        && inner
            .split(['-', '_', ' '])
            .all(|part| part.len() >= 2 && part.chars().all(char::is_alphabetic))
}

/// A command without `sudo`, `time` and assignments in front.
fn without_prefixes<'w, 's>(words: &'w [&'s str]) -> &'w [&'s str] {
    let starts = words.iter().position(|word| {
        let assigns = word.split_once('=').is_some_and(|(name, _)| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        });
        !assigns
            && !matches!(
                *word,
                "sudo"
                    | "time"
                    | "exec"
                    | "nohup"
                    | "env"
                    | "then"
                    | "do"
                    | "if"
                    | "!"
                    | "{"
                    | "}"
                    | "&&"
            )
    });
    starts.and_then(|at| words.get(at..)).unwrap_or_default()
}
