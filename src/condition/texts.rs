//! Texts in an order: times sort as texts do, figures do not (`"10" < "9"`).

/// Whether a text is a figure or a version: what its characters' order says nothing of. A date, and
/// a time that begins with one, is none.
pub(super) fn is_figure(text: &str) -> bool {
    let text = text.trim();
    let bare = text.strip_prefix(['v', 'V', '-', '+', '.']).unwrap_or(text);
    bare.starts_with(|c: char| c.is_ascii_digit()) && !is_date(text)
}

/// `2026-11-22`, and what may follow it.
fn is_date(text: &str) -> bool {
    let Some(day) = text.as_bytes().get(..10) else { return false };
    day.iter().enumerate().all(|(at, byte)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_told_from_a_date_and_a_word() {
        for (text, figure) in [
            ("9", true),
            ("10.5", true),
            ("-3", true),
            ("1.10.0", true),
            ("v2", true),
            ("95 %", true),
            ("2026-11-22", false),
            ("2026-11-22T10:00:00Z", false),
            ("beta", false),
            ("v", false),
            ("", false),
        ] {
            assert_eq!(is_figure(text), figure, "{text}");
        }
    }
}
