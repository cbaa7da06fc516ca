//! Packages that the text around a line names beyond doubt: by the path of their folder or as `@name`, in a
//! sentence, a link, a command or a list of the front matter, above the line below its heading or below it.
//!
//! Other words of such texts name nothing: they speak of much besides the line.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::Parts;
use super::subjects::joined;
use super::surroundings::Around;
use crate::model::{Checklist, Item};

/// Keys of front matter that say of which packages a document is.
const KEYS: [&str; 10] = [
    "app",
    "apps",
    "component",
    "components",
    "module",
    "modules",
    "package",
    "packages",
    "service",
    "services",
];

/// How many lines below an item are its own at most.
const BELOW: usize = 40;

/// What the text of one checklist names.
#[derive(Default)]
pub(super) struct Told {
    /// By its number, the folders of the packages that a line names in which no item begins.
    lines: BTreeMap<usize, BTreeSet<String>>,
    /// Those that the front matter says the document is of.
    front: BTreeSet<String>,
}

impl Told {
    /// Reads all of `checklist` once.
    pub(super) fn of(checklist: &Checklist, parts: &Parts, around: &Around<'_>) -> Told {
        if parts.folders(around).is_empty() {
            return Told::default();
        }
        let items: BTreeSet<usize> = checklist.items.iter().map(|of| of.line).collect();
        let named = |line: usize| {
            let named = in_line(checklist.lines.line(line), parts, around);
            (!named.is_empty()).then(|| (line, named.into_iter().collect()))
        };
        let lines = (1..=checklist.lines.count()).filter(|line| !items.contains(line));
        Told {
            lines: lines.filter_map(named).collect(),
            front: in_front(checklist, parts, around).into_iter().collect(),
        }
    }

    /// The folders of the packages that the text around `item` names.
    pub(super) fn folders(&self, checklist: &Checklist, item: &Item) -> BTreeSet<String> {
        if self.lines.is_empty() {
            return self.front.clone();
        }
        let below: BTreeSet<String> =
            lines_below(checklist, item).flat_map(|of| self.in_lines(of, of + 1)).collect();
        if !below.is_empty() {
            return below;
        }
        let named =
            regions(checklist, item).into_iter().enumerate().find_map(|(at, (from, to))| {
                let named: BTreeSet<String> = self.in_lines(from, to).collect();
                // Further out a text that names several tells of the whole.
                let tells = if at == 0 { !named.is_empty() } else { named.len() == 1 };
                tells.then_some(named)
            });
        self.front.iter().cloned().chain(named.into_iter().flatten()).collect()
    }

    fn in_lines(&self, from: usize, to: usize) -> impl Iterator<Item = String> {
        let range = from..to.max(from);
        self.lines.range(range).flat_map(|(_, named)| named).cloned()
    }
}

/// From where to where the lines stand that are below each heading above `item`, the innermost first.
fn regions(checklist: &Checklist, item: &Item) -> Vec<(usize, usize)> {
    let mut chain: Vec<(u8, usize)> = Vec::new();
    for section in checklist.sections.iter().take_while(|of| of.line < item.line) {
        chain.retain(|(level, _)| *level < section.level);
        chain.push((section.level, section.line));
    }
    let starts = chain.into_iter().rev().map(|(_, line)| line).chain([checklist.front_end()]);
    let next = |from: usize| checklist.sections.iter().map(|of| of.line).find(|line| *line > from);
    starts
        .map(|from| (from + 1, next(from).map_or(item.line, |next| next.min(item.line))))
        .collect()
}

/// The numbers of the lines below an item's first that are its own.
fn lines_below(checklist: &Checklist, item: &Item) -> impl Iterator<Item = usize> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let own = indent(checklist.lines.line(item.line));
    let next = checklist.items.iter().map(|of| of.line).find(|line| *line > item.line);
    let to = next.unwrap_or(usize::MAX).min(item.line + BELOW);
    (item.line + 1..to).take_while(move |line| {
        let line = checklist.lines.line(*line);
        line.trim().is_empty() || indent(line) > own
    })
}

/// The folders of the packages that the front matter says the document is of.
fn in_front(checklist: &Checklist, parts: &Parts, around: &Around<'_>) -> Vec<String> {
    let mut is_of_packages = false;
    let mut folders = Vec::new();
    for line in (2..checklist.front_end()).map(|line| checklist.lines.line(line)) {
        let pair = line.split_once([':', '=']).filter(|_| line.starts_with(char::is_alphabetic));
        if let Some((key, _)) = pair {
            is_of_packages = KEYS.contains(&key.trim().to_lowercase().as_str());
        }
        let value = pair.map_or(line, |(_, value)| value);
        let names = value.split([',', '[', ']']).filter(|_| is_of_packages);
        let names = names.map(|name| joined(name.trim_matches(|c: char| " -\"'".contains(c))));
        let names = names.filter(|name| !name.is_empty());
        folders.extend(names.flat_map(|name| of_name(&name, parts, around)));
    }
    folders
}

/// The folders of the packages that `line` names by a path or as `@name`.
fn in_line(line: &str, parts: &Parts, around: &Around<'_>) -> Vec<String> {
    let parted = |c: char| c.is_whitespace() || "()[]<>\"'`,;:*|=".contains(c);
    let tokens = line.split(parted).map(|token| token.trim_end_matches(['.', '/', '!', '?']));
    let of_token = |token: &str| match token.strip_prefix('@') {
        Some(name) if !name.is_empty() => of_name(&joined(name), parts, around),
        _ if token.starts_with('/') || !token.contains('/') => Vec::new(),
        _ => {
            let path = token.trim_start_matches("./");
            let holds = |folder: &&String| {
                folder.contains('/')
                    && path
                        .strip_prefix(folder.as_str())
                        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            let longest =
                parts.folders(around).iter().filter(holds).max_by_key(|folder| folder.len());
            longest.cloned().into_iter().collect()
        }
    };
    tokens.flat_map(of_token).collect()
}

fn of_name(name: &str, parts: &Parts, around: &Around<'_>) -> Vec<String> {
    parts.of(&name.split(' ').collect::<Vec<_>>(), around)
}
