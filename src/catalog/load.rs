//! The load under which a limit is to hold: "p95 below 300 ms at 500 rps".

use std::sync::LazyLock;

use regex::Regex;

use super::unread;

/// So many requests a second, in small letters, with what leads to them.
static LOAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let number = r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(k?)";
    let unit = r"(?:rps|qps|(?:requests?|reqs?)(?: ?/ ?| per | a )s(?:ec(?:ond)?)?)";
    Regex::new(&format!(r"(?:\b(?:at|under|with|of)|@) ?{number} ?{unit}\b")).ok()
});

/// A load that a text names.
pub(super) struct Load<'t> {
    /// Requests a second.
    pub(super) rate: f64,
    /// Its words.
    pub(super) words: Vec<&'t str>,
}

/// The load that `text` names, in small letters; `None` where it names none, or several.
pub(super) fn of(text: &str) -> Option<Load<'_>> {
    let mut found = LOAD.as_ref()?.captures_iter(text);
    let one = found.next().filter(|_| found.next().is_none())?;
    let thousands = if one.get(2).is_some_and(|of| !of.is_empty()) { 1000.0 } else { 1.0 };
    let rate: f64 = one.get(1)?.as_str().replace(',', "").parse().ok()?;
    let words = unread::words(one.get(0)?.as_str()).collect();
    (rate > 0.0).then_some(Load { rate: rate * thousands, words })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_load_is_read_as_lines_write_it() {
        for (text, expected) in [
            ("p95 latency under 300ms at 500 rps", Some(500.0)),
            ("p95 < 300ms @ 1,200 req/s", Some(1200.0)),
            ("p95 < 300ms under 2k requests per second", Some(2000.0)),
            ("p95 < 300ms with 50.5 requests/sec", Some(50.5)),
            ("p95 < 300ms", None),
            ("p95 < 300ms at 500 users", None),
            ("p95 < 300ms at 0 rps", None),
            ("p95 < 300ms at 100 rps and at 500 rps", None),
        ] {
            assert_eq!(of(text).map(|load| load.rate), expected, "{text}");
        }
    }
}
