//! Whether what procedures name is there at the judged commit.

use std::collections::BTreeSet;

use super::names::has_drive;
use crate::model::{Code, Name, NameKind, Place, Problem, Procedure, counted, listed};

/// Fills in whether each file, script and target of `procedures`, of the document at `path`, is
/// there, and says what is missing.
///
/// `exists` and `read` answer for paths of the repository; `None` where that cannot be told.
pub fn resolve(
    path: &str,
    procedures: &mut [Procedure],
    exists: &dyn Fn(&str) -> Option<bool>,
    read: &dyn Fn(&str) -> Option<String>,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut said: BTreeSet<(String, Option<String>)> = BTreeSet::new();
    for step in procedures.iter_mut().flat_map(|procedure| &mut procedure.steps) {
        let mut missing = Vec::new();
        for name in &mut step.names {
            let answer = match name.kind {
                NameKind::File => file(name, exists),
                NameKind::Input => match file(name, exists) {
                    Answer::Missing(_) => Answer::Unknown,
                    answer => answer,
                },
                NameKind::Script => script(name, exists, read),
                NameKind::Target => target(name, exists, read),
                NameKind::Image | NameKind::Host | NameKind::Placeholder | NameKind::Output => {
                    Answer::Unknown
                }
            };
            name.exists = answer.exists();
            if let Answer::Missing(message) = answer
                && said.insert((name.name.clone(), name.within.clone()))
            {
                missing.push(message);
            }
        }
        let place = Place::line(path, step.line);
        problems.extend(missing.into_iter().map(|message| {
            Problem::new(Code::RunbookMissing, place.clone(), message)
                .hint("Correct the command, or add what it names.")
        }));
    }
    problems
}

enum Answer {
    There,
    Missing(String),
    Unknown,
}

impl Answer {
    fn exists(&self) -> Option<bool> {
        match self {
            Answer::There => Some(true),
            Answer::Missing(_) => Some(false),
            Answer::Unknown => None,
        }
    }
}

fn file(name: &Name, exists: &dyn Fn(&str) -> Option<bool>) -> Answer {
    let outside = name.name.starts_with(['/', '~', '.'])
        && !name.name.starts_with("./")
        && name.name != "."
        && (name.name.starts_with(['/', '~']) || name.name.starts_with("../"));
    if outside || has_drive(&name.name) || name.name.contains(['$', '*', '<', '{', '`', '?']) {
        return Answer::Unknown;
    }
    match exists(&name.name) {
        Some(true) => Answer::There,
        Some(false) => Answer::Missing(format!("No file {}.", name.name)),
        None => Answer::Unknown,
    }
}

/// What the file that should define a name says, or why it cannot.
fn definition(
    name: &Name,
    exists: &dyn Fn(&str) -> Option<bool>,
    read: &dyn Fn(&str) -> Option<String>,
) -> Result<String, Answer> {
    let Some(within) = name.within.as_deref() else { return Err(Answer::Unknown) };
    match (exists(within), read(within)) {
        (_, Some(text)) => Ok(text),
        (Some(false), None) => {
            Err(Answer::Missing(format!("No {within}, which should define \"{}\".", name.name)))
        }
        (Some(true) | None, None) => Err(Answer::Unknown),
    }
}

fn script(
    name: &Name,
    exists: &dyn Fn(&str) -> Option<bool>,
    read: &dyn Fn(&str) -> Option<String>,
) -> Answer {
    let text = match definition(name, exists, read) {
        Ok(text) => text,
        Err(answer) => return answer,
    };
    let Ok(package) = serde_json::from_str::<serde_json::Value>(&text) else {
        return Answer::Unknown;
    };
    let names: Vec<String> = match package.get("scripts").and_then(serde_json::Value::as_object) {
        Some(scripts) => scripts.keys().cloned().collect(),
        None => Vec::new(),
    };
    // `npm start` without a script runs server.js.
    if names.contains(&name.name) || name.name == "start" && exists("server.js") == Some(true) {
        return Answer::There;
    }
    absent("script", name, &names)
}

