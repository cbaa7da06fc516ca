//! The Markdown of a snapshot: what is open and what is folded.

use super::snapshot;
use crate::render::site::tests::story;
use crate::render::text::Paint;

#[test]
fn what_is_false_comes_first_and_the_rest_is_folded() {
    let markdown = snapshot(&story::no_go(), Paint::PLAIN);
    insta::assert_snapshot!(markdown);
    let at = |text: &str| markdown.find(text).unwrap();
    assert!(at("### Contradicted") < at("<details>"));
}
