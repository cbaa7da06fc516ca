//! Bats, whose validator only warns where tests got lost.

/// What Bats says in the output of a case where it ran fewer tests than it was given: a test that
/// ended the process of its runner took the others of its file with it.
pub(super) fn lost(output: &str) -> Option<&str> {
    let said = output.lines().find_map(|line| line.trim().strip_prefix("bats warning: "))?;
    said.starts_with("Executed ").then_some(said)
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn tests_that_bats_did_not_come_to_are_lost() {
        let report = |output: &str| {
            format!(
                r#"<testsuites><testsuite name="k.bats" tests="2"><testcase name="a"/><testcase name="b">
                <system-out>{output}</system-out></testcase></testsuite></testsuites>"#
            )
        };
        let said = "bats warning: Executed 2 instead of expected 3 tests";
        proves(
            "junit",
            &[
                (&report(said), "Bats says: Executed 2 instead of expected 3 tests."),
                (&report(&format!("paid\n{said}\n")), "Executed 2 instead"),
                (&report("bats warning: slow"), ""),
                (&report(&format!("grep '{said}'")), ""),
            ],
        );
    }
}
