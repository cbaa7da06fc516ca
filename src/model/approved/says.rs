//! The normal form of a text: two texts say the same where it is one. Markup, case, the kind of quotes and
//! dashes, the space before a unit and what groups thousands are how a text is written; every word, digit,
//! sign and flag is what it says, and code says what it says by every character.

use std::iter::Peekable;
use std::str::CharIndices;

use super::signs::{emphasis, is_flag, is_silent};

/// What `text` says, as words in lower case, numbers and signs with one space between.
pub fn said(text: &str) -> String {
    words(text).join(" ")
}

/// The words, numbers and signs of `text`.
pub fn words(text: &str) -> Vec<String> {
    let (text, code) = without_code(text);
    let text = plain(&text);
    let mut found = Words {
        text: &text,
        rest: text.char_indices().peekable(),
        sets: emphasis(&text),
        code: code.into_iter(),
        words: Vec::new(),
    };
    while found.next_word() {}
    found.words
}

/// What stands for a span of code.
const CODE: char = '\u{e000}';

/// `text` with a mark in the place of each span of code, and those spans.
fn without_code(text: &str) -> (String, Vec<String>) {
    let mut prose = String::with_capacity(text.len());
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('`') {
        let (before, behind) = rest.split_at(at);
        prose.extend(before.chars().filter(|c| *c != CODE));
        let inner = behind.trim_start_matches('`');
        let (ticks, _) = behind.split_at(behind.len() - inner.len());
        let mut ends = inner.match_indices(ticks).filter(|(end, _)| {
            let more = inner.get(end + ticks.len()..).unwrap_or_default();
            !more.starts_with('`') && !inner.get(..*end).unwrap_or_default().ends_with('`')
        });
        rest = inner;
        if let Some((end, _)) = ends.next() {
            let (code, behind) = inner.split_at(end);
            prose.push(CODE);
            spans.push(code.split_whitespace().collect::<Vec<_>>().join(" "));
            rest = behind.get(ticks.len()..).unwrap_or_default();
        }
    }
    prose.extend(rest.chars().filter(|c| *c != CODE));
    (prose, spans)
}

/// `text` without tags, and with entities as the characters that they stand for.
fn plain(text: &str) -> String {
    const ENTITIES: [(&str, &str); 7] = [
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('<') {
        plain.push_str(before);
        let name = behind.strip_prefix(['/', '!']).unwrap_or(behind);
        let is_tag = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '-');
        match behind.split_once('>').filter(|_| is_tag) {
            // `<https://example.org>`, `<ana@example.org>`
            Some((link, after)) if link.contains([':', '@']) && !link.contains(' ') => {
                plain.push_str(link);
                rest = after;
            }
            // A placeholder that no tag of HTML is called is text.
            Some((tag, after)) if is_html(tag) => {
                plain.push(' ');
                rest = after;
            }
            _ => {
                plain.push('<');
                rest = behind;
            }
        }
    }
    plain.push_str(rest);
    for (entity, sign) in ENTITIES {
        if plain.contains(entity) {
            plain = plain.replace(entity, sign);
        }
    }
    plain
}

/// Whether a tag is one that only sets what it holds.
fn is_html(tag: &str) -> bool {
    #[rustfmt::skip]
    const TAGS: [&str; 35] = [
        "a", "b", "blockquote", "br", "center", "code", "dd", "details", "div", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6",
        "hr", "i", "kbd", "li", "mark", "ol", "p", "pre", "small", "span", "strong", "sub", "summary", "sup", "table", "u", "ul",
    ];
    let name = tag.trim_start_matches('/');
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    let name = name.get(..end).unwrap_or_default();
    tag.starts_with("!--") || TAGS.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// The words found so far, and what is left of the text.
struct Words<'t> {
    text: &'t str,
    rest: Peekable<CharIndices<'t>>,
    /// Where a `*` only sets what it holds.
    sets: Vec<usize>,
    code: std::vec::IntoIter<String>,
    words: Vec<String>,
}

