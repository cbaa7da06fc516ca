//! Words for a condition that does not parse: what stands there, and what was probably meant.

use std::ops::Range;

use super::Fault;

/// What is wrong with `source`, which the parser gave up on at byte `at`, saying `message`.
pub(super) fn syntax_fault(source: &str, at: usize, message: &str) -> Fault {
    let tokens = tokens(source);
    let near = tokens.iter().find(|token| token.at.end > at);
    if tokens.is_empty() {
        return fault(0..source.len(), "the condition is empty", "Write one: `tests.failed == 0`.");
    }
    if message.contains("Recursion limit") {
        let hint = "Split it: several requirements of one item all hold together.";
        return fault(at..at, "the condition is nested too deeply", hint);
    }
    tokens
        .iter()
        .find_map(|token| open_text(token, source))
        .or_else(|| other_language(&tokens, source))
        .or_else(|| bracket(&tokens, source))
        .or_else(|| half_choice(&tokens, source))
        .unwrap_or_else(|| here(near, source, message))
}

/// A piece of the source as far as it can be told apart.
struct Token {
    kind: Kind,
    at: Range<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Number,
    Text { closed: bool },
    Sign,
}

/// The text of a token.
fn text<'s>(token: &Token, source: &'s str) -> &'s str {
    source.get(token.at.clone()).unwrap_or_default()
}

fn open_text(token: &Token, source: &str) -> Option<Fault> {
    if token.kind != (Kind::Text { closed: false }) {
        return None;
    }
    let written = text(token, source);
    let quote: String = written.chars().find(|c| *c == '"' || *c == '\'').into_iter().collect();
    Some(fault(token.at.clone(), "this text has no end", &format!("Close it with `{quote}`.")))
}

/// Signs and words of other languages, each with what it is called here.
fn other_language(tokens: &[Token], source: &str) -> Option<Fault> {
    tokens.iter().find_map(|token| {
        let written = text(token, source);
        let meant = match (token.kind, written) {
            (Kind::Sign, "=" | "===") => "==",
            (Kind::Sign, "<>" | "!==") => "!=",
            (Kind::Sign, "&") => "&&",
            (Kind::Sign, "|") => "||",
            (Kind::Sign, "=>") => ">=",
            (Kind::Sign, "=<") => "<=",
            (Kind::Word, "and" | "AND") => "&&",
            (Kind::Word, "or" | "OR") => "||",
            (Kind::Word, "not" | "NOT") => "!",
            (Kind::Word, "is") => "==",
            (Kind::Word, "True" | "TRUE") => "true",
            (Kind::Word, "False" | "FALSE") => "false",
            _ => return None,
        };
        let message = format!("`{written}` is not of this language");
        Some(fault(token.at.clone(), &message, &format!("Write `{meant}`.")))
    })
}

/// A bracket without its partner.
fn bracket(tokens: &[Token], source: &str) -> Option<Fault> {
    let mut open: Vec<(&Token, &str)> = Vec::new();
    for token in tokens.iter().filter(|token| token.kind == Kind::Sign) {
        let written = text(token, source);
        let partner = match written {
            "(" => ")",
            "[" => "]",
            "{" => "}",
            ")" | "]" | "}" => match open.pop() {
                Some((_, expected)) if expected == written => continue,
                Some((opened, expected)) => {
                    let message = format!(
                        "`{written}` closes `{}`, which needs `{expected}`",
                        text(opened, source)
                    );
                    return Some(fault(token.at.clone(), &message, ""));
                }
                None => {
                    let message = format!("`{written}` closes nothing");
                    return Some(fault(token.at.clone(), &message, "Take it away."));
                }
            },
            _ => continue,
        };
        open.push((token, partner));
    }
    let (token, partner) = open.pop()?;
    let message = format!("this `{}` is never closed", text(token, source));
    Some(fault(token.at.clone(), &message, &format!("Close it with `{partner}`.")))
}

