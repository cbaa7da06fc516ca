//! The order in which verdicts win: named steps, of which the first that rules decides.

use crate::condition::{Condition, Outcome, Undecided};
use crate::model::{Artifact, Rule, Verdict};

use super::candidate::Candidate;
use super::empty_limits;
use super::filtered_findings;
use super::freshness::Fresh;
use super::judge::Judge;
use super::mostly_failed;
use super::ruling::Ruling;
use super::scope::ArtifactScope;
use super::sentences;
use super::uncounted;

/// A condition, evaluated over those artifacts that may refute it.
pub(super) struct Weighed<'w> {
    judge: &'w Judge<'w>,
    condition: &'w Condition,
    candidates: &'w [Candidate<'w>],
    /// That something which is asked for is not there.
    unmatched: Option<Ruling>,
    /// What the sign-offs come to, where some are asked for.
    person: Option<&'w Ruling>,
    scope: ArtifactScope<'w>,
    outcome: Outcome,
    /// Why what is said of CI counts for nothing, if it does not.
    ci_doubt: Option<Ruling>,
}

/// Why a condition proves nothing, whatever it is evaluated over.
pub(super) fn asks_for_nothing(condition: &Condition) -> Option<Ruling> {
    let reads = condition.reads();
    let reads_artifacts = !reads.groups.is_empty() || !reads.artifacts.is_empty();
    let why = if !reads_artifacts && !reads.repository && !reads.cases {
        "the condition asks for no fact, so it proves nothing."
    } else if condition.is_certain() {
        "the condition holds whatever the evidence says, so it proves nothing."
    } else {
        return None;
    };
    Some(Ruling::missing(Rule::NotCarried, why))
}

/// A step on the way to a ruling: what it says, where it decides.
type Step<'w> = fn(&Weighed<'w>) -> Option<Ruling>;

impl<'w> Weighed<'w> {
    /// Of evidence of any age: `fail` where sound artifacts alone refute; else `invalid`, else
    /// `missing`. After these comes `stale`.
    const BEFORE_AGE: [Step<'w>; 5] = [
        Weighed::refuted,
        Weighed::distrusted,
        Weighed::unfinished,
        Weighed::untrusted,
        Weighed::unmatched,
    ];

    /// Of fresh evidence: what stands between it and a `pass`.
    const AFTER_AGE: [Step<'w>; 5] = [
        Weighed::undecided,
        Weighed::over_nothing,
        Weighed::of_failures,
        Weighed::but_for_skips,
        Weighed::unsigned,
    ];

