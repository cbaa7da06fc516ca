//! What a heading speaks of: a deployment, what comes before it, what follows it, a plan.

use super::when;

/// What a heading speaks of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Speaks {
    /// Of what comes before a deployment, or prepares one.
    pub(super) before: bool,
    /// Of what follows a deployment.
    pub(super) after: bool,
    /// Of putting something live.
    pub(super) live: bool,
    /// Of watching what is live.
    pub(super) monitoring: bool,
    /// Of a rollout that is no plan of one.
    pub(super) rollout: bool,
    /// Of a part of a rollout: `25% rollout`, `gradual rollout`, `rollout week 2`.
    pub(super) staged: bool,
    /// Of a plan, or of a phase of one.
    pub(super) plan: bool,
    /// Of another start: an incident, somebody's first day, a test environment.
    pub(super) elsewhere: bool,
    /// Of a deployment to somewhere else than production, or of none: to staging, a rehearsal.
    pub(super) rehearsal: bool,
}

/// What `title` speaks of.
pub(super) fn of(title: &str) -> Speaks {
    let lower = title.to_lowercase();
    of_words(&words(&lower), &lower)
}

/// The words of a heading in lower case; `post-launch` and `t+24h` are one.
pub(super) fn words(lower: &str) -> Vec<&str> {
    lower
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '+')))
        .filter(|word| word.contains(char::is_alphanumeric))
        .collect()
}

/// What `words`, those of `title` in lower case, speak of.
pub(super) fn of_words(words: &[&str], title: &str) -> Speaks {
    let mut said = Speaks::default();
    for at in 0..words.len() {
        let rest = words.get(at..).unwrap_or_default();
        let Some(word) = rest.first() else { continue };
        said.before |= is_before(word);
        said.after |= is_after(rest);
        said.live |= is_live(rest) || sided(word, "pre") || sided(word, "post");
        said.monitoring |= word.starts_with("monitoring");
        said.plan |= is_plan(word);
        said.elsewhere |= ELSEWHERE.contains(word) || is_another_start(word);
        said.rehearsal |= is_rehearsal(rest);
        if is_rollout(word) {
            const PARTS: [&str; 5] = ["gradual", "staged", "phased", "progressive", "canary"];
            let lead = at.checked_sub(1).and_then(|at| words.get(at));
            let timed = rest.get(1).is_some_and(|next| {
                when::unit(next).is_some() && title.contains(&format!("{word} {next}"))
            });
            said.rollout = true;
            said.staged |=
                timed || title.contains('%') || lead.is_some_and(|lead| PARTS.contains(lead));
        }
    }
    said.rehearsal |= is_of_a_part(words, title);
    said.rollout &= said.staged || !said.plan;
    said.rehearsal &= !words.iter().any(|word| matches!(*word, "production" | "prod"));
    let follows = words.iter().any(|word| *word == "post" || sided(word, "post"));
    if !follows && words.iter().any(|word| ELSEWHERE.contains(word)) {
        // What goes live there is not the deployment that windows count from.
        (said.live, said.after, said.rollout, said.staged) = (false, false, false, false);
    }
    said
}

/// Places other than the one that is deployed to in the end.
const ELSEWHERE: [&str; 8] =
    ["dev", "preview", "qa", "sandbox", "staging", "test", "testing", "uat"];

