//! From what was judged to what is published: the snapshot's wire types.

mod history;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::checklist;
use crate::condition;
use crate::model::{
    Answer, Artifact, Checklist, Document, DocumentRef, ItemIndex, ItemRef, Name, PerItem,
    Procedure, Reading, Seal, Sealed, Step, Verdict,
};
use crate::policy::{Config, Requirement, Selector, Wanted};
use crate::reconcile::{
    self, ArtifactIndex, Case, FoundArtifact, HeldRule, JudgedEvidence, JudgedFigure, JudgedItem,
    JudgedRequirement, JudgedSignOff, JudgedWindow, Judgement, numbered,
};
use crate::snapshot::v1;
use crate::sources::digest::sha256;

use history::Histories;

/// What the snapshot is made of.
pub(super) struct Parts<'a> {
    pub(super) case: &'a Case,
    pub(super) judgement: &'a Judgement,
    /// Whether the documents are wanted too, as the site draws them.
    pub(super) documents: bool,
    /// What the catalog proposes for each item to which nothing is bound, where that is wanted.
    pub(super) proposals: Option<&'a PerItem<Option<Arc<v1::Proposal>>>>,
}

impl Parts<'_> {
    /// Every checklist with its items as judged.
    pub(super) fn checklists(&self) -> Vec<v1::Checklist> {
        let mut histories = Histories::default();
        let documents = self.case.documents.each();
        documents.map(|document| self.checklist(document, &mut histories)).collect()
    }

    fn checklist(&self, document: DocumentRef<'_>, histories: &mut Histories) -> v1::Checklist {
        let Document { checklist: of, bytes, .. } = document.document;
        v1::Checklist {
            path: of.path.clone(),
            title: of.title.clone(),
            metadata: of.metadata.iter().cloned().collect(),
            sections: sections(of),
            items: document.items().map(|item| self.item(item, histories)).collect(),
            procedures: of.procedures.iter().map(procedure).collect(),
            obligations: of.obligations.clone(),
            template: of.template,
            document: self.documents.then(|| checklist::document(bytes, of)),
        }
    }

    fn item(&self, of: ItemRef<'_>, histories: &mut Histories) -> v1::Item {
        let (ItemRef { checklist, item, .. }, judged) = (of, &self.judgement.items[of.at]);
        let mut requirements =
            judged.requirements.iter().map(|&at| &self.judgement.requirements[at]);
        let deciding = requirements.next();
        v1::Item {
            id: item.id.clone(),
            address: item.address().to_owned(),
            text: item.text.clone(),
            section: Arc::clone(&item.section),
            section_slug: Arc::clone(&item.section_slug),
            line: item.line,
            claim: item.claim,
            kind: item.kind,
            marker: item.marker.as_ref().map(|marker| marker.text.clone().into_owned()),
            depth: item.depth,
            parent: item.parent.and_then(|at| checklist.items.get(at)).map(|of| of.id.clone()),
            note: item.note.clone(),
            label: item.label.clone(),
            priority: item.priority.clone(),
            owner: item.owner.clone(),
            due: item.due.clone(),
            optional: item.optional,
            required: item.required,
            source: checklist.lines.shown(item.line),
            verdict: judged.verdict,
            status: judged.status,
            reason: judged.reason.clone(),
            rule: judged.rule.map(|rule| rule.word().to_owned()),
            next: judged.next.clone(),
            requirement: deciding.map(|judged| Box::new(self.requirement(judged))),
            requirements: requirements.map(|judged| self.requirement(judged)).collect(),
            evidence: self.evidence(judged),
            valid_until: judged.valid_until.map(|time| time.to_string()),
            figures: judged.figures.iter().map(figure).collect(),
            window: judged.window.as_ref().map(window).map(Box::new),
            history: of.history.map(|history| Box::new(histories.published(history))),
            proposal: self.proposals.and_then(|of_items| of_items[of.at].clone()),
            waiver: judged.waiver.map(|(at, hides)| {
                let waiver = self.case.waiver(at);
                Box::new(v1::ItemWaiver {
                    by: waiver.by.clone(),
                    until: waiver.until_written.clone(),
                    reason: waiver.reason.clone(),
                    hides,
                    requirement: waiver.requirement.clone(),
                    findings: waiver.findings.clone(),
                    package: waiver.package.clone(),
                    within: waiver.path.as_ref().map(ToString::to_string),
                })
            }),
        }
    }

    /// The evidence of all requirements of an item, each artifact once, the deciding first.
    fn evidence(&self, judged: &JudgedItem) -> Vec<v1::Evidence> {
        let mut seen = Vec::new();
        let mut evidence = Vec::new();
        for &index in &judged.requirements {
            for of in &self.judgement.requirements[index].evidence {
                if !seen.contains(&of.artifact) {
                    seen.push(of.artifact);
                    evidence.push(self.one_evidence(of));
                }
            }
        }
        evidence
    }

    fn one_evidence(&self, judged: &JudgedEvidence) -> v1::Evidence {
        let artifact = &self.case.artifact(judged.artifact).artifact;
        let reading = artifact.answer.reading();
        v1::Evidence {
            artifact: artifact.path.clone(),
            sha256: artifact.sha256.to_string(),
            format: format_of(artifact),
            tool: reading.and_then(|reading| reading.tool.clone()),
            produced_at: artifact.time.map(|(time, _)| time.to_string()),
            time_from: artifact.time.map(|(_, from)| from.word().to_owned()),
            commit: artifact.commit().map(str::to_owned),
            verdict: judged.ruling.verdict(),
            reason: judged.ruling.reason(),
            rule: judged.ruling.rule().map(|rule| rule.word().to_owned()),
        }
    }

    fn requirement(&self, judged: &JudgedRequirement) -> v1::Requirement {
        let mut published = asked(self.case.requirement(judged.requirement));
        if let Some(sign_off) = &mut published.sign_off {
            sign_off.people = who(&sign_off.by, &self.case.config.people);
            sign_off.given = judged.sign_offs.iter().map(given).collect();
        }
        v1::Requirement {
            verdict: judged.ruling.verdict(),
            reason: judged.ruling.reason(),
            rule: judged.ruling.rule().map(|rule| rule.word().to_owned()),
            read: judged.read.iter().map(read).collect(),
            ..published
        }
    }

    /// Every artifact once, by path, with the items that rely on it.
    pub(super) fn artifacts(&self) -> Vec<v1::Artifact> {
        let used = self.used();
        let mut published: Vec<v1::Artifact> = Vec::new();
        for (index, FoundArtifact { artifact, .. }) in numbered(&self.case.artifacts) {
            let mut users = used.get(&index).cloned().unwrap_or_default();
            match published.last_mut().filter(|last| last.path == artifact.path) {
                // The same file under another named format: the reading that is used is shown.
                Some(last) if last.used_by.is_empty() && !users.is_empty() => {
                    let secrets = last.secrets;
                    *last = one_artifact(artifact, users);
                    last.secrets |= secrets;
                }
                Some(last) => {
                    last.secrets |= artifact.answer.holds_secrets();
                    last.used_by.append(&mut users);
                    last.used_by.sort();
                    last.used_by.dedup();
                }
                None => published.push(one_artifact(artifact, users)),
            }
        }
        published
    }

    fn used(&self) -> BTreeMap<ArtifactIndex, Vec<String>> {
        let mut used: BTreeMap<ArtifactIndex, Vec<String>> = BTreeMap::new();
        for of in self.case.documents.items() {
            let address = of.full_address();
            let requirements = self.judgement.items[of.at].requirements.iter();
            let requirements = requirements.map(|&at| &self.judgement.requirements[at]);
            for evidence in requirements.flat_map(|judged| &judged.evidence) {
                let users = used.entry(evidence.artifact).or_default();
                if users.last() != Some(&address) {
                    users.push(address.clone());
                }
            }
        }
        used
    }

    /// The ledger of waivers.
    pub(super) fn waivers(&self) -> Vec<v1::Waiver> {
        self.judgement
            .waivers
            .iter()
            .map(|judged| (self.case.waiver(judged.waiver), judged))
            .map(|(waiver, judged)| v1::Waiver {
                item: match &waiver.items {
                    Selector::Glob { item, .. } => item.as_str().to_owned(),
                    Selector::Beside { item, .. } => item.clone(),
                },
                by: waiver.by.clone(),
                until: waiver.until_written.clone(),
                reason: waiver.reason.clone(),
                path: waiver.place.path.clone(),
                line: waiver.place.line,
                state: judged.state.word().to_owned(),
                matches: self.addresses(&judged.matches),
                hides: self.addresses(&judged.hides),
                requirement: waiver.requirement.clone(),
                findings: waiver.findings.clone(),
                package: waiver.package.clone(),
                within: waiver.path.as_ref().map(ToString::to_string),
            })
            .collect()
    }

    /// The decision.
    pub(super) fn gate(&self) -> v1::Gate {
        let gate = &self.judgement.gate;
        v1::Gate {
            result: gate.result.word().to_owned(),
            reasons: gate.reasons.clone(),
            sentence: gate.sentence.clone(),
            blocking: self.addresses(&gate.blocking),
            rules: gate.rules.iter().map(rule).collect(),
        }
    }

    fn addresses(&self, items: &[ItemIndex]) -> Vec<String> {
        items.iter().map(|&at| self.case.documents.item(at).full_address()).collect()
    }
}