/// A `?` without its `:`.
fn half_choice(tokens: &[Token], source: &str) -> Option<Fault> {
    let question = tokens.iter().find(|token| text(token, source) == "?")?;
    let colons = tokens.iter().filter(|token| text(token, source) == ":").count();
    let hint = "Write `when ? then : otherwise`.";
    (colons == 0).then(|| fault(question.at.clone(), "this `?` has no `:`", hint))
}

/// What stands where the parser gave up.
fn here(near: Option<&Token>, source: &str, message: &str) -> Fault {
    let Some(token) = near else {
        let end = source.trim_end().len();
        return fault(end..end, "the condition ends where a value should follow", "");
    };
    let written = text(token, source);
    let at = token.at.clone();
    if message.contains("reserved identifier") {
        return fault(at, &format!("`{written}` is a reserved word"), "");
    }
    if message.contains("invalid int") || message.contains("invalid double") {
        return fault(at, &format!("`{written}` is beyond 64 bits"), "");
    }
    if token.kind == (Kind::Text { closed: true }) && written.contains('\\') {
        let hint = "Write `\\\\` for `\\`, or an `r` before the quote.";
        return fault(at, "this text has an escape that is none", hint);
    }
    if message.contains("extraneous") || message.contains("mismatched") {
        let hint = "Join two conditions with `&&` or `||`.";
        let joins = matches!(token.kind, Kind::Word | Kind::Number | Kind::Text { .. });
        let message = format!("`{written}` is not expected here");
        return fault(at, &message, if joins { hint } else { "" });
    }
    fault(at, &format!("`{written}` cannot be understood here"), "")
}

fn fault(at: Range<usize>, message: &str, hint: &str) -> Fault {
    Fault { at, message: message.to_owned(), hint: (!hint.is_empty()).then(|| hint.to_owned()) }
}

/// Splits any text into tokens; white space and comments are left out.
fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(next) = source.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = source.get(at..).unwrap_or_default();
        let (kind, length) = if next.is_whitespace() {
            (None, next.len_utf8())
        } else if rest.starts_with("//") {
            (None, rest.find('\n').unwrap_or(rest.len()))
        } else if let Some((closed, length)) = quoted(rest) {
            (Some(Kind::Text { closed }), length)
        } else if next.is_ascii_digit() {
            (Some(Kind::Number), run(rest, |c| c.is_alphanumeric() || c == '.'))
        } else if next.is_alphabetic() || next == '_' {
            (Some(Kind::Word), run(rest, |c| c.is_alphanumeric() || c == '_'))
        } else if is_joining(next) {
            (Some(Kind::Sign), run(rest, is_joining))
        } else {
            (Some(Kind::Sign), next.len_utf8())
        };
        if let Some(kind) = kind {
            tokens.push(Token { kind, at: at..at + length });
        }
        at += length.max(1);
    }
    tokens
}

/// Whether the sign makes one operator with its neighbours.
fn is_joining(c: char) -> bool {
    matches!(c, '=' | '!' | '<' | '>' | '&' | '|')
}

fn run(rest: &str, belongs: impl Fn(char) -> bool) -> usize {
    rest.find(|c| !belongs(c)).unwrap_or(rest.len())
}

/// Whether a text begins here: whether it is closed, and its length with prefix and quotes.
fn quoted(rest: &str) -> Option<(bool, usize)> {
    let prefix = run(rest, |c| matches!(c, 'r' | 'R' | 'b' | 'B'));
    let body = rest.get(prefix..)?;
    let raw = rest.get(..prefix)?.contains(['r', 'R']);
    let quote = body.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let triple = quote.to_string().repeat(3);
    let delimiter = if body.starts_with(&triple) { triple } else { quote.to_string() };
    let mut at = delimiter.len();
    while let Some(left) = body.get(at..) {
        if left.starts_with(&delimiter) {
            return Some((true, prefix + at + delimiter.len()));
        }
        let mut chars = left.chars();
        match chars.next() {
            None => break,
            Some('\n') if delimiter.len() == 1 => return Some((false, prefix + at)),
            Some('\\') if !raw => at += 1 + chars.next().map_or(0, char::len_utf8),
            Some(other) => at += other.len_utf8(),
        }
    }
    Some((false, rest.len()))
}
