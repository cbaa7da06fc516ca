//! A builder of snapshots: a document and its items at once, every field that is not named empty.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Block, Claim, Entry, Inline, ItemKind, Rendered, Status, Verdict};
use crate::render::site::parts::section::Tally;
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{
    Artifact, By, Checklist, Commit, Criteria, Event, Evidence, Gate, History, Item, Read,
    Requirement, Section, Sets, Summary, Tool, Wanted, Windows,
};

/// The moment of every judgement in these tests.
pub(super) const JUDGED: &str = "2026-11-22T10:05:00Z";
/// The judged commit.
pub(super) const HEAD: &str = "b81d0c7e5a3f49d2c6b1a0e8f7d4c3b2a1908f7e";

pub(super) fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text { text: words.to_owned() }]
}

pub(super) fn paragraph(words: &str) -> Block {
    Block::Paragraph { text: text(words) }
}

/// An item of `claim` of which the evidence says `verdict`.
pub(super) fn item(id: &str, words: &str, claim: Claim, verdict: Verdict) -> Item {
    Item {
        id: id.to_owned(),
        address: id.to_owned(),
        text: words.to_owned(),
        section: Arc::default(),
        section_slug: Arc::default(),
        line: 1,
        claim,
        kind: if claim == Claim::None { ItemKind::Criterion } else { ItemKind::Task },
        marker: None,
        depth: 0,
        parent: None,
        note: None,
        label: None,
        priority: None,
        owner: None,
        due: None,
        optional: false,
        required: false,
        source: format!("- [ ] {words}"),
        verdict,
        status: Status::of(claim, verdict),
        reason: "".into(),
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
        proposal: None,
    }
}

/// What the tests add to an item.
pub(super) trait With: Sized {
    fn why(self, reason: &str) -> Self;
    fn ticked(self, author: &str, time: &str, commit: &str) -> Self;
    fn asks(self, condition: &str, read: &[(&str, serde_json::Value, &str, bool)]) -> Self;
    fn by(self, artifact: &Artifact, verdict: Verdict, why: &str) -> Self;
}

impl With for Item {
    fn why(mut self, reason: &str) -> Item {
        self.reason = reason.to_owned().into();
        self
    }

    fn ticked(mut self, author: &str, time: &str, commit: &str) -> Item {
        let added = event("added", "Tom Weber", "2026-03-02T09:12:00Z", "09ab3d5c11");
        let ticked = event("ticked", author, time, commit);
        self.history = Some(Box::new(History {
            ticked: Some(ticked.clone()),
            events: vec![added, ticked],
            ..History::default()
        }));
        self
    }

    fn asks(mut self, condition: &str, read: &[(&str, serde_json::Value, &str, bool)]) -> Item {
        let read = read.iter().map(|(fact, value, bound, holds)| Read {
            fact: (*fact).to_owned(),
            value: value.clone(),
            bound: Some((*bound).to_owned()),
            asked: None,
            holds: Some(*holds),
            at: None,
            limit: None,
        });
        self.requirement = Some(Box::new(Requirement {
            path: "trueup.toml".to_owned(),
            line: Some(18),
            condition: Some(condition.to_owned()),
            artifacts: Vec::new(),
            max_age: Some("30d".to_owned()),
            paths: None,
            sign_off: None,
            verdict: self.verdict,
            reason: self.reason.to_string(),
            rule: None,
            read: read.collect(),
        }));
        self
    }

    fn by(mut self, artifact: &Artifact, verdict: Verdict, why: &str) -> Item {
        self.evidence.push(Evidence {
            artifact: artifact.path.clone(),
            sha256: artifact.sha256.clone(),
            format: artifact.format.clone(),
            tool: artifact.tool.clone(),
            produced_at: artifact.produced_at.clone(),
            time_from: Some("content".to_owned()),
            commit: artifact.commit.clone(),
            verdict,
            reason: why.to_owned(),
            rule: None,
        });
        if let Some(requirement) = &mut self.requirement {
            requirement.artifacts.push(Wanted {
                glob: artifact.path.clone(),
                format: None,
                optional: false,
                vouched_by: None,
            });
        }
        self
    }
}

pub(super) fn event(change: &str, author: &str, time: &str, commit: &str) -> Event {
    Event {
        change: change.to_owned().into(),
        by: Arc::new(By {
            commit: format!("{commit:0<40}"),
            time: time.to_owned(),
            author: author.to_owned(),
            subject: "Go through the list".to_owned(),
            signed: false,
            signature: None,
            release: None,
        }),
        text: "".into(),
    }
}

/// A checklist and its text, written from top to bottom.
pub(super) struct Doc {
    checklist: Checklist,
    blocks: Vec<Block>,
    line: usize,
}

impl Doc {
    pub(super) fn new(path: &str, title: &str) -> Doc {
        let heading = Block::Heading { level: 1, slug: "title".to_owned(), text: text(title) };
        Doc {
            checklist: Checklist {
                path: path.to_owned(),
                title: Some(title.to_owned()),
                metadata: BTreeMap::new(),
                sections: Vec::new(),
                items: Vec::new(),
                procedures: Vec::new(),
                obligations: Vec::new(),
                template: false,
                document: None,
            },
            blocks: vec![heading],
            line: 3,
        }
    }

