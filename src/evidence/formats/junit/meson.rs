//! Meson, which lists the points of a program that writes TAP, and not that the program broke off.

use super::attributes::Attributes;
use crate::evidence::text;
use crate::model::counted;

/// A suite that may be the output of one program.
#[derive(Default)]
pub(super) struct Meson {
    /// Cases as it writes those of a program: of the class of their suite, and without a time.
    points: u64,
    against: Option<String>,
}

/// How Meson ends the errors of a program whose points all hold and that ended otherwise.
const ENDED: &str = "(test program exited with status code ";

impl Meson {
    /// Takes a case of the suite that is called `suite`.
    pub(super) fn case(&mut self, of: &Attributes<'_>, suite: &str) {
        let is_point = of.class.as_deref() == Some(suite) && of.time.is_none();
        self.points += u64::from(is_point && suite.contains('.'));
    }

    /// Whether all `cases` of the suite are such.
    pub(super) fn is_of(&self, cases: u64) -> bool {
        cases > 0 && self.points == cases
    }

    /// Takes what the program printed.
    pub(super) fn output(&mut self, said: &str) {
        let lines = || said.lines().map(str::trim_end);
        let is_point = |line: &str| ["ok", "not ok"].iter().any(|how| is_word(line, how));
        let bailed = lines().find_map(|line| line.strip_prefix("Bail out!"));
        let planned = lines().find_map(planned);
        let against = match (bailed, planned) {
            (Some(why), _) => Some(match text::title(why) {
                Some(why) => format!("bailed out: {why}"),
                None => "bailed out".to_owned(),
            }),
            (None, Some(planned)) if planned != self.points => {
                let (planned, points) = (counted(planned, "test"), self.points);
                Some(format!("planned {planned}, and came to {points}"))
            }
            (None, None) if lines().any(is_point) => {
                Some("tells no plan, so that whether it came to its end cannot be told".to_owned())
            }
            _ => None,
        };
        self.against = self.against.take().or(against);
    }

    /// Takes what Meson and the program have to say besides.
    pub(super) fn errors(&mut self, said: &str) {
        let code = said.lines().find_map(|line| line.trim().strip_prefix(ENDED));
        let code = code.and_then(|code| code.split(')').next()).and_then(text::title);
        let against = code.map(|code| format!("ended with the exit code {code}"));
        self.against = self.against.take().or(against);
    }

    /// What speaks against the suite.
    pub(super) fn denial(&self, suite: &str) -> Option<String> {
        let why = self.against.as_ref()?;
        Some(format!("The program of {suite} {why}: Meson lists what it had come to, and no more."))
    }
}

fn is_word(line: &str, word: &str) -> bool {
    line.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// How many tests TAP (`1..3`) or Rust (`running 3 tests`) announces.
fn planned(line: &str) -> Option<u64> {
    let of_rust = || {
        let count = line.strip_prefix("running ")?;
        count.strip_suffix(" tests").or_else(|| count.strip_suffix(" test"))
    };
    let of_tap = || line.strip_prefix("1..")?.split([' ', '#']).next();
    of_tap().or_else(of_rust)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::proves;

    #[test]
    fn a_program_that_broke_off_is_no_test_that_passed() {
        let report = |inside: &str| {
            let case = r#"<testcase name="1" classname="shop.shop:pay"/>"#;
            format!(
                r#"<testsuites tests="1"><testsuite name="shop.shop:pay" tests="1" time="0.02">{case}{inside}
                </testsuite></testsuites>"#
            )
        };
        let out = |said: &str| report(&format!("<system-out>{said}</system-out>"));
        let ended = report(
            "<system-out>1..1\nok 1</system-out><system-err>x\n(test program exited with status code -11)</system-err>",
        );
        let timed = out("1..3\nok 1").replace("classname", r#"time="0.1" classname"#);
        proves(
            "junit",
            &[
                (&out("1..1\nok 1"), ""),
                (&out("TAP version 13\nok 1 - a\n1..1 # done"), ""),
                (&out("1..3\nok 1"), "planned 3 tests, and came to 1"),
                (&out("1..2\nok 1\nBail out!"), "The program of shop.shop:pay bailed out:"),
                (&out("1..1\nok 1\nBail out! no disk"), "bailed out: no disk:"),
                (&out("ok 1 - a"), "tells no plan"),
                (&ended, "ended with the exit code -11"),
                (&out("running 1 test\ntest a ... ok"), ""),
                (&out("running 2 tests\ntest a ... ok"), "planned 2 tests"),
                (&out("paid"), ""),
                // Another's suite may print whatever it likes.
                (&timed, ""),
                (&out("1..3\nok 1").replace("shop.shop:pay", "pay"), ""),
            ],
        );
    }
}
