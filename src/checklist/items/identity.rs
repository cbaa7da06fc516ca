//! Who an item is: an explicit id, a unique label, or a slug of section, parents and text.
//!
//! Stable when a neighbour is added, a section renumbered, a figure or a count changed, a box flipped
//! or the list reordered. Where all of that repeats, what was left out (note, figures and counts) tells
//! the items apart, and where that repeats too, an occurrence number.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr2_iter;

use crate::checklist::syntax::outline::Run;
use crate::checklist::text::affix::{strip_prefix, strip_suffix};
use crate::checklist::text::figures::{counts, without_step};
use crate::checklist::text::slug::{push_slug, unnumbered, without_shortcodes};
use crate::model::map::{HashMap, HashMapExt, HashSet, HashSetExt};
use crate::model::{Figure, Shape, Unit};

/// The longest own slug, and the longest chain of parents, in bytes; beyond it a checksum stands in.
const OWN: usize = 80;
pub(super) const CHAIN: usize = 64;

/// What an item brings to its identity.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Candidate<'c> {
    pub(super) explicit: Option<&'c str>,
    pub(super) label: Option<&'c str>,
    /// The slug of the section; empty before the first heading and under the title.
    pub(super) section: &'c str,
    /// The chain of parents; empty at the top.
    pub(super) chain: &'c str,
    /// The slug of its own text.
    pub(super) own: &'c str,
}

impl Candidate<'_> {
    /// `section/parents.own`.
    fn natural(&self) -> String {
        let room = self.section.len() + self.chain.len() + self.own.len() + 2;
        let mut id = String::with_capacity(room);
        if !self.section.is_empty() {
            id.push_str(self.section);
            id.push('/');
        }
        if !self.chain.is_empty() {
            id.push_str(self.chain);
            id.push('.');
        }
        push_bounded(&mut id, self.own, OWN);
        id
    }
}

/// The slug of what the meaning of the candidate at an index leaves out.
type Rest<'r> = &'r dyn Fn(usize) -> String;

