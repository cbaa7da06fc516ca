//! Every format has its row, its fixtures and its page, and every fixture reads as its name says.
//!
//! `fixtures/evidence/<format>/good*` are honest evidence, `broken*` are refused, `vacuous*` prove
//! nothing. A name with `named` in it is read as the user's word would have it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::evidence::{Detail, FORMATS, by_id, read};
use crate::facts::{Entry, Grade, group};
use crate::model::Answer;

/// A fixture: its format's folder, its file name, its bytes.
pub(super) struct Fixture {
    pub format: &'static str,
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Fixture {
    pub(super) fn named(&self) -> Option<&'static str> {
        self.name.contains("named").then_some(self.format)
    }

    pub(super) fn read(&self) -> Answer {
        read(&self.name, &self.bytes, self.named(), &Detail::default())
    }
}

pub(super) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/evidence")
}

/// The fixtures of a format whose names begin with `kind`, in order.
pub(super) fn of(format: &'static str, kind: &str) -> Vec<Fixture> {
    let Ok(folder) = fs::read_dir(root().join(format)) else { return Vec::new() };
    let mut found: Vec<Fixture> = folder
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(kind))
        .map(|entry| Fixture {
            format,
            name: entry.file_name().to_string_lossy().into_owned(),
            bytes: fs::read(entry.path()).unwrap(),
        })
        .collect();
    let stem = |name: &str| name.split('.').next().unwrap_or_default().to_owned();
    found.sort_by_key(|fixture| (stem(&fixture.name), fixture.name.clone()));
    found
}

#[test]
fn formats_stand_in_the_table_by_id_and_each_file_is_one() {
    let ids: Vec<&str> = FORMATS.iter().map(|format| format.id()).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted, "ids are unique and in order");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/evidence/formats");
    let files: BTreeSet<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("mod.rs"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().replace('_', "-"))
        .collect();
    assert_eq!(
        files,
        ids.iter().map(|id| (*id).to_owned()).collect(),
        "one file or folder a format"
    );
}

#[test]
fn what_a_format_says_of_itself_is_sound() {
    for format in FORMATS {
        let about = format.about();
        for name in about.carries {
            assert!(group(name).is_some(), "{}: {name}", format.id());
        }
        for sentence in [about.clean, about.vacuous] {
            assert!(sentence.ends_with('.'), "{}: {sentence}", format.id());
        }
        assert!(about.source.starts_with("https://"), "{}", format.id());
        for note in about.notes {
            assert!(note.ends_with('.'), "{}: {note}", format.id());
        }
    }
}

#[test]
fn every_format_has_a_good_a_broken_and_where_it_can_be_a_vacuous_fixture() {
    let mut missing = Vec::new();
    for format in FORMATS {
        for kind in ["good", "broken", "vacuous"] {
            let needless = kind == "vacuous" && format.about().vacuous.starts_with("Nothing here");
            if of(format.id(), kind).is_empty() && !needless {
                missing.push(format!("{}/{kind}", format.id()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
    for entry in fs::read_dir(root()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(
            name == "README.md" || by_id(&name).is_some(),
            "fixtures/evidence/{name} is of no format"
        );
    }
}

#[test]
fn good_fixtures_are_recognised_and_prove_something() {
    for format in FORMATS {
        for fixture in of(format.id(), "good") {
            let place = format!("{}/{}", format.id(), fixture.name);
            match fixture.read() {
                Answer::Read(reading) => {
                    assert_eq!(reading.format, format.id(), "{place}");
                    assert_eq!(reading.doubts, [], "{place}");
                    let carried = reading.facts.carried();
                    for group in &carried {
                        assert!(format.about().carries.contains(group), "{place}: {group}");
                    }
                    let tells = format.about().tells;
                    assert!(reading.commit.is_none() || tells.commit.is_some(), "{place}");
                    assert!(reading.produced_at.is_none() || tells.time.is_some(), "{place}");
                    assert!(reading.tool_version.is_none() || tells.version.is_some(), "{place}");
                }
                other => panic!("{place}: {other:?}"),
            }
        }
    }
}

/// Some tools give severities at times; their files say so.
#[test]
fn a_format_gives_severities_where_a_fixture_of_it_shows_one() {
    let mut off = Vec::new();
    for format in FORMATS {
        let graded = of(format.id(), "good").iter().any(|fixture| {
            let answer = fixture.read();
            let findings = answer.reading().and_then(|reading| reading.facts.findings.as_ref());
            findings.is_some_and(|findings| {
                let listed = findings.list.entries().iter().map(|finding| finding.grade);
                let counted = Grade::ALL.into_iter().filter(|grade| findings.graded(*grade) > 0);
                listed.chain(counted).any(|grade| Grade::SEVERITIES.contains(&grade))
            })
        });
        let at_times = ["checkov", "junit", "safety", "sarif", "trufflehog"].contains(&format.id());
        if graded != format.grades() && !at_times {
            off.push(format.id());
        }
    }
    assert!(off.is_empty(), "{off:?}");
}

/// What a format says that it tells of a finding, some fixture of it tells.
#[test]
fn a_format_leaves_out_what_a_fixture_of_it_shows() {
    for format in FORMATS {
        for member in format.leaves_out() {
            let told = of(format.id(), "good").iter().any(|fixture| {
                let answer = fixture.read();
                let findings = answer.reading().and_then(|of| of.facts.findings.as_ref());
                let listed = findings.iter().flat_map(|findings| findings.list.entries());
                listed.into_iter().any(|entry| entry.value().member(member).is_some())
            });
            assert!(told, "{}: {member}", format.id());
        }
    }
}

#[test]
fn broken_fixtures_are_refused_with_a_sentence() {
    let mut off = Vec::new();
    for format in FORMATS {
        for fixture in of(format.id(), "broken") {
            let place = format!("{}/{}", format.id(), fixture.name);
            match fixture.read() {
                Answer::Broken { format: seen, why, .. } if seen == format.id() => {
                    assert!(why.ends_with('.'), "{place}: {why}");
                }
                other => off.push(format!("{place}: {other:?}")),
            }
        }
    }
    assert!(off.is_empty(), "{}", off.join("\n"));
}

#[test]
fn vacuous_fixtures_prove_nothing_and_say_why() {
    let mut off = Vec::new();
    for format in FORMATS {
        for fixture in of(format.id(), "vacuous") {
            let place = format!("{}/{}", format.id(), fixture.name);
            match fixture.read() {
                Answer::Read(reading) if reading.format == format.id() => {
                    assert!(!reading.doubts.is_empty(), "{place}");
                    for doubt in &reading.doubts {
                        assert!(!doubt.why.is_empty(), "{place}: {}", doubt.why);
                    }
                }
                Answer::Ambiguous { candidates, .. } => {
                    assert!(candidates.contains(&format.id()), "{place}");
                }
                other => off.push(format!("{place}: {other:?}")),
            }
        }
    }
    assert!(off.is_empty(), "{}", off.join("\n"));
}
