//! The packages of a repository by their names, as headings say them, and what the whole is called.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use super::package;
use super::subjects::joined;
use super::surroundings::Around;
use crate::facts::Value;

/// The folders of packages by name, looked for when a heading first may name one.
#[derive(Default)]
pub(super) struct Parts {
    known: OnceCell<BTreeMap<String, BTreeSet<String>>>,
    /// By name in any spelling, also without what says that it is a service.
    called: OnceCell<BTreeMap<String, BTreeSet<String>>>,
    whole: OnceCell<Whole>,
    folders: OnceCell<BTreeSet<String>>,
}

/// What the repository is called.
pub(super) struct Whole {
    /// By its remote, the manifest at its top, the title of its README, and its only package.
    pub(super) names: BTreeSet<String>,
    /// By the manifests of the only package and by its remote; nothing where there are several packages.
    pub(super) only: BTreeSet<String>,
}

/// Manifests that name their package, each with where.
const NAMED: [(&str, &[&str]); 4] = [
    ("package.json", &["name"]),
    ("composer.json", &["name"]),
    ("Cargo.toml", &["package", "name"]),
    ("pyproject.toml", &["project", "name"]),
];

/// Files that no data is read from, and what names their package in them.
const WRITTEN: [(&str, &str); 3] = [
    ("mix.exs", r"\bapp:\s*:(\w+)"),
    ("CMakeLists.txt", r"(?im)^\s*project\s*\(\s*\x22?([\w.+-]+)"),
    ("go.mod", r"(?m)^module\s+(\S+)"),
];

/// Files that a package has in its own folder, by which alone it is called. What a checklist lies beside is no
/// package by one of these.
const UNNAMED: [&str; 3] = ["BUILD.bazel", "BUILD", "main.tf"];

impl Parts {
    /// The folders of the packages of that name, in words: "Users" and "User service" are `user-service`.
    pub(super) fn of(&self, name: &[&str], around: &Around<'_>) -> Vec<String> {
        let called = self.called.get_or_init(|| {
            let mut called: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            for (name, folders) in self.known(around) {
                let words: Vec<&str> = name.split(' ').collect();
                let bare =
                    words.split_last().filter(|(last, bare)| is_kind(last) && !bare.is_empty());
                for name in
                    [Some(words.as_slice()), bare.map(|(_, bare)| bare)].into_iter().flatten()
                {
                    called.entry(one_of(name)).or_default().extend(folders.iter().cloned());
                }
            }
            called
        });
        called.get(&one_of(name)).into_iter().flatten().cloned().collect()
    }

    /// The folders of all packages.
    pub(super) fn folders(&self, around: &Around<'_>) -> &BTreeSet<String> {
        self.folders.get_or_init(|| self.known(around).values().flatten().cloned().collect())
    }

    /// What the package in `folder` is called.
    pub(super) fn names_of(&self, folder: &str, around: &Around<'_>) -> Vec<String> {
        let known = self.known(around).iter();
        let own = known.filter(|(_, folders)| folders.contains(folder)).map(|(name, _)| name);
        own.cloned().chain(folder.split('/').map(joined)).collect()
    }

    /// What the repository is called.
    pub(super) fn whole(&self, around: &Around<'_>) -> &Whole {
        self.whole.get_or_init(|| {
            let top = NAMED.iter().filter(|(file, _)| around.files.contains(file));
            let top = top.filter_map(|(file, members)| name_in((around.load)(file)?, members));
            let mut only: BTreeSet<String> = top.flat_map(|name| spelled(&name)).collect();
            only.extend(around.repository.as_deref().map(joined));
            let mut names = only.clone();
            names.extend(title_of_readme(around));
            let known = self.known(around);
            let folders: BTreeSet<&String> = known.values().flatten().collect();
            let at_top = around.files.iter().any(|path| package::is_manifest(path));
            match folders.len() + usize::from(at_top) {
                0 | 1 => only.extend(known.keys().cloned()),
                _ => only.clear(),
            }
            names.extend(only.iter().cloned());
            Whole { names, only }
        })
    }

    fn known(&self, around: &Around<'_>) -> &BTreeMap<String, BTreeSet<String>> {
        self.known.get_or_init(|| all(around))
    }
}

/// Whether a package may be called without that last word of its name.
fn is_kind(word: &str) -> bool {
    ["app", "application", "service", "svc"].contains(&word)
}

/// The words as one, whether they speak of one or of many.
fn one_of(words: &[&str]) -> String {
    let one = |word: &&str| match word.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None if word.len() > 3 && !word.ends_with("ss") => word.trim_end_matches('s').to_owned(),
        None => (*word).to_owned(),
    };
    words.iter().map(one).collect()
}

fn all(around: &Around<'_>) -> BTreeMap<String, BTreeSet<String>> {
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut add = |name: &str, folder: &str| {
        known.entry(joined(name)).or_default().insert(folder.to_owned());
    };
    for path in &around.files {
        for folder in package::folders_of(path) {
            add(folder, folder);
            add(folder.rsplit('/').next().unwrap_or(folder), folder);
        }
        let Some((folder, file)) = path.rsplit_once('/') else { continue };
        let members = NAMED.iter().find(|(name, _)| *name == file).map(|(_, members)| members);
        let name = members.and_then(|members| name_in((around.load)(path)?, members));
        let written = written_in(file, path, around);
        if written.is_some() || UNNAMED.contains(&file) {
            add(folder, folder);
            add(folder.rsplit('/').next().unwrap_or(folder), folder);
        }
        let names = name.iter().chain(&written);
        names.flat_map(|name| spelled(name)).for_each(|name| add(&name, folder));
    }
    known
}

/// What the text of the file at `path` names its package by.
fn written_in(file: &str, path: &str, around: &Around<'_>) -> Option<String> {
    let (_, pattern) = WRITTEN.iter().find(|(name, _)| *name == file)?;
    let text = (around.text)(path)?;
    Some(Regex::new(pattern).ok()?.captures(&text)?.get(1)?.as_str().to_owned())
}

/// The name of a package as it is said with its scope, and without.
fn spelled(name: &str) -> impl Iterator<Item = String> + use<> {
    let bare = name.rsplit('/').next().unwrap_or(name);
    [joined(bare), joined(name)].into_iter()
}

fn name_in(document: Value, members: &[&str]) -> Option<String> {
    let mut value = &document;
    for member in members {
        let Value::Map(map) = value else { return None };
        value = map.get(*member)?;
    }
    match value {
        Value::Text(name) => Some(name.to_string()),
        _ => None,
    }
}

/// What the README at the top is titled by, up to what explains it.
fn title_of_readme(around: &Around<'_>) -> Option<String> {
    let is_readme = |path: &&&str| path.eq_ignore_ascii_case("readme.md");
    let text = (around.text)(around.files.iter().find(is_readme)?)?;
    let title = text.lines().find_map(|line| line.strip_prefix("# "))?;
    let name = title.split([':', '–', '—', '(', '|']).next().unwrap_or(title);
    let name = name.split(" - ").next().unwrap_or(name);
    Some(joined(name)).filter(|name| name.split(' ').count() <= 4)
}
