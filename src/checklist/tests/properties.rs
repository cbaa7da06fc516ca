//! What must hold of any document: identity is stable, edits are exact, and no bytes do harm.

#[path = "../../../benches/checklist/pathological.rs"]
mod pathological;

use proptest::prelude::*;

use crate::checklist::*;
use crate::model::{Checklist, Item, ItemKind, Span};

fn parsed(text: &str) -> Checklist {
    read("docs/list.md", text.as_bytes(), &Settings::default())
}

/// An item as these tests write it.
#[derive(Debug, Clone)]
struct Line {
    words: String,
    note: Option<u32>,
    ticked: bool,
    child: bool,
}

/// A section with its number, emoji and items.
#[derive(Debug, Clone)]
struct Part {
    title: String,
    lines: Vec<Line>,
}

fn line() -> impl Strategy<Value = Line> {
    ("[a-z]{3,8}( [a-z]{2,8}){1,4}", proptest::option::of(0_u32..500), any::<bool>(), any::<bool>())
        .prop_map(|(words, note, ticked, child)| Line { words, note, ticked, child })
}

fn document() -> impl Strategy<Value = Vec<Part>> {
    let part = ("[A-Z][a-z]{3,9}( [a-z]{3,9})?", proptest::collection::vec(line(), 1..8))
        .prop_map(|(title, lines)| Part { title, lines });
    proptest::collection::vec(part, 1..4)
}

fn written(parts: &[Part], numbered: &str, factor: u32) -> String {
    let mut out = String::from("# A list\n\n");
    for (index, part) in parts.iter().enumerate() {
        out.push_str(&match numbered {
            "plain" => format!("## {}\n", part.title),
            "numbers" => format!("## {}. {}\n", index + 3, part.title),
            _ => format!("## 🚀 {}) {} ✅\n", index + 1, part.title),
        });
        for (position, line) in part.lines.iter().enumerate() {
            let indent = if line.child && position > 0 { "  " } else { "" };
            let tick = if line.ticked { "x" } else { " " };
            let note = line
                .note
                .map(|note| format!(" ({} of 900 passing)", note * factor))
                .unwrap_or_default();
            out.push_str(&format!("{indent}- [{tick}] {}{note}\n", line.words));
        }
        out.push('\n');
    }
    out
}

fn ids(text: &str) -> Vec<(String, String)> {
    let core = |item: Item| item.text.split(" (").next().unwrap_or_default().to_owned();
    parsed(text).items.into_iter().map(|item| (item.id.clone(), core(item))).collect()
}

/// Whether no two items of a section say the same: only then can a list be reordered at all.
fn all_differ(parts: &[Part]) -> bool {
    let mut seen = std::collections::HashSet::new();
    parts.iter().all(|part| part.lines.iter().all(|line| seen.insert(line.words.clone())))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn ids_do_not_change_with_numbers_emoji_figures_or_boxes(parts in document()) {
        let before = ids(&written(&parts, "plain", 1));
        let unique: std::collections::HashSet<_> = before.iter().map(|(id, _)| id).collect();
        prop_assert_eq!(unique.len(), before.len());
        prop_assert_eq!(&ids(&written(&parts, "numbers", 1)), &before);
        prop_assert_eq!(&ids(&written(&parts, "emoji", 1)), &before);
        if all_differ(&parts) {
            prop_assert_eq!(&ids(&written(&parts, "plain", 2)), &before);
        }
        let mut flipped = parts;
        flipped.iter_mut().flat_map(|part| &mut part.lines).for_each(|line| line.ticked = !line.ticked);
        prop_assert_eq!(&ids(&written(&flipped, "plain", 1)), &before);
    }

    #[test]
    fn ids_do_not_change_with_a_new_neighbour(parts in document(), at in any::<prop::sample::Index>(), place in any::<prop::sample::Index>()) {
        let before = ids(&written(&parts, "plain", 1));
        let mut more = parts;
        let index = at.index(more.len());
        if let Some(part) = more.get_mut(index) {
            // A neighbour at the outermost level must not come between a parent and its children.
            let starts: Vec<usize> = (0..part.lines.len()).filter(|at| *at == 0 || !part.lines[*at].child).chain([part.lines.len()]).collect();
            let position = starts[place.index(starts.len())];
            if position == 0 {
                part.lines[0].child = false;
            }
            part.lines.insert(position, Line { words: "quite another thing 7".into(), note: None, ticked: false, child: false });
        }
        let after: Vec<_> = ids(&written(&more, "plain", 1)).into_iter().filter(|(_, text)| text != "quite another thing 7").collect();
        prop_assert_eq!(after, before);
    }

    #[test]
    fn ids_do_not_change_with_the_order(parts in document().prop_filter("no text twice", |parts| all_differ(parts))) {
        let mut flat = parts;
        flat.iter_mut().flat_map(|part| &mut part.lines).for_each(|line| line.child = false);
        let mut before = ids(&written(&flat, "plain", 1));
        flat.iter_mut().for_each(|part| part.lines.reverse());
        let mut after = ids(&written(&flat, "plain", 1));
        before.sort();
        after.sort();
        prop_assert_eq!(after, before);
    }

    #[test]
    fn ids_do_not_change_with_what_is_counted(parts in document(), counts in (2_u32..900, 2_u32..900)) {
        let counted = |count: u32| {
            let mut parts = parts.clone();
            for line in parts.iter_mut().flat_map(|part| &mut part.lines) {
                line.words = format!("{} across {count} regions", line.words);
            }
            parsed(&written(&parts, "plain", 1)).items
        };
        let (before, after) = (counted(counts.0), counted(counts.1));
        let ids = |items: &[Item]| items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
        let unique: std::collections::HashSet<_> = ids(&before).into_iter().collect();
        prop_assert_eq!(unique.len(), before.len());
        if all_differ(&parts) {
            prop_assert_eq!(ids(&after), ids(&before));
        }
        // A tick for so many is none for another number.
        let told = |items: &[Item]| items.iter().map(|item| item.meaning.clone()).collect::<Vec<_>>();
        prop_assert_eq!(told(&after) == told(&before), counts.0 == counts.1);
    }

    #[test]
    fn a_box_is_set_and_nothing_else_changes(parts in document(), at in any::<prop::sample::Index>()) {
        let text = written(&parts, "emoji", 1);
        let list = parsed(&text);
        let item = &list.items[at.index(list.items.len())];
        is_set_exactly(text.as_bytes(), item);
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        holds(&bytes);
    }

    #[test]
    fn any_markdown_is_read(text in markdown()) {
        holds(text.as_bytes());
    }
}

