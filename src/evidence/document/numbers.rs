//! The numbers of a JSON text as they are written, in its order.

/// What is left of the text.
pub(super) struct Numbers<'t>(&'t str);

impl<'t> Numbers<'t> {
    /// Of the one JSON value that `text` is.
    pub(super) fn of(text: &'t str) -> Numbers<'t> {
        Numbers(text)
    }

    /// How many bytes are left.
    pub(super) fn left(&self) -> usize {
        self.0.len()
    }
}

impl<'t> Iterator for Numbers<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        loop {
            let at = self.0.find(|c: char| c == '"' || c == '-' || c.is_ascii_digit())?;
            let found = self.0.get(at..)?;
            if let Some(text) = found.strip_prefix('"') {
                self.0 = text.get(end_of_text(text)?..)?;
                continue;
            }
            let end = found.find(|c: char| !is_of_number(c)).unwrap_or(found.len());
            let (number, rest) = found.split_at_checked(end)?;
            self.0 = rest;
            return Some(number);
        }
    }
}

/// Where the text goes on behind the closing quote.
fn end_of_text(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += text.get(at..)?.find(['"', '\\'])?;
        match text.as_bytes().get(at)? {
            b'"' => return Some(at + 1),
            // The escaped character is of one byte, or what follows of it is neither quote nor escape.
            _ => at += 1 + text.get(at + 1..)?.chars().next()?.len_utf8(),
        }
    }
}

fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_in_order_and_none_out_of_texts() {
        let text =
            r#"{"a1": [1.10, -0, 1e3], "b\"2": "3\\", "é\u00e9": {"c": 40}, "d": true, "e": 5"#;
        let numbers: Vec<&str> = Numbers::of(text).collect();
        assert_eq!(numbers, ["1.10", "-0", "1e3", "40", "5"]);
        assert_eq!(Numbers::of("\"open 1").next(), None);
        assert_eq!(Numbers::of("\"open \\").next(), None);
    }
}
