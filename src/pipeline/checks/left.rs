//! Checklists that were moved to where `checklists` does not look: their open items would be out of
//! every gate without a word.

use crate::checklist::{self, Settings};
use crate::history::former_names;
use crate::model::{Claim, Code, Place, Problem, counted};
use crate::pipeline::Options;
use crate::pipeline::cache::{Answers, kept};
use crate::pipeline::inputs::checklists;
use crate::pipeline::inputs::project::{LARGEST_TEXT, Project};
use crate::policy::Config;

/// The name under which the cache keeps the older names of files.
const KEPT: &str = "former-names";

/// A Markdown file with open items that is no checklist.
struct Apart {
    path: String,
    /// The line of its first open item, from 1.
    line: usize,
    open: u64,
}

/// A problem for each file with open items that was a checklist under an older name, and is none any
/// more. One whose older name is a checklist again was put away for it, and one that `exclude` names
/// was on purpose.
pub(in crate::pipeline) fn moved_away(
    project: &Project<'_>,
    config: &Config,
    options: &Options,
) -> Vec<Problem> {
    let (Some(globs), true) = (&config.checklists, options.history) else { return Vec::new() };
    let (Some(repository), Some(commit)) = (project.repository, &project.commit) else {
        return Vec::new();
    };
    let apart = apart(project, config);
    if apart.is_empty() {
        return Vec::new();
    }
    let paths: Vec<String> = apart.iter().map(|file| file.path.clone()).collect();
    let answers = Answers::read(kept(repository, options.cache), KEPT, commit.id.clone());
    let asked = paths.join("\u{1f}");
    let former = match answers.get(&asked) {
        Some(known) => known,
        None => {
            // What cannot be read is told where the history of the checklists is.
            let read = former_names(repository, commit, &paths).unwrap_or_default();
            answers.put(asked, &read);
            read
        }
    };
    answers.keep();
    let was_checklist = |name: &&String| {
        let listed = globs.iter().any(|glob| glob.matches(name));
        listed && !config.excludes(name) && !project.holds(name)
    };
    let told = apart.iter().filter_map(|file| {
        let was = former.get(&file.path)?.iter().find(was_checklist)?;
        Some(problem(file, was))
    });
    told.collect()
}

fn problem(file: &Apart, was: &str) -> Problem {
    let message = format!(
        "This was the checklist {was}, and no glob of `checklists` matches it where it is now: {} of \
         it {} not judged.",
        counted(file.open, "open item"),
        if file.open == 1 { "is" } else { "are" },
    );
    Problem::new(Code::ChecklistLeft, Place::line(&file.path, file.line), message).hint(format!(
        "Add \"{}\" to `checklists`, or to `exclude` where it was put away.",
        file.path
    ))
}

/// The Markdown files of the team that no glob names and in which something is open.
fn apart(project: &Project<'_>, config: &Config) -> Vec<Apart> {
    let checklists = checklists::paths(project, config);
    let settings = checklists::settings(config);
    let mut others = project.markdown();
    others.retain(|path| checklists.binary_search(path).is_err() && !config.excludes(path));
    others.into_iter().filter_map(|path| open_items(project, path, &settings)).collect()
}

fn open_items(project: &Project<'_>, path: String, settings: &Settings) -> Option<Apart> {
    let bytes = project.read(&path, LARGEST_TEXT)?.ok()?;
    let read = checklist::read_tasks(&path, &bytes, settings)?;
    let is_open = |claim: Claim| matches!(claim, Claim::Open | Claim::InProgress);
    let mut open = read.items.iter().filter(|item| is_open(item.claim)).peekable();
    let line = open.peek()?.line;
    Some(Apart { line, open: open.count() as u64, path })
}