/// Documents put together from what is hard to read.
fn markdown() -> impl Strategy<Value = String> {
    const PIECES: [&str; 64] = [
        "- [ ] ",
        "- [x] ",
        "* [X] ",
        "1. [ ] ",
        "- [-] ",
        "- [✅] ",
        "- [] ",
        "[ ] ",
        "[x]",
        "- ",
        "  ",
        "    ",
        "\t",
        "\n",
        "\n",
        "\n\n",
        "\r\n",
        "> ",
        "> [!NOTE]\n",
        "# ",
        "## 1. ",
        "---\n",
        "+++\n",
        "| a | b |\n|--|--|\n",
        "| ✅ | ",
        " |\n",
        "```sh\n",
        "```\n",
        "~~",
        "**",
        "`",
        "<!-- id: a -->",
        "<!-- evidence: x > 1",
        " -->",
        "<!--",
        "<b>",
        "<input type=\"checkbox\">",
        "[a](b.md)",
        "[x]: u\n",
        "![i](j)",
        "text",
        "text (22 → 0)",
        "~80 remaining",
        "p95 < 500ms",
        "(4 of 5)",
        "AUDIT-001: ",
        "P0 ",
        "@ana ",
        "N/A",
        "due: 2026-01-01",
        "‚úÖ",
        "Ã©",
        "é",
        "🚀",
        "\u{feff}",
        "\u{a0}",
        "\\",
        "[^1]",
        "[^1]: note\n",
        "Success Criteria\n",
        "First 24 Hours\n",
        "Step 1\n",
        "npm run x > y <z>\n",
        "$(a | b",
    ];
    proptest::collection::vec(0..PIECES.len(), 0..40)
        .prop_map(|picks| picks.into_iter().map(|pick| PIECES[pick]).collect())
}

fn is_set_exactly(bytes: &[u8], item: &Item) {
    let span = item.marker.as_ref().unwrap().span;
    let set = set_box(bytes, item, 'x').unwrap();
    assert_eq!(&set[..span.start], &bytes[..span.start]);
    assert_eq!(&set[span.start..=span.start], b"x");
    assert_eq!(&set[span.start + 1..], &bytes[span.end..]);
}

