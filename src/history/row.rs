//! What each followed path holds at one revision. A row has nearly all in common with the one before it, and
//! shares that.

use std::sync::Arc;

use super::trail::FileState;

/// How many paths lie together.
const WIDTH: usize = 32;

/// A path's file; `None` where it never was.
type Slot = Option<Arc<FileState>>;

/// What each followed path holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    blocks: Vec<Arc<[Slot; WIDTH]>>,
    paths: usize,
}

impl Row {
    /// So many paths, none of which holds anything.
    pub(super) fn of(paths: usize) -> Row {
        std::iter::repeat_n(None, paths).collect()
    }

    /// How many paths there are.
    pub(super) fn len(&self) -> usize {
        self.paths
    }

    /// What the path at `at` holds.
    pub(super) fn get(&self, at: usize) -> Option<&Arc<FileState>> {
        self.blocks.get(at / WIDTH)?[at % WIDTH].as_ref()
    }

    /// Puts a file there; a path that the row does not have is left out.
    pub(super) fn set(&mut self, at: usize, file: Slot) {
        if let Some(block) = self.blocks.get_mut(at / WIDTH).filter(|_| at < self.paths) {
            Arc::make_mut(block)[at % WIDTH] = file;
        }
    }

    /// What each path holds, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Option<&Arc<FileState>>> {
        self.blocks.iter().flat_map(|block| block.iter().map(Option::as_ref)).take(self.paths)
    }

    /// The paths that hold something.
    pub(super) fn files(&self) -> impl Iterator<Item = (usize, &Arc<FileState>)> {
        self.iter().enumerate().filter_map(|(at, file)| Some((at, file?)))
    }

    /// Those of them that one of `others` may hold something else at.
    pub(super) fn apart<'r>(
        &'r self,
        others: &'r [Row],
    ) -> impl Iterator<Item = (usize, &'r Arc<FileState>)> {
        let blocks = self.blocks.iter().enumerate().filter(|(at, block)| {
            others.iter().any(|row| row.blocks.get(*at).is_none_or(|of| !Arc::ptr_eq(of, block)))
        });
        blocks.flat_map(|(at, block)| {
            let files = block.iter().enumerate();
            files.filter_map(move |(within, file)| Some((at * WIDTH + within, file.as_ref()?)))
        })
    }

    /// The same row with so many paths.
    pub(super) fn resized(&self, paths: usize) -> Row {
        self.iter().map(Option::<&_>::cloned).chain(std::iter::repeat(None)).take(paths).collect()
    }
}

impl FromIterator<Slot> for Row {
    fn from_iter<I: IntoIterator<Item = Slot>>(files: I) -> Row {
        let mut files = files.into_iter().peekable();
        let (mut blocks, mut paths) = (Vec::new(), 0);
        while files.peek().is_some() {
            let block = std::array::from_fn(|_| {
                let file = files.next();
                paths += usize::from(file.is_some());
                file.flatten()
            });
            blocks.push(Arc::new(block));
        }
        Row { blocks, paths }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(id: usize) -> Slot {
        Some(Arc::new(FileState { id, ..FileState::default() }))
    }

    fn ids(row: &Row) -> Vec<Option<usize>> {
        row.iter().map(|file| file.map(|of| of.id)).collect()
    }

    #[test]
    fn a_row_holds_what_was_put_there_and_its_copies_do_not() {
        for paths in [0, 1, WIDTH - 1, WIDTH, WIDTH + 1, 3 * WIDTH] {
            let row = Row::of(paths);
            let mut other = row.clone();
            (0..paths).for_each(|at| other.set(at, file(at)));
            other.set(paths, file(paths));
            assert_eq!(ids(&row), vec![None; paths]);
            assert_eq!(ids(&other), (0..paths).map(Some).collect::<Vec<_>>());
            assert_eq!(other.get(paths).map(|of| of.id), None);
            assert_eq!((row.len(), other.len()), (paths, paths));
        }
    }

    #[test]
    fn a_row_of_another_length_holds_the_same() {
        let row: Row = (0..40).map(file).collect();
        assert_eq!(ids(&row.resized(3)), [Some(0), Some(1), Some(2)]);
        assert_eq!(ids(&row.resized(41)).last(), Some(&None));
        assert_eq!(ids(&row.resized(70)).get(39), Some(&Some(39)));
    }

    #[test]
    fn what_two_rows_share_is_passed_over() {
        let row: Row = (0..100).map(file).collect();
        let mut other = row.clone();
        other.set(40, None);
        let apart = |others: &[Row]| row.apart(others).map(|(at, _)| at).collect::<Vec<_>>();
        assert!(apart(std::slice::from_ref(&row)).is_empty());
        assert_eq!(apart(&[row.clone(), other]), (32..64).collect::<Vec<_>>());
        assert_eq!(apart(&[Row::of(10)]).len(), 100);
    }
}
