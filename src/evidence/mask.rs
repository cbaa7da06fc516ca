//! Secrets that tools quote: in what is kept of an artifact they are masked, wherever they stand.
//!
//! Known forms alone are masked (tokens of the large providers, keys, passwords in addresses and
//! assignments). Readers of secret scanners do not read what leaked in the first place.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::{memchr, memchr2};
use regex::Regex;

use crate::model::Reading;

/// What stands in place of a secret.
const MASK: &str = "***";

/// Each form; what its group `secret` holds is masked, or else the whole match.
static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"[a-zA-Z][a-zA-Z0-9+.-]*://[^/\s:@]*:(?P<secret>[^/\s@]+)@",
        r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
        r"\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_[A-Za-z0-9_]{20,}",
        r"\bglpat-[A-Za-z0-9_-]{16,}|\bnpm_[A-Za-z0-9]{30,}|\bpypi-[A-Za-z0-9_-]{30,}",
        r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}",
        r"\b[sr]k_(?:live|test)_[A-Za-z0-9]{10,}|\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}",
        r"\bAIza[0-9A-Za-z_-]{30,}",
        r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*",
        r"(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----(?P<secret>.*?)(?:-----END|$)",
        r"(?i)\bauthorization\s*[:=]\s*(?:(?:basic|bearer|token)\s+)?(?P<secret>[A-Za-z0-9+/=._~-]{8,})",
        r#"(?i)(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key)["']?\s*(?:=|:)\s*["'](?P<secret>[^"'\s]+)["']"#,
        r"(?i)(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key)=(?P<secret>[^\s&;,)'\x22]+)",
    ]
    .iter()
    .filter_map(|form| Regex::new(form).ok())
    .collect()
});

/// A text without any of these, without `=` and without a colon beside quotes holds no form of a
/// secret: nearly every one. Each has three letters at least, which are sought far faster than two.
static MARKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let texts =
        "://|KEY-----|eyJ|AKIA|ASIA|gh[pousr]_|github_pat_|glpat|npm_|pypi-|xox|k_live_|k_test_";
    Regex::new(&format!("uthorization|UTHORIZATION|{texts}|SG\\.|AIza")).ok()
});

/// Masks what was kept: findings, cases, warnings and reasons.
pub(super) fn reading(reading: &mut Reading) {
    if let Some(findings) = &mut reading.facts.findings {
        findings.list.change(|finding| {
            let said = [&mut finding.title, &mut finding.path, &mut finding.package];
            said.into_iter().flatten().for_each(text);
        });
    }
    if let Some(tests) = &mut reading.facts.tests {
        tests.cases.change(|case| {
            text(&mut case.name);
            [&mut case.message, &mut case.suite].into_iter().flatten().for_each(text);
        });
    }
    reading.warnings.iter_mut().for_each(text);
    reading.doubts.iter_mut().for_each(|doubt| text(&mut doubt.why));
}

/// Masks one text in its place.
fn text(text: &mut String) {
    if let Cow::Owned(masked) = masked(text) {
        *text = masked;
    }
}

/// The text with its secrets masked.
pub(super) fn masked(text: &str) -> Cow<'_, str> {
    let byte = |byte| memchr(byte, text.as_bytes()).is_some();
    let quoted = || byte(b':') && memchr2(b'"', b'\'', text.as_bytes()).is_some();
    let assigned = byte(b'=') || quoted();
    if !assigned && MARKS.as_ref().is_some_and(|marks| !marks.is_match(text)) {
        return Cow::Borrowed(text);
    }
    let mut text = Cow::Borrowed(text);
    for form in FORMS.iter() {
        let spans: Vec<_> = form
            .captures_iter(&text)
            .filter_map(|found| found.name("secret").or(found.get(0)).map(|secret| secret.range()))
            .collect();
        for span in spans.into_iter().rev() {
            text.to_mut().replace_range(span, MASK);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_compiles() {
        assert_eq!(FORMS.len(), 12);
        assert!(MARKS.is_some());
    }

    #[test]
    fn secrets_are_masked_and_other_words_are_not() {
        for (text, expected) in [
            ("GET https://ana:hunter2@shop.example/x", "GET https://ana:***@shop.example/x"),
            ("key AKIAABCDEFGHIJKLMNOP found", "key *** found"),
            ("ghp_abcdefghijklmnopqrstuvwxyz0123456789", "***"),
            ("password = \"hunter2\" is weak", "password = \"***\" is weak"),
            ("{\"api_key\": \"abc123\"}", "{\"api_key\": \"***\"}"),
            ("url?token=abc&x=1", "url?token=***&x=1"),
            ("Authorization: Bearer abc.def-ghi", "Authorization: Bearer ***"),
            (
                "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----***-----END RSA PRIVATE KEY-----",
            ),
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc", "***"),
            ("expected: 12, got: 13", "expected: 12, got: 13"),
            ("the password is too short", "the password is too short"),
            ("https://shop.example:8080/a", "https://shop.example:8080/a"),
            ("a == b", "a == b"),
        ] {
            assert_eq!(masked(text), expected);
        }
    }
}