/// The id of each candidate, all different, and the explicit ones that stand twice. `rest` is only
/// asked of those whose slug repeats.
pub(super) fn ids(candidates: &[Candidate<'_>], rest: Rest<'_>) -> (Vec<String>, Vec<usize>) {
    let mut given: Vec<String> = vec![String::new(); candidates.len()];
    let mut taken: HashSet<String> = HashSet::new();
    let mut twice = Vec::new();
    for (index, (candidate, slot)) in candidates.iter().zip(&mut given).enumerate() {
        let Some(explicit) = candidate.explicit else { continue };
        *slot = explicit.to_owned();
        let mut count = 1_usize;
        while !taken.insert(slot.clone()) {
            count += 1;
            *slot = format!("{explicit}#{count}");
        }
        if count > 1 {
            twice.push(index);
        }
    }
    give_labels(candidates, &mut given, &mut taken);
    give_slugs(candidates, rest, &mut given, &mut taken);
    (given, twice)
}

fn give_labels(candidates: &[Candidate<'_>], given: &mut [String], taken: &mut HashSet<String>) {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for label in candidates.iter().filter_map(|candidate| candidate.label) {
        *counts.entry(label).or_default() += 1;
    }
    for (candidate, slot) in candidates.iter().zip(given) {
        if let Some(label) = candidate.label
            && slot.is_empty()
            && counts.get(label) == Some(&1)
            && taken.insert(label.to_owned())
        {
            *slot = label.to_owned();
        }
    }
}

fn give_slugs(
    candidates: &[Candidate<'_>],
    rest: Rest<'_>,
    given: &mut [String],
    taken: &mut HashSet<String>,
) {
    let open: Vec<bool> = given.iter().map(String::is_empty).collect();
    for ((candidate, slot), open) in candidates.iter().zip(given.iter_mut()).zip(&open) {
        if *open {
            *slot = candidate.natural();
        }
    }
    let mut counts: HashMap<&str, usize> = HashMap::with_capacity(given.len());
    for (natural, _) in given.iter().zip(&open).filter(|(_, open)| **open) {
        *counts.entry(natural).or_default() += 1;
    }
    if taken.is_empty() && counts.len() == given.len() {
        return;
    }
    let mut names: Vec<Option<String>> = Vec::with_capacity(given.len());
    for (index, (natural, open)) in given.iter().zip(&open).enumerate() {
        let repeats = counts.get(natural.as_str()).is_some_and(|count| *count > 1);
        names.push(open.then(|| match if repeats { rest(index) } else { String::new() } {
            rest if rest.is_empty() => natural.clone(),
            rest => format!("{natural}-{}", bounded(&rest, OWN)),
        }));
    }
    number(&names, given, taken);
}

/// Gives each name out once: first come, first served; the others get an occurrence number.
fn number(names: &[Option<String>], given: &mut [String], taken: &mut HashSet<String>) {
    let mut late = Vec::new();
    for (index, (name, slot)) in names.iter().zip(given.iter_mut()).enumerate() {
        let Some(name) = name else { continue };
        if taken.insert(name.clone()) {
            slot.clone_from(name);
        } else {
            late.push((index, name.as_str()));
        }
    }
    let mut reached: HashMap<&str, usize> = HashMap::new();
    for (index, name) in late {
        let count = reached.entry(name).or_insert(1);
        let id = loop {
            *count += 1;
            let id = format!("{name}-{count}");
            if taken.insert(id.clone()) {
                break id;
            }
        };
        if let Some(slot) = given.get_mut(index) {
            *slot = id;
        }
    }
}

/// What only a change of meaning changes: the slug of `core` without figures and decoration.
/// `core` begins at `start` of the text that `figures` stand in. A share (`95% of requests`) says what
/// is claimed, and stays.
pub(super) fn meaning(core: &str, start: usize, figures: &[Figure]) -> String {
    plain(core, start, figures, &|figure| !is_share(core, start, figure))
}

/// The slug of `core` without decoration, and without those figures that are `left_out`.
fn plain(
    core: &str,
    start: usize,
    figures: &[Figure],
    left_out: &dyn Fn(&Figure) -> bool,
) -> String {
    let core = without_shortcodes(core);
    let bare = unnumbered(&core);
    let decoration = core.get(..core.len() - bare.len()).unwrap_or_default();
    let opens = start == 0 && !decoration.contains(char::is_alphanumeric);
    let bare = if opens { without_step(bare) } else { bare };
    let start = start + (core.len() - bare.len());
    let within = |figure: &&Figure| {
        (start..start + bare.len()).contains(&figure.span.start) && left_out(figure)
    };
    let mut own = String::new();
    if figures.iter().any(|figure| within(&figure)) {
        push_slug(&mut own, &without_figures(bare, start, figures.iter().filter(within)));
    }
    if own.is_empty() {
        push_slug(&mut own, bare);
    }
    if own.is_empty() {
        own.push_str("item");
    }
    own
}

/// Whether a figure says how much of something is meant: `5% of users`.
fn is_share(core: &str, start: usize, figure: &Figure) -> bool {
    let counts = matches!(figure.shape, Shape::Count { .. });
    let tail = || figure.span.end.checked_sub(start).and_then(|end| core.get(end..));
    counts
        && figure.unit == Some(Unit::Percent)
        && !figure.approximate
        && tail().is_some_and(|tail| strip_prefix(tail, " of ").is_some())
}

/// What an item is called: its meaning without the plain numbers that count and without shares, for
/// these change while the item stays. `None` where it is called by its meaning. The meaning keeps them:
/// a tick for 14 endpoints is none for 40.
pub(super) fn name(core: &str, start: usize, figures: &[Figure]) -> Option<String> {
    let counts = counts(core, start, figures);
    if counts.is_empty() && !figures.iter().any(|figure| is_share(core, start, figure)) {
        return None;
    }
    let mut bare = core.to_owned();
    for count in counts {
        let blank = " ".repeat(count.len());
        bare.replace_range(count, &blank);
    }
    Some(plain(&bare, start, figures, &|_| true))
}

/// Adds to a meaning the signs behind a letter that tell one name from another (`C`, `C++`, `C#`) and
/// that no slug keeps.
pub(super) fn push_signs(meaning: &mut String, text: &str) {
    for at in memchr2_iter(b'+', b'#', text.as_bytes()) {
        let before = text.get(..at).and_then(|lead| lead.chars().next_back());
        if before.is_some_and(|before| before.is_alphabetic() || matches!(before, '+' | '#')) {
            meaning.extend(text.get(at..=at));
        }
    }
}

/// `text` without its figures, but with what they count and their percentiles.
fn without_figures<'f>(
    text: &str,
    start: usize,
    figures: impl Iterator<Item = &'f Figure>,
) -> String {
    let mut said = String::with_capacity(text.len());
    let mut at = 0;
    for figure in figures {
        said.push_str(text.get(at..figure.span.start - start).unwrap_or_default());
        said.push(' ');
        // Elsewhere in the text it stands already.
        let has = |text: &str, percentile: &str| text.to_lowercase().contains(percentile);
        let within = |percentile: &&str| has(&figure.text, percentile) || !has(text, percentile);
        said.push_str(figure.percentile.as_deref().filter(within).unwrap_or_default());
        said.push(' ');
        // Where the figure takes in the words that it counts.
        let taken = |noun: &&str| strip_suffix(&figure.text, noun).is_some();
        if let Some(noun) = figure.noun.as_deref().filter(taken) {
            said.push_str(noun);
        }
        at = (figure.span.end - start).min(text.len());
    }
    said.push_str(text.get(at..).unwrap_or_default());
    said
}

/// The text of `run` without its HTML, comments included.
pub(super) fn without_html(run: &Run) -> Cow<'_, str> {
    if run.html.is_empty() { Cow::Borrowed(&run.raw) } else { Cow::Owned(without(run, &run.html)) }
}

