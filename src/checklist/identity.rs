//! Who an item is: an explicit id, a unique label, or a slug of section, parents and text.
//!
//! Stable when a neighbour is added, a section renumbered, a figure changed, a box flipped or the
//! list reordered. Where all of that repeats, what was left out (note and figures) tells the items
//! apart, and where that repeats too, an occurrence number.

use std::collections::{HashMap, HashSet};

use super::figures;
use super::outline::Run;
use super::slug::{push_slug, unnumbered};

/// The longest own slug, and the longest chain of parents, in bytes; beyond it a checksum stands in.
const OWN: usize = 80;
const CHAIN: usize = 64;

/// What an item brings to its identity.
#[derive(Debug, Default)]
pub(super) struct Candidate {
    pub(super) explicit: Option<String>,
    pub(super) label: Option<String>,
    /// The slug of the section; empty before the first heading and under the title.
    pub(super) section: String,
    /// The chain of parents; empty at the top.
    pub(super) chain: String,
    /// The slug of its own text.
    pub(super) own: String,
    /// The slug of what `own` leaves out.
    pub(super) rest: String,
}

impl Candidate {
    /// `section/parents.own`.
    fn natural(&self) -> String {
        let mut id =
            String::with_capacity(self.section.len() + self.chain.len() + self.own.len() + 2);
        if !self.section.is_empty() {
            id.push_str(&self.section);
            id.push('/');
        }
        if !self.chain.is_empty() {
            id.push_str(&self.chain);
            id.push('.');
        }
        id.push_str(&bounded(&self.own, OWN));
        id
    }
}

/// The id of each candidate, all different, and the explicit ones that stand twice.
pub(super) fn ids(candidates: &[Candidate]) -> (Vec<String>, Vec<usize>) {
    let mut given: Vec<Option<String>> = vec![None; candidates.len()];
    let mut taken: HashSet<String> = HashSet::with_capacity(candidates.len());
    let mut twice = Vec::new();
    for (index, candidate) in candidates.iter().enumerate() {
        let Some(explicit) = &candidate.explicit else { continue };
        let mut id = explicit.clone();
        let mut count = 1_usize;
        while !taken.insert(id.clone()) {
            count += 1;
            id = format!("{explicit}#{count}");
        }
        if count > 1 {
            twice.push(index);
        }
        if let Some(slot) = given.get_mut(index) {
            *slot = Some(id);
        }
    }
    give_labels(candidates, &mut given, &mut taken);
    give_slugs(candidates, &mut given, &mut taken);
    (given.into_iter().map(Option::unwrap_or_default).collect(), twice)
}

fn give_labels(
    candidates: &[Candidate],
    given: &mut [Option<String>],
    taken: &mut HashSet<String>,
) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for label in candidates.iter().filter_map(|candidate| candidate.label.as_deref()) {
        *counts.entry(label).or_default() += 1;
    }
    for (candidate, slot) in candidates.iter().zip(given) {
        if let Some(label) = &candidate.label
            && slot.is_none()
            && counts.get(label.as_str()) == Some(&1)
            && taken.insert(label.clone())
        {
            *slot = Some(label.clone());
        }
    }
}

fn give_slugs(candidates: &[Candidate], given: &mut [Option<String>], taken: &mut HashSet<String>) {
    let naturals: Vec<Option<String>> = candidates
        .iter()
        .zip(given.iter())
        .map(|(candidate, slot)| slot.is_none().then(|| candidate.natural()))
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::with_capacity(naturals.len());
    for natural in naturals.iter().flatten() {
        *counts.entry(natural).or_default() += 1;
    }
    let names: Vec<Option<String>> = candidates
        .iter()
        .zip(&naturals)
        .map(|(candidate, natural)| {
            let natural = natural.as_ref()?;
            let repeats = counts.get(natural.as_str()).is_some_and(|count| *count > 1);
            match repeats && !candidate.rest.is_empty() {
                true => Some(format!("{natural}-{}", bounded(&candidate.rest, OWN))),
                false => Some(natural.clone()),
            }
        })
        .collect();
    for (name, slot) in names.iter().zip(given.iter_mut()) {
        if let Some(name) = name
            && taken.insert(name.clone())
        {
            *slot = Some(name.clone());
        }
    }
    let mut reached: HashMap<&str, usize> = HashMap::new();
    for (name, slot) in names.iter().zip(given) {
        let Some(name) = name.as_deref().filter(|_| slot.is_none()) else { continue };
        let count = reached.entry(name).or_insert(1);
        *slot = loop {
            *count += 1;
            let id = format!("{name}-{count}");
            if taken.insert(id.clone()) {
                break Some(id);
            }
        };
    }
}

