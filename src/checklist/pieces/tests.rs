//! Read in pieces is read whole: over documents of nasty lines, and over real ones.

use proptest::prelude::*;

use super::super::read::{Settings, read};
use super::*;
use crate::model::Claim;

/// Of an item what does not need the whole document.
fn told(items: &[Item], before: usize) -> Vec<String> {
    let one = |item: &Item| {
        let parent = item.parent.map(|parent| parent + before);
        format!(
            "{:?} {:?} {:?} {parent:?} {:?} {} {:?} {} {:?} {:?}",
            item.kind,
            item.claim,
            item.section,
            item.label,
            item.text,
            item.note.as_deref().unwrap_or_default(),
            item.meaning,
            (&item.above, &item.thresholds),
            item.directives.iter().map(|of| (of.key, &of.value)).collect::<Vec<_>>(),
        )
    };
    items.iter().map(one).collect()
}

fn in_pieces(pieces: &mut Pieces<Vec<Item>>, text: &str) -> Option<Vec<String>> {
    let read = pieces.read(text.as_bytes(), &<[Item]>::to_vec)?;
    let mut all = Vec::new();
    for piece in read {
        all.extend(told(&piece.made, all.len()));
    }
    Some(all)
}

fn agree(pieces: &mut Pieces<Vec<Item>>, text: &str) {
    let settings = Settings::default();
    let whole = told(&read("a.md", text.as_bytes(), &settings).items, 0);
    if let Some(cut) = in_pieces(pieces, text) {
        assert_eq!(cut, whole, "{text}");
    }
}

fn ids_agree(ids: &mut Ids, text: &str) {
    let whole = read("a.md", text.as_bytes(), &Settings::default()).items;
    let whole: Vec<String> = whole.into_iter().map(|item| item.id).collect();
    assert_eq!(ids.of(text.as_bytes()), whole, "{text}");
}

