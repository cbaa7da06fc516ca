//! Braces at the end of a heading: attributes (`{#id .class key=value}`), or words of the heading
//! (`Acceptance: {Feature Name}`), which the parser leaves out as well.

use std::ops::Range;

use super::Walker;

/// The last braces of the heading at `heading` in `text`, and the space before them.
pub(super) fn last(text: &str, heading: Range<usize>) -> Option<Range<usize>> {
    let own = text.get(heading.clone())?;
    let open = own.rfind('{')?;
    let close = open + own.get(open..)?.find('}')?;
    let before = own.get(..open)?.trim_end_matches([' ', '\t']).len();
    Some(heading.start + before..heading.start + close + 1)
}

impl Walker<'_> {
    /// The heading ends: where its braces are words, it says them.
    pub(super) fn braces_are_words(&mut self) {
        let Some(range) = self.braces.take() else { return };
        if let Some(words) = self.text.get(range.clone()) {
            self.text(words, range);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::walk;
    use crate::checklist::syntax::markers::Markers;

    #[test]
    fn braces_with_words_are_words_and_attributes_are_none() {
        for (document, title) in [
            ("# Acceptance: {Feature Name}", "Acceptance: {Feature Name}"),
            ("# {Name}", "{Name}"),
            ("## Phase {n} {Phase name} ##", "Phase {n} {Phase name}"),
            ("# Keys {#keys}", "Keys"),
            ("# Keys {#keys .wide lang=en}", "Keys"),
            ("# Keys {.wide name}", "Keys {.wide name}"),
            ("Keys {Name}\n===", "Keys {Name}"),
        ] {
            let outline = walk(document, 0, &Markers::default());
            assert_eq!(outline.headings[0].run.raw, title, "{document}");
        }
    }
}
