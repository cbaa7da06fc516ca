//! One look for all the words by which the text of a ticked item, or the remark in it, may say that work
//! is left: most have none.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use crate::checklist::checks::reserved::LEFT;
use crate::checklist::checks::unfinished::{closing_signs, held_back_signs};
use crate::checklist::checks::{foreign, waiting};
use crate::checklist::text::glance::Glance;

use super::{CONSTRUCTION, REMARKED, SHOUTED, TAKEN_BACK};

/// Whether any of those words stands in `text`, in any case. A text beyond ASCII may have others, and
/// is always looked into.
pub(super) fn are_in(text: &str, glance: Glance) -> bool {
    static ANY: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let words = held_back_signs().chain(closing_signs()).chain(waiting::SIGNS);
        let words = words
            .chain(REMARKED)
            .chain(SHOUTED)
            .chain(TAKEN_BACK)
            .chain([CONSTRUCTION])
            .chain(LEFT);
        let ascii = foreign::words().chain(foreign::CLOSING).filter(|word| word.is_ascii());
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(words.chain(ascii))
            .ok()
    });
    glance.foreign() || ANY.as_ref().is_none_or(|any| any.is_match(text))
}
