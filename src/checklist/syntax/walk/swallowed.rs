//! What takes boxes in without a word: a fence or a comment that is never closed, an indentation that
//! makes code of them, a block of HTML that no blank line ends.

use crate::checklist::syntax::outline::OddityKind;

/// Whether `block`, a fenced block up to the end of its document, is open there and holds boxes.
pub(super) fn by_a_fence(block: &str) -> bool {
    let mut lines = block.lines();
    let fence = lines.next().map(bare).unwrap_or_default();
    let Some(mark) = fence.chars().next() else { return false };
    let length = fence.chars().take_while(|letter| *letter == mark).count();
    let lines: Vec<&str> = lines.map(bare).filter(|line| !line.is_empty()).collect();
    let closes = |line: &&str| line.len() >= length && line.chars().all(|letter| letter == mark);
    !lines.last().is_some_and(closes) && lines.iter().any(|line| is_task(line))
}

/// Whether `block`, which its indentation makes code, is a list of boxes and no sample of anything else.
pub(super) fn by_indentation(block: &str) -> bool {
    block.lines().map(bare).find(|line| !line.is_empty()).is_some_and(is_task)
}

/// What takes boxes in that stand in `block`, one of HTML, and where the first of it is told. Boxes in
/// a comment that is closed, and in what shows text as it is, were meant to be none.
pub(super) fn by_html(block: &str) -> Option<(usize, OddityKind)> {
    const AS_IT_IS: [&str; 5] = ["<pre", "<code", "<script", "<style", "<textarea"];
    let mut from = 0;
    while let Some(opened) = find(block, from, "<!--") {
        if let Some(task) = task_in(block, from, opened) {
            return is_shown(block, task, &AS_IT_IS).then_some((task, OddityKind::InHtml));
        }
        let Some(closed) = find(block, opened, "-->") else {
            let tasks = task_in(block, opened, block.len());
            return tasks.map(|_| (opened, OddityKind::Commented));
        };
        if task_before_another(block, opened, closed) {
            return Some((opened, OddityKind::Commented));
        }
        from = closed + "-->".len();
    }
    let task = task_in(block, from, block.len())?;
    is_shown(block, task, &AS_IT_IS).then_some((task, OddityKind::InHtml))
}

/// Whether a box stands in the comment from `opened` to `closed` above a line on which another begins:
/// that one closed it.
fn task_before_another(block: &str, opened: usize, closed: usize) -> bool {
    let Some(inner) = block.get(opened + 4..closed) else { return false };
    let lines = inner.split_inclusive('\n');
    let mut seen = false;
    lines.map(bare).any(|line| {
        let another = seen && line.starts_with("<!--");
        seen |= is_task(line);
        another
    })
}

fn is_shown(block: &str, at: usize, as_it_is: &[&str]) -> bool {
    let lead = block.get(..at).unwrap_or_default().to_ascii_lowercase();
    !as_it_is.iter().any(|tag| lead.contains(tag))
}

fn find(block: &str, from: usize, mark: &str) -> Option<usize> {
    Some(from + block.get(from..)?.find(mark)?)
}

/// Where the first line between two places begins that is a task.
fn task_in(block: &str, from: usize, to: usize) -> Option<usize> {
    let mut at = from;
    for line in block.get(from..to)?.split_inclusive('\n') {
        if is_task(bare(line)) {
            return Some(at + (line.len() - line.trim_start_matches([' ', '\t', '>']).len()));
        }
        at += line.len();
    }
    None
}

/// A line without what stands around it in quotes.
fn bare(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>']).trim_end()
}

fn is_task(line: &str) -> bool {
    let numbered = || {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.strip_prefix(['.', ')']).filter(|_| rest.len() < line.len())
    };
    let entry = line.strip_prefix(['-', '*', '+']).or_else(numbered).map(str::trim_start);
    entry.is_some_and(|entry| ["[ ] ", "[x] ", "[X] "].iter().any(|of| entry.starts_with(of)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_that_is_closed_swallows_nothing() {
        for (block, expected) in [
            ("```sh\nnpm test\n\n- [ ] Backups\n", true),
            ("~~~\n* [x] Backups", true),
            ("> ```\n> - [ ] Backups\n", true),
            ("```\n- [ ] Backups\n```\n", false),
            ("```\n- [ ] Backups\n````", false),
            ("````\n- [ ] Backups\n```\n", true),
            ("```sh\nnpm test\n", false),
            ("```", false),
        ] {
            assert_eq!(by_a_fence(block), expected, "{block}");
        }
    }

    #[test]
    fn a_list_that_is_indented_too_far_is_told_from_a_sample() {
        for (block, expected) in [
            ("- [ ] Keys rotated\n    - [ ] Backups", true),
            ("\n    1. [x] Keys rotated\n", true),
            ("cat <<EOF\n    - [ ] Keys\n", false),
            ("- name: keys\n", false),
            ("", false),
        ] {
            assert_eq!(by_indentation(block), expected, "{block}");
        }
    }

    #[test]
    fn boxes_in_html_are_told_unless_they_were_taken_out() {
        let commented = |at| Some((at, OddityKind::Commented));
        let in_html = |at| Some((at, OddityKind::InHtml));
        for (block, expected) in [
            ("<!-- later\n\n- [ ] Keys\n", commented(0)),
            ("<!-- later\n\n- [ ] Keys\n<!-- id: a -->\n", commented(0)),
            ("<!-- a -->\n<!-- b\n- [ ] Keys\n", commented(11)),
            ("<!--\n- [ ] Keys <!-- id: a -->\n", None),
            ("<!--\n- [ ] Keys\n-->\n", None),
            ("<!-- later\n", None),
            ("<details>\n<summary>a</summary>\n  - [ ] Keys\n", in_html(33)),
            ("<div>\n<!--\n- [ ] Keys\n-->\n1. [ ] Backups\n", in_html(26)),
            ("<pre>\n- [ ] Keys\n</pre>\n", None),
            ("<div>\n[ ] Keys\n</div>\n", None),
        ] {
            assert_eq!(by_html(block), expected, "{block}");
        }
    }
}