fn rule(of: &HeldRule) -> v1::GateRule {
    v1::GateRule {
        rule: of.rule.clone(),
        holds: of.against.is_empty(),
        against: of.against.clone(),
    }
}

/// What the configuration asks of all items alike.
pub(super) fn policy(config: &Config) -> v1::Policy {
    let defaults = &config.defaults;
    v1::Policy {
        max_age: defaults.max_age.as_ref().map(|of| of.written.clone()),
        ignore: defaults.ignore.iter().map(|glob| glob.as_str().to_owned()).collect(),
        artifacts: Some(config.artifacts.iter().map(|glob| glob.as_str().to_owned()).collect()),
        unknown_severity: config.unknown_severity.map(|grade| grade.word().to_owned()),
        gate: config.gate.as_ref().map(reconcile::rules_of_gate).unwrap_or_default(),
    }
}

/// A checklist's headings as published.
pub(crate) fn sections(of: &Checklist) -> Vec<v1::Section> {
    of.sections
        .iter()
        .map(|section| v1::Section {
            title: section.title.clone(),
            slug: section.slug.clone(),
            level: section.level,
            line: section.line,
        })
        .collect()
}

/// The digest of each address that may sign, through the names of groups.
fn who(by: &[String], people: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let addresses = by.iter().flat_map(|name| match people.get(name) {
        Some(members) => members.as_slice(),
        None => std::slice::from_ref(name),
    });
    let digests: BTreeSet<String> =
        addresses.map(|of| sha256(of.to_lowercase().as_bytes()).to_string()).collect();
    digests.into_iter().collect()
}

