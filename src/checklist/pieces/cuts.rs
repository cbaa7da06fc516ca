//! Where a document may be cut: before lines that look like headings.

use memchr::memchr3_iter;

/// A heading that is put behind a piece to see whether it is one there.
pub(super) const END: &str = "# x\n";

/// The ends of the pieces, the last of them the end of the document. A `#` in fenced code is passed
/// over where that is plain to see; what is really a heading only parsing tells.
pub(super) fn cuts(body: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut fence: Option<u8> = None;
    let bytes = body.as_bytes();
    let opens = |at: &usize| at.checked_sub(1).is_none_or(|end| bytes.get(end) == Some(&b'\n'));
    for at in memchr3_iter(b'#', b'`', b'~', bytes).filter(opens) {
        let line = bytes.get(at..).unwrap_or_default();
        match (line.first(), fence) {
            (Some(b'#'), None) if at > 0 && is_heading(line) => cuts.push(at),
            (Some(sign @ (b'`' | b'~')), _) if line.starts_with(&[*sign; 3]) => {
                fence = match fence {
                    None => Some(*sign),
                    Some(open) if open == *sign => None,
                    Some(open) => Some(open),
                };
            }
            _ => {}
        }
    }
    cuts.push(body.len());
    cuts
}

/// One to six `#`, then a blank or the line's end; `line` goes on with the lines below.
pub(super) fn is_heading(line: &[u8]) -> bool {
    let signs = line.iter().take_while(|byte| **byte == b'#').count();
    (1..=6).contains(&signs) && line.get(signs).is_none_or(|byte| byte.is_ascii_whitespace())
}
