//! A fence that is never closed: all that follows it is code, the boxes too.

/// Whether `block`, a fenced block up to the end of its document, is open there and holds boxes.
pub(super) fn swallows_boxes(block: &str) -> bool {
    let mut lines = block.lines();
    let fence = lines.next().map(bare).unwrap_or_default();
    let Some(mark) = fence.chars().next() else { return false };
    let length = fence.chars().take_while(|letter| *letter == mark).count();
    let lines: Vec<&str> = lines.map(bare).filter(|line| !line.is_empty()).collect();
    let closes = |line: &&str| line.len() >= length && line.chars().all(|letter| letter == mark);
    !lines.last().is_some_and(closes) && lines.iter().any(|line| is_task(line))
}

/// A line without what stands around it in quotes.
fn bare(line: &str) -> &str {
    line.trim_start_matches([' ', '\t', '>']).trim_end()
}

fn is_task(line: &str) -> bool {
    let entry = line.strip_prefix(['-', '*', '+']).map(str::trim_start);
    entry.is_some_and(|entry| ["[ ] ", "[x] ", "[X] "].iter().any(|of| entry.starts_with(of)))
}

#[cfg(test)]
mod tests {
    use super::swallows_boxes;

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
            assert_eq!(swallows_boxes(block), expected, "{block}");
        }
    }
}
