//! The cursor in `trueup.toml`, which is read up to there and may end in the middle of anything.

use super::cursor::{Cursor, Wanted};

/// What is asked for at the end of `before`.
pub(super) fn cursor(before: &str) -> Option<Cursor> {
    let reader = Reader::read(before);
    match reader.state {
        State::Comment => None,
        State::Text(_) => {
            let wanted = wanted(&reader.key)?;
            Some(Cursor { wanted, written: reader.since })
        }
        State::Table => Some(Cursor { wanted: Wanted::Table, written: reader.since }),
        State::Key => Some(Cursor { wanted: Wanted::Key(reader.table), written: reader.since }),
        State::Value => None,
    }
}

fn wanted(key: &str) -> Option<Wanted> {
    Some(match key {
        "condition" | "vouched-by" => Wanted::Condition,
        "item" | "items" => Wanted::Item,
        "artifacts" | "glob" => Wanted::Artifact,
        "checklist" | "checklists" => Wanted::Checklist,
        "format" => Wanted::Format,
        "status" => Wanted::Status,
        "fail-on" => Wanted::FailOn,
        "max-age" => Wanted::Age,
        _ => return None,
    })
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the beginning of a line, or of a member of an inline table.
    Key,
    /// After `=`, outside texts.
    Value,
    /// Between the brackets of a table's head.
    Table,
    Comment,
    /// In a text that ends with these.
    Text(&'static str),
}

struct Reader {
    state: State,
    /// Where the text, name or key at the end begins.
    since: usize,
    table: String,
    key: String,
    /// Brackets and braces of a value that are open.
    open: Vec<char>,
}

impl Reader {
    fn read(before: &str) -> Reader {
        let mut reader = Reader {
            state: State::Key,
            since: 0,
            table: String::new(),
            key: String::new(),
            open: Vec::new(),
        };
        let mut at = 0;
        while let Some(rest) = before.get(at..).filter(|rest| !rest.is_empty()) {
            at += reader.step(before, at, rest);
        }
        reader
    }

    /// Takes in what stands first in `rest`; how many bytes that was.
    fn step(&mut self, before: &str, at: usize, rest: &str) -> usize {
        let letter = rest.chars().next().unwrap_or_default();
        let one = letter.len_utf8();
        match self.state {
            State::Text(end) => return self.in_text(at, rest, end),
            State::Comment if letter != '\n' => return one,
            State::Table if letter == ']' => {
                self.table = before.get(self.since..at).unwrap_or_default().trim().to_owned();
                self.state = State::Value;
                return one;
            }
            State::Table if letter == '[' => self.since = at + one,
            State::Table if letter != '\n' => {}
            _ => return self.outside(before, at, rest, letter),
        }
        one
    }

    fn in_text(&mut self, at: usize, rest: &str, end: &'static str) -> usize {
        if rest.starts_with('\\') && end.starts_with('"') {
            return 1 + rest.chars().nth(1).map_or(0, char::len_utf8);
        }
        if rest.starts_with(end) {
            self.state = State::Value;
            return end.len();
        }
        // A text of one line that was not ended: the next line is another matter.
        if rest.starts_with('\n') && end.len() == 1 {
            self.line(at + 1);
        }
        rest.chars().next().map_or(1, char::len_utf8)
    }

    fn outside(&mut self, before: &str, at: usize, rest: &str, letter: char) -> usize {
        for quotes in ["\"\"\"", "'''", "\"", "'"] {
            if rest.starts_with(quotes) && self.state == State::Value {
                self.state = State::Text(quotes);
                self.since = at + quotes.len();
                return quotes.len();
            }
        }
        match (letter, self.state) {
            ('#', _) => self.state = State::Comment,
            ('\n', _) => self.line(at + 1),
            ('=', State::Key) => {
                self.key = before.get(self.since..at).unwrap_or_default().trim().to_owned();
                self.state = State::Value;
            }
            ('[', State::Key) if self.open.is_empty() => {
                self.state = State::Table;
                self.since = at + 1;
            }
            ('{', State::Value) => {
                self.open.push('{');
                self.member(at + 1);
            }
            ('[', State::Value) => self.open.push('['),
            ('}' | ']', _) => {
                self.open.pop();
                self.state = State::Value;
            }
            (',', _) if self.open.last() == Some(&'{') => self.member(at + 1),
            (blank, State::Key) if blank.is_whitespace() && self.since == at => self.since = at + 1,
            _ => {}
        }
        letter.len_utf8()
    }

    fn member(&mut self, at: usize) {
        self.state = State::Key;
        self.since = at;
    }

    /// A new line: a key's, unless a value is still open.
    fn line(&mut self, at: usize) {
        if self.open.is_empty() {
            self.member(at);
        } else {
            self.state = State::Value;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(before: &str) -> Option<(Wanted, &str)> {
        cursor(before).map(|of| (of.wanted, &before[of.written..]))
    }

    #[test]
    fn what_is_asked_for_follows_from_what_stands_before() {
        let key = |table: &str| Wanted::Key(table.to_owned());
        let cases = [
            ("", key(""), ""),
            ("arti", key(""), "arti"),
            ("[[req", Wanted::Table, "req"),
            ("[ga", Wanted::Table, "ga"),
            ("[[require]]\n  con", key("require"), "con"),
            ("[[require]]\nitem = \"code/", Wanted::Item, "code/"),
            ("[[require]]\ncondition = 'tests.f", Wanted::Condition, "tests.f"),
            ("condition = \"ci.jobs[\\\"a\\\"].c", Wanted::Condition, "ci.jobs[\\\"a\\\"].c"),
            ("condition = '''\na &&\n  b", Wanted::Condition, "\na &&\n  b"),
            ("artifacts = [\n  \"a\",\n  \"b", Wanted::Artifact, "b"),
            ("artifacts = [{ glob = \"x\", format = \"ju", Wanted::Format, "ju"),
            ("artifacts = [{ glob = \"x\", vou", key(""), "vou"),
            ("[gate]\nrequire = [{ items = \"a\", status = [\"ver", Wanted::Status, "ver"),
            ("[gate]\nfail-on = [\"a\"]\nmin", key("gate"), "min"),
            ("item = \"unfinished\nitem = \"b", Wanted::Item, "b"),
            ("# [a\n[b]\nc", key("b"), "c"),
        ];
        for (before, wanted, written) in cases {
            assert_eq!(at(before), Some((wanted, written)), "{before}");
        }
        for none in ["a = ", "# co", "reason = \"x", "a = tr", "[gate] "] {
            assert_eq!(at(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn any_beginning_of_any_text_is_read(text in "[a-c=\\[\\]{}\"'\\\\#,\n é]{0,40}") {
            if let Some(cursor) = cursor(&text) {
                prop_assert!(text.get(cursor.written..).is_some());
            }
        }
    }
}
