//! Text of documents and artifacts inside Markdown: shown as it is, and nothing of it is obeyed.

/// `text` on one line, as Markdown that shows exactly it: no markup, no HTML, no cell's end, no link
/// out of an address, no person notified.
pub(super) fn text(text: &str) -> String {
    let line = one_line(text);
    let mut out = String::with_capacity(line.len() + 16);
    for (at, letter) in line.char_indices() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // GitHub looks for names after Markdown is read: a backslash would not hold it back.
            '@' => out.push_str("@<!-- -->"),
            // Nor this, and what is named so is told that it was.
            '#' if names_an_issue(line.get(at..), "#") => out.push_str("\\#<!-- -->"),
            '-' if names_an_issue(line.get(at..), "-") && ends_with(line.get(..at), "gh") => {
                out.push_str("-<!-- -->")
            }
            // `https://…` and `www.…` are links without any markup.
            ':' if line.get(at..).is_some_and(|rest| rest.starts_with("://")) => {
                out.push_str("\\:")
            }
            '.' if ends_with(line.get(..at), "www") => out.push_str("\\."),
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '|' | '~' | '#' | '!' | '$' => {
                out.push('\\');
                out.push(letter);
            }
            letter => out.push(letter),
        }
    }
    out
}

/// `text` on one line as a code span, for a table's cell.
pub(super) fn code(text: &str) -> String {
    // A bar ends a cell even inside code, unless a backslash stands before it.
    code_alone(text).replace('|', "\\|")
}

/// `text` on one line as a code span, outside tables.
pub(super) fn code_alone(text: &str) -> String {
    let line = one_line(text);
    let longest = line.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if line.starts_with('`') || line.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{line}{pad}{fence}")
}

/// Whether a number follows `mark`, as in `#12` and `GH-12`.
fn names_an_issue(rest: Option<&str>, mark: &str) -> bool {
    let after = rest.and_then(|rest| rest.strip_prefix(mark));
    after.is_some_and(|after| after.starts_with(|letter: char| letter.is_ascii_digit()))
}

/// Whether `before` ends with `word`, whatever the case.
fn ends_with(before: Option<&str>, word: &str) -> bool {
    let start = before.and_then(|before| before.len().checked_sub(word.len()));
    let last = start.and_then(|start| before?.get(start..));
    last.is_some_and(|last| last.eq_ignore_ascii_case(word))
}

/// White space collapsed; what a page or terminal would obey is shown as a replacement.
fn one_line(text: &str) -> String {
    let shown = |letter: char| {
        let turns = matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if (letter.is_control() && !letter.is_whitespace()) || turns { '\u{fffd}' } else { letter }
    };
    let shown: String = text.chars().map(shown).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{Event, Options, Parser, Tag};

    use super::*;

    const HOSTILE: &[&str] = &[
        "a | b \\| c \\",
        "<script>alert(1)</script> <!-- x --> &lt; &copy;",
        "**bold** _em_ ~~struck~~ `code` ``two``` \\`",
        "![x](https://evil.example/a.png) [x](javascript:alert(1)) [ref][1]",
        "https://evil.example www.evil.example WWW.evil.example mailto:x@evil.example",
        "@ana @org/team #12 org/repo#12 GH-12",
        "line\nbreak\r\n\n# heading\n- [ ] item\n| cell |",
        "\u{1b}[31mred\u{7} \u{202e}txt.exe",
        "$\\alpha$ a_b_c *",
        "`",
        "``",
        "",
    ];

    fn shown_in_a_cell(cell: &str) -> (String, Vec<Event<'static>>) {
        let table = format!("| a | b |\n| --- | --- |\n| {cell} | end |\n");
        let events: Vec<Event<'static>> =
            Parser::new_ext(&table, Options::all() & !Options::ENABLE_SMART_PUNCTUATION)
                .map(Event::into_static)
                .collect();
        let cells = events.iter().filter(|e| matches!(e, Event::Start(Tag::TableCell))).count();
        assert_eq!(cells, 4, "{table}");
        let mut text = String::new();
        for event in &events {
            if let Event::Text(part) | Event::Code(part) = event {
                text.push_str(part);
            }
        }
        (text, events)
    }

    #[test]
    fn text_is_shown_and_never_obeyed() {
        for hostile in HOSTILE {
            let (shown, events) = shown_in_a_cell(&text(hostile));
            assert_eq!(shown, format!("ab{}end", one_line(hostile)));
            for event in events {
                let markup = matches!(
                    event,
                    Event::Start(
                        Tag::Link { .. }
                            | Tag::Image { .. }
                            | Tag::Emphasis
                            | Tag::Strong
                            | Tag::Strikethrough
                    ) | Event::Code(_)
                );
                let html = matches!(&event, Event::InlineHtml(html) if &**html != "<!-- -->");
                assert!(!markup && !html, "{event:?} of {hostile}");
            }
        }
    }

    #[test]
    fn code_is_shown_and_never_obeyed() {
        for hostile in HOSTILE.iter().filter(|text| !text.is_empty()) {
            let (shown, events) = shown_in_a_cell(&code(hostile));
            assert_eq!(shown, format!("ab{}end", one_line(hostile)));
            assert_eq!(events.iter().filter(|e| matches!(e, Event::Code(_))).count(), 1);
        }
    }

    #[test]
    fn nobody_is_notified_and_no_address_is_a_link() {
        assert_eq!(text("by @ana"), "by @<!-- -->ana");
        assert_eq!(text("a/b#12 Gh-3 #x g-4"), "a/b\\#<!-- -->12 Gh-<!-- -->3 \\#x g-4");
        assert_eq!(text("https://a.b"), "https\\://a.b");
        assert_eq!(text("WWW.a.b"), "WWW\\.a.b");
    }
}
