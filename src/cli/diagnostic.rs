//! A fault of the configuration with the line it stands in: the only door to `annotate-snippets`.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::config::ConfigFault;
use crate::model::Span;

/// Whether a rendering carries colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paint {
    /// Text alone: for files, pipes and `NO_COLOR`.
    Plain,
    /// With ANSI sequences.
    Coloured,
}

/// The fault as people read it, over the `text` of the file it is in, without a final line end:
///
/// ```text
/// error: unknown fact `tests.faild`
///  --> trueup.toml:3:20
///   |
/// 3 | condition = 'tests.faild == 0'
///   |                    ^^^^^
///   |
///   = help: did you mean `tests.failed`?
/// ```
pub(crate) fn render(fault: &ConfigFault, text: &str, paint: Paint) -> String {
    let at = within(fault.at, text);
    let snippet = Snippet::source(text)
        .path(fault.path.as_str())
        .annotation(AnnotationKind::Primary.span(at.start..at.end));
    let title = Level::ERROR.primary_title(fault.message.as_str());
    let mut group = Group::with_title(title).element(snippet);
    if let Some(hint) = &fault.hint {
        group = group.element(Level::HELP.message(remark(hint)));
    }
    let renderer = match paint {
        Paint::Plain => Renderer::plain(),
        Paint::Coloured => Renderer::styled(),
    };
    renderer.render(&[group])
}

/// The span moved to the nearest characters that the text has; never empty where there is text.
fn within(span: Span, text: &str) -> Span {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start);
    let end = floor(span.end).max(start);
    if end > start {
        return Span::new(start, end);
    }
    let next = text.get(start..).and_then(|rest| rest.chars().next());
    Span::new(start, start + next.map_or(0, char::len_utf8))
}

/// A sentence as a remark after `help:`: small at its start, without the last full stop.
fn remark(sentence: &str) -> String {
    let mut chars = sentence.chars();
    let first: String = chars.next().map(|c| c.to_lowercase().collect()).unwrap_or_default();
    let rest = chars.as_str();
    let single = !rest.contains(". ");
    let rest = if single { rest.strip_suffix('.').unwrap_or(rest) } else { rest };
    format!("{first}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(at: Span) -> ConfigFault {
        ConfigFault {
            path: "trueup.toml".to_owned(),
            at,
            message: "unknown fact `tests.faild`".to_owned(),
            hint: Some("Did you mean `tests.failed`?".to_owned()),
        }
    }

    #[test]
    fn a_fault_shows_its_line_with_a_caret() {
        let text = "[[require]]\nitem = 'a'\ncondition = 'tests.faild == 0'\n";
        let start = text.find("faild").unwrap();
        let shown = render(&fault(Span::new(start, start + 5)), text, Paint::Plain);
        insta::assert_snapshot!(shown, @r"
        error: unknown fact `tests.faild`
         --> trueup.toml:3:20
          |
        3 | condition = 'tests.faild == 0'
          |                    ^^^^^
          |
          = help: did you mean `tests.failed`?
        ");
    }

    #[test]
    fn every_fault_of_a_file_is_shown_where_it_stands() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/config/every-fault.toml");
        let text = std::fs::read_to_string(path).unwrap();
        let faults = crate::config::read("trueup.toml", &text, &["junit", "tsc"]).unwrap_err();
        let shown = faults.iter().map(|fault| render(fault, &text, Paint::Plain));
        insta::assert_snapshot!(shown.collect::<Vec<_>>().join("\n\n"));
    }

    #[test]
    fn the_book_shows_a_fault_as_it_is_shown() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/book/src/configuration.md");
        let page = std::fs::read_to_string(path).unwrap();
        let block = |fence: &str| {
            let rest = page.split_once(&format!("```{fence}\n")).unwrap().1;
            rest.split_once("```").unwrap().0
        };
        let faults = crate::config::read("trueup.toml", block("toml-fault"), &[]).unwrap_err();
        let shown = render(&faults[0], block("toml-fault"), Paint::Plain);
        assert_eq!(shown, block("text").trim_end());
    }

    #[test]
    fn colours_are_there_only_where_asked_for() {
        let text = "a = 1";
        let at = Span::new(0, 1);
        assert!(render(&fault(at), text, Paint::Coloured).contains('\u{1b}'));
        assert!(!render(&fault(at), text, Paint::Plain).contains('\u{1b}'));
    }

    #[test]
    fn any_place_can_be_shown_in_any_text() {
        for text in ["", "é", "a\nb", "a\r\nb\r\n", "\u{feff}x", "\t\u{200b}\u{7}x", "日本"] {
            for start in 0..8 {
                for end in 0..8 {
                    assert!(!render(&fault(Span::new(start, end)), text, Paint::Plain).is_empty());
                }
            }
        }
    }

    #[test]
    fn a_hint_reads_on_after_help() {
        assert_eq!(remark("Write `==`."), "write `==`");
        assert_eq!(remark("Take it away. Or not."), "take it away. Or not.");
        assert_eq!(remark(""), "");
    }
}
