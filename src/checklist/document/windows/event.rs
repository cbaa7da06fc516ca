//! What a heading counts from: `24 hours after the full rollout to production` is of the deployment, and
//! whatever else stands beside such a word (`blue`, `1 percent`, `vendor`, `kickoff`) makes it an event of
//! its own.

use super::{speaks, when};

/// Words that tell of the whole deployment, or of nothing more.
const KNOWN: [&str; 82] = [
    "a",
    "actual",
    "again",
    "all",
    "an",
    "and",
    "app",
    "application",
    "availability",
    "available",
    "been",
    "being",
    "complete",
    "completed",
    "completely",
    "completes",
    "completion",
    "cut-over",
    "cutover",
    "date",
    "day",
    "done",
    "each",
    "end",
    "ended",
    "ends",
    "env",
    "environment",
    "every",
    "everyone",
    "everywhere",
    "final",
    "finished",
    "finishes",
    "first",
    "for",
    "full",
    "fully",
    "ga",
    "general",
    "go",
    "goes",
    "going",
    "has",
    "have",
    "in",
    "initial",
    "into",
    "is",
    "it",
    "its",
    "live",
    "major",
    "new",
    "of",
    "official",
    "officially",
    "on",
    "our",
    "out",
    "platform",
    "prod",
    "product",
    "production",
    "public",
    "real",
    "ship",
    "shipped",
    "shipping",
    "site",
    "software",
    "successful",
    "system",
    "that",
    "the",
    "this",
    "to",
    "version",
    "was",
    "we",
    "website",
    "went",
];

/// What is done after a deployment, where it stands in brackets.
const DONE: [&str; 14] = [
    "actions",
    "checks",
    "critical",
    "follow-up",
    "hypercare",
    "monitoring",
    "on-call",
    "optional",
    "required",
    "support",
    "tasks",
    "validation",
    "verification",
    "within",
];

/// What a title may be of, and no product is called.
const PARTS: [&str; 11] = [
    "blue",
    "canary",
    "feature",
    "flag",
    "gradual",
    "green",
    "phased",
    "progressive",
    "staged",
    "vendor",
    "wave",
];

/// What a section around such a heading may say of the deployment beside that.
const AROUND: [&str; 22] = [
    "activities",
    "after",
    "checklist",
    "following",
    "gradual",
    "items",
    "once",
    "phase",
    "plan",
    "post",
    "procedure",
    "process",
    "runbook",
    "section",
    "since",
    "stage",
    "step",
    "steps",
    "strategy",
    "timeline",
    "verify",
    "watch",
];

/// Whether what `heading` counts from is something else than the deployment of what `title` names; both in
/// lower case.
pub(super) fn is_another(heading: &str, title: &str) -> bool {
    let (clauses, brackets) = parts(heading);
    let counts: Vec<_> = clauses.iter().filter_map(|clause| event(clause)).collect();
    let named = Named::of(title);
    counts.iter().any(|words| !named.is_known(words, &[]))
        || !counts.is_empty() && brackets.iter().any(|words| !named.is_known(words, &DONE))
}

/// The same of a section around headings that only say when: what goes live there has to be the deployment,
/// and what is counted from, too. What is done after a deployment may be called anything but a meeting.
pub(super) fn is_another_around(heading: &str, title: &str) -> bool {
    // Both of them are where production is.
    let heading = heading.replace("blue/green", "").replace("blue-green", "");
    let (clauses, brackets) = parts(&heading);
    let named = Named::of(title);
    let also = [&DONE[..], &AROUND[..]].concat();
    let mut speaks = false;
    for words in clauses.iter().flat_map(|of| of.split(|word| matches!(*word, "and" | "&" | "+"))) {
        let after = ["after", "following", "since", "once"];
        let counts = words.iter().position(|word| after.contains(word));
        let is_live = (0..words.len()).any(|at| is_live(words.get(at..)));
        let post = words.iter().position(|word| word.starts_with("post"));
        let said = match (post, counts) {
            (Some(at), _) => match words.get(at + 1..) {
                Some(rest) if rest.first().is_some_and(|of| speaks::is_of_another(of)) => rest,
                Some(rest @ ["of", ..]) => rest,
                _ => event(words).unwrap_or_default(),
            },
            (_, Some(at)) => words.get(at + 1..).unwrap_or_default(),
            _ if is_live => words,
            _ => continue,
        };
        speaks = true;
        if !named.is_known(said, if counts.is_some() { &[] } else { &also }) {
            return true;
        }
    }
    speaks && brackets.iter().any(|words| !named.is_known(words, &also))
}

/// What a title names.
struct Named<'t> {
    words: Vec<&'t str>,
    versions: Vec<&'t str>,
}