/// A requirement as published, before it is judged.
pub(super) fn asked(of: &Requirement) -> v1::Requirement {
    v1::Requirement {
        path: of.place.path.clone(),
        line: of.place.line,
        condition: of.condition.as_ref().map(|condition| condition.source().to_owned()),
        artifacts: of.artifacts.iter().map(wanted).collect(),
        max_age: of.max_age.as_ref().map(|max_age| max_age.written.clone()),
        paths: of
            .paths
            .as_ref()
            .map(|paths| paths.iter().map(|glob| glob.as_str().to_owned()).collect()),
        sign_off: of.sign_off.as_ref().map(|asked| v1::SignOff {
            by: asked.by.clone(),
            people: Vec::new(),
            count: asked.count,
            max_age: asked.max_age.as_ref().map(|max_age| max_age.written.clone()),
            signed: asked.signed,
            four_eyes: asked.four_eyes,
            tick: asked.tick,
            given: Vec::new(),
        }),
        verdict: Verdict::Unbound,
        reason: String::new(),
        rule: None,
        read: Vec::new(),
    }
}

/// A procedure as published.
pub(crate) fn procedure(of: &Procedure) -> v1::Procedure {
    v1::Procedure {
        title: of.title.clone(),
        line: of.line,
        kind: of.kind.word().to_owned(),
        steps: of.steps.iter().map(step).collect(),
    }
}

fn step(of: &Step) -> v1::Step {
    v1::Step {
        line: of.line,
        command: of.command.clone(),
        cwd: of.cwd.clone(),
        names: of.names.iter().map(name).collect(),
    }
}

fn name(of: &Name) -> v1::Name {
    v1::Name {
        kind: of.kind.word().to_owned(),
        name: of.name.clone(),
        within: of.within.clone(),
        exists: of.exists,
    }
}

/// A problem as published.
pub(crate) fn problem(of: &crate::model::Problem) -> v1::Problem {
    v1::Problem {
        code: of.code.word().to_owned(),
        severity: of.code.severity(),
        path: of.place.path.clone(),
        line: of.place.line,
        item: of.item.clone(),
        message: of.message.clone(),
        hint: of.hint.clone(),
    }
}

