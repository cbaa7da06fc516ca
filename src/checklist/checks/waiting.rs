//! What a text says of somebody whom its item still waits for: `needs a manual check`, `waiting for QA`.

/// The words that say so, small, where `text` (neither code nor quotes in it) or a clause of it says so.
/// A rule (`Each release needs approval`) is none, nor is what may be (`if it needs a check`).
pub(in crate::checklist) fn waits(text: &str) -> Option<String> {
    let lower = text.to_lowercase().replace(" - ", " — ");
    if !SIGNS.iter().any(|sign| lower.contains(sign)) {
        return None;
    }
    let mut clauses = lower.split([',', ';', ':', '.', '–', '—', '(', ')', '[', ']', '/', '…']);
    let own = clauses.next().unwrap_or_default();
    let words = words(own);
    let called = |words: &[&str]| words.last().is_some_and(|last| AWAITED.contains(last));
    awaits(&words).filter(|_| called(&words)).or_else(|| asks(&words)).or_else(|| {
        clauses.map(self::words).find_map(|words| awaits(&words).or_else(|| asks(&words)))
    })
}

/// What stands in every text that says so, in any case.
pub(super) const SIGNS: [&str; 5] = ["wait", "need", "requir", "manual", "human"];

fn words(clause: &str) -> Vec<&str> {
    let apart = |c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '#' | '@'));
    clause.split(apart).filter(|word| !word.is_empty()).collect()
}

/// What is waited for where a text does not set it apart: `Waiting for legal review`.
pub(super) const AWAITED: [&str; 22] = [
    "approval",
    "approvals",
    "confirmation",
    "decision",
    "deployment",
    "feedback",
    "fix",
    "legal",
    "merge",
    "ops",
    "qa",
    "release",
    "reply",
    "response",
    "review",
    "reviews",
    "security",
    "sign-off",
    "signoff",
    "testing",
    "validation",
    "verification",
];

/// `waiting for QA`, `still awaiting legal`: a clause that opens so.
fn awaits(words: &[&str]) -> Option<String> {
    const BEFORE: [&str; 6] = ["and", "but", "is", "now", "still", "yet"];
    const LONGEST: usize = 8;
    let lead = words.iter().take_while(|word| BEFORE.contains(word)).count();
    let said = words.get(lead..)?;
    let opens = matches!(said, ["awaiting", _, ..] | ["waiting" | "waits", "for" | "on", _, ..]);
    (opens && said.len() <= LONGEST).then(|| said.join(" "))
}

/// `needs manual check`, `manual verification required`: what a clause ends with, but for where.
fn asks(words: &[&str]) -> Option<String> {
    const WHERE: [&str; 8] = ["at", "before", "by", "for", "from", "in", "on", "with"];
    (0..words.len()).find_map(|at| {
        let (before, said) = words.split_at(at);
        let len = need(said).or_else(|| lack(said))?;
        let ends = said.get(len).is_none_or(|next| WHERE.contains(next));
        (ends && !is_rule(before)).then(|| said.get(..len).unwrap_or_default().join(" "))
    })
}

/// What somebody is to do.
const CHECKS: [&str; 22] = [
    "check",
    "checking",
    "checks",
    "confirmation",
    "fixing",
    "inspection",
    "investigation",
    "qa",
    "re-check",
    "re-test",
    "recheck",
    "retest",
    "retesting",
    "review",
    "sign-off",
    "signoff",
    "test",
    "testing",
    "tests",
    "validation",
    "verification",
    "work",
];

/// How many words are `needs a manual check`; `requires verification` alone is a rule.
fn need(words: &[&str]) -> Option<usize> {
    const BY_HAND: [&str; 8] =
        ["additional", "another", "final", "further", "human", "manual", "more", "second"];
    const BESIDE: [&str; 5] = ["a", "an", "final", "some", "still"];
    let (verb, rest) = words.split_first()?;
    let strict = matches!(*verb, "requires" | "require" | "requiring");
    if !(strict || matches!(*verb, "needs" | "need" | "needing")) {
        return None;
    }
    let is_lead = |word: &&&str| BY_HAND.contains(word) || BESIDE.contains(word);
    let lead = rest.iter().take_while(is_lead).count();
    let by_hand = rest.iter().take(lead).any(|word| BY_HAND.contains(word));
    let noun = rest.get(lead).is_some_and(|noun| CHECKS.contains(noun));
    (noun && (by_hand || !strict)).then_some(lead + 2)
}

/// How many words are `manual verification required`.
fn lack(words: &[&str]) -> Option<usize> {
    const LACKS: [&str; 7] =
        ["due", "missing", "necessary", "needed", "outstanding", "pending", "required"];
    match words {
        ["manual" | "human", noun, lacks, ..] if CHECKS.contains(noun) && LACKS.contains(lacks) => {
            Some(3)
        }
        _ => None,
    }
}

/// Whether the words before make a rule of it, a condition, or its denial.
fn is_rule(before: &[&str]) -> bool {
    const MAKING: [&str; 20] = [
        "all", "any", "each", "every", "if", "longer", "never", "no", "nobody", "none", "not",
        "nothing", "that", "unless", "what", "when", "whether", "which", "who", "without",
    ];
    before.iter().any(|word| MAKING.contains(word) || word.ends_with("n't"))
}

#[cfg(test)]
mod tests {
    use super::waits;

    #[test]
    fn somebody_is_waited_for() {
        for (text, said) in [
            ("Checkout needs manual check", "needs manual check"),
            ("Checkout needs a manual check on iOS", "needs a manual check"),
            ("Refunds: manual verification required", "manual verification required"),
            ("Refunds (Manual test needed)", "manual test needed"),
            ("Import requires further testing.", "requires further testing"),
            ("Deployed, waiting for QA", "waiting for qa"),
            ("Deployed - still awaiting legal", "awaiting legal"),
            ("Waiting for legal review", "waiting for legal review"),
            ("Copy final; waiting on @ana", "waiting on @ana"),
            ("Needs review", "needs review"),
        ] {
            assert_eq!(waits(text).as_deref(), Some(said), "{text}");
        }
    }

    #[test]
    fn a_rule_or_a_state_of_the_product_waits_for_nobody() {
        for text in [
            "Each release needs approval and review",
            "Every change needs review",
            "Main requires review",
            "Signup requires email verification",
            "Waiting for input shows a spinner",
            "Jobs waiting for a worker are retried",
            "No page needs manual testing",
            "Orders that need manual review",
            "Deploys no longer wait for QA",
            "Manual test plan is written",
            "Readiness waits for the database",
            "Needs of users are met",
            "All tests pass",
        ] {
            assert_eq!(waits(text), None, "{text}");
        }
    }
}
