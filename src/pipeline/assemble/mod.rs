//! From what was judged to what is published: the snapshot's wire types.

mod artifacts;
mod history;
mod outline;
mod requirements;

use std::borrow::Borrow;
use std::sync::Arc;

use crate::checklist;
use crate::model::{Document, DocumentRef, ItemIndex, ItemRef, PerItem};
use crate::policy::{Config, Selector};
use crate::reconcile::{self, Case, HeldRule, JudgedFigure, JudgedWindow, Judgement};
use crate::snapshot::v1;

use history::Histories;

pub(crate) use outline::{procedure, sections};
pub(super) use requirements::asked;

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
    /// Every checklist with its items as judged; of `documents` that are handed over, each is let go
    /// once it is published.
    pub(super) fn checklists(
        &self,
        documents: impl Iterator<Item = impl Borrow<Document>>,
    ) -> Vec<v1::Checklist> {
        let mut histories = Histories::default();
        let published = documents.enumerate().map(|(at, document)| {
            self.checklist(DocumentRef::new(at, document.borrow()), &mut histories)
        });
        published.collect()
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
            marker: item.marker.as_ref().map(|marker| marker.text.clone()),
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
            rule: judged.rule.map(|rule| rule.word().into()),
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
        compared: None,
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
        environment: Some(config.environment.clone()),
        gate: config.gate.as_ref().map(reconcile::rules_of_gate).unwrap_or_default(),
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
        ends_after_s: Some(of.ends_after_s),
        state: of.state.word().to_owned(),
        before: of.before,
    }
}
