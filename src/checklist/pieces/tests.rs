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

/// Keeps the items as they are.
const KEEP: Keep<'_, Vec<Item>> =
    Keep { of: &|items, _| items.to_vec(), ticked: Some(&|items, boxes| ticked(items, boxes)) };

fn ticked(items: &[Item], boxes: &[(usize, Claim)]) -> Vec<Item> {
    let mut items = items.to_vec();
    for (at, claim) in boxes {
        let stays = items[*at].claim == Claim::Cancelled;
        items[*at].claim = if stays { Claim::Cancelled } else { *claim };
    }
    items
}

fn in_pieces(pieces: &mut Pieces<Vec<Item>>, text: &str) -> Option<Vec<String>> {
    Some(all_told(&pieces.read(text.as_bytes(), &KEEP)?))
}

fn all_told(pieces: &[Piece<Vec<Item>>]) -> Vec<String> {
    let mut all = Vec::new();
    for piece in pieces {
        all.extend(told(&piece.made, all.len()));
    }
    all
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
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_version_that_is_read_by_the_one_before_is_as_read_whole(
        first in prop::collection::vec(0..LINES.len(), 0..24),
        edits in prop::collection::vec((0..24_usize, 0..5_usize, 0..LINES.len()), 0..8),
        ends in prop::sample::select(vec!["\n", "\r\n"]),
        in_later_runs in any::<bool>(),
    ) {
        let mut lines: Vec<String> = first.iter().map(|at| LINES[*at].to_owned()).collect();
        let mut pieces = Pieces::new(&Settings::default());
        let (mut before, mut ids) = (None, Ids::new(&Settings::default()));
        for (at, edit, new) in edits {
            let at = at.min(lines.len());
            match (edit, lines.get_mut(at)) {
                (3.., Some(line)) => *line = toggled(line),
                (gone, _) => {
                    let end = (at + gone.min(2)).min(lines.len());
                    lines.splice(at..end, [LINES[new].to_owned()]);
                }
            }
            let text: String = lines.iter().map(|line| format!("{line}{ends}")).collect();
            let next = pieces.next(text.as_bytes(), before.as_ref(), &KEEP);
            if let Some(next) = &next {
                let whole = read("a.md", text.as_bytes(), &Settings::default()).items;
                assert_eq!(all_told(next.pieces()), told(&whole, 0), "{text}");
            }
            ids_agree(&mut ids, &text);
            before = match in_later_runs {
                // They know the pieces, and neither their text nor where the boxes stand.
                true => next.and_then(|next| {
                    let again = |of: &Piece<Vec<Item>>| {
                        let made = of.made.to_vec();
                        Piece::known(of.length, of.closed, Arc::clone(&of.headings), made)
                    };
                    Before::of(text.as_bytes(), next.pieces().iter().map(again).collect())
                }),
                false => next,
            };
        }
    }
}

/// The line with its box, or what looks like one, ticked or unticked.
fn toggled(line: &str) -> String {
    let (ticked, open) = (line.replace("[ ]", "[x]"), line.replace("[x]", "[ ]"));
    if ticked == line { open } else { ticked }
}

#[test]
fn what_the_version_before_has_is_not_made_again() {
    let settings = Settings::default();
    let old =
        "# A\n\n- [ ] one\n\n## B\n\n- [ ] two\n\n## C\n\n- [ ] three\n\n## D\n\n- [ ] four\n";
    let made = |new: &str| {
        let read = Pieces::new(&settings).read(old.as_bytes(), &KEEP).unwrap();
        let before = Before::of(old.as_bytes(), read).unwrap();
        let made = std::cell::RefCell::new(Vec::new());
        let of = |items: &[Item], _: Option<&Vec<Item>>| {
            made.borrow_mut().extend(items.iter().map(|item| item.text.clone()));
            items.to_vec()
        };
        let keep = Keep { of: &of, ..KEEP };
        Pieces::new(&settings).next(new.as_bytes(), Some(&before), &keep).unwrap();
        made.into_inner()
    };
    assert_eq!(made(&old.replace("two", "2").replace("three", "3")), ["2", "3"]);
    assert_eq!(made(&old.replace("## B\n\n- [ ] two\n\n", "")), [""; 0], "a section is gone");
    assert_eq!(made(&old.replace("## C", "## B2\n\n- [ ] new\n\n## C")), ["new"]);
    assert_eq!(made(&old.replace("# A\n", "# Z\n")), ["one", "two", "three", "four"]);
    assert_eq!(
        made(&old.replace("## C", "# C")),
        ["one", "two", "three", "four"],
        "no title any more"
    );
    assert_eq!(made(&format!("{old}- [ ] five\n")), ["four", "five"]);
    let ticked = old.replace("[ ] two", "[x] two").replace("[ ] four", "[X] four");
    assert_eq!(made(&ticked), [""; 0], "boxes alone");
}

#[test]
fn what_was_ticked_is_not_read_again() {
    let old = "# A\n\n- [ ] one\n- [x] ~~gone~~\n\n## B\n\n- [ ] two\n\n```\n- [ ] code\n```\n";
    let claims = |new: &str| {
        let mut pieces = Pieces::new(&Settings::default());
        let before = pieces.next(old.as_bytes(), None, &KEEP).unwrap();
        let of = |items: &[Item], _: Option<&Vec<Item>>| {
            items.iter().map(|item| Item { claim: Claim::None, ..item.clone() }).collect()
        };
        let read = pieces.next(new.as_bytes(), Some(&before), &Keep { of: &of, ..KEEP }).unwrap();
        let items = read.pieces().iter().flat_map(|piece| piece.made.iter());
        items.map(|item| item.claim).collect::<Vec<_>>()
    };
    use Claim::{Cancelled, Done, Open};
    let again = Claim::None;
    assert_eq!(claims(&old.replace("[ ] one", "[x] one")), [Done, Cancelled, Open]);
    assert_eq!(claims(&old.replace("[x] ~~", "[ ] ~~")), [Open, Cancelled, Open]);
    assert_eq!(claims(&old.replace("[ ] two", "[X] two")), [Open, Cancelled, Done]);
    assert_eq!(claims(&old.replace("[ ] two", "[-] two")), [Open, Cancelled, again]);
    assert_eq!(claims(&old.replace("[ ] code", "[x] code")), [Open, Cancelled, again]);
    assert_eq!(claims(&old.replace("[ ] two", "[x] 2wo")), [Open, Cancelled, again]);
}

#[test]
fn pieces_of_another_text_are_not_taken_for_its_own() {
    let read = || Pieces::new(&Settings::default()).read(b"- [ ] one\n", &KEEP).unwrap();
    assert!(Before::of(b"- [ ] one\n", read()).is_some());
    assert!(Before::of(b"- [ ] three\n", read()).is_none());
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
    let of = |items: &[Item], _: Option<&usize>| {
        made.set(made.get() + usize::from(!items.is_empty()));
        items.len()
    };
    let make = Keep { of: &of, ticked: None };
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
