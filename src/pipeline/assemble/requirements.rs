//! Requirements as published: what is asked, what was read, who signed.

use std::collections::{BTreeMap, BTreeSet};

use super::Parts;
use crate::condition;
use crate::model::Verdict;
use crate::policy::{Requirement, Wanted};
use crate::reconcile::{JudgedRequirement, JudgedSignOff};
use crate::snapshot::v1;
use crate::sources::digest::sha256;

impl Parts<'_> {
    pub(super) fn requirement(&self, judged: &JudgedRequirement) -> v1::Requirement {
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
pub(in crate::pipeline) fn asked(of: &Requirement) -> v1::Requirement {
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
            each_release: asked.each_release,
            tick: asked.tick,
            given: Vec::new(),
        }),
        verdict: Verdict::Unbound,
        reason: String::new(),
        rule: None,
        read: Vec::new(),
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
    let told = |value: &Value| match value {
        Value::List(_) | Value::Map(_) => value.to_string().into(),
        value => serde_json::to_value(value).unwrap_or_default(),
    };
    let at = (of.at.start, of.at.end);
    v1::Read {
        fact: of.fact.clone(),
        value: of.value.as_ref().map_or(serde_json::Value::Null, told),
        bound: of.bound.clone(),
        asked: of.asked.as_ref().map(told),
        holds: of.holds,
        at: Some(at),
        limit: of.limit.as_ref().and_then(limit),
    }
}

fn limit(of: &condition::Limit) -> Option<v1::Limit> {
    let value = serde_json::to_value(&of.value).ok()?.as_f64()?;
    Some(v1::Limit { from: of.from.clone(), value, at: (of.at.start, of.at.end) })
}