impl<'t> Named<'t> {
    fn of(title: &'t str) -> Named<'t> {
        let words: Vec<&str> = words(title).filter(|word| !PARTS.contains(word)).collect();
        let versions = words.iter().filter_map(|word| version(word)).collect();
        Named { words, versions }
    }

    /// Whether all of `words` tell of the deployment, or are among those known `also`.
    fn is_known(&self, words: &[&str], also: &[&str]) -> bool {
        let is_other = |word: &&str| {
            version(word)
                .is_some_and(|of| !self.versions.is_empty() && !self.versions.contains(&of))
        };
        (0..words.len()).all(|at| {
            let rest = words.get(at..).unwrap_or_default();
            let before = at.checked_sub(1).and_then(|at| words.get(at)).copied();
            let also = |word: &&str| also.contains(word) || self.words.contains(word);
            !rest.first().is_some_and(is_other) && is_of_it(rest, before)
                || rest.first().is_some_and(also)
        })
    }
}

/// The clauses of a heading, and those in brackets.
fn parts(heading: &str) -> (Vec<Vec<&str>>, Vec<Vec<&str>>) {
    let (mut clauses, mut brackets) = (Vec::new(), Vec::new());
    for (at, part) in heading.split(['(', '[']).enumerate() {
        let (inner, outer) = part.split_once([')', ']']).unwrap_or(("", part));
        let inner = if at == 0 { "" } else { inner };
        brackets.extend(clauses_of(inner));
        clauses.extend(clauses_of(outer));
    }
    (clauses, brackets)
}

fn clauses_of(text: &str) -> Vec<Vec<&str>> {
    let clauses = text.split([':', ';', ',', '\u{2014}', '|']);
    let clauses = clauses.flat_map(|clause| clause.split(" - ")).map(|of| words(of).collect());
    clauses.filter(|words: &Vec<&str>| !words.is_empty()).collect()
}

/// The words of a text; `1.2` and `100%` are one.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '+' | '.' | '%' | '\'');
    let words = text.split(move |c: char| !is_part(c)).map(|word| word.trim_matches('.'));
    words.filter(|word| word.contains(char::is_alphanumeric))
}

/// What a clause counts from, where that is something that goes live.
fn event<'w, 'h>(clause: &'w [&'h str]) -> Option<&'w [&'h str]> {
    let goes_live = |words: &[&str]| (0..words.len()).any(|at| is_live(words.get(at..)));
    (0..clause.len()).find_map(|at| {
        let (word, rest) = clause.get(at..)?.split_first()?;
        let counted = at.checked_sub(1).and_then(|at| clause.get(at));
        let is_time = counted.is_some_and(|word| when::unit(word).is_some());
        match *word {
            "after" | "following" if rest.first().is_some_and(|of| speaks::is_released(of)) => {
                Some(rest)
            }
            "after" | "following" | "since" | "once" => goes_live(rest).then_some(rest),
            "of" if is_time => goes_live(rest).then_some(rest),
            "post" if is_live(Some(rest)) => where_to(rest.get(1..)?),
            word => {
                let of = word.strip_prefix("post")?.trim_start_matches('-');
                is_live(Some(&[of])).then_some(rest).and_then(where_to)
            }
        }
    })
}

/// `to the blue slot`. What else stands behind `post-launch` is done then.
fn where_to<'w, 'h>(rest: &'w [&'h str]) -> Option<&'w [&'h str]> {
    rest.first().is_some_and(|next| ["at", "in", "on", "to"].contains(next)).then_some(rest)
}

fn is_live(words: Option<&[&str]>) -> bool {
    words.is_some_and(speaks::goes_somewhere_live)
}

/// The number of a version: `1.4`, `v2`.
fn version(word: &str) -> Option<&str> {
    let number = word.strip_prefix('v').unwrap_or(word);
    let dotted = number.contains('.') || number.len() < word.len();
    let is_one = dotted && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    is_one.then_some(number)
}

/// Whether the first of `words` tells of the whole deployment: `production`, `1.4`, `100 percent`, `24 hours`.
fn is_of_it(words: &[&str], before: Option<&str>) -> bool {
    let Some(word) = words.first() else { return true };
    let next = words.get(1).copied().unwrap_or_default();
    let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
    let is_unit = |word: &str| when::unit(word).is_some();
    let is_time =
        when::is_bare(&[word]) && (!is_number || is_unit(next) || before.is_some_and(is_unit));
    let is_numbered = is_number && before.is_some_and(|of| matches!(of, "release" | "version"));
    let is_place = matches!(*word, "cluster" | "servers" | "slot");
    KNOWN.contains(word)
        || is_place && matches!(before, Some("prod" | "production"))
        || is_live(Some(words))
        || *word == "100%"
        || *word == "100" && matches!(next, "percent" | "%")
        || *word == "percent" && before == Some("100")
        || matches!(*word, "users" | "customers")
            && matches!(before, Some("all" | "to" | "our" | "the"))
        || is_time
        || when::is_offset(word)
        || version(word).is_some()
        || is_numbered
}