    pub(super) fn meta(mut self, name: &str, value: &str) -> Doc {
        self.checklist.metadata.insert(name.to_owned(), value.to_owned());
        self
    }

    pub(super) fn heading(mut self, level: u8, slug: &str, title: &str) -> Doc {
        self.blocks.push(Block::Heading { level, slug: slug.to_owned(), text: text(title) });
        self.checklist.sections.push(Section {
            title: title.to_owned(),
            slug: slug.to_owned(),
            level,
            line: self.line,
        });
        self.line += 2;
        self
    }

    pub(super) fn block(mut self, block: Block) -> Doc {
        self.blocks.push(block);
        self.line += 4;
        self
    }

    pub(super) fn items(mut self, items: Vec<Item>) -> Doc {
        let mut entries: Vec<Entry> = Vec::new();
        for mut item in items {
            let section = self.checklist.sections.last();
            item.line = self.line;
            item.section = section.iter().map(|section| section.title.clone()).collect();
            item.section_slug =
                section.map(|section| section.slug.as_str().into()).unwrap_or_default();
            item.address = format!("{}/{}", item.section_slug, item.id);
            self.line += 1;
            let entry = Entry { item: Some(item.id.clone()), blocks: vec![paragraph(&item.text)] };
            match entries.last_mut() {
                Some(parent) if item.depth > 0 => {
                    item.parent = parent.item.clone();
                    parent.blocks.push(Block::List { start: None, entries: vec![entry] });
                }
                _ => entries.push(entry),
            }
            self.checklist.items.push(item);
        }
        self.blocks.push(Block::List { start: None, entries });
        self.line += 1;
        self
    }

    pub(super) fn done(mut self) -> Checklist {
        self.checklist.document = Some(Rendered { blocks: self.blocks });
        self.checklist
    }
}

pub(in crate::render::site) fn artifact(
    path: &str,
    tool: &str,
    made: &str,
    facts: serde_json::Value,
) -> Artifact {
    let serde_json::Value::Object(facts) = facts else { panic!("facts are a map") };
    let digest = super::super::names::file_stem(path);
    let hex: String = digest
        .bytes()
        .flat_map(|byte| format!("{byte:02x}").into_bytes())
        .map(char::from)
        .collect();
    Artifact {
        path: path.to_owned(),
        sha256: format!("{hex:0<64}").chars().rev().take(64).collect(),
        bytes: 184_213,
        format: Some(tool.to_ascii_lowercase().replace(' ', "-")),
        tool: Some(tool.to_owned()),
        tool_version: Some("3.2.5".to_owned()),
        produced_at: Some(made.to_owned()),
        time_from: Some("content".to_owned()),
        commit: Some(HEAD.to_owned()),
        facts: facts.into_iter().collect(),
        warnings: Vec::new(),
        invalid: None,
        seal: None,
        secrets: false,
        used_by: Vec::new(),
    }
}

/// A snapshot of these parts, its summary and its artifacts' users counted from them.
pub(super) fn snapshot(
    checklists: Vec<Checklist>,
    mut artifacts: Vec<Artifact>,
    gate: Gate,
) -> Snapshot {
    for artifact in &mut artifacts {
        for checklist in &checklists {
            let uses = |item: &&Item| item.evidence.iter().any(|e| e.artifact == artifact.path);
            let users = checklist.items.iter().filter(uses);
            artifact.used_by.extend(users.map(|item| format!("{}#{}", checklist.path, item.id)));
        }
    }
    let items: Vec<&Item> = checklists.iter().flat_map(|checklist| &checklist.items).collect();
    let mut by_status = BTreeMap::new();
    for status in Status::ALL {
        let count = items.iter().filter(|item| item.status == status).count() as u64;
        by_status.insert(status.word().to_owned(), count);
    }
    let goals = |item: &&&Item| item.kind == ItemKind::Criterion;
    let criteria = Criteria {
        applicable: items.iter().filter(goals).count() as u64,
        proven: items.iter().filter(goals).filter(|item| item.status.is_proven()).count() as u64,
    };
    let summary = Summary {
        overall: sets(items.iter().copied()),
        by_status,
        gate,
        tasks: sets(items.iter().copied().filter(|item| item.kind == ItemKind::Task)),
        criteria,
        windows: Windows::default(),
    };
    Snapshot {
        policy: None,
        config: None,
        releases: Vec::new(),
        schema: "trueup/snapshot/1".to_owned(),
        tool: Tool { name: "trueup".to_owned(), version: "0.1.0".to_owned() },
        project: "acme/shop".to_owned(),
        release: Some("1.5.0".to_owned()),
        commit: Some(Commit {
            id: HEAD.to_owned(),
            time: "2026-11-22T09:01:00Z".to_owned(),
            dirty: false,
            branch: Some("main".to_owned()),
            subject: Some("Prepare 1.5.0".to_owned()),
            truncated: false,
        }),
        judged_at: JUDGED.to_owned(),
        generated_at: JUDGED.to_owned(),
        summary,
        checklists,
        artifacts,
        waivers: Vec::new(),
        problems: Vec::new(),
    }
}

fn sets<'i>(items: impl Iterator<Item = &'i Item>) -> Sets {
    Tally::of(items).sets
}
