//! What HTML says of a part of a document: the summary of `<details>`, and headings that are tags.

use crate::checklist::syntax::outline::Fold;

/// The parts that are open, by their places among the folds.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Each `<details>`, with its summary where it has one.
    details: Vec<Option<usize>>,
    heading: Option<usize>,
}

impl Parts {
    /// Reads a block of HTML that begins at `at`.
    pub(super) fn read(&mut self, html: &str, at: usize, folds: &mut Vec<Fold>) {
        let html = html.to_ascii_lowercase();
        let mut rest = html.as_str();
        while let Some((_, tag)) = rest.split_once('<') {
            rest = tag;
            if tag.starts_with("/details") {
                end(self.details.pop().flatten(), at, folds);
            } else if tag.starts_with("details") {
                self.details.push(None);
            } else if let Some(said) = said_in(tag, "summary") {
                let fold = self.fold(at, said);
                if let Some(open) = self.details.last_mut() {
                    *open = Some(folds.len());
                    folds.push(fold);
                }
            } else if let Some(said) = ["h1", "h2", "h3", "h4", "h5", "h6"]
                .iter()
                .find_map(|heading| said_in(tag, heading))
            {
                self.heading(at, folds);
                let fold = self.fold(at, said);
                self.heading = Some(folds.len());
                folds.push(fold);
            }
        }
    }

    fn fold(&self, at: usize, said: String) -> Fold {
        let outer = self.details.iter().rev().find_map(|open| *open).max(self.heading);
        Fold { within: at..usize::MAX, outer, said }
    }

    /// A heading at `at` ends the part of the one before it.
    pub(super) fn heading(&mut self, at: usize, folds: &mut [Fold]) {
        end(self.heading.take(), at, folds);
    }
}

fn end(fold: Option<usize>, at: usize, folds: &mut [Fold]) {
    if let Some(fold) = fold.and_then(|open| folds.get_mut(open)) {
        fold.within.end = at;
    }
}

/// What the tag of that name encloses that begins `html`.
fn said_in(html: &str, name: &str) -> Option<String> {
    let (said, _) = html.strip_prefix(name)?.split_once(&format!("</{name}"))?;
    said.starts_with(['>', ' ']).then(|| without_tags(said))
}

/// What stands behind the name of a tag, as text.
pub(super) fn without_tags(said: &str) -> String {
    let pieces = said.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text));
    pieces.collect::<String>().trim().to_owned()
}
