//! Mutation testing: a mutant counts as found where its tests ran out of time, too.

use crate::model::{Reading, Rule, counted};

/// Doubts a reading of so many mutants that were found, all of which ran out of time: no test failed of
/// any, as where the tests hang by themselves.
pub(in crate::evidence) fn timed_out(reading: &mut Reading, found: u64, by_time: u64) {
    if by_time > 0 && found == by_time {
        let mutants = counted(found, "mutant");
        let why =
            format!("Of {mutants} that counts as found no test failed: each ran out of time.");
        let why = if found == 1 { why } else { why.replace("that counts", "that count") };
        reading.doubt(Rule::NothingLookedAt, why);
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn mutants_of_which_no_test_failed_prove_nothing_of_the_tests() {
        let stryker = |statuses: &[&str]| {
            let mutants: Vec<String> = statuses
                .iter()
                .map(|status| format!(r#"{{"id": "1", "status": "{status}"}}"#))
                .collect();
            format!(
                r#"{{"schemaVersion": "1", "thresholds": {{"high": 80, "low": 60}}, "files": {{"a.ts": {{"mutants": [{}]}}}}}}"#,
                mutants.join(",")
            )
        };
        let pit = |statuses: &[&str]| {
            let mutant = |status: &&str| {
                format!("<mutation detected='{}' status='{status}'/>", *status != "SURVIVED")
            };
            format!("<mutations>{}</mutations>", statuses.iter().map(mutant).collect::<String>())
        };
        let hung = "each ran out of time";
        proves(
            "stryker",
            &[
                (&stryker(&["Timeout", "Timeout"]), "2 mutants that count as found no test failed"),
                (&stryker(&["Timeout", "Survived"]), hung),
                (&stryker(&["Timeout", "Killed"]), ""),
                (&stryker(&["Survived"]), ""),
            ],
        );
        proves(
            "pitest",
            &[
                (&pit(&["TIMED_OUT"]), hung),
                (&pit(&["TIMED_OUT", "KILLED"]), ""),
                (&pit(&["SURVIVED"]), ""),
            ],
        );
    }
}