fn one_artifact(artifact: &Artifact, used_by: Vec<String>) -> v1::Artifact {
    let reading = artifact.answer.reading();
    v1::Artifact {
        path: artifact.path.clone(),
        sha256: artifact.sha256.to_string(),
        bytes: artifact.bytes,
        format: format_of(artifact),
        tool: reading.and_then(|reading| reading.tool.clone()),
        tool_version: reading.and_then(|reading| reading.tool_version.clone()),
        produced_at: artifact.time.map(|(time, _)| time.to_string()),
        time_from: artifact.time.map(|(_, from)| from.word().to_owned()),
        commit: artifact.commit().map(str::to_owned),
        facts: reading.map(Reading::published).unwrap_or_default(),
        warnings: reading.map(|reading| reading.warnings.clone()).unwrap_or_default(),
        invalid: why_invalid(artifact),
        seal: artifact.sealed.seal().map(seal),
        secrets: artifact.answer.holds_secrets(),
        used_by,
    }
}

fn seal(of: &Seal) -> v1::Seal {
    v1::Seal {
        path: of.path.clone(),
        by: of.by(),
        at: of.at.to_string(),
        written_at: of.written.map(|time| time.to_string()),
        checked_out_at: of.checked_out.map(|time| time.to_string()),
        commit: of.commit.clone(),
        dirty: of.dirty,
        ref_name: of.ref_name.clone(),
        run_url: of.run_url.clone(),
        exit_code: of.exit_code,
        command: of.command.clone(),
    }
}

fn format_of(artifact: &Artifact) -> Option<String> {
    match &artifact.answer {
        Answer::Read(reading) => Some(reading.format.to_owned()),
        Answer::Broken { format, .. } => Some((*format).to_owned()),
        Answer::Ambiguous { .. } | Answer::Unknown { .. } => None,
    }
}

fn why_invalid(artifact: &Artifact) -> Option<String> {
    if let Sealed::Broken(why) = &artifact.sealed {
        return Some(why.clone());
    }
    match &artifact.answer {
        Answer::Read(reading) => reading.doubts.first().map(|doubt| doubt.why.clone()),
        Answer::Broken { why, .. } | Answer::Unknown { why } => Some(why.clone()),
        Answer::Ambiguous { candidates, shape } => Some(format!(
            "{} formats fit this file (`{shape}`): {}.",
            candidates.len(),
            crate::model::listed(candidates, 4)
        )),
    }
}

fn given(of: &JudgedSignOff) -> v1::Given {
    v1::Given {
        author: of.by.author.clone(),
        email: of.by.email.clone(),
        time: of.at.to_string(),
        commit: of.by.commit.clone(),
        from: of.given.word().to_owned(),
        signature: of.by.signature.is_there().then(|| of.by.signature.word().to_owned()),
        path: of.place.as_ref().map(|place| place.path.clone()),
        line: of.place.as_ref().and_then(|place| place.line),
        note: of.note.clone(),
        counts: of.counts,
        why: of.why.clone(),
    }
}

fn wanted(of: &Wanted) -> v1::Wanted {
    v1::Wanted {
        glob: of.glob.as_str().to_owned(),
        format: of.format.clone(),
        optional: of.optional,
        vouched_by: of.vouched_by.as_ref().map(|condition| condition.source().to_owned()),
    }
}

/// A fact that was read; a list or map of any size is told by its kind.
fn read(of: &condition::Read) -> v1::Read {
    use crate::facts::Value;
    let value = match &of.value {
        Some(value @ (Value::List(_) | Value::Map(_))) => value.to_string().into(),
        Some(value) => serde_json::to_value(value).unwrap_or_default(),
        None => serde_json::Value::Null,
    };
    let at = (of.at.start, of.at.end);
    v1::Read {
        fact: of.fact.clone(),
        value,
        bound: of.bound.clone(),
        holds: of.holds,
        at: Some(at),
    }
}

fn figure(of: &JudgedFigure) -> v1::Figure {
    v1::Figure {
        text: of.text.clone(),
        value: of.value,
        unit: of.unit.clone(),
        fact: of.compared.as_ref().map(|(fact, _)| fact.clone()),
        evidence: of.compared.as_ref().map(|(_, value)| *value),
        verdict: match of.agrees {
            Some(true) => "agrees",
            Some(false) => "drift",
            None => "not-compared",
        }
        .to_owned(),
    }
}

fn window(of: &JudgedWindow) -> v1::ItemWindow {
    v1::ItemWindow {
        name: of.name.clone(),
        opens: of.opens.map(|time| time.to_string()),
        due: of.due.map(|time| time.to_string()),
        state: of.state.word().to_owned(),
    }
}
