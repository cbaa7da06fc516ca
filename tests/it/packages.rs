//! What is installed: the package holds what there is, the notices are those of Cargo.lock, and the
//! release workflow runs commands that there are.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::support::{manifest_dir, trueup_in};

fn read(path: &str) -> String {
    fs::read_to_string(manifest_dir().join(path)).unwrap()
}

fn manifest() -> toml::Value {
    toml::from_str(&read("Cargo.toml")).unwrap()
}

#[test]
fn the_debian_package_holds_what_there_is() {
    let manifest = manifest();
    let scratch = tempfile::tempdir().unwrap();
    trueup_in(scratch.path(), scratch.path(), ["man", "man"]).code(0);
    let packs = read("scripts/package");
    let assets = manifest["package"]["metadata"]["deb"]["assets"].as_array().unwrap();
    for asset in assets {
        let source = asset[0].as_str().unwrap();
        let there = match source.strip_prefix("target/") {
            None => manifest_dir().join(source).is_file(),
            Some("release/trueup") => true,
            Some("install/man/*.1") => scratch.path().join("man/trueup-serve.1").is_file(),
            Some(made) => packs.contains(&format!("target/{made}")),
        };
        assert!(there, "{source}");
    }
    assert!(assets.len() > 8);
}

/// What builds other crates and is not linked: Cargo.lock does not tell it apart.
const BUILDERS: [&str; 8] = [
    "autocfg",
    "cc",
    "cfg_aliases",
    "find-msvc-tools",
    "jobserver",
    "pkg-config",
    "rustversion",
    "vcpkg",
];

/// Of every crate whose code is in the binary, name and version: what Cargo.lock reaches
/// from trueup without the dependencies of tests, whatever the platform.
fn linked() -> BTreeSet<(String, String)> {
    let lock: toml::Value = toml::from_str(&read("Cargo.lock")).unwrap();
    let packages = lock["package"].as_array().unwrap();
    let text = |of: &toml::Value, key: &str| of[key].as_str().unwrap().to_owned();
    let manifest = manifest();
    let tests = manifest["dev-dependencies"].as_table().unwrap();
    let mut ahead = vec!["trueup".to_owned()];
    let mut found = BTreeSet::new();
    while let Some(wanted) = ahead.pop() {
        let (name, version) = wanted.split_once(' ').unwrap_or((wanted.as_str(), ""));
        let fits = |of: &&toml::Value| {
            text(of, "name") == name && (version.is_empty() || text(of, "version") == version)
        };
        for package in packages.iter().filter(fits) {
            let name = text(package, "name");
            if !found.insert((name.clone(), text(package, "version"))) {
                continue;
            }
            let below = package.get("dependencies").and_then(toml::Value::as_array);
            let below = below.into_iter().flatten().map(|of| of.as_str().unwrap().to_owned());
            let own = |of: &String| name != "trueup" || !tests.contains_key(of.as_str());
            ahead.extend(below.filter(own));
        }
    }
    found.retain(|(name, _)| name != "trueup" && !BUILDERS.contains(&name.as_str()));
    found
}

#[test]
fn the_notices_are_those_of_what_is_linked() {
    let notices: Value = serde_saphyr::from_str(&read("THIRD-PARTY.yml")).unwrap();
    let listed: BTreeSet<(String, String)> = notices["third_party_libraries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|of| {
            let text = |key: &str| of[key].as_str().unwrap_or_default().to_owned();
            assert!(!text("license").is_empty(), "{}", text("package_name"));
            (text("package_name"), text("package_version"))
        })
        .collect();
    assert_eq!(listed, linked(), "run scripts/notices");
}

#[test]
fn the_release_workflow_runs_commands_that_there_are() {
    let workflow: Value = serde_saphyr::from_str(&read(".github/workflows/release.yml")).unwrap();
    let jobs = workflow["jobs"].as_object().unwrap();
    let steps = jobs.values().flat_map(|job| job["steps"].as_array().unwrap());
    let scripts: Vec<(&str, &str)> = steps
        .filter_map(|step| Some((step["name"].as_str().unwrap_or_default(), step["run"].as_str()?)))
        .collect();
    for word in scripts.iter().flat_map(|(_, script)| script.split_whitespace()) {
        if let Some(name) = word.strip_prefix("scripts/") {
            assert!(manifest_dir().join("scripts").join(name).is_file(), "{word}");
        }
    }
    let named = |wanted: &str| scripts.iter().find(|(name, _)| *name == wanted).unwrap().1;
    let run = |script: &str, dir: &std::path::Path, tag: &str| {
        let mut bash = Command::new("bash");
        bash.args(["-e", "-c", script]).current_dir(dir).env("GITHUB_REF_NAME", tag);
        bash.output().unwrap().status.success()
    };
    for line in scripts.iter().flat_map(|(_, script)| script.lines()) {
        assert!(!line.trim_start().starts_with("! "), "`bash -e` goes on after it: {line}");
    }
    for (linked, passes) in [("libc.so.6 => /lib/libc.so.6", false), ("statically linked", true)] {
        let built = tempfile::tempdir().unwrap();
        let binary = built.path().join("target/any/release/trueup");
        fs::create_dir_all(binary.parent().unwrap()).unwrap();
        fs::copy("/bin/true", &binary).unwrap();
        let script = named("The binary is static and runs");
        let script = format!("ldd() {{ echo '{linked}'; }}\nTARGET=any RUNNER_TEMP=.\n{script}");
        assert_eq!(run(&script, built.path(), ""), passes, "{linked}");
    }
    let version = env!("CARGO_PKG_VERSION");
    assert!(run(named("The tag is the version"), &manifest_dir(), &format!("v{version}")));
    assert!(!run(named("The tag is the version"), &manifest_dir(), "v99.0.0"));
    let files = tempfile::tempdir().unwrap();
    fs::create_dir(files.path().join("files")).unwrap();
    fs::write(files.path().join("files/a"), "a\n").unwrap();
    let sum = Command::new("sha256sum").arg("a").current_dir(files.path().join("files")).output();
    fs::write(files.path().join("files/a.sha256"), sum.unwrap().stdout).unwrap();
    let check = named("Every file is what its checksum says");
    assert!(run(check, files.path(), ""));
    fs::write(files.path().join("files/a"), "b\n").unwrap();
    assert!(!run(check, files.path(), ""));
}
