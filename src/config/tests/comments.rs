//! Comments beside items.

use proptest::prelude::*;

use super::FORMATS;
use crate::checklist;
use crate::config::of_item;
use crate::model::{Directive, DirectiveKey, Item, Span};
use crate::policy::Selector;

/// A document with one item and these comments beside it, and the item.
fn item(comments: &[(DirectiveKey, &str)]) -> (String, Item) {
    let mut text = String::from("- [ ] Tests pass");
    for (key, value) in comments {
        text.push_str(&format!("\n  <!-- {}: {value} -->", key.word()));
    }
    let checklist =
        checklist::read("docs/list.md", text.as_bytes(), &checklist::Settings::default());
    let [item] = checklist.items.as_slice() else { panic!("{text}") };
    assert_eq!(item.directives.len(), comments.len(), "{text}");
    (text, item.clone())
}

fn faults(comments: &[(DirectiveKey, &str)]) -> Vec<String> {
    let (text, item) = item(comments);
    let (requirement, waiver, faults) = of_item("docs/list.md", &item, FORMATS);
    assert!(requirement.is_none() && waiver.is_none(), "a fault gives nothing");
    faults.iter().map(|fault| format!("{} | {}", fault.at.of(&text), fault.message)).collect()
}

#[test]
fn an_item_without_comments_asks_for_nothing() {
    let (_, item) = item(&[]);
    let (requirement, waiver, faults) = of_item("docs/list.md", &item, FORMATS);
    assert!(requirement.is_none() && waiver.is_none() && faults.is_empty());
}

#[test]
fn what_is_no_glob_as_it_stands_is_told() {
    let said = |paths: &str| {
        faults(&[(DirectiveKey::Evidence, "tests.failed == 0"), (DirectiveKey::Paths, paths)])
    };
    for paths in ["src/** app/**", "src/ app/", "a.yml b.yml"] {
        let several = format!("`{paths}` stands for several globs without a comma");
        assert!(said(paths).concat().contains(&several), "{:?}", said(paths));
    }
    for paths in ["\"src/**\"", "'src'", "`src/**`"] {
        let quoted = format!("the glob {paths} stands in quotes");
        assert!(said(paths).concat().contains(&quoted), "{:?}", said(paths));
    }
    for paths in ["My App/**", "src/**, app/**", "release notes.md"] {
        let comments =
            [(DirectiveKey::Evidence, "tests.failed == 0"), (DirectiveKey::Paths, paths)];
        let (requirement, _, faults) = of_item("docs/list.md", &item(&comments).1, FORMATS);
        assert!(requirement.is_some() && faults.is_empty(), "{paths}: {faults:?}");
    }
}

#[test]
fn comments_are_a_requirement_of_their_item() {
    let (_, item) = item(&[
        (DirectiveKey::Evidence, "tests.total > 0 && tests.failed == 0"),
        (DirectiveKey::Artifacts, "out/{a,b}/*.xml, more/junit.xml"),
        (DirectiveKey::Format, "junit"),
        (DirectiveKey::MaxAge, "7d"),
        (DirectiveKey::Paths, "none"),
        (DirectiveKey::Waiver, "by @ana until 2026-12-31 because until 1.6 nobody asks"),
    ]);
    let (requirement, waiver, faults) = of_item("docs/list.md", &item, FORMATS);
    assert_eq!(faults, []);
    let requirement = requirement.unwrap();
    let globs: Vec<&str> = requirement.artifacts.iter().map(|w| w.glob.as_str()).collect();
    assert_eq!(globs, ["out/a/*.xml", "out/b/*.xml", "more/junit.xml"]);
    assert!(requirement.artifacts.iter().all(|w| w.format.as_deref() == Some("junit")));
    assert_eq!(requirement.paths.as_deref(), Some([].as_slice()));
    assert_eq!(requirement.place.to_string(), "docs/list.md:2");
    assert!(matches!(requirement.items, Selector::Beside { .. }));
    let waiver = waiver.unwrap();
    assert_eq!((waiver.by.as_str(), waiver.until_written.as_str()), ("@ana", "2026-12-31"));
    assert_eq!(waiver.reason, "until 1.6 nobody asks");
}

proptest! {
    #[test]
    fn any_comment_is_understood_or_refused_at_its_place(
        key in 0..DirectiveKey::ALL.len(),
        value in any::<String>(),
        other in any::<String>(),
    ) {
        let (text, mut item) = item(&[(DirectiveKey::Evidence, "data.ok")]);
        let span = Span::new(10, 10 + value.len());
        item.directives[0].value = other;
        let key = DirectiveKey::ALL[key];
        item.directives.push(Directive { key, value, span, escaped: Vec::new(), line: 1 });
        let (_, _, faults) = of_item("docs/list.md", &item, FORMATS);
        for fault in faults {
            prop_assert!(fault.at.start <= fault.at.end, "{:?} {}", fault, text);
        }
    }
}

#[test]
fn a_comment_that_cannot_be_understood_is_a_fault_at_its_place() {
    use DirectiveKey::{Artifacts, Evidence, Format, MaxAge, Waiver};
    for (comments, expected) in [
        (vec![(Evidence, "tests.faild == 0")], "faild | unknown fact `tests.faild`"),
        (
            vec![(Evidence, "data.ok"), (Artifacts, "a, b{")],
            "b{ | `b{` is no glob: unclosed alternate group; missing '}' (maybe escape '{' with '[{]'?)",
        ),
        (
            vec![(Evidence, "data.ok"), (Artifacts, "a"), (Format, "junt")],
            "junt | unknown format `junt`",
        ),
        (
            vec![(Evidence, "data.ok"), (Format, "junit")],
            "junit | `format` names the format of `artifacts`, and there are none",
        ),
        (
            vec![(Evidence, "data.ok"), (MaxAge, "soon")],
            "soon | `soon` is no length of time; write it as 7d, 36h, 2w or 30m",
        ),
        (vec![(MaxAge, "7d")], "7d | `max-age` stands here without `evidence`"),
        (
            vec![(Waiver, "by @ana until 2026-12-32 because x")],
            "2026-12-32 | `2026-12-32` is no date",
        ),
        (
            vec![(Waiver, "until 2026-12-31 because x")],
            "until 2026-12-31 because x | this waiver has no owner",
        ),
        (vec![(Waiver, "by @ana")], "by @ana | this waiver has no end and no reason"),
    ] {
        assert_eq!(faults(&comments), [expected]);
    }
}