/// The text of `run` with a space for each of `parts`.
pub(super) fn without(run: &Run, parts: &[Range<usize>]) -> String {
    let mut bare = String::with_capacity(run.raw.len());
    let mut at = 0;
    for part in parts {
        bare.push_str(run.raw.get(at..part.start).unwrap_or_default());
        bare.push(' ');
        at = part.end;
    }
    bare.push_str(run.raw.get(at..).unwrap_or_default());
    bare
}

/// `slug` itself, or its head and a checksum of all of it.
pub(super) fn bounded(slug: &str, most: usize) -> String {
    let mut out = String::with_capacity(slug.len().min(most + 9));
    push_bounded(&mut out, slug, most);
    out
}

fn push_bounded(out: &mut String, slug: &str, most: usize) {
    if slug.len() <= most {
        out.push_str(slug);
        return;
    }
    let cut = (0..=most).rev().find(|at| slug.is_char_boundary(*at)).unwrap_or(0);
    let head = slug.get(..cut).unwrap_or_default();
    out.push_str(head.rsplit_once('-').map_or(head, |(head, _)| head));
    out.push_str(&format!("-{:08x}", checksum(slug)));
}

/// FNV-1a: ids must be the same on every machine and in every version.
fn checksum(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |sum, byte| (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(own: &str) -> Candidate<'_> {
        Candidate { section: "s", own, ..Candidate::default() }
    }

    #[test]
    fn explicit_ids_then_labels_then_slugs() {
        let candidates = [
            Candidate { explicit: Some("a"), ..candidate("x") },
            Candidate { explicit: Some("a"), ..candidate("x") },
            Candidate { label: Some("T1"), ..candidate("x") },
            Candidate { label: Some("T2"), ..candidate("x") },
            Candidate { label: Some("T2"), ..candidate("x") },
            candidate("x"),
            candidate("x-2"),
            Candidate { section: "", ..candidate("a") },
        ];
        let rest = |index: usize| if index == 5 { "staging".to_owned() } else { String::new() };
        let (ids, twice) = ids(&candidates, &rest);
        assert_eq!(ids, ["a", "a#2", "T1", "s/x", "s/x-3", "s/x-staging", "s/x-2", "a-2"]);
        assert_eq!(twice, [1]);
    }

    #[test]
    fn meaning_leaves_figures_out() {
        let own = |core| meaning(core, 0, &crate::checklist::figures(core));
        assert_eq!(own("All 412 tests pass"), "all-tests-pass");
        assert_eq!(own("Response times < 500ms (p95)"), "response-times-p95");
        assert_eq!(own("p95 response times < 500ms"), "p95-response-times");
        assert_eq!(own("Latency p95 < 500ms"), "latency-p95");
        assert_eq!(own("1. **Error** rate < 1%"), "error-rate");
        assert_eq!(own("Upgrade to Node 18"), "upgrade-to-node-18");
        for step in [
            "1.1 Write unit tests",
            "✅ 8 Write unit tests",
            "8 Write unit tests",
            "2024.1 Write unit tests",
        ] {
            assert_eq!(own(step), "write-unit-tests", "{step}");
        }
        assert_eq!(own("95%"), "95");
        assert_eq!(own("95% of requests under 300 ms"), "95-of-requests");
        assert_eq!(own("Rolled out to 5% of users"), "rolled-out-to-5-of-users");
        assert_eq!(own("🚀"), "item");
    }

    #[test]
    fn a_name_leaves_counts_out_too() {
        let named = |core| name(core, 0, &crate::checklist::figures(core));
        assert_eq!(named("Migrate 14 endpoints").as_deref(), Some("migrate-endpoints"));
        assert_eq!(
            named("All 412 tests pass on 3 hosts").as_deref(),
            Some("all-tests-pass-on-hosts")
        );
        assert_eq!(named("All 412 tests pass"), None);
        assert_eq!(named("Upgrade to Node 18"), None);
        assert_eq!(named("95% of requests are fast").as_deref(), Some("of-requests-are-fast"));
    }

    #[test]
    fn long_slugs_are_cut_and_told_apart() {
        let long = "word-".repeat(40);
        let (one, two) = (bounded(&format!("{long}a"), OWN), bounded(&format!("{long}b"), OWN));
        assert!(one.len() <= OWN + 9 && one != two && one.starts_with("word-word"));
        assert_eq!(bounded("ééé", 3), format!("é-{:08x}", checksum("ééé")));
    }
}