fn target(
    name: &Name,
    exists: &dyn Fn(&str) -> Option<bool>,
    read: &dyn Fn(&str) -> Option<String>,
) -> Answer {
    let within = name.within.clone().unwrap_or_default();
    let text = match definition(name, exists, read) {
        Ok(text) => text,
        // `Justfile`, `GNUmakefile`: other names of the same file are not followed.
        Err(Answer::Missing(_))
            if !within.ends_with(".toml") && has_other_name(&within, exists) =>
        {
            return Answer::Unknown;
        }
        Err(answer) => return answer,
    };
    if within.ends_with(".toml") {
        return cargo_target(name, &within, &text, exists);
    }
    let (names, open) = rules(&text);
    if names.contains(&name.name) {
        return Answer::There;
    }
    if open { Answer::Unknown } else { absent("target", name, &names) }
}

fn has_other_name(within: &str, exists: &dyn Fn(&str) -> Option<bool>) -> bool {
    let (folder, file) =
        within.rsplit_once('/').map_or(("", within), |(folder, file)| (folder, file));
    let others: &[&str] = match file {
        "Makefile" => &["makefile", "GNUmakefile"],
        "justfile" => &["Justfile", ".justfile", "JUSTFILE"],
        _ => &[],
    };
    others.iter().any(|other| {
        let path =
            if folder.is_empty() { (*other).to_owned() } else { format!("{folder}/{other}") };
        exists(&path) == Some(true)
    })
}

/// The targets of a makefile, or the recipes of a justfile; and whether there may be more: pattern
/// rules, variables, included files.
fn rules(text: &str) -> (Vec<String>, bool) {
    let mut names = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let word = line.split_whitespace().next().unwrap_or_default();
        if matches!(word, "include" | "-include" | "sinclude" | "import" | "mod") {
            open = true;
        }
        if line.starts_with([' ', '\t', '#', '@', '[']) || line.starts_with("set ") {
            continue;
        }
        let alias = line.strip_prefix("alias ").and_then(|rest| rest.split_once(":="));
        if let Some((name, _)) = alias {
            names.push(name.trim().to_owned());
            continue;
        }
        let Some((heads, rest)) = line.split_once(':') else { continue };
        if rest.starts_with('=') || heads.contains('=') && !heads.contains(' ') {
            continue;
        }
        open |= heads.contains(['%', '$']);
        for head in heads.split_whitespace() {
            names.push(head.trim_start_matches('@').to_owned());
        }
    }
    (names, open)
}

/// A binary, example or bench of a cargo manifest, by the names and folders that cargo itself knows.
fn cargo_target(
    name: &Name,
    manifest: &str,
    text: &str,
    exists: &dyn Fn(&str) -> Option<bool>,
) -> Answer {
    let folder =
        manifest.rsplit_once('/').map(|(folder, _)| format!("{folder}/")).unwrap_or_default();
    let named = text.lines().any(|line| {
        line.split_once('=').is_some_and(|(key, value)| {
            key.trim() == "name" && value.trim().trim_matches('"') == name.name
        })
    });
    if named {
        return Answer::There;
    }
    let places = ["src/bin", "examples", "benches"].iter().flat_map(|place| {
        [
            format!("{folder}{place}/{}.rs", name.name),
            format!("{folder}{place}/{}/main.rs", name.name),
        ]
    });
    let answers: Vec<Option<bool>> = places.map(|place| exists(&place)).collect();
    if answers.contains(&Some(true)) {
        return Answer::There;
    }
    let workspace = text.lines().any(|line| line.trim() == "[workspace]");
    if workspace || answers.contains(&None) { Answer::Unknown } else { absent("target", name, &[]) }
}

/// `No script "migrate" in backend/package.json. It has migrate:up and migrate:down.`
fn absent(what: &str, name: &Name, names: &[String]) -> Answer {
    let within = name.within.as_deref().unwrap_or_default();
    let near: Vec<&String> = names.iter().filter(|known| is_near(known, &name.name)).collect();
    let has = if near.is_empty() {
        match names.len() {
            0 => format!(" It has no {what}s."),
            count => format!(" It has {}.", counted(count as u64, &format!("other {what}"))),
        }
    } else {
        format!(" It has {}.", listed(&near, 3))
    };
    Answer::Missing(format!("No {what} \"{}\" in {within}.{has}", name.name))
}

fn is_near(known: &str, name: &str) -> bool {
    known.starts_with(name)
        || name.starts_with(known)
        || strsim::damerau_levenshtein(known, name) <= 2
}
