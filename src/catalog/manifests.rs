//! What packages depend on: the manifests of each language, by one table, and those that are around.

use std::cell::OnceCell;
use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use super::surroundings::Around;

/// The table of the data file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    never: String,
    language: Vec<Language>,
}

/// One language: its manifests, and where its source lies.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Language {
    name: String,
    manifest: Vec<Manifest>,
    /// What the names of source files end in.
    sources: Vec<String>,
    /// Paths of source that is no part of the product.
    tests: String,
    /// What of a source file is read as if it were not there.
    #[serde(default)]
    pub(super) aside: Vec<String>,
    /// How code asks whether it is in development.
    pub(super) guards: String,
    /// Letters that stand for one another in a name, whose case says nothing then.
    #[serde(default)]
    pub(super) same: String,
    /// Whether packages in folders below have the dependencies too.
    #[serde(default)]
    handed: bool,
}

/// One kind of manifest, and how a dependency stands in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    /// Its name in messages.
    pub(super) name: String,
    files: Vec<String>,
    /// The folder below the package's own that it lies in, where it may.
    #[serde(default)]
    within: Option<String>,
    /// Members that are maps by name.
    #[serde(default)]
    pub(super) keys: Vec<String>,
    /// Members that are lists, of which an entry matches `entry`.
    #[serde(default)]
    pub(super) lists: Vec<String>,
    #[serde(default)]
    pub(super) entry: Option<String>,
    /// A pattern over its text.
    #[serde(default)]
    pub(super) stands: Option<String>,
    /// What of its text is read as if it were not there.
    #[serde(default)]
    pub(super) aside: Vec<String>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| toml::from_str(include_str!("ideas/manifests.toml")).unwrap_or_default())
}

/// The manifests around, looked for once: many lines ask for a dependency.
#[derive(Default)]
pub struct Manifests(OnceCell<Vec<Found>>);

/// A manifest that is there.
pub(super) struct Found {
    pub(super) path: String,
    language: &'static Language,
    pub(super) kind: &'static Manifest,
    /// The folder of its package, with a `/` behind it; nothing at the top.
    folder: String,
}

impl Manifests {
    /// Those of `around` that are of a language, with it.
    ///
    /// # Errors
    /// What is lacking: nothing where only another language is at home here.
    pub(super) fn of<'m>(
        &'m self,
        language: &str,
        around: &Around<'_>,
    ) -> Result<(&'static Language, Vec<&'m Found>), String> {
        let all = self.0.get_or_init(|| all(around));
        let known = table().language.iter().position(|of| of.name == language);
        let Some((at, known)) = known.and_then(|at| Some((at, table().language.get(at)?))) else {
            return Err(String::new());
        };
        let found: Vec<&Found> = all.iter().filter(|of| of.language.name == language).collect();
        // Where there is none at all, the first language speaks for all of them.
        if found.is_empty() && (at > 0 || !all.is_empty()) {
            return Err(String::new());
        }
        Ok((known, found))
    }

    /// The source files of the product that have what `manifest` depends on.
    pub(super) fn sources<'f>(
        &self,
        manifest: &Found,
        around: &'f Around<'_>,
    ) -> impl Iterator<Item = &'f str> {
        let language = manifest.language;
        let own = self.0.get().into_iter().flatten().filter(|of| of.language.name == language.name);
        let below: Vec<&str> = own
            .map(|of| of.folder.as_str())
            .filter(|folder| folder.len() > manifest.folder.len() && !language.handed)
            .filter(|folder| folder.starts_with(&manifest.folder))
            .collect();
        let apart = [table().never.as_str(), language.tests.as_str()].map(Regex::new);
        let is_apart =
            move |path: &str| apart.iter().flatten().any(|pattern| pattern.is_match(path));
        let lead = around.folder.as_ref().map_or(0, |folder| folder.len() + 1);
        let from = around.files.partition_point(|path| *path < manifest.folder.as_str());
        let files = around.files.iter().skip(from).copied();
        let folder = manifest.folder.clone();
        let files = files.take_while(move |path| path.starts_with(&folder));
        let is_source = |path: &&str| language.sources.iter().any(|end| path.ends_with(end));
        let sources: Vec<&str> = files
            .filter(is_source)
            .filter(|path| !below.iter().any(|folder| path.starts_with(folder)))
            .filter(|path| !is_apart(path.get(lead..).unwrap_or(path)))
            .collect();
        sources.into_iter()
    }
}

fn all(around: &Around<'_>) -> Vec<Found> {
    let never = Regex::new(&table().never).ok();
    let is_own = |path: &&str| never.as_ref().is_some_and(|never| !never.is_match(path));
    let kinds =
        table().language.iter().flat_map(|of| of.manifest.iter().map(move |kind| (of, kind)));
    kinds
        .flat_map(|(language, kind)| {
            let paths = kind.files.iter().flat_map(|glob| around.matching(glob)).filter(is_own);
            paths.map(move |path| found(path, language, kind)).collect::<Vec<_>>()
        })
        .collect()
}

fn found(path: &str, language: &'static Language, kind: &'static Manifest) -> Found {
    let end = path.rfind('/').map_or(0, |at| at + 1);
    let folder = path.get(..end).unwrap_or_default();
    let above = kind.within.as_deref().and_then(|within| {
        let above = folder.strip_suffix('/')?.strip_suffix(within)?;
        (above.is_empty() || above.ends_with('/')).then_some(above)
    });
    let folder = above.unwrap_or(folder).to_owned();
    Found { path: path.to_owned(), language, kind, folder }
}

/// `text` with what `patterns` find in it blanked, line by line.
pub(super) fn without(text: &str, patterns: &[String]) -> String {
    let patterns = patterns.iter().filter_map(|pattern| Regex::new(pattern).ok());
    patterns.fold(text.replace("\r\n", "\n"), |text, pattern| {
        let blank = |found: &regex::Captures<'_>| -> String {
            let whole = found.get(0).map_or("", |of| of.as_str());
            whole.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect()
        };
        pattern.replace_all(&text, blank).into_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Glob;

    #[test]
    fn the_table_is_read_and_its_patterns_are_patterns() {
        let table: Table = toml::from_str(include_str!("ideas/manifests.toml")).unwrap();
        let is_one = |pattern: &str| Regex::new(pattern).is_ok();
        assert!(is_one(&table.never));
        for language in &table.language {
            let own = [&language.tests, &language.guards].into_iter().chain(&language.aside);
            assert!(own.into_iter().all(|pattern| is_one(pattern)), "{}", language.name);
            for kind in &language.manifest {
                let of = kind.aside.iter().chain(&kind.entry).chain(&kind.stands);
                let filled = |text: &String| {
                    ["{name}", "{group}", "{artifact}"]
                        .iter()
                        .fold(text.clone(), |text, place| text.replace(place, "a"))
                };
                assert!(of.map(filled).all(|pattern| is_one(&pattern)), "{}", kind.name);
                assert!(kind.files.iter().all(|glob| Glob::new(glob).is_ok()), "{}", kind.name);
                assert_eq!(kind.entry.is_some(), !kind.lists.is_empty(), "{}", kind.name);
            }
        }
    }
}
