//! The shape of the house, held by a test: which module may know which, which crate enters by
//! which door, where disk and environment are touched, and how long a file may be.

use std::collections::BTreeSet;

use crate::support::{SourceFile, manifest_dir, read_sources};

/// Module → the modules whose names it may say, in the order of the data. `cli` stands above all;
/// `main` knows only `cli`. The book's page about the architecture has the same table.
const MAY_KNOW: &[(&str, &[&str])] = &[
    ("facts", &[]),
    ("model", &["facts"]),
    ("checklist", &["model"]),
    ("condition", &["facts", "model"]),
    ("policy", &["condition", "facts", "model"]),
    ("config", &["condition", "facts", "model", "policy"]),
    ("evidence", &["facts", "model"]),
    ("sources", &["model"]),
    ("history", &["checklist", "model", "sources"]),
    ("reconcile", &["condition", "facts", "model", "policy"]),
    ("snapshot", &["facts", "model"]),
    ("seal", &["model"]),
    ("diff", &["facts", "model", "snapshot"]),
    ("render", &["diff", "history", "model", "snapshot"]),
    ("catalog", &["condition", "facts", "model"]),
    ("demo", &["model", "sources"]),
    (
        "pipeline",
        &[
            "catalog",
            "checklist",
            "condition",
            "config",
            "diff",
            "evidence",
            "facts",
            "history",
            "model",
            "policy",
            "reconcile",
            "render",
            "seal",
            "snapshot",
            "sources",
        ],
    ),
    ("serve", &[]),
    (
        "lsp",
        &[
            "checklist",
            "condition",
            "config",
            "evidence",
            "facts",
            "model",
            "pipeline",
            "render",
            "snapshot",
            "sources",
        ],
    ),
    (
        "cli",
        &[
            "catalog",
            "checklist",
            "config",
            "demo",
            "diff",
            "evidence",
            "history",
            "lsp",
            "model",
            "pipeline",
            "render",
            "seal",
            "serve",
            "snapshot",
            "sources",
        ],
    ),
    ("main", &["cli"]),
];

/// Crate → where it may be named. Every dependency has its row.
const DOORS: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["src/cli/"]),
    ("anstream", &["src/cli/"]),
    ("anstyle", &["src/cli/", "src/render/"]),
    ("cel", &["src/condition/"]),
    ("chrono", &["src/evidence/when.rs", "src/model/time.rs", "src/sources/clock.rs"]),
    ("clap", &["src/cli/"]),
    ("clap_complete", &["src/cli/"]),
    ("clap_mangen", &["src/cli/"]),
    ("ctrlc", &["src/cli/serve.rs"]),
    ("csv", &["src/evidence/", "src/render/spreadsheet.rs"]),
    ("data_encoding", &["src/evidence/family/intoto/base64.rs", "src/render/site/single.rs"]),
    ("encoding_rs", &["src/checklist/", "src/evidence/"]),
    ("flate2", &["src/evidence/archive/", "src/facts/packed.rs"]),
    ("foldhash", &["src/facts/print.rs", "src/model/map.rs", "src/model/wording.rs"]),
    ("git2", &["src/sources/git/"]),
    ("gen_lsp_types", &["src/lsp/"]),
    ("globset", &["src/model/glob.rs"]),
    ("ignore", &["src/sources/files/"]),
    ("include_dir", &["src/demo/", "src/render/site/"]),
    ("lsp_server", &["src/lsp/"]),
    ("mimalloc", &["src/main.rs"]),
    ("notify", &["src/sources/watch.rs"]),
    ("opener", &["src/cli/serve.rs"]),
    ("postcard", &["src/history/kept/"]),
    ("pulldown_cmark", &["src/checklist/"]),
    ("quick_xml", &["src/evidence/", "src/render/junit.rs"]),
    ("rayon", &["src/cli/inspect/", "src/pipeline/", "src/render/site/"]),
    (
        "regex",
        &[
            "src/catalog/",
            "src/checklist/document/runbook/",
            "src/condition/",
            "src/evidence/",
            "src/reconcile/signed/",
        ],
    ),
    ("aho_corasick", &["src/catalog/sieve.rs", "src/checklist/"]),
    ("regex_syntax", &["src/condition/imagine/", "src/catalog/sieve.rs"]),
    ("rustix", &["src/sources/output/"]),
    (
        "schemars",
        &[
            "src/cli/fix/output.rs",
            "src/config/schema.rs",
            "src/diff/",
            "src/history/log.rs",
            "src/model/",
            "src/pipeline/witness/file.rs",
            "src/reconcile/",
            "src/seal/manifest.rs",
            "src/snapshot/",
        ],
    ),
    ("serde", &["src/"]),
    ("serde_json", &["src/"]),
    ("jsonc_parser", &["src/evidence/document/"]),
    ("serde_saphyr", &["src/evidence/"]),
    ("sha2", &["src/render/", "src/sources/digest.rs"]),
    ("shlex", &["src/checklist/document/runbook/"]),
    ("similar", &["src/render/text/"]),
    ("memchr", &["src/model/", "src/checklist/", "src/evidence/"]),
    (
        "strsim",
        &["src/checklist/document/runbook/", "src/diff/", "src/history/", "src/model/likeness.rs"],
    ),
    ("tar", &["src/evidence/archive/"]),
    ("tempfile", &["src/sources/output/", "src/sources/ssh/"]),
    ("tera", &["src/render/site/"]),
    ("thiserror", &["src/"]),
    ("toml", &["src/catalog/", "src/config/", "src/evidence/"]),
    ("tiny_http", &["src/serve/http.rs"]),
    ("url", &["src/lsp/uri.rs"]),
    ("uuid", &["src/render/identity.rs"]),
    ("walkdir", &["src/sources/files/"]),
    ("zip", &["src/evidence/archive/"]),
];

