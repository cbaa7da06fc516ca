//! The thread that judges: always the latest texts, never two states at once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use gen_lsp_types::{MessageType, PublishDiagnosticsParams, ShowMessageParams};
use lsp_server::{Message, Notification};

use crate::pipeline;
use crate::sources::watch::{News, Watch, settled};

use super::diagnostics;
use super::judging::{Judged, Settings, judge};
use super::texts::Texts;
use super::uri;

/// How long typing must pause before its text is judged.
const PAUSE: Duration = Duration::from_millis(150);

/// Where messages to the editor go.
pub(super) type Outbox = Box<dyn Fn(Message) + Send>;

/// The judging thread, as the other knows it.
pub(super) struct Worker {
    shared: Arc<Shared>,
    tell: Sender<News>,
    thread: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    judged: Condvar,
}

#[derive(Default)]
struct State {
    texts: Texts,
    /// Counts states of the texts.
    asked: u64,
    /// The state that was judged last.
    answered: u64,
    latest: Option<Arc<Judged>>,
    /// The latest that came to verdicts.
    verdicts: Option<Arc<Judged>>,
}

impl Worker {
    /// Begins to judge the project around `dir`, its repository's root being `root`.
    pub(super) fn begin(settings: Settings, dir: PathBuf, root: PathBuf, outbox: Outbox) -> Worker {
        let (tell, news) = mpsc::channel();
        let shared = Arc::new(Shared::default());
        let (own, told) = (Arc::clone(&shared), tell.clone());
        let thread = thread::spawn(move || {
            let watched = shared_watch(&own, told);
            let mut loop_ =
                Loop { settings, dir, root, outbox, shown: BTreeSet::new(), said: None };
            loop_.run(&own, &news, watched);
        });
        Worker { shared, tell, thread }
    }

    /// The texts are these now.
    pub(super) fn ask(&self, texts: Texts) {
        let mut state = self.shared.lock();
        state.texts = texts;
        state.asked += 1;
        drop(state);
        // A thread that has ended hears nothing, and is asked for nothing.
        let _ = self.tell.send(News::Changed);
    }

    /// The judgement of the texts as they are now; `None` where there is none after `patience`.
    pub(super) fn of_now(&self, patience: Duration) -> Option<Arc<Judged>> {
        let pending = |state: &mut State| state.answered != state.asked;
        let waited = self.shared.judged.wait_timeout_while(self.shared.lock(), patience, pending);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if state.answered == state.asked { state.latest.clone() } else { None }
    }

    /// The latest judgement that came to verdicts, be it of earlier texts.
    pub(super) fn verdicts(&self) -> Option<Arc<Judged>> {
        self.shared.lock().verdicts.clone()
    }

    /// Ends the thread.
    pub(super) fn end(self) {
        let _ = self.tell.send(News::Stop);
        // Its panic was printed where it happened.
        let _ = self.thread.join();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// News of files, too: a test run that ends changes verdicts. Without them, saving still does.
fn shared_watch(shared: &Arc<Shared>, tell: Sender<News>) -> Option<Watch> {
    let shared = Arc::clone(shared);
    let changed = move || {
        shared.lock().asked += 1;
        let _ = tell.send(News::Changed);
    };
    Watch::begin(changed).ok()
}

struct Loop {
    settings: Settings,
    dir: PathBuf,
    root: PathBuf,
    outbox: Outbox,
    /// The files that something is shown beside.
    shown: BTreeSet<String>,
    /// What was said last of why nothing can be judged.
    said: Option<String>,
}

impl Loop {
    fn run(&mut self, shared: &Shared, news: &Receiver<News>, mut watch: Option<Watch>) {
        while settled(news, PAUSE) {
            let (asked, texts) = {
                let state = shared.lock();
                (state.asked, state.texts.clone())
            };
            let judged = Arc::new(judge(&self.settings, &self.dir, texts.of(&self.root)));
            self.publish(&judged, &texts);
            let mut state = shared.lock();
            if judged.verdicts().is_some() {
                state.verdicts = Some(Arc::clone(&judged));
            }
            state.latest = Some(judged);
            state.answered = asked;
            drop(state);
            shared.judged.notify_all();
            if let Some(watch) = &mut watch {
                let folders = pipeline::watched(&self.dir, &self.settings.artifacts);
                // What cannot be watched is judged again when something is typed or saved.
                let _ = watch.add(&folders.unwrap_or_default());
            }
        }
    }

    fn publish(&mut self, judged: &Judged, texts: &Texts) {
        let unsaved = texts.of(&self.root);
        let text = |path: &str| match unsaved.get(path) {
            Some(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
            None => diagnostics::on_disk(&self.root, path),
        };
        let mut found = diagnostics::of(judged, &text);
        found.retain(|_, shown| !shown.is_empty());
        for gone in &self.shown {
            found.entry(gone.clone()).or_default();
        }
        self.shown.clear();
        for (path, diagnostics) in found {
            let place = self.root.join(&path);
            let address = texts.address(&self.root, &path).or_else(|| uri::of_file(&place));
            let Some(uri) = address else { continue };
            if !diagnostics.is_empty() {
                self.shown.insert(path);
            }
            let version = texts.version(&uri);
            self.notify(
                "textDocument/publishDiagnostics",
                &PublishDiagnosticsParams { uri, version, diagnostics },
            );
        }
        let why = match judged {
            Judged::Not(None, why) => Some(why.clone()),
            _ => None,
        };
        if let Some(why) = why.as_ref().filter(|_| why != self.said) {
            let message = format!("trueup: {why}");
            let said = ShowMessageParams { kind: MessageType::Warning, message };
            self.notify("window/showMessage", &said);
        }
        self.said = why;
    }

    fn notify(&self, method: &str, params: &impl serde::Serialize) {
        (self.outbox)(Notification::new(method.to_owned(), params).into());
    }
}

/// The folder of the project and what its paths are relative to.
pub(super) fn folders(dir: &Path) -> Result<(PathBuf, PathBuf), String> {
    let root = pipeline::root(dir).map_err(|error| error.to_string())?;
    Ok((dir.to_path_buf(), root))
}