/// Everything that must hold of a document, whatever it is.
fn holds(bytes: &[u8]) {
    let settings = Settings { key_values: true, ..Settings::default() };
    let list = read("docs/list.md", bytes, &settings);
    let mut ids = std::collections::HashSet::new();
    let lines = bytes.split(|byte| matches!(byte, b'\n' | b'\r')).count();
    let inside =
        |span: Span| assert!(span.start <= span.end && span.end <= bytes.len(), "{span:?}");
    for (index, item) in list.items.iter().enumerate() {
        assert!(!item.id.is_empty() && ids.insert(item.id.as_str()), "{}", item.id);
        assert!(item.address().ends_with(&item.id), "{} {}", item.address(), item.id);
        assert!(item.parent.is_none_or(|parent| parent < index));
        assert!(item.line >= 1);
        inside(item.span);
        item.directives.iter().for_each(|directive| inside(directive.span));
        let Some(marker) = item.marker.as_ref() else { continue };
        inside(marker.span);
        if marker.span.end > 0 {
            assert!(item.line <= lines);
            assert_eq!(&bytes[marker.span.start..marker.span.end], marker.text.as_bytes());
            is_set_exactly(bytes, item);
        }
    }
    let drawn = crate::checklist::document(bytes, &list);
    let json = serde_json::to_string(&drawn).unwrap();
    for item in list.items.iter().filter(|item| item.kind == ItemKind::Task) {
        let named = serde_json::to_string(&item.id).unwrap();
        assert!(json.contains(&format!("\"item\":{named}")), "{} is drawn: {json}", item.id);
    }
    // A mark that only the document's own legend explains makes no checklist of it.
    let built_in = |item: &Item| {
        let mark = item.marker.as_ref().map(|marker| marker.text.as_ref());
        mark.is_none_or(|mark| Markers::default().claim(mark).is_some())
    };
    let tasks = list.items.iter().any(|item| item.kind == ItemKind::Task && built_in(item));
    assert_eq!(holds_tasks(bytes), tasks);
    let read = read_tasks("docs/list.md", bytes, &settings).map(|read| format!("{:?}", read.items));
    assert_eq!(read, tasks.then(|| format!("{:?}", list.items)));
    let mut procedures = list.procedures.clone();
    resolve("a.md", &mut procedures, &|_| Some(false), &|_| Some(String::new()));
}

/// A document with every form, cut and damaged everywhere.
const EVERYTHING: &str = include_str!("../../../fixtures/checklists/every-form.md");

#[test]
fn a_mark_of_a_legend_alone_makes_no_checklist() {
    holds("- [✅] > \n| ✅ | - [✅] N/A[ ] - [ ] ".as_bytes());
}

#[test]
fn a_document_cut_anywhere_is_read() {
    let bytes = EVERYTHING.as_bytes();
    for end in 0..bytes.len() {
        holds(&bytes[..end]);
    }
}

#[test]
fn a_document_with_flipped_bytes_is_read() {
    let mut bytes = EVERYTHING.as_bytes().to_vec();
    for at in 0..bytes.len() {
        for flip in [0x80, 0x01, 0x20] {
            bytes[at] ^= flip;
            if at % 7 == usize::from(flip % 7) {
                holds(&bytes);
            } else {
                read("a.md", &bytes, &Settings::default());
            }
            bytes[at] ^= flip;
        }
    }
}

/// That they take linear time is what the bench measures; here they are read whole.
#[test]
fn pathological_documents_are_read() {
    for (name, text) in pathological::documents(5_000) {
        let list = read("a.md", text.as_bytes(), &Settings::default());
        crate::checklist::document(text.as_bytes(), &list);
        assert!(list.items.iter().all(|item| item.span.end <= text.len()), "{name}");
    }
}

#[test]
fn the_corpus_is_edited_byte_for_byte() {
    let Some(root) = std::env::var_os("TRUEUP_CORPUS") else {
        println!("skipped: TRUEUP_CORPUS names no corpus");
        return;
    };
    let folder = std::path::PathBuf::from(root).join("checklists");
    let mut edited = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let list = read("a.md", &bytes, &Settings::default());
        let boxes: Vec<&Item> = list.items.iter().filter(|item| item.marker.is_some()).collect();
        for item in boxes.iter().step_by(7) {
            is_set_exactly(&bytes, item);
        }
        let all: Vec<_> = boxes.iter().map(|item| (*item, 'x')).collect();
        let ticked = read("a.md", &set_boxes(&bytes, &all).unwrap(), &Settings::default());
        let told = |list: &Checklist| {
            list.items.iter().map(|item| (item.id.clone(), item.text.clone())).collect::<Vec<_>>()
        };
        assert_eq!(told(&ticked), told(&list), "{}", path.display());
        let named: Vec<&Item> = list
            .items
            .iter()
            .filter(|item| item.kind == ItemKind::Task && syntax::directives::is_id(&item.id))
            .collect();
        let with_ids = read("a.md", &add_ids(&bytes, &named).unwrap(), &Settings::default());
        assert_eq!(told(&with_ids), told(&list), "{}", path.display());
        edited += boxes.len();
    }
    assert!(edited > 3_000, "{edited}");
}
