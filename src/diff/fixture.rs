//! Small snapshots for tests, said in a line an item.

use std::collections::BTreeMap;

use crate::model::{Claim, ItemKind, Status, Verdict};
use crate::snapshot::summary;
use crate::snapshot::v1::{
    Artifact, Checklist, Commit, Event, Evidence, Gate, History, Item, ItemWaiver, Read,
    Requirement, SCHEMA, SignOff, Snapshot, Summary, Tool, Waiver, Wanted,
};

/// The checklist that items stand in where no other is named.
pub(crate) const CHECKLIST: &str = "docs/RELEASE.md";

/// A snapshot in the making.
pub(crate) struct Build(Snapshot);

impl Build {
    /// A snapshot of a made-up project at a made-up commit, without a checklist.
    pub(crate) fn new() -> Build {
        Build(Snapshot {
            schema: SCHEMA.to_owned(),
            tool: Tool { name: "trueup".to_owned(), version: "0.1.0".to_owned() },
            project: "acme/shop".to_owned(),
            release: None,
            commit: Some(Commit {
                id: "b81d0c7e5f6a4b3c2d1e0f9a8b7c6d5e4f3a2b1c".to_owned(),
                time: "2026-11-22T09:00:00Z".to_owned(),
                dirty: false,
                branch: Some("main".to_owned()),
                subject: Some("release: 1.5.0".to_owned()),
                truncated: false,
            }),
            judged_at: "2026-11-22T10:05:00Z".to_owned(),
            generated_at: "2026-11-22T10:05:00Z".to_owned(),
            summary: Summary::default(),
            checklists: Vec::new(),
            artifacts: Vec::new(),
            waivers: Vec::new(),
            problems: Vec::new(),
        })
    }

    /// Another commit, at another time.
    pub(crate) fn commit(mut self, id: &str, time: &str) -> Build {
        if let Some(commit) = &mut self.0.commit {
            (commit.id, commit.time) = (id.to_owned(), time.to_owned());
        }
        self
    }

    /// The same commit at another time.
    pub(crate) fn at(self, time: &str) -> Build {
        self.commit("b81d0c7e5f6a4b3c2d1e0f9a8b7c6d5e4f3a2b1c", time)
    }

    /// What follows stands in the checklist at `path`.
    pub(crate) fn checklist(mut self, path: &str) -> Build {
        self.0.checklists.push(Checklist {
            path: path.to_owned(),
            title: Some("Release".to_owned()),
            metadata: BTreeMap::new(),
            sections: Vec::new(),
            items: Vec::new(),
            procedures: Vec::new(),
            template: false,
            document: None,
        });
        self
    }

    /// Another item of the last checklist.
    pub(crate) fn item(self, item: ItemBuild) -> Build {
        let mut build = if self.0.checklists.is_empty() { self.checklist(CHECKLIST) } else { self };
        if let Some(checklist) = build.0.checklists.last_mut() {
            let mut item = item.0;
            item.line = 3 + checklist.items.len();
            checklist.items.push(item);
        }
        build
    }

    /// An artifact with facts.
    pub(crate) fn artifact(mut self, path: &str, sha256: &str, facts: serde_json::Value) -> Build {
        let facts = facts.as_object().cloned().unwrap_or_default();
        self.0.artifacts.push(Artifact {
            path: path.to_owned(),
            sha256: digest(sha256),
            bytes: 1024,
            format: None,
            tool: None,
            tool_version: None,
            produced_at: None,
            time_from: None,
            commit: None,
            facts: facts.into_iter().collect(),
            warnings: Vec::new(),
            invalid: None,
            used_by: Vec::new(),
        });
        self
    }

    /// A waiver of the ledger over items of the default checklist.
    pub(crate) fn waiver(mut self, ids: &[&str], until: &str, state: &str) -> Build {
        self.0.waivers.push(Waiver {
            item: ids.join(","),
            by: "@ana".to_owned(),
            until: until.to_owned(),
            reason: "token service ships in 1.6".to_owned(),
            path: "trueup.toml".to_owned(),
            line: Some(31),
            state: state.to_owned(),
            matches: ids.iter().map(|id| format!("{CHECKLIST}#{id}")).collect(),
            hides: Vec::new(),
        });
        self
    }

    /// The gate's result.
    pub(crate) fn gate(mut self, result: &str) -> Build {
        self.0.summary.gate.result = result.to_owned();
        self
    }

    /// The snapshot, counted.
    pub(crate) fn done(mut self) -> Snapshot {
        let result = std::mem::take(&mut self.0.summary.gate.result);
        let result = if result.is_empty() { "none".to_owned() } else { result };
        let gate = Gate { result, ..Gate::default() };
        self.0.summary = summary(&self.0.checklists, gate);
        self.0
    }
}

/// An item in the making.
#[derive(Debug, Clone)]
pub(crate) struct ItemBuild(Item);