impl Words<'_> {
    /// Reads on by one word, number or sign; whether there was a character.
    fn next_word(&mut self) -> bool {
        let Some(&(at, c)) = self.rest.peek() else { return false };
        if c.is_ascii_digit() {
            self.number();
        } else if c.is_alphanumeric() {
            self.word(at);
        } else if c == CODE {
            self.rest.next();
            self.code();
        } else if let Some(flag) = self.flag(at).map(str::to_owned) {
            self.rest.nth(flag.len() - 1);
            self.words.push(flag);
        } else {
            self.rest.next();
            self.sign(at, c);
        }
        true
    }

    /// A number with its decimals, or a time. What follows it is a word of its own, as a unit is.
    fn number(&mut self) {
        let mut number = String::new();
        while let Some(&(at, c)) = self.rest.peek() {
            let joins = matches!(c, '.' | ',' | ':') && starts_with_digit(self.behind(at, c));
            if !c.is_ascii_digit() && !joins {
                break;
            }
            number.push(c);
            self.rest.next();
        }
        if is_grouped(&number) {
            number.retain(|c| c != ',');
        }
        self.words.push(number);
    }

    /// A word with the digits in it; of `v1.4` the number alone. A unit behind a number keeps its case.
    fn word(&mut self, at: usize) {
        let mut word = String::new();
        while let Some(&(at, c)) = self.rest.peek() {
            let is_apostrophe = matches!(c, '\'' | '’' | 'ʼ');
            let joins = is_apostrophe && self.behind(at, c).starts_with(char::is_alphanumeric);
            // `C++`, `C#`
            let marks = matches!(c, '+' | '#');
            if !(c.is_alphanumeric() || joins || marks) {
                break;
            }
            self.rest.next();
            if !joins {
                word.push(c);
            }
            if word.eq_ignore_ascii_case("v") && starts_with_digit(self.behind(at, c)) {
                return self.number();
            }
        }
        let before = self.text.get(..at).unwrap_or_default().trim_end_matches(' ');
        let is_unit = before.ends_with(|c: char| c.is_ascii_digit()) && word.chars().count() <= 4;
        let lower = word.to_lowercase();
        let percent = ["percent", "pct", "prozent"].contains(&lower.as_str());
        self.words.push(match percent {
            true => "%".to_owned(),
            false if is_unit => word,
            false => lower,
        });
    }

    /// A span of code as it stands; a plain word in it says what it says elsewhere.
    fn code(&mut self) {
        let code = self.code.next().unwrap_or_default();
        let is_word = !code.is_empty() && code.chars().all(char::is_lowercase);
        self.words.push(if is_word { code } else { format!("`{code}") });
    }

    /// The option of a command that stands at `at`, as `-v` or `--no-verify`.
    fn flag(&self, at: usize) -> Option<&str> {
        let (before, rest) = self.text.split_at_checked(at)?;
        let name = rest.strip_prefix("--").or_else(|| rest.strip_prefix('-'))?;
        let begins = before.is_empty()
            || before.ends_with(|c: char| c.is_whitespace() || "([\"'=".contains(c));
        let end =
            name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(name.len());
        let is_flag = begins && name.starts_with(|c: char| c.is_ascii_alphabetic());
        rest.get(..rest.len() - name.len() + end).filter(|_| is_flag)
    }

    /// What is no letter and no digit, and says something.
    fn sign(&mut self, at: usize, c: char) {
        let behind = self.behind(at, c);
        let before = self.text.get(..at).and_then(|before| before.chars().next_back());
        match c {
            '&' => self.words.push("and".to_owned()),
            '-' | '=' if behind.starts_with('>') => {
                self.rest.next();
                self.words.push("→".to_owned());
            }
            '➜' | '⇒' | '⟶' | '➡' => self.words.push("→".to_owned()),
            '-' | '–' | '—' | '‐' | '‑' | '−' => {
                let of_numbers = self.words.last().is_some_and(|word| starts_with_digit(word))
                    && starts_with_digit(behind.trim_start());
                let is_minus = before.is_none_or(|c| c.is_whitespace() || "(<>=".contains(c))
                    && starts_with_digit(behind);
                if of_numbers || is_minus {
                    self.words.push("-".to_owned());
                }
            }
            '!' if !behind.starts_with('=') => {
                let negates = behind.starts_with(char::is_alphanumeric);
                if negates && before.is_none_or(|c| c.is_whitespace() || "(&|".contains(c)) {
                    self.words.push("!".to_owned());
                }
            }
            '*' if self.sets.binary_search(&at).is_ok() => {}
            _ if is_flag(c) => {
                match self.words.last_mut().filter(|_| before.is_some_and(is_flag)) {
                    Some(flag) => flag.push(c),
                    None => self.words.push(c.to_string()),
                }
            }
            _ if is_silent(c) => {}
            _ => self.words.push(c.to_string()),
        }
    }

    /// What stands behind the character at `at`.
    fn behind(&self, at: usize, c: char) -> &str {
        self.text.get(at + c.len_utf8()..).unwrap_or_default()
    }
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
}

