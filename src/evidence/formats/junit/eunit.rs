//! EUnit of Erlang, which writes tests that it had to end as skipped, and knows no other skipping.

/// Whether what is called skipped was cancelled: it ran out of time, or what it needs failed.
pub(super) fn cancelled(kind: &str, said: &str) -> bool {
    kind == "timeout" || said.contains("(eunit_")
}

/// Whether EUnit called a suite so, unless its author did.
pub(super) fn wrote(suite: &str) -> bool {
    ["module '", "application \"", "file \"", "directory \""]
        .iter()
        .any(|begins| suite.starts_with(begins))
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::reading;

    #[test]
    fn what_eunit_cancelled_is_errored() {
        let errored = |suite: &str, skipped: &str| {
            let text = format!(
                r#"<testsuite tests="2" failures="0" errors="0" skipped="1" name="{suite}">
                <testcase name="pay:4 a_test"/><testcase name="pay:6 b_test">{skipped}</testcase></testsuite>"#
            );
            let tests = reading("junit", &text).facts.tests.unwrap();
            (tests.errored, tests.skipped)
        };
        let of = |kind: &str, said: &str| format!(r#"<skipped type="{kind}">{said}</skipped>"#);
        for (suite, skipped, expected) in [
            ("module 'pay'", of("timeout", "in function timer:sleep/1"), (1, 0)),
            ("module 'pay'", of("module_not_found", "no"), (1, 0)),
            ("paying", of("timeout", "no"), (1, 0)),
            (
                "paying",
                of("abort", "in call from eunit_proc:run/3 (eunit_proc.erl, line 5)"),
                (1, 0),
            ),
            ("paying", of("pytest.skip", "no"), (0, 1)),
            ("module 'pay'", "<skipped/>".to_owned(), (0, 1)),
        ] {
            assert_eq!(errored(suite, &skipped), expected, "{suite} {skipped}");
        }
    }
}
