//! The outputs of whole teams, written where `TRUEUP_OUTPUTS_OUT` names a folder, for the schemas of
//! the platforms that read them (`tests/exchange`); without it, only that each is written.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::seed;
use crate::support::trueup_in;

/// What others' schemas judge, and what they do not.
const OUTPUTS: [&str; 14] = [
    "sarif",
    "junit",
    "markdown",
    "github",
    "gitlab",
    "badge",
    "badge-svg",
    "csv",
    "ndjson",
    "oscal",
    "oscal-poam",
    "cyclonedx",
    "in-toto",
    "in-toto-svr",
];

/// Writes every output of the project in `dir` as the story `name`.
fn written(dir: &Path, name: &str, args: &[&str]) {
    let scratch = tempfile::tempdir().unwrap();
    let out = std::env::var_os("TRUEUP_OUTPUTS_OUT").map(PathBuf::from);
    let folder = out.unwrap_or_else(|| scratch.path().to_path_buf()).join(name);
    let places = OUTPUTS.map(|output| format!("{output}={}", folder.join(output).display()));
    let given = places.iter().flat_map(|place| ["--output", place.as_str()]);
    let all = ["check", "--exit-zero", "--quiet"].into_iter().chain(args.iter().copied());
    trueup_in(dir, scratch.path(), all.chain(given)).code(0);
    for output in OUTPUTS {
        assert!(fs::metadata(folder.join(output)).unwrap().len() > 0, "{name}: {output}");
    }
}

/// Writes what became of the project in `dir` since `release` as SARIF, into the story `name`.
fn compared(dir: &Path, name: &str, release: &str, args: &[&str]) {
    let scratch = tempfile::tempdir().unwrap();
    let out = std::env::var_os("TRUEUP_OUTPUTS_OUT").map(PathBuf::from);
    let file = out.unwrap_or_else(|| scratch.path().to_path_buf()).join(name).join("diff.sarif");
    let given = format!("sarif={}", file.display());
    let all = ["diff", release, "--quiet", "--output", &given];
    trueup_in(dir, scratch.path(), all.into_iter().chain(args.iter().copied())).code(0);
    let log: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    assert!(!log["runs"][0]["results"].as_array().unwrap().is_empty(), "{name}");
}

#[test]
fn the_demo_speaks_every_format() {
    let base = tempfile::tempdir().unwrap();
    trueup_in(base.path(), base.path(), ["demo", "shop"]).code(0);
    let shop = base.path().join("shop");
    let clock = ["--as-of", "2026-11-13T12:00:00Z"];
    written(&shop, "demo", &clock);
    compared(&shop, "demo", "v1.1.0", &clock);
}

#[test]
fn the_team_of_the_seed_speaks_every_format() {
    let Some(document) = seed::document() else { return };
    let repo = seed::team(&document);
    written(&repo.dir(), "seed", &["--as-of", seed::CLOCK]);
}

/// A generated repository: hundreds of items and artifacts, a history of its own. Its maker lies
/// beside the corpus.
#[test]
fn the_workload_speaks_every_format() {
    let maker = std::env::var_os("TRUEUP_CORPUS")
        .map(|corpus| PathBuf::from(corpus).with_file_name("bench").join("workload.py"));
    let Some(maker) = maker.filter(|maker| maker.is_file()) else {
        println!("skipped: there is no bench/workload.py beside TRUEUP_CORPUS");
        return;
    };
    let base = tempfile::tempdir().unwrap();
    let out = base.path().join("work");
    let made = Command::new("python3").arg(&maker).arg(&out).args(["--preset", "small"]).output();
    let made = made.unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let repo = out.join("repo");
    trueup_in(&repo, base.path(), ["init", "--quiet"]).code(0);
    written(&repo, "workload", &[]);
    compared(&repo, "workload", "HEAD~20", &[]);
}