/// `1,000`, `12,345.6`
fn is_grouped(number: &str) -> bool {
    let whole = number.split_once('.').map_or(number, |(whole, _)| whole);
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    whole.contains(',') && (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn says_the_same(one: &str, other: &str) -> bool {
        said(one) == said(other)
    }

    #[test]
    fn how_a_text_is_written_says_nothing() {
        for (one, other) in [
            ("p95 < 300ms", "p95 < 300 ms"),
            ("1,000 users", "1000 users"),
            ("12,345.6 s", "12345.6s"),
            ("Backup & restore", "backup and Restore"),
            ("Backup &amp; restore", "Backup & restore"),
            ("Release v1.4", "Release 1.4"),
            ("10 %", "10 percent"),
            ("“Go” – don’t wait", "\"Go\" - don't wait"),
            ("**Deploy** to _all_ `pods`", "Deploy to all pods"),
            ("Deploy  to\tall.", "<b>Deploy</b> to all"),
            ("1–5 regions", "1-5 regions"),
            ("3 -> 5", "3 → 5"),
            ("🚀 Go-live", "Go live"),
            ("See `x`.", "See x"),
            ("**Run `X`**", "Run `X`"),
        ] {
            assert!(
                says_the_same(one, other),
                "{one} ↔ {other}: {:?} {:?}",
                said(one),
                said(other)
            );
        }
    }

    #[test]
    fn every_word_digit_sign_and_flag_says_something() {
        for (one, other) in [
            ("3 regions", "12 regions"),
            ("Rollout 🇩🇪", "Rollout 🇫🇷"),
            ("Rollout 🇩🇪🇫🇷", "Rollout 🇩🇪"),
            ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"),
            ("C#", "C++"),
            ("C", "C++"),
            ("2 of 3", "3 of 3"),
            ("Test release", "Release"),
            ("p95 < 300 ms", "p95 > 300 ms"),
            ("1-5", "1, 5"),
            ("-5 °C", "5 °C"),
            ("99.5%", "99,5%"),
            ("1.000", "1000"),
            ("a = b", "a != b"),
            ("All regions", "No regions"),
            ("~~EU~~ US", "EU US"),
            ("Deploy <host>", "Deploy <region>"),
            ("<https://a.example>", "<https://b.example>"),
            ("10:30", "10.30"),
            ("EU ✅ US ❌", "EU ✅ US ✅"),
            ("🚫 Canary", "Canary"),
            ("🟢 EU", "🔴 EU"),
            ("👍 prod", "👎 prod"),
            ("⚠️ EU", "EU"),
            ("EU ✅, US", "EU ✅, US ✅"),
            ("+5", "5"),
            ("5 mW", "5 MW"),
            ("10Mb", "10MB"),
            ("5 ‰", "5"),
            ("`Key`", "`key`"),
            ("`a-b`", "`a_b`"),
            ("`a b`", "`ab`"),
            ("`<a>`", "`<b>`"),
            ("rm -r", "rm -R"),
            ("x -v", "x v"),
            ("push --no-verify", "push no verify"),
            ("*.example", "example"),
            ("host*", "host"),
            ("a.b.*", "a.b"),
            ("!enabled", "enabled"),
            ("<del>EU</del> US", "EU US"),
            ("<s>EU</s> US", "EU US"),
        ] {
            assert!(!says_the_same(one, other), "{one} ↔ {other}: {:?}", said(one));
        }
    }

    const TEXT: &str = r"([A-Za-z]{1,6}|[0-9]{1,4}|v1\.4|300ms|C\+\+|&|🇩🇪|<|–|“|,)( ([A-Za-z]{1,6}|[0-9]{1,4}|300 ms|#12|→|\(x\))){0,6}";

    proptest! {
        #[test]
        fn every_text_says_what_it_says_and_what_its_form_says(text in ".{0,40}") {
            prop_assert!(says_the_same(&text, &text));
            prop_assert!(says_the_same(&text.replace(' ', "  "), &text));
        }

        #[test]
        fn what_one_says_as_another_the_other_says_as_it(one in TEXT, other in TEXT) {
            prop_assert_eq!(says_the_same(&one, &other), says_the_same(&other, &one));
        }

        #[test]
        fn another_digit_says_something_else(text in TEXT, pick in any::<usize>(), by in 1..10_u8) {
            let digits: Vec<usize> = text.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
            prop_assume!(!digits.is_empty());
            let at = digits[pick % digits.len()];
            let digit = (text.as_bytes()[at] - b'0' + by) % 10;
            let changed = format!("{}{digit}{}", &text[..at], &text[at + 1..]);
            prop_assert!(!says_the_same(&text, &changed), "{} → {}", text, changed);
        }

        #[test]
        fn another_word_says_something_else(text in TEXT, at in 0..7_usize, word in "[a-z]{7,9}") {
            let mut parts: Vec<&str> = text.split(' ').collect();
            let at = at % parts.len();
            parts[at] = &word;
            let changed = parts.join(" ");
            prop_assert!(!says_the_same(&text, &changed), "{} → {}", text, changed);
            parts.remove(at);
            prop_assert!(!says_the_same(&parts.join(" "), &changed));
        }
    }
}