    /// Evaluates a condition.
    pub(super) fn of(
        judge: &'w Judge<'w>,
        condition: &'w Condition,
        candidates: &'w [Candidate<'w>],
        unmatched: Option<Ruling>,
        person: Option<&'w Ruling>,
    ) -> Weighed<'w> {
        let refuting: Vec<&Artifact> =
            candidates.iter().filter(|of| of.refutes()).map(|of| of.artifact).collect();
        let sound = candidates.iter().all(Candidate::is_sound) && unmatched.is_none();
        let scope = judge.scope(refuting, sound, None);
        let (outcome, ci_doubt) = judge.evaluate(condition, &scope);
        Weighed { judge, condition, candidates, unmatched, person, scope, outcome, ci_doubt }
    }

    /// The ruling, and the outcome that it rests on.
    pub(super) fn ruling(self) -> (Ruling, Outcome) {
        if let Some(ruling) = self.first(&Self::BEFORE_AGE) {
            return (ruling, self.outcome);
        }
        let stale = |of: &'w Candidate<'w>| Some((&of.fresh, of.fresh.stale.as_ref()?));
        if let Some((fresh, stale)) = self.candidates.iter().find_map(stale) {
            return self.stale(fresh, stale);
        }
        let ruling = self.first(&Self::AFTER_AGE).unwrap_or_else(|| self.passes());
        (ruling, self.outcome)
    }

    fn first(&self, steps: &[Step<'w>]) -> Option<Ruling> {
        steps.iter().find_map(|step| step(self))
    }

    fn refuted(&self) -> Option<Ruling> {
        if self.outcome.result != Ok(false) {
            return None;
        }
        let fail = || Ruling::fail(sentences::refuted(&self.outcome, &self.scope));
        Some(self.by_left_out().unwrap_or_else(fail))
    }

    /// Where a condition does not hold, but would without the findings that its reports leave out.
    fn by_left_out(&self) -> Option<Ruling> {
        let (listed, count) = filtered_findings::listed_only(&self.scope.artifacts)
            .filter(|_| self.judge.rules.holds(Rule::Unchecked))?;
        let listed = self.judge.scope(listed.iter().collect(), self.scope.whole, None);
        let (outcome, _) = self.judge.evaluate(self.condition, &listed);
        (outcome.result != Ok(false)).then(|| filtered_findings::undecided(count))
    }

    /// An artifact cannot be relied on.
    fn distrusted(&self) -> Option<Ruling> {
        self.candidates.iter().find_map(Candidate::distrust).cloned()
    }

    /// A run of CI did not come to its end.
    fn unfinished(&self) -> Option<Ruling> {
        self.ci_doubt.clone()
    }

    /// A fact cannot be relied on.
    fn untrusted(&self) -> Option<Ruling> {
        match &self.outcome.result {
            Err(Undecided::Untrusted { rule, why }) => Some(Ruling::invalid(*rule, why)),
            _ => None,
        }
    }

    /// An artifact is not there.
    fn unmatched(&self) -> Option<Ruling> {
        self.unmatched.clone()
    }

    /// Old evidence decides nothing, but what it lacks is told before its age.
    fn stale(&self, fresh: &Fresh, stale: &Ruling) -> (Ruling, Outcome) {
        let all = self.candidates.iter().map(|of| of.artifact).collect();
        let scope = self.judge.scope(all, true, None);
        let (outcome, ci_doubt) = self.judge.evaluate(self.condition, &scope);
        let ruling = match (&outcome.result, ci_doubt) {
            (_, Some(doubt)) => doubt,
            (Err(Undecided::Untrusted { rule, why }), None) => Ruling::invalid(*rule, why),
            (Err(Undecided::Missing { why }), None) => Ruling::missing(Rule::NotCarried, why),
            // What came before its time window decides nothing of it, and yet is no "run again" alone.
            (Ok(false), None)
                if fresh.early && filtered_findings::listed_only(&scope.artifacts).is_none() =>
            {
                let told = sentences::refuted(&outcome, &scope);
                stale.clone().adding(&format!("It did not hold then either: {told}"))
            }
            (Ok(_) | Err(Undecided::Partial), None) => stale.clone(),
        };
        (ruling, outcome)
    }

    /// A fact is not there.
    fn undecided(&self) -> Option<Ruling> {
        match &self.outcome.result {
            Ok(true) => None,
            Err(Undecided::Missing { why }) => Some(Ruling::missing(Rule::NotCarried, why)),
            // A whole scope is never partial and a refutation was told above; were either to
            // come, nothing would be proven.
            Ok(false) | Err(Undecided::Partial | Undecided::Untrusted { .. }) => {
                Some(Ruling::missing(Rule::NotCarried, "the evidence does not decide."))
            }
        }
    }

    /// The condition holds of limits or checks that there are none of.
    fn over_nothing(&self) -> Option<Ruling> {
        empty_limits::doubt(&self.outcome, &self.scope, self.judge.rules)
    }

    /// The condition holds of how fast a run was that failed for the most part.
    fn of_failures(&self) -> Option<Ruling> {
        let in_force = self.judge.rules.holds(Rule::MostlyFailed);
        mostly_failed::doubt(self.condition, &self.scope.artifacts).filter(|_| in_force)
    }

    /// The condition holds only as long as some skips are in no count.
    fn but_for_skips(&self) -> Option<Ruling> {
        let skips = uncounted::skips(&self.scope.artifacts);
        if skips == 0 || !self.judge.rules.holds(Rule::Unchecked) {
            return None;
        }
        let all = self.judge.scope(self.scope.artifacts.clone(), self.scope.whole, None);
        let counted = ArtifactScope { counts_skips: true, ..all };
        let (outcome, _) = self.judge.evaluate(self.condition, &counted);
        (outcome.result != Ok(true)).then(|| uncounted::ruling(skips))
    }

    /// A person's word is asked for besides: no condition stands in for it.
    fn unsigned(&self) -> Option<Ruling> {
        self.person.filter(|of| of.verdict() != Verdict::Pass).cloned()
    }

    fn passes(&self) -> Ruling {
        let ages = self.candidates.iter().map(|of| of.artifact);
        Ruling::pass(sentences::satisfied(&self.outcome, &self.scope, ages, self.judge.clock))
    }
}
