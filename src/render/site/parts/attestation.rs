//! The sign-offs of an item: what people said in trailers, in files or by the tick, and why a word
//! does not count.

use serde::Serialize;

use crate::model::{Age, SIGNED_OFF_FOR, Signature, listed};
use crate::render::site::text::shortened;
use crate::render::site::when::{self, When};
use crate::render::site::world::{World, short};
use crate::snapshot::v1::{Attestation, Given, Item, SignOff};

/// The most that is shown of one item.
const SHOWN: usize = 5;

/// A person's word, ready to draw.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render::site) struct Said {
    author: String,
    email: String,
    when: When,
    commit: String,
    subject: String,
    /// What the commit's signature is worth.
    signature: &'static str,
    /// Why it does not count, to stand after the name.
    why: Option<String>,
    /// Where its entry stands, where it is one.
    place: Option<String>,
    /// What that entry says besides.
    note: Option<String>,
}

/// The words that `asked` was judged by, the newest first; of a snapshot that does not tell them,
/// all that were said.
pub(in crate::render::site) fn sign_offs(world: &World, item: &Item, asked: &SignOff) -> Vec<Said> {
    let said = || item.history.iter().flat_map(|history| history.attestations.iter().rev());
    if asked.given.is_empty() {
        let sign_offs = said().filter(|attestation| attestation.trailer == SIGNED_OFF_FOR);
        return sign_offs.take(SHOWN).map(|attestation| Said::of(world, attestation)).collect();
    }
    let judged = asked.given.iter().take(SHOWN).map(|given| {
        let subject = said().find(|said| said.commit == given.commit).map(|said| &said.subject);
        Said::judged(world, given, subject.map_or("", String::as_str))
    });
    judged.collect()
}

/// Whom a word is asked of, and what else of it: `@security (one of them), within 90 days`.
pub(in crate::render::site) fn asked_of(asked: &SignOff) -> String {
    let mut said = listed(&asked.by, 6);
    let is_group = asked.by.len() > 1 || asked.by.iter().any(|name| name.starts_with('@'));
    match asked.count {
        1 if is_group => said.push_str(" (one of them)"),
        1 => {}
        count => said.push_str(&format!(" ({count} of them)")),
    }
    if let Some(age) = &asked.max_age {
        let words = age.parse::<Age>().map_or_else(|_| age.clone(), |age| age.to_string());
        said.push_str(&format!(", within {words}"));
    }
    let flags = [
        (asked.signed, ", signed commits only"),
        (asked.four_eyes, ", four eyes"),
        (asked.tick, ", the tick counts"),
        (asked.each_release, ", anew for each release"),
    ];
    said.extend(flags.into_iter().filter(|(is_set, _)| *is_set).map(|(_, words)| words));
    said
}

impl Said {
    fn of(world: &World, of: &Attestation) -> Said {
        Said {
            author: shortened(&of.author, 80),
            email: shortened(&of.email, 120),
            when: when::when(&of.time, world.judged),
            commit: short(&of.commit),
            subject: shortened(&of.subject, 120),
            signature: signature(of.signature.as_deref()),
            why: None,
            place: of.path.as_deref().map(|path| shortened(path, 120)),
            note: of.note.as_deref().map(|note| shortened(note, 240)),
        }
    }

    fn judged(world: &World, of: &Given, subject: &str) -> Said {
        let line = of.line.map(|line| format!(":{line}")).unwrap_or_default();
        Said {
            author: shortened(&of.author, 80),
            email: shortened(&of.email, 120),
            when: when::when(&of.time, world.judged),
            commit: short(&of.commit),
            subject: shortened(subject, 120),
            signature: signature(of.signature.as_deref()),
            why: of.why.as_deref().map(|why| shortened(why, 240)),
            place: match (of.from.as_str(), &of.path) {
                ("tick", _) => Some("by the tick".to_owned()),
                (_, Some(path)) => Some(shortened(&format!("{path}{line}"), 120)),
                _ => None,
            },
            note: of.note.as_deref().map(|note| shortened(note, 240)),
        }
    }
}

fn signature(told: Option<&str>) -> &'static str {
    Signature::told(told.is_some(), told).said().unwrap_or("not signed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_word_is_asked_for_in_words() {
        let asked = |by: &[&str], count, max_age: Option<&str>| {
            let by = by.iter().map(|name| (*name).to_owned()).collect();
            asked_of(&SignOff {
                by,
                people: Vec::new(),
                count,
                max_age: max_age.map(str::to_owned),
                signed: false,
                four_eyes: true,
                tick: false,
                each_release: false,
                given: Vec::new(),
            })
        };
        for (by, count, max_age, said) in [
            (
                &["@signers"][..],
                1,
                Some("90d"),
                "@signers (one of them), within 90 days, four eyes",
            ),
            (&["ana@example.org"], 1, None, "ana@example.org, four eyes"),
            (
                &["@a", "b@c.org"],
                2,
                Some("2w"),
                "@a and b@c.org (2 of them), within 14 days, four eyes",
            ),
        ] {
            assert_eq!(asked(by, count, max_age), said);
        }
    }
}