/// `staging`, `beta`, `dry run`, `soft launch`, `blue slot`, `RC2`: what comes before the deployment that
/// windows count from, or undoes it.
fn is_rehearsal(words: &[&str]) -> bool {
    const WORDS: [&str; 28] = [
        "alpha",
        "beta",
        "canary",
        "dark-launch",
        "dev",
        "development",
        "dogfood",
        "dogfooding",
        "drill",
        "dry-run",
        "early-access",
        "pilot",
        "preprod",
        "pre-production",
        "preview",
        "rehearsal",
        "rollback",
        "roll-back",
        "sandbox",
        "shadow",
        "slot",
        "slots",
        "soft-launch",
        "stage",
        "staging",
        "tabletop",
        "testflight",
        "uat",
    ];
    const NOT_FOR_ALL: [&str; 8] =
        ["closed", "dark", "internal", "limited", "private", "silent", "soft", "trial"];
    match words {
        ["dry", "run", ..] | ["early", "access", ..] => true,
        [whose, what, ..] if NOT_OURS.contains(whose) && goes_live(what) => true,
        [what, "drill" | "exercise" | "simulation", ..] if goes_live(what) => true,
        ["ring" | "wave" | "cohort" | "tranche", number, ..] if is_number(number) => true,
        [whose, what, ..] if NOT_THE_USERS.contains(whose) && goes_live(what) => true,
        ["to" | "on" | "in" | "for", whose, ..] if NOT_THE_USERS.contains(whose) => true,
        // A rollout that begins small is one of production.
        [kind, what, ..] if NOT_FOR_ALL.contains(kind) && goes_live(what) => !is_rollout(what),
        ["blue" | "green", "env" | "environment" | "side" | "stack", ..] => true,
        ["to" | "on" | "in", "blue" | "green", ..] => true,
        ["test" | "qa" | "testing", "environment" | "env" | "server" | "system", ..] => true,
        [word, ..] => WORDS.contains(word) || is_candidate(word),
        [] => false,
    }
}

/// What makes a release none, or none of the product.
const NOT_OURS: [&str; 12] = [
    "aborted",
    "canceled",
    "cancelled",
    "mock",
    "partner",
    "postponed",
    "press",
    "simulated",
    "supplier",
    "third-party",
    "upstream",
    "vendor",
];

/// Who gets a version before its users do, and places beside the one that serves them.
const NOT_THE_USERS: [&str; 15] = [
    "dr",
    "employee",
    "employees",
    "failover",
    "family",
    "insider",
    "insiders",
    "mirror",
    "replica",
    "secondary",
    "staff",
    "standby",
    "tester",
    "testers",
    "volunteers",
];

/// Whether what `title` counts from is the rollout to a part of the users: `24 hours after rollout to 5%`.
fn is_of_a_part(words: &[&str], title: &str) -> bool {
    const COUNTS: [&str; 6] = ["after", "following", "since", "once", "post", "first"];
    words.iter().any(|word| COUNTS.contains(word)) && rolls_out_a_part(words, title)
}