/// An open box without a requirement.
pub(crate) fn item(id: &str, text: &str) -> ItemBuild {
    ItemBuild(Item {
        id: id.to_owned(),
        address: id.to_owned(),
        text: text.to_owned(),
        section: Vec::new(),
        section_slug: String::new(),
        line: 0,
        claim: Claim::Open,
        kind: ItemKind::Task,
        marker: Some(" ".to_owned()),
        depth: 0,
        parent: None,
        note: None,
        label: None,
        priority: None,
        owner: None,
        due: None,
        optional: false,
        source: format!("- [ ] {text}"),
        verdict: Verdict::Unbound,
        status: Status::Open,
        reason: String::new(),
        rule: None,
        next: None,
        requirement: None,
        requirements: Vec::new(),
        evidence: Vec::new(),
        valid_until: None,
        figures: Vec::new(),
        window: None,
        history: None,
        waiver: None,
    })
}

impl ItemBuild {
    /// The same item under headings, outermost first.
    pub(crate) fn under(mut self, titles: &[&str]) -> ItemBuild {
        self.0.section = titles.iter().map(|title| (*title).to_owned()).collect();
        self
    }

    /// A ticked box.
    pub(crate) fn ticked(self) -> ItemBuild {
        self.claim(Claim::Done)
    }

    /// Another claim.
    pub(crate) fn claim(mut self, claim: Claim) -> ItemBuild {
        self.0.claim = claim;
        self.judged()
    }

    /// What the evidence says.
    pub(crate) fn verdict(mut self, verdict: Verdict) -> ItemBuild {
        self.0.verdict = verdict;
        self.judged()
    }

    fn judged(mut self) -> ItemBuild {
        self.0.status = Status::of(self.0.claim, self.0.verdict);
        self
    }

    /// Why.
    pub(crate) fn because(mut self, reason: &str) -> ItemBuild {
        self.0.reason = reason.to_owned();
        self
    }

    /// A requirement of this condition alone.
    pub(crate) fn requires(self, condition: &str) -> ItemBuild {
        self.asks(requirement(condition))
    }

    /// A requirement; the first decides.
    pub(crate) fn asks(mut self, requirement: Requirement) -> ItemBuild {
        match self.0.requirement {
            None => self.0.requirement = Some(requirement),
            Some(_) => self.0.requirements.push(requirement),
        }
        self
    }

    /// An artifact that it relies on.
    pub(crate) fn evidence(mut self, path: &str, sha256: &str) -> ItemBuild {
        self.0.evidence.push(Evidence {
            artifact: path.to_owned(),
            sha256: digest(sha256),
            format: None,
            tool: None,
            produced_at: None,
            time_from: None,
            commit: None,
            verdict: self.0.verdict,
            reason: String::new(),
            rule: None,
        });
        self
    }

    /// An exception in force that hides the status it has now.
    pub(crate) fn waived(mut self, until: &str) -> ItemBuild {
        self.0.waiver = Some(ItemWaiver {
            by: "@ana".to_owned(),
            until: until.to_owned(),
            reason: "token service ships in 1.6".to_owned(),
            hides: self.0.status,
        });
        self.0.status = Status::Waived;
        self
    }

    /// What a commit did to it.
    pub(crate) fn event(mut self, change: &str, commit: &str, time: &str) -> ItemBuild {
        self.0.history.get_or_insert_with(History::default).events.push(Event {
            change: change.to_owned(),
            commit: commit.to_owned(),
            time: time.to_owned(),
            author: "Ana Ruiz".to_owned(),
            subject: "docs: the state of things".to_owned(),
            signed: false,
            release: None,
        });
        self
    }
}

/// A requirement that asks for this condition over the default places.
pub(crate) fn requirement(condition: &str) -> Requirement {
    Requirement {
        path: "trueup.toml".to_owned(),
        line: Some(44),
        condition: Some(condition.to_owned()),
        artifacts: Vec::new(),
        max_age: None,
        paths: None,
        sign_off: None,
        verdict: Verdict::Pass,
        reason: String::new(),
        rule: None,
        read: Vec::new(),
    }
}

/// An artifact that must be there.
pub(crate) fn wanted(glob: &str) -> Wanted {
    Wanted { glob: glob.to_owned(), format: None, optional: false, vouched_by: None }
}

/// Sign-offs of these people.
pub(crate) fn sign_off(by: &[&str], count: u64, max_age: Option<&str>) -> SignOff {
    let by = by.iter().map(|name| (*name).to_owned()).collect();
    SignOff { by, count, max_age: max_age.map(str::to_owned) }
}

/// A fact that a condition read.
pub(crate) fn read(fact: &str, value: serde_json::Value) -> Read {
    Read { fact: fact.to_owned(), value, bound: None, holds: None }
}

/// A digest of 64 digits that repeats `seed`.
fn digest(seed: &str) -> String {
    seed.chars().cycle().take(64).collect()
}
