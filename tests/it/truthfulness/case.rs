//! One item, judged by what a case says lies there.

use std::collections::BTreeSet;

use trueup::checklist::{self, Settings};
use trueup::config;
use trueup::evidence::{self, Detail};
use trueup::facts::{Keep, Value};
use trueup::model::{
    Answer, Artifact, Authorship, Change as ItemChange, Claim, Digest, Document, Documents, Event,
    Glob, ItemHistory, Rules, Sealed, Signature, Tick, TimeFrom, Timestamp,
};
use trueup::policy::Requirement;
use trueup::reconcile::{self, FoundArtifact, Hands, Inputs, JudgedItem, Since, Witness, requests};

pub(super) const CLOCK: &str = "2026-11-22T10:00:00Z";

/// One ticked item, one requirement, some files.
pub(super) struct Case {
    /// Lines of the `[[require]]` besides `item`.
    pub(super) require: String,
    files: Vec<(&'static str, String)>,
    /// What changed since any artifact was made.
    since: Since,
    /// When the files were made, as the file system says.
    made: &'static str,
    /// How one of the files stands to its seal.
    sealed: Option<(&'static str, Sealed)>,
    /// The meaning and the limits of the text that was ticked, where history tells them.
    ticked_as: Option<(&'static str, &'static [&'static str])>,
}

impl Case {
    /// `artifacts` as TOML; empty for those of the default places.
    pub(super) fn new(condition: &str, artifacts: &str) -> Case {
        let artifacts = match artifacts {
            "" => String::new(),
            named => format!("artifacts = {named}\n"),
        };
        Case::asking(&format!("{artifacts}condition = '''{condition}'''\n"))
    }

    /// What the `[[require]]` asks, as TOML.
    pub(super) fn asking(require: &str) -> Case {
        Case {
            require: require.to_owned(),
            files: Vec::new(),
            since: Since::Changes(Vec::new()),
            made: "2026-11-22T09:00:00Z",
            sealed: None,
            ticked_as: None,
        }
    }

    pub(super) fn file(mut self, path: &'static str, bytes: impl Into<String>) -> Case {
        self.files.push((path, bytes.into()));
        self
    }

    pub(super) fn also(mut self, line: &str) -> Case {
        self.require.push_str(line);
        self.require.push('\n');
        self
    }

    pub(super) fn since(mut self, since: Since) -> Case {
        self.since = since;
        self
    }

    pub(super) fn made(mut self, made: &'static str) -> Case {
        self.made = made;
        self
    }

    pub(super) fn sealed_as(mut self, path: &'static str, sealed: Sealed) -> Case {
        self.sealed = Some((path, sealed));
        self
    }

    pub(super) fn ticked_as(
        mut self,
        meaning: &'static str,
        thresholds: &'static [&'static str],
    ) -> Case {
        self.ticked_as = Some((meaning, thresholds));
        self
    }

    fn history(&self) -> ItemHistory {
        let ticked = self.ticked_as.map(|(meaning, thresholds)| Tick {
            event: Event {
                by: Authorship {
                    authored: None,
                    commit: "4f2c9e1".to_owned(),
                    time: self.made.parse().unwrap(),
                    author: "Ana".to_owned(),
                    email: "ana@example.org".to_owned(),
                    person: None,
                    picked_from: Vec::new(),
                    merges_request: false,
                    subject: "go through the list".to_owned(),
                    signature: Signature::Absent,
                    release: None,
                }
                .into(),
                change: ItemChange::Ticked,
                text: meaning.into(),
                claim: Claim::Done,
            },
            born: None,
            meaning: meaning.to_owned(),
            thresholds: thresholds.iter().map(|&limit| limit.to_owned()).collect(),
            approved: None,
            context: None,
        });
        ItemHistory { ticked, ..ItemHistory::default() }
    }

    pub(super) fn judge(&self, rules: Rules) -> JudgedItem {
        let toml = format!("[[require]]\nitem = \"release/it-holds\"\n{}", self.require);
        let config = config::read("trueup.toml", &toml, &evidence::format_ids())
            .unwrap_or_else(|faults| panic!("{faults:?}\n{toml}"));
        let markdown = b"# Release\n\n- [x] It holds\n";
        let list = checklist::read("CHECKLIST.md", markdown, &Settings::default());
        let mut document = Document::new(list, markdown.to_vec());
        document.histories = Some(vec![self.history()]);
        let case = reconcile::Case {
            documents: Documents::from_iter([document]),
            requirements: config.requirements.clone(),
            waivers: Vec::new(),
            artifacts: self.found(&config.requirements),
            lost: Vec::new(),
            problems: Vec::new(),
            clock: CLOCK.parse().unwrap(),
            deployed: None,
            rules,
            config,
        };
        let witness = Repository { since: self.since.clone() };
        let could_carry = &evidence::could_carry;
        let judgement =
            reconcile::reconcile(&Inputs { case: &case, witness: &witness, could_carry });
        judgement.items.values().next().unwrap().clone()
    }

    fn found(&self, requirements: &[Requirement]) -> Vec<FoundArtifact> {
        let paths: BTreeSet<String> = self.files.iter().map(|(path, _)| (*path).into()).collect();
        let asks_all = requirements.iter().all(|of| of.artifacts.is_empty());
        let default_paths = if asks_all { paths.clone() } else { BTreeSet::new() };
        let wanted = requests(requirements, &paths, &default_paths).into_iter();
        let found = wanted.map(|(request, depth)| {
            let (_, bytes) = self.files.iter().find(|(path, _)| *path == request.path).unwrap();
            let keep = |all| if all { Keep::All } else { Keep::Shown };
            let detail = Detail {
                cases: keep(depth.cases),
                findings: keep(depth.findings),
                components: keep(depth.components),
                data: depth.data,
            };
            let format = request.format.as_deref();
            let answer = evidence::read(&request.path, bytes.as_bytes(), format, &detail);
            FoundArtifact {
                artifact: self.artifact(&request.path, bytes, answer),
                named: request.format,
                in_default_place: asks_all,
                withheld: None,
            }
        });
        found.collect()
    }

    fn sealed(&self, path: &str) -> Sealed {
        let Some((sealed, state)) = &self.sealed else { return Sealed::No };
        if *sealed == path { state.clone() } else { Sealed::No }
    }

    fn artifact(&self, path: &str, bytes: &str, answer: Answer) -> Artifact {
        let content = answer.reading().and_then(|reading| reading.produced_at.clone());
        let stated = content.as_ref().and_then(|made| made.at);
        let made: Timestamp = self.made.parse().unwrap();
        Artifact {
            path: path.to_owned(),
            archive: None,
            sha256: Digest([0; 32]),
            bytes: bytes.len() as u64,
            time: Some(stated.map_or((made, TimeFrom::File), |at| (at, TimeFrom::Content))),
            zoned: content.is_none_or(|made| made.zoned),
            tracked: false,
            committed_in: None,
            arrived: None,
            checked_out: None,
            sealed: self.sealed(path),
            answer,
        }
    }
}

struct Repository {
    since: Since,
}

impl Witness for Repository {
    fn since_commit(&self, _: &str) -> Since {
        self.since.clone()
    }
    fn since_tree(&self, _: &str) -> Since {
        Since::UnknownCommit
    }
    fn since_brought(&self, _: &str) -> Since {
        self.since.clone()
    }
    fn since_time(&self, _: Timestamp) -> Since {
        self.since.clone()
    }
    fn files(&self, _: &Glob) -> Vec<String> {
        Vec::new()
    }
    fn unlisted(&self, _: &Glob) -> Option<String> {
        None
    }
    fn empty(&self, _: &Glob, _: &[String]) -> Vec<String> {
        Vec::new()
    }
    fn text(&self, _: &str) -> Option<Result<String, String>> {
        None
    }
    fn load(&self, _: &str) -> Option<Result<Value, String>> {
        None
    }
    fn hands(&self, _: &str, _: &[Glob]) -> Hands {
        Hands::Truncated
    }
    fn git(&self) -> Option<Value> {
        None
    }
}