/// Whether `words`, those of `title` in lower case, are of the rollout to a part of the users: `5% rollout`.
pub(super) fn rolls_out_a_part(words: &[&str], title: &str) -> bool {
    let is_part = |word: &str| {
        word.parse::<u8>().is_ok_and(|share| share < 100) && title.contains(&format!("{word}%"))
    };
    let mut three = (0..words.len()).map(|at| words.get(at..).unwrap_or_default());
    three.any(|words| match words {
        [share, what, ..] if is_part(share) => goes_live(what),
        [what, "to" | "at" | "of", share, ..] if is_part(share) => goes_live(what),
        _ => false,
    })
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// `rc`, `rc2`, `rc-2`.
fn is_candidate(word: &str) -> bool {
    let number = word.strip_prefix("rc").map(|rest| rest.trim_start_matches('-'));
    number.is_some_and(is_number)
}

/// What first hours and weeks are counted from beside deployments.
fn is_another_start(word: &str) -> bool {
    const OPENERS: [&str; 21] = [
        "adopt", "attack", "breach", "course", "disaster", "emergenc", "employee", "freeze",
        "hire", "hiring", "incident", "intern", "joiner", "learn", "newcomer", "onboard", "outage",
        "project", "recover", "respon", "surgery",
    ];
    OPENERS.iter().any(|opener| word.starts_with(opener))
}

fn is_rollout(word: &str) -> bool {
    word.starts_with("rollout") || word.starts_with("roll-out")
}

/// Whether the first of `words` (or the two that say `go live`) is about putting something live.
pub(super) fn is_live(words: &[&str]) -> bool {
    match words {
        ["go" | "goes" | "going" | "went", live, ..] if live.starts_with("live") => true,
        [_, of, ..] if is_of_another(of) => false,
        [word, ..] => goes_live(word),
        [] => false,
    }
}

/// `release notes`, `deploy keys`, `Launch Darkly`, `launch review`, `deployment freeze`.
pub(super) fn is_of_another(word: &str) -> bool {
    const OTHERS: [&str; 22] = [
        "approval", "branch", "branches", "call", "darkly", "decision", "email", "freeze", "key",
        "keys", "kickoff", "meeting", "note", "notes", "proposal", "request", "review", "sign-off",
        "ticket", "token", "training", "vote",
    ];
    OTHERS.contains(&word)
}

/// Whether the first of `words` is a word for putting something live, whatever follows it.
pub(super) fn goes_somewhere_live(words: &[&str]) -> bool {
    match words {
        ["go" | "goes" | "going" | "went", live, ..] if live.starts_with("live") => true,
        [word, ..] => goes_live(word),
        [] => false,
    }
}

/// `deployment`, `launched`; neither `deployability` nor `launchpad`.
fn goes_live(word: &str) -> bool {
    const OPENERS: [&str; 9] = [
        "deployment",
        "deploy",
        "rollout",
        "roll-out",
        "launch",
        "go-live",
        "release",
        "cutover",
        "cut-over",
    ];
    const ENDS: [&str; 7] = ["", "s", "d", "es", "ed", "ing", "-day"];
    let ended = |opener: &&str| word.strip_prefix(opener).is_some_and(|end| ENDS.contains(&end));
    OPENERS.iter().any(ended) || word == "releasing"
}

/// `post-launch`, `prerelease`.
fn sided(word: &str, side: &str) -> bool {
    let rest = word.strip_prefix(side).map(|rest| rest.trim_start_matches('-'));
    rest.is_some_and(|rest| goes_live(rest) || rest == "production")
}

fn is_before(word: &str) -> bool {
    const WORDS: [&str; 18] = [
        "before",
        "prior",
        "until",
        "till",
        "pre",
        "prep",
        "minus",
        "readiness",
        "ready",
        "onboarding",
        "blocker",
        "blockers",
        "candidate",
        "candidates",
        "last",
        "no-go",
        "previous",
        "earlier",
    ];
    const OPENERS: [&str; 4] = ["pre-", "prepar", "prerequisite", "t-"];
    WORDS.contains(&word)
        || OPENERS.iter().any(|opener| word.starts_with(opener))
        || sided(word, "pre")
}

/// `post-launch`, `post launch`, `after the first deployment`, `once live`, from the first of `words`.
fn is_after(words: &[&str]) -> bool {
    let Some((word, rest)) = words.split_first() else { return false };
    match *word {
        "post" => is_live(rest) || rest.first() == Some(&"production"),
        "after" | "following" if rest.first().is_some_and(|word| is_released(word)) => true,
        "after" | "following" | "since" => (0..6).any(|at| rest.get(at..).is_some_and(is_live)),
        "once" => rest.first().is_some_and(|next| *next == "live") || is_live(rest),
        "hypercare" => true,
        word => sided(word, "post"),
    }
}

/// `ga`, `v3`: what stands behind `after` as a release does.
pub(super) fn is_released(word: &str) -> bool {
    word == "ga"
        || word
            .strip_prefix('v')
            .is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

fn is_plan(word: &str) -> bool {
    const WORDS: [&str; 14] = [
        "phase",
        "phases",
        "sprint",
        "sprints",
        "milestone",
        "milestones",
        "iteration",
        "plan",
        "planning",
        "roadmap",
        "timeline",
        "schedule",
        "strategy",
        "estimated",
    ];
    WORDS.contains(&word)
}
