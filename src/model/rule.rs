//! Why something does not count as a pass: each reason is one named rule.

/// Declares the rules of trust: variant, word, meaning.
macro_rules! rules {
    ($($variant:ident $word:literal $about:literal;)*) => {
        /// One reason why evidence is not a pass. A test switches each off and shows the false
        /// `verified` that it prevents.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Rule {
            $(#[doc = $about] $variant,)*
        }

        impl Rule {
            /// Every rule, in the order of the book.
            pub const ALL: &'static [Rule] = &[$(Rule::$variant,)*];

            /// The stable word.
            pub fn word(self) -> &'static str {
                match self { $(Rule::$variant => $word,)* }
            }

            /// What it says, in one sentence.
            pub fn about(self) -> &'static str {
                match self { $(Rule::$variant => $about,)* }
            }
        }
    };
}

rules! {
    NothingRan "nothing-ran" "No test ran: none is declared, or all were skipped.";
    NothingLookedAt "nothing-looked-at" "The tool looked at nothing: no file, package, site or line.";
    SuiteNotLoaded "suite-not-loaded" "A test suite failed to load, so its tests never ran.";
    ToolFailed "tool-failed" "The tool itself reports that it failed.";
    Unreadable "unreadable" "The file is empty, cut off or damaged.";
    Ambiguous "ambiguous" "Two formats fit the file, and none was named.";
    UnknownFormat "unknown-format" "The file is of no format that carries what is asked.";
    SilentTool "silent-tool" "The output is empty on success, and nothing vouches for the run.";
    ExitCode "exit-code" "A tool was killed, or failed for no reason that its report shows.";
    SealBroken "seal-broken" "A seal names the file, and is of other bytes or disputed.";
    NotVouched "not-vouched" "The condition that should vouch for a silent tool does not hold.";
    Unfinished "unfinished" "The CI run, job or step is still going.";
    NotRun "not-run" "The CI run, job or step was cancelled or skipped.";
    FromFuture "from-future" "The artifact was made after the moment of judgement.";
    NotANumber "not-a-number" "A figure is not a number.";
    NotACount "not-a-count" "What the report declares as a count is none.";
    FullPage "full-page" "The file is a full page of a list, and the next one is not here.";
    OverNothing "over-nothing" "The condition holds only because a list or a text is empty.";
    Ungraded "ungraded" "Findings without a severity stand outside a condition on severities.";
    Unchecked "unchecked" "The tool could not check a part of what it was given, and the condition allows for none.";
    MostlyFailed "mostly-failed" "More of a load run failed than succeeded, and the condition asks only how fast it was.";
    Conflicting "conflicting" "Two artifacts give one fact two values.";
    TooOld "too-old" "The evidence is older than the requirement allows.";
    OtherCode "other-code" "The evidence was made of other code.";
    UnknownCommit "unknown-commit" "The evidence was made at a commit that is not in this history.";
    StaleTick "stale-tick" "The text, a threshold or what stands above it changed after the item was ticked or signed off.";
    NotCarried "not-carried" "No artifact carries the fact that the condition asks for.";
    NoArtifact "no-artifact" "No file matches a glob of the requirement.";
    NotSigned "not-signed" "Too few of the people who may sign have signed.";
}

/// The rules in force. All are, but where a test switches one off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules(u64);

impl Rules {
    /// Whether `rule` is in force.
    pub fn holds(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u64) != 0
    }

    /// All rules but `rule`: for the tests that show what each rule prevents.
    #[must_use]
    pub fn without(self, rule: Rule) -> Rules {
        Rules(self.0 & !(1 << rule as u64))
    }
}

impl Default for Rules {
    fn default() -> Rules {
        Rules(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_rule_can_be_switched_off_and_no_other_is() {
        for &off in Rule::ALL {
            let rules = Rules::default().without(off);
            for &rule in Rule::ALL {
                assert_eq!(rules.holds(rule), rule != off);
            }
        }
        assert!(Rule::ALL.len() <= 64);
    }
}