const LINES: [&str; 40] = [
    "# Title",
    "# Other title",
    "## Security",
    "## Success criteria",
    "### Deep ✅",
    "#### 2. Deeper",
    "####### seven",
    "#no blank",
    "   # indented",
    "Setext",
    "======",
    "------",
    "> # quoted",
    "> - [x] in a quote",
    "- [ ] one",
    "- [x] two < 500 ms",
    "  - [x] nested",
    "    - [ ] deeper",
    "- ✅ Error rate < 1%",
    "1. [ ] numbered",
    "- plain",
    "  # in an item",
    "  ## too",
    "```",
    "```sh",
    "~~~",
    "    ```",
    "# in code?",
    "<div>",
    "</div>",
    "<!--",
    "-->",
    "<!-- id: a -->",
    "| a | status |",
    "| --- | --- |",
    "| x | ✅ |",
    "",
    "text",
    "- [ ]",
    "<pre>",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_lines_read_in_pieces_are_as_read_whole(
        picks in prop::collection::vec(prop::collection::vec(0..LINES.len(), 0..24), 1..4),
        ends in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let settings = Settings::default();
        // One memory for all of them, as for the versions of one file.
        let (mut pieces, mut ids) = (Pieces::new(&settings), Ids::new(&settings));
        for lines in &picks {
            let lines: Vec<&str> = lines.iter().map(|at| LINES[*at]).collect();
            for text in [lines.join(ends), lines.join(ends) + ends] {
                agree(&mut pieces, &text);
                ids_agree(&mut ids, &text);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_was_learned_of_one_version_reads_the_next_as_it_is(
        old in prop::collection::vec(0..LINES.len(), 0..24),
        edits in prop::collection::vec((0..24_usize, 0..LINES.len()), 0..3),
    ) {
        let text = |of: &[usize]| of.iter().map(|at| format!("{}\n", LINES[*at])).collect::<String>();
        let mut new = old.clone();
        for (at, line) in edits {
            new.insert(at.min(new.len()), line);
        }
        let settings = Settings::default();
        let (mut first, mut next) = (Pieces::new(&settings), Pieces::new(&settings));
        if let Some(read) = first.read(text(&old).as_bytes(), &<[Item]>::to_vec) {
            next.learn(text(&old).as_bytes(), &read);
        }
        agree(&mut next, &text(&old));
        agree(&mut next, &text(&new));
    }
}

#[test]
fn what_was_learned_is_not_made_again() {
    let settings = Settings::default();
    let (mut first, mut next) = (Pieces::new(&settings), Pieces::new(&settings));
    let old = "# A\n\n- [ ] one\n\n## B\n\n- [ ] two\n\n## C\n\n- [ ] three\n";
    let read = first.read(old.as_bytes(), &<[Item]>::to_vec).unwrap();
    next.learn(old.as_bytes(), &read);
    let made = std::cell::RefCell::new(Vec::new());
    let new = old.replace("two", "2").replace("three", "3");
    let make = |items: &[Item]| {
        made.borrow_mut().extend(items.iter().map(|item| item.text.clone()));
        items.to_vec()
    };
    let read = next.read(new.as_bytes(), &make).unwrap();
    assert_eq!(made.into_inner(), ["2", "3"], "the first section is known");
    assert_eq!(read.iter().map(|piece| piece.made.len()).sum::<usize>(), 3);
}

#[test]
fn real_checklists_read_in_pieces_are_as_read_whole() {
    let Some(root) = std::env::var_os("TRUEUP_CORPUS") else {
        println!("skipped: TRUEUP_CORPUS names no corpus");
        return;
    };
    let settings = Settings::default();
    let (mut pieces, mut ids) = (Pieces::new(&settings), Ids::new(&settings));
    let mut cut = 0;
    for file in std::fs::read_dir(std::path::Path::new(&root).join("checklists")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "md")
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            agree(&mut pieces, &text);
            ids_agree(&mut ids, &text);
            cut += usize::from(in_pieces(&mut pieces, &text).is_some());
        }
    }
    assert!(cut > 40, "{cut}");
}

#[test]
fn a_changed_box_reads_its_own_piece_again_and_no_other() {
    let settings = Settings::default();
    let made = std::cell::Cell::new(0);
    let mut pieces = Pieces::new(&settings);
    let make = |items: &[Item]| {
        made.set(made.get() + usize::from(!items.is_empty()));
        items.len()
    };
    let text = "# Go\n\n## A\n- [ ] one\n- [ ] two\n\n## B\n- [ ] three\n";
    pieces.read(text.as_bytes(), &make).unwrap();
    assert_eq!(made.take(), 2);
    pieces.read(text.replace("[ ] two", "[x] two").as_bytes(), &make).unwrap();
    assert_eq!(made.take(), 1);
    pieces.read(text.replace("# Go", "# Gone").as_bytes(), &make).unwrap();
    assert_eq!(made.take(), 2, "what stands above a piece belongs to it");
}

#[test]
fn a_legend_holds_in_every_section() {
    let (mut pieces, mut ids) = (Pieces::new(&Settings::default()), Ids::new(&Settings::default()));
    let work = "## Work\n\n- [-] a\n- [!] b\n";
    for legend in ["", "## Legend\n\n- `[-]` in progress\n- `[!]` blocked\n\n"] {
        let text = format!("# Title\n\n{legend}{work}");
        assert_eq!(in_pieces(&mut pieces, &text).is_none(), !legend.is_empty(), "{text}");
        agree(&mut pieces, &text);
        ids_agree(&mut ids, &text);
        let items = read("a.md", text.as_bytes(), &Settings::default()).items;
        let expected: &[Claim] = match legend.is_empty() {
            true => &[Claim::Cancelled],
            false => &[Claim::InProgress, Claim::Open],
        };
        assert_eq!(items.iter().map(|item| item.claim).collect::<Vec<_>>(), expected);
    }
}