/// What of the standard library reaches the world, and where it may be named.
const WORLD: &[&str] = &["fs", "env", "process", "net", "os"];
const WORLD_DOORS: &[&str] = &["src/sources/", "src/cli/", "src/serve/http.rs", "src/main.rs"];

const LONGEST: usize = 600;

#[test]
fn modules_know_only_what_the_table_allows() {
    let mut faults = Vec::new();
    for file in read_sources("src") {
        let module = module_of(&file.path);
        if module == "lib" {
            continue;
        }
        let Some((_, allowed)) = MAY_KNOW.iter().find(|(name, _)| *name == module) else {
            faults.push(format!("{}: the table has no row for `{module}`", file.path));
            continue;
        };
        for (line, name) in named_modules(&file) {
            if name != module && !allowed.contains(&name.as_str()) {
                faults.push(format!("{}:{line}: `{module}` may not know `{name}`", file.path));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_table_allows_nothing_that_nobody_needs() {
    let files = read_sources("src");
    let mut faults = Vec::new();
    for (module, allowed) in MAY_KNOW {
        let own = files.iter().filter(|file| module_of(&file.path) == *module);
        let named: BTreeSet<String> = own.flat_map(named_modules).map(|(_, name)| name).collect();
        let idle = allowed.iter().filter(|name| !named.contains(**name));
        faults.extend(idle.map(|name| format!("`{module}` never names `{name}`")));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_page_tells_of_every_folder_and_of_who_may_know_whom() {
    let page = manifest_dir().join("book/src/architecture.md");
    let page = std::fs::read_to_string(page).unwrap();
    let section = |heading: &str| {
        let (_, rest) = page.split_once(heading).unwrap();
        let rows = rest.split("\n## ").next().unwrap().lines();
        rows.filter(|line| line.starts_with("| `")).map(str::to_owned).collect::<Vec<_>>()
    };
    let folders = section("## The folders\n");
    let told: BTreeSet<&str> = folders.iter().filter_map(|row| row.split('`').nth(1)).collect();
    let files = read_sources("src");
    let inside = files.iter().filter_map(|file| file.path.strip_prefix("src/")?.split_once('/'));
    let real: BTreeSet<String> = inside.map(|(folder, _)| format!("src/{folder}/")).collect();
    assert_eq!(told, real.iter().map(String::as_str).collect(), "the folders of src");
    let row = |(module, allowed): &(&str, &[&str])| {
        let names: Vec<String> = allowed.iter().map(|name| format!("`{name}`")).collect();
        let names = if names.is_empty() { "nobody".to_owned() } else { names.join(", ") };
        format!("| `{module}` | {names} |")
    };
    let rows: Vec<String> = MAY_KNOW.iter().map(row).collect();
    assert_eq!(section("## Who may know whom\n").join("\n"), rows.join("\n"));
}

#[test]
fn the_table_has_no_circle() {
    for (module, _) in MAY_KNOW {
        let mut below: BTreeSet<&str> = BTreeSet::new();
        let mut ahead: Vec<&str> = row(module).to_vec();
        while let Some(next) = ahead.pop() {
            if below.insert(next) {
                ahead.extend(row(next));
            }
        }
        assert!(!below.contains(module), "`{module}` knows itself by way of others");
    }
}

#[test]
fn each_crate_has_one_door() {
    let files = read_sources("src");
    let mut faults = Vec::new();
    for (name, doors) in DOORS {
        let stays_in = |file: &&SourceFile| doors.iter().any(|door| file.path.starts_with(door));
        for file in files.iter().filter(|file| !stays_in(file)) {
            for line in lines_naming(&file.code(), name) {
                faults.push(format!("{}:{line}: `{name}` enters beside its door", file.path));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn each_dependency_has_a_row_and_a_reason() {
    let manifest = std::fs::read_to_string(manifest_dir().join("Cargo.toml")).unwrap();
    let mut before = "";
    let mut section = "";
    let (mut seen, mut named) = (BTreeSet::new(), BTreeSet::new());
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]")
            && !section.contains("dev-")
            && let Some((name, _)) = line.split_once(" = ")
        {
            let reasoned = before.starts_with("# ") || seen.contains(before);
            assert!(reasoned, "Cargo.toml: `{name}` has no reason above it");
            seen.insert(line);
            let name = name.replace('-', "_");
            assert!(DOORS.iter().any(|(row, _)| *row == name), "`{name}` has no door");
            named.insert(name);
        }
        before = line;
    }
    assert_eq!(named.len(), DOORS.len(), "every row of the table is a dependency");
}

#[test]
fn only_the_doors_touch_the_world() {
    let mut faults = Vec::new();
    for file in read_sources("src") {
        if WORLD_DOORS.iter().any(|door| file.path.starts_with(door)) {
            continue;
        }
        for (line, name) in named_after(&file.code(), "std::") {
            if WORLD.contains(&name.as_str()) {
                faults.push(format!("{}:{line}: `std::{name}` belongs to sources/", file.path));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut lengths = Vec::new();
    let mut faults = Vec::new();
    for file in read_sources("src").into_iter().chain(read_sources("tests")) {
        let first = file.text.lines().next().unwrap_or_default();
        if !first.starts_with("//! ") || first.len() < 12 {
            faults.push(format!("{} opens with no `//!` line", file.path));
        }
        let length = file.text.lines().count();
        if length > LONGEST {
            faults.push(format!("{} has {length} lines; {LONGEST} are the most", file.path));
        }
        lengths.push(length);
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    lengths.sort_unstable();
    let (median, ninth) = (lengths[lengths.len() / 2], lengths[lengths.len() * 9 / 10]);
    assert!(median < 150, "half of the files have {median} lines or more");
    assert!(ninth < 400, "one file in ten has {ninth} lines or more");
}

/// The tests above read source as text; this holds them to the ways in which code names things.
#[test]
fn the_reader_of_source_sees_what_it_should() {
    let text = "//! crate::no\nuse crate::{a,\n b::{c, d}, e as f};\nlet g = crate::g::h();\n\
                // crate::no\n#[cfg(test)]\nmod tests {\n use crate::no;\n}\n";
    let file = |is_test| SourceFile { path: "src/x/y.rs".into(), text: text.into(), is_test };
    let code = file(false).code();
    let named = named_after(&code, "crate::");
    let expected = [(2, "a"), (2, "b"), (2, "e"), (4, "g")];
    assert_eq!(named, expected.map(|(line, name)| (line, name.to_owned())));
    assert_eq!(lines_naming("use git2::Oid;\nx(git2::Oid)", "git2"), [1, 2]);
    assert_eq!(lines_naming("use super::ignore::x; my_ignore::y", "ignore"), [0; 0]);
    assert_eq!(file(true).code(), "");
}

#[test]
fn modules_that_are_declared_for_tests_are_tests() {
    let files = read_sources("src");
    let is_test = |path: &str| files.iter().find(|file| file.path == path).unwrap().is_test;
    assert!(is_test("src/sources/git/tests/history.rs") && is_test("src/demo/tests.rs"));
    assert!(!is_test("src/sources/git/mod.rs") && !is_test("src/lib.rs"));
}

fn row(module: &str) -> &'static [&'static str] {
    MAY_KNOW.iter().find(|(name, _)| *name == module).map_or(&[], |(_, row)| row)
}

fn module_of(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    let first = inside.split('/').next().unwrap_or(inside);
    first.strip_suffix(".rs").unwrap_or(first)
}

fn named_modules(file: &SourceFile) -> Vec<(usize, String)> {
    let code = file.code();
    ["crate::", "trueup::"].iter().flat_map(|prefix| named_after(&code, prefix)).collect()
}

/// The names that follow `prefix` in code, one or a group in braces, each with its line.
fn named_after(code: &str, prefix: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for at in places(code, prefix) {
        let line = code[..at].matches('\n').count() + 1;
        let names = first_names(&code[at + prefix.len()..]);
        found.extend(names.into_iter().map(|name| (line, name)));
    }
    found
}

fn lines_naming(code: &str, name: &str) -> Vec<usize> {
    let prefix = format!("{name}::");
    places(code, &prefix).map(|at| code[..at].matches('\n').count() + 1).collect()
}

/// Where `prefix` begins a path, and is not the end of a longer name.
fn places<'c>(code: &'c str, prefix: &'c str) -> impl Iterator<Item = usize> + 'c {
    let longer = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    code.match_indices(prefix).map(|(at, _)| at).filter(move |at| !code[..*at].ends_with(longer))
}

fn first_names(rest: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let Some(group) = rest.strip_prefix('{') else { return vec![name(rest)] };
    let mut names = Vec::new();
    let (mut depth, mut start) = (0, 0);
    for (at, c) in group.char_indices() {
        let ends = depth == 0 && matches!(c, ',' | '}');
        if ends {
            names.push(name(&group[start..at]));
            start = at + 1;
        }
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}
