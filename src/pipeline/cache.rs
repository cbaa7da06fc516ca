//! What is kept from one run to the next: a commit does not change, nor does what it was found to
//! say.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::sources::cache::{self, Cache};
use crate::sources::git::Repository;

use super::inputs::project;
use super::{Error, Options};

/// What may be kept of the project that `options` judges.
///
/// # Errors
/// Where there is no such folder.
pub fn cache(options: &Options) -> Result<Option<Cache>, Error> {
    let repository = project::repository(&options.dir)?;
    Ok(repository.and_then(|repository| kept(&repository, options.cache)))
}

/// The cache of a project, where it is `wanted`. One that was committed may say anything: it is not
/// read.
pub(super) fn kept(repository: &Repository, wanted: bool) -> Option<Cache> {
    if !wanted {
        return None;
    }
    let tracked = repository.tracked_files().ok()?;
    // A link or a submodule in its place, too, brings what somebody committed.
    let holds_it = |path: &str| Path::new(cache::FOLDER).starts_with(path);
    let committed = tracked.iter().any(|path| path.starts_with(cache::FOLDER) || holds_it(path));
    Cache::of(repository.root()).filter(|_| !committed)
}

/// The longest text of an answer that is kept, in bytes.
const LONGEST: usize = 64 << 20;

/// Answers by what was asked, in one file of the cache. What a run does not ask for is not kept on.
#[derive(Default)]
pub(super) struct Answers {
    place: Option<(Cache, &'static str)>,
    /// What all of them hang on.
    key: String,
    known: BTreeMap<String, String>,
    used: RefCell<BTreeMap<String, String>>,
    /// Whether this run knows better than the file.
    changed: Cell<bool>,
}

impl Answers {
    /// Those that were kept in `cache` under `name` and `key`. Without a cache, none are.
    pub(super) fn read(cache: Option<Cache>, name: &'static str, key: String) -> Answers {
        let bytes = cache.as_ref().and_then(|cache| cache.read(name));
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        let known = match text.split_once('\n') {
            // An answer is one line of JSON, which holds no line break of its own.
            Some((of, lines)) if of == key => {
                let lines = lines.lines().filter_map(|line| line.split_once('\t'));
                lines.map(|(asked, answer)| (asked.to_owned(), answer.to_owned())).collect()
            }
            _ => BTreeMap::new(),
        };
        let place = cache.map(|cache| (cache, name));
        Answers { place, key, known, ..Answers::default() }
    }

    /// The answer to `asked`, where it is known.
    pub(super) fn get<T: DeserializeOwned>(&self, asked: &str) -> Option<T> {
        let text = self.known.get(asked)?;
        let answer = serde_json::from_str(text).ok()?;
        self.used.borrow_mut().insert(asked.to_owned(), text.clone());
        Some(answer)
    }

    /// Keeps an answer for the next run.
    pub(super) fn put(&self, asked: String, answer: &impl Serialize) {
        if self.place.is_none() {
            return;
        }
        let text = serde_json::to_string(answer).ok().filter(|text| text.len() <= LONGEST);
        if let Some(text) = text {
            self.used.borrow_mut().insert(asked, text);
            self.changed.set(true);
        }
    }

    /// Writes what this run asked for, where the file holds anything else.
    pub(super) fn keep(self) {
        let used = self.used.into_inner();
        let Some((cache, name)) = self.place else { return };
        if !self.changed.get() && used.len() == self.known.len() {
            return;
        }
        let mut text = format!("{}\n", self.key);
        for (asked, answer) in &used {
            text.extend([asked.as_str(), "\t", answer.as_str(), "\n"]);
        }
        cache.write(name, text.as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(root: &std::path::Path, key: &str) -> Answers {
        Answers::read(Cache::of(root), "answers", key.to_owned())
    }

    #[test]
    fn an_answer_is_known_to_the_next_run_by_its_key_alone() {
        let root = tempfile::tempdir().unwrap();
        let first = answers(root.path(), "a");
        assert_eq!(first.get::<String>("who"), None);
        first.put("who".to_owned(), &"two\nlines\tand a tab");
        first.put("what".to_owned(), &vec![1, 2]);
        first.keep();
        let next = answers(root.path(), "a");
        assert_eq!(next.get::<String>("who").as_deref(), Some("two\nlines\tand a tab"));
        assert_eq!(next.get::<Vec<u8>>("what"), Some(vec![1, 2]));
        assert_eq!(next.get::<String>("what"), None, "it is no text");
        assert_eq!(answers(root.path(), "b").get::<String>("who"), None);
    }

    #[test]
    fn what_is_not_asked_for_again_is_forgotten() {
        let root = tempfile::tempdir().unwrap();
        let first = answers(root.path(), "a");
        ["one", "two"].into_iter().for_each(|asked| first.put(asked.to_owned(), &1));
        first.keep();
        let next = answers(root.path(), "a");
        assert_eq!(next.get::<u8>("two"), Some(1));
        next.keep();
        let last = answers(root.path(), "a");
        assert_eq!((last.get::<u8>("one"), last.get::<u8>("two")), (None, Some(1)));
    }
}
