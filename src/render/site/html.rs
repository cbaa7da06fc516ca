//! Markup that is safe by how it is made: tags and attribute names come from this program alone,
//! every other character goes through the one escape.

use serde::Serialize;

use super::text::push_escaped;

/// Where a part will stand.
const SLOT: &str = "<slot></slot>";

/// Markup that a template may show as it is. By convention its fields end in `_html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub(super) struct Html(String);

impl Html {
    /// A run of a document's own text: escaped, its emoji greyed.
    pub(super) fn of_text(text: &str) -> Html {
        let mut html = Html::default();
        html.text(text);
        html
    }

    /// A sentence of the report: what stands between backticks is code.
    pub(super) fn of_sentence(sentence: &str) -> Html {
        let mut html = Html::default();
        let mut rest = sentence;
        while let Some((before, code, after)) = next_code(rest) {
            html.text(before);
            html.raw("<code>");
            html.verbatim(code);
            html.raw("</code>");
            rest = after;
        }
        html.text(rest);
        html
    }

    /// What a template of ours gave.
    pub(super) fn of_template(text: String) -> Html {
        Html(text)
    }

    /// In the place of markup that [`Html::fill`] puts there. No text can say it: its `<` is escaped.
    pub(super) fn slot() -> Html {
        Html(SLOT.to_owned())
    }

    /// A drawn page with `parts` in the slots of its own, in their order; each is let go once it stands
    /// there.
    pub(super) fn fill(page: &str, parts: Vec<Html>) -> Vec<u8> {
        let length = page.len() + parts.iter().map(|part| part.0.len()).sum::<usize>();
        let mut filled = Vec::with_capacity(length);
        let mut parts = parts.into_iter();
        for piece in page.split(SLOT) {
            filled.extend_from_slice(piece.as_bytes());
            filled.extend(parts.next().map(|part| part.0.into_bytes()).unwrap_or_default());
        }
        filled
    }

    /// Adds markup of ours.
    pub(super) fn raw(&mut self, markup: &'static str) {
        self.0.push_str(markup);
    }

    /// Adds an asset of ours, as it is.
    pub(super) fn asset(&mut self, text: &str) {
        self.0.push_str(text);
    }

    /// Adds ` name="value"`.
    pub(super) fn attribute(&mut self, name: &'static str, value: &str) {
        self.0.push(' ');
        self.0.push_str(name);
        self.0.push_str("=\"");
        push_escaped(value, &mut self.0);
        self.0.push('"');
    }

    /// Adds verbatim text, as in code.
    pub(super) fn verbatim(&mut self, text: &str) {
        push_escaped(text, &mut self.0);
    }

    /// Adds text. A document's ✅ must not look like a verdict, so emoji stand in grey.
    pub(super) fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(start) = rest.find(is_emoji) {
            let end = rest[start..]
                .find(|character| !(is_emoji(character) || is_joined(character)))
                .map_or(rest.len(), |length| start + length);
            push_escaped(&rest[..start], &mut self.0);
            self.0.push_str("<span class=\"e\">");
            push_escaped(&rest[start..end], &mut self.0);
            self.0.push_str("</span>");
            rest = &rest[end..];
        }
        push_escaped(rest, &mut self.0);
    }

    /// Adds other markup.
    pub(super) fn append(&mut self, other: Html) {
        self.0.push_str(&other.0);
    }

    /// Whether nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes what was added so far.
    pub(super) fn take(&mut self) -> Html {
        Html(std::mem::take(&mut self.0))
    }
}

/// The text before the first pair of backticks, between them, and after.
fn next_code(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (code, after) = rest.split_once('`')?;
    (!code.is_empty()).then_some((before, code, after))
}

fn is_emoji(character: char) -> bool {
    matches!(character,
        '\u{231a}'..='\u{231b}' | '\u{23e9}'..='\u{23fa}' | '\u{2600}'..='\u{27bf}'
        | '\u{2b05}'..='\u{2b55}' | '\u{1f000}'..='\u{1faff}')
}

fn is_joined(character: char) -> bool {
    matches!(character, '\u{fe0f}' | '\u{200d}' | '\u{20e3}' | '\u{e0020}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emoji_are_greyed_and_arrows_are_not() {
        assert_eq!(
            Html::of_text("✅ a → b 👩\u{200d}🚀!").0,
            "<span class=\"e\">✅</span> a → b <span class=\"e\">👩\u{200d}🚀</span>!"
        );
    }

    #[test]
    fn code_in_sentences_is_code_and_a_lone_backtick_is_not() {
        assert_eq!(
            Html::of_sentence("Run `trueup fix <x>`. A ` alone.").0,
            "Run <code>trueup fix &lt;x&gt;</code>. A ` alone."
        );
    }

    #[test]
    fn values_of_attributes_stay_inside() {
        let mut html = Html::default();
        html.raw("<a");
        html.attribute("href", "x\" onload=\"y");
        html.raw(">");
        assert_eq!(html.0, "<a href=\"x&quot; onload=&quot;y\">");
    }
}