/// What only a change of meaning changes: the slug of `core` without figures, decoration and HTML;
/// and the slug of what that leaves out of it.
pub(super) fn meaning(core: &str) -> (String, String) {
    let core = unnumbered(core);
    let mut own = String::with_capacity(core.len());
    let mut rest = String::new();
    if figures::may_hold(core) {
        let mut bare = String::with_capacity(core.len());
        let mut left = String::new();
        let mut at = 0;
        for figure in figures::figures(core) {
            bare.push_str(core.get(at..figure.span.start).unwrap_or_default());
            if let Some(percentile) = &figure.percentile {
                bare.push(' ');
                bare.push_str(percentile);
            }
            bare.push(' ');
            if let Some(noun) = figure.noun.as_deref().filter(|noun| ends_with(&figure.text, noun))
            {
                bare.push_str(noun);
            }
            left.push(' ');
            left.push_str(&figure.text);
            at = figure.span.end;
        }
        bare.push_str(core.get(at..).unwrap_or_default());
        push_slug(&mut own, &bare);
        push_slug(&mut rest, &left);
    }
    if own.is_empty() {
        rest.clear();
        push_slug(&mut own, core);
    }
    if own.is_empty() {
        own.push_str("item");
    }
    (own, rest)
}

/// Whether a figure takes in the words that it counts.
fn ends_with(text: &str, noun: &str) -> bool {
    let tail = text.len().checked_sub(noun.len()).and_then(|at| text.get(at..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(noun))
}

/// The chain below an entry: its parents' chain and its own slug, bounded.
pub(super) fn chained(chain: &str, own: &str) -> String {
    if chain.is_empty() {
        return bounded(own, CHAIN);
    }
    bounded(&format!("{chain}.{own}"), CHAIN)
}

/// `raw` without its HTML, comments included.
pub(super) fn without_html(run: &Run) -> String {
    let mut bare = String::with_capacity(run.raw.len());
    let mut at = 0;
    for html in &run.html {
        bare.push_str(run.raw.get(at..html.start).unwrap_or_default());
        bare.push(' ');
        at = html.end;
    }
    bare.push_str(run.raw.get(at..).unwrap_or_default());
    bare
}

/// `slug` itself, or its head and a checksum of all of it.
fn bounded(slug: &str, most: usize) -> String {
    if slug.len() <= most {
        return slug.to_owned();
    }
    let cut = (0..=most).rev().find(|at| slug.is_char_boundary(*at)).unwrap_or(0);
    let head = slug.get(..cut).unwrap_or_default();
    let head = head.rsplit_once('-').map_or(head, |(head, _)| head);
    format!("{head}-{:08x}", checksum(slug))
}

/// FNV-1a: ids must be the same on every machine and in every version.
fn checksum(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(section: &str, own: &str, rest: &str) -> Candidate {
        Candidate {
            section: section.into(),
            own: own.into(),
            rest: rest.into(),
            ..Candidate::default()
        }
    }

    #[test]
    fn explicit_ids_then_labels_then_slugs() {
        let candidates = [
            Candidate { explicit: Some("a".into()), ..candidate("s", "x", "") },
            Candidate { explicit: Some("a".into()), ..candidate("s", "x", "") },
            Candidate { label: Some("T1".into()), ..candidate("s", "x", "") },
            Candidate { label: Some("T2".into()), ..candidate("s", "x", "") },
            Candidate { label: Some("T2".into()), ..candidate("s", "x", "") },
            candidate("s", "x", "staging"),
            candidate("s", "x-2", ""),
            candidate("", "a", ""),
        ];
        let (ids, twice) = ids(&candidates);
        assert_eq!(ids, ["a", "a#2", "T1", "s/x", "s/x-3", "s/x-staging", "s/x-2", "a-2"]);
        assert_eq!(twice, [1]);
    }

    #[test]
    fn meaning_leaves_figures_out() {
        let own = |core| meaning(core).0;
        assert_eq!(own("All 412 tests pass"), "all-tests-pass");
        assert_eq!(own("Response times < 500ms (p95)"), "response-times-p95");
        assert_eq!(own("1. **Error** rate < 1%"), "error-rate");
        assert_eq!(own("Upgrade to Node 18"), "upgrade-to-node-18");
        assert_eq!(own("95%"), "95");
        assert_eq!(own("🚀"), "item");
    }

    #[test]
    fn long_slugs_are_cut_and_told_apart() {
        let long = "word-".repeat(40);
        let (one, two) = (bounded(&format!("{long}a"), OWN), bounded(&format!("{long}b"), OWN));
        assert!(one.len() <= OWN + 9 && one != two && one.starts_with("word-word"));
        assert_eq!(bounded("ééé", 3), format!("é-{:08x}", checksum("ééé")));
    }
}
