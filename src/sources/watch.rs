//! The door to the system's news of files: which folders changed, as it happens.

use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

/// Where many watches are cheap, each folder has its own, so that what git ignores costs nothing;
/// elsewhere the system watches whole trees at the price of one.
const MODE: RecursiveMode =
    if cfg!(target_os = "linux") { RecursiveMode::NonRecursive } else { RecursiveMode::Recursive };

/// Folders that are watched until this is dropped.
pub struct Watch {
    watcher: RecommendedWatcher,
}

impl Watch {
    /// Begins to watch nothing; `changed` is called, on a thread of its own, for each change of a
    /// file that a report may be made from.
    ///
    /// # Errors
    /// A sentence, where the system gives no news.
    pub fn begin(changed: impl Fn() + Send + 'static) -> Result<Watch, String> {
        let told = move |event: notify::Result<Event>| match event {
            Ok(event) if !matters(&event) => {}
            // Lost news may have been of anything.
            Ok(_) | Err(_) => changed(),
        };
        let watcher = notify::recommended_watcher(told)
            .map_err(|fault| format!("files cannot be watched: {fault}"))?;
        Ok(Watch { watcher })
    }

    /// Watches `folders` too. Those that are watched already stay so, and what went away meanwhile
    /// is no fault.
    ///
    /// # Errors
    /// A sentence, where the system takes no more of them.
    pub fn add(&mut self, folders: &[PathBuf]) -> Result<(), String> {
        for folder in folders {
            match self.watcher.watch(folder, MODE) {
                Err(fault) if folder.is_dir() => {
                    return Err(format!("{} cannot be watched: {fault}", folder.display()));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

/// What a loop that follows changes is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// Something changed.
    Changed,
    /// It is time to end.
    Stop,
}

/// How much longer than a pause a change may take before it counts all the same.
const PATIENCE: u32 = 6;

/// Waits for a change, and for a `pause` after it: an editor writes in several steps. `false` where
/// it is time to end.
pub fn settled(news: &Receiver<News>, pause: Duration) -> bool {
    if news.recv() != Ok(News::Changed) {
        return false;
    }
    let latest = Instant::now() + pause * PATIENCE;
    loop {
        let left = latest.saturating_duration_since(Instant::now());
        match news.recv_timeout(pause.min(left)) {
            Ok(News::Changed) => {}
            Ok(News::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
            Err(RecvTimeoutError::Timeout) => return true,
        }
    }
}

fn matters(event: &Event) -> bool {
    let read_only = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
        EventKind::Access(_) => true,
        _ => false,
    };
    let ours = |path: &PathBuf| is_under(path, ".trueup") || is_lock_of_git(path);
    !read_only && (event.paths.is_empty() || !event.paths.iter().all(ours))
}

fn is_under(path: &Path, name: &str) -> bool {
    path.components().any(|part| matches!(part, Component::Normal(part) if part == name))
}

/// Git writes a lock beside each file and renames it: the rename is the news.
fn is_lock_of_git(path: &Path) -> bool {
    is_under(path, ".git") && path.extension().is_some_and(|ending| ending == "lock")
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn changes_are_told_and_reading_is_none() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("a.md");
        std::fs::write(&file, "one").unwrap();
        std::fs::create_dir_all(dir.path().join(".trueup/cache")).unwrap();
        let (tell, told) = mpsc::channel();
        let mut watch = Watch::begin(move || {
            let _ = tell.send(());
        })
        .unwrap();
        let folders = [dir.path().to_path_buf(), dir.path().join("gone")];
        watch.add(&folders).unwrap();
        watch.add(&folders).unwrap();
        std::fs::read(&file).unwrap();
        std::fs::write(dir.path().join(".trueup/cache/x"), "").unwrap();
        assert!(told.recv_timeout(Duration::from_millis(200)).is_err(), "nothing changed");
        std::fs::write(&file, "two").unwrap();
        told.recv_timeout(Duration::from_secs(20)).unwrap();
    }

    #[test]
    fn many_changes_settle_into_one_and_an_end_is_an_end() {
        let (tell, news) = mpsc::channel();
        for _ in 0..100 {
            tell.send(News::Changed).unwrap();
        }
        assert!(settled(&news, Duration::from_millis(5)));
        assert!(news.try_recv().is_err(), "all of them are in it");
        tell.send(News::Changed).unwrap();
        tell.send(News::Stop).unwrap();
        assert!(!settled(&news, Duration::from_secs(60)));
        drop(tell);
        assert!(!settled(&news, Duration::from_secs(60)));
    }

    #[test]
    fn locks_and_our_own_folder_are_no_news() {
        let event = |paths: &[&str]| {
            let event = Event::new(EventKind::Any);
            paths.iter().fold(event, |event, path| event.add_path(PathBuf::from(path)))
        };
        assert!(matters(&event(&[])), "news without a path may be of anything");
        assert!(matters(&event(&["/r/.git/HEAD"])) && matters(&event(&["/r/Cargo.lock"])));
        assert!(!matters(&event(&["/r/.trueup/cache/a", "/r/.git/index.lock"])));
        assert!(matters(&event(&["/r/.trueup/cache/a", "/r/a.md"])));
    }
}
