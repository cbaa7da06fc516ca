//! What people did and said, and what the catalog proposes: added to a story.

use std::sync::Arc;

use crate::model::Verdict;
use crate::snapshot::v1::{Attestation, Checklist, Proposal, SignOff};

use super::build::event;

/// A long history and a sign-off for the first bound item, a proposal for the first unbound one.
pub(super) fn told(list: &mut Checklist) {
    let bound = list.items.iter_mut().find(|item| item.requirement.is_some());
    if let Some(item) = bound {
        let text = item.text.clone();
        let history = item.history.get_or_insert_default();
        for (month, change) in
            ["unticked", "reworded", "ticked", "moved", "ticked"].iter().enumerate()
        {
            let time = format!("2026-0{}-11T08:00:00Z", month + 4);
            history.events.push(event(change, "Mei Tan", &time, "77c1e0a"));
        }
        history.attestations.push(Attestation {
            trailer: "Signed-off-for".to_owned(),
            value: item.id.clone(),
            commit: "c".repeat(40),
            time: "2026-11-01T08:00:00Z".to_owned(),
            author: "Ana Ruiz".to_owned(),
            email: "ana@example.org".to_owned(),
            subject: "Looked at it on the staging system".to_owned(),
            signature: Some("good".to_owned()),
            text,
            path: None,
            dated: None,
            note: None,
        });
        if let Some(requirement) = &mut item.requirement {
            requirement.sign_off = Some(SignOff {
                people: Vec::new(),
                by: vec!["ana@example.org".to_owned(), "@security".to_owned()],
                count: 1,
                max_age: Some("90d".to_owned()),
                signed: false,
                four_eyes: false,
                tick: false,
                each_release: false,
                given: Vec::new(),
            });
        }
    }
    let unbound = list.items.iter_mut().find(|item| item.verdict == Verdict::Unbound);
    if let Some(item) = unbound {
        item.proposal = Some(Arc::new(Proposal {
            idea: "secret-scan".to_owned(),
            why: "A secret scanner finds nothing in the history.".to_owned(),
            condition: Some("findings.total == 0".to_owned()),
            artifacts: vec!["reports/gitleaks.json".to_owned()],
            sign_off: false,
            lacks: Vec::new(),
        }));
    }
}
