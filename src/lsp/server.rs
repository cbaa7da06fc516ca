//! The thread that talks with the editor.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use gen_lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionParams, CompletionOptions, CompletionParams,
    HoverParams, InitializeParams, InitializeResult, PositionEncodingKind, ServerCapabilities,
    ServerInfo, TextDocumentSyncKind, TextDocumentSyncOptions, Uri, WorkspaceFolders,
};
use lsp_server::{Connection, ErrorCode, ExtractError, Message, Notification, Request, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::judging::{Document, Judged, Settings};
use super::texts::Texts;
use super::worker::{self, Worker};
use super::{actions, completion, hover, uri};

/// How long a question waits for the judgement of what was just typed.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why the talk could not go on.
#[derive(Debug, thiserror::Error)]
pub enum LspError {
    /// The editor broke the protocol.
    #[error("the editor and the server do not understand each other: {0}")]
    Protocol(#[from] lsp_server::ProtocolError),
    /// A message could not be read or written.
    #[error("the editor cannot be talked with: {0}")]
    Stream(#[from] std::io::Error),
    /// There is no project to judge.
    #[error("{0}")]
    Project(String),
}

/// Talks with an editor over standard input and output until it says goodbye; `false` where it went
/// away without.
///
/// # Errors
/// Where the editor breaks the protocol, or there is no project to judge.
pub fn serve(settings: Settings) -> Result<bool, LspError> {
    let (connection, threads) = Connection::stdio();
    let polite = talk(&connection, settings);
    drop(connection);
    let polite = polite?;
    threads.join()?;
    Ok(polite)
}

fn talk(connection: &Connection, settings: Settings) -> Result<bool, LspError> {
    let (id, params) = connection.initialize_start()?;
    let dir = settings.dir.clone().unwrap_or_else(|| opened(params));
    let (dir, root) = worker::folders(&dir).map_err(LspError::Project)?;
    connection.initialize_finish(id, serde_json::to_value(offered()).unwrap_or_default())?;
    let sender = connection.sender.clone();
    // An editor that went away is noticed by the other thread.
    let outbox = Box::new(move |message| drop(sender.send(message)));
    let worker = Worker::begin(settings, dir, root.clone(), outbox);
    let mut server = Server { root, texts: Texts::default(), worker: &worker };
    server.worker.ask(Texts::default());
    let polite = server.listen(connection);
    worker.end();
    polite
}

/// The folder that the editor opens, else the one that the server was started in.
fn opened(params: Value) -> PathBuf {
    let params: InitializeParams = serde_json::from_value(params).unwrap_or_default();
    let folders = match params.workspace_folders_initialize_params.workspace_folders {
        Some(WorkspaceFolders::WorkspaceFolderList(folders)) => folders,
        Some(WorkspaceFolders::Null) | None => Vec::new(),
    };
    #[expect(deprecated, reason = "editors that know no workspace folders say it so")]
    let root = params.root_uri;
    let all = folders.into_iter().map(|folder| folder.uri).chain(root);
    let dir = all.filter_map(|address| uri::file(&address)).find(|path| path.is_dir());
    dir.unwrap_or_else(|| PathBuf::from("."))
}

fn offered() -> InitializeResult {
    let words = |all: &[&str]| Some(all.iter().map(|word| (*word).to_owned()).collect());
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::Full),
        save: Some(true.into()),
        ..TextDocumentSyncOptions::default()
    };
    let completion = CompletionOptions {
        trigger_characters: words(&[".", "\"", "'", ":", "/", "["]),
        ..CompletionOptions::default()
    };
    let kinds = vec![CodeActionKind::QuickFix, CodeActionKind::new(actions::TICK_ALL)];
    let actions =
        CodeActionOptions { code_action_kinds: Some(kinds), ..CodeActionOptions::default() };
    InitializeResult {
        capabilities: ServerCapabilities {
            position_encoding: Some(PositionEncodingKind::UTF16),
            text_document_sync: Some(sync.into()),
            completion_provider: Some(completion),
            hover_provider: Some(true.into()),
            code_action_provider: Some(actions.into()),
            ..ServerCapabilities::default()
        },
        server_info: Some(ServerInfo {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    }
}

struct Server<'w> {
    root: PathBuf,
    texts: Texts,
    worker: &'w Worker,
}

impl Server<'_> {
    fn listen(&mut self, connection: &Connection) -> Result<bool, LspError> {
        for message in &connection.receiver {
            match message {
                Message::Request(request) => {
                    if connection.handle_shutdown(&request)? {
                        return Ok(true);
                    }
                    // An editor that went away ends the loop at the next message.
                    let _ = connection.sender.send(self.answer(request).into());
                }
                Message::Notification(notification) => self.note(notification),
                Message::Response(_) => {}
            }
        }
        Ok(false)
    }

    /// Takes in what the editor tells. What is malformed or unknown is passed over, as the protocol
    /// asks.
    fn note(&mut self, told: Notification) {
        match told.method.as_str() {
            "textDocument/didOpen" => {
                params(told).map(|of| self.texts.open(of)).unwrap_or_default();
            }
            "textDocument/didChange" => {
                params(told).map(|of| self.texts.change(of)).unwrap_or_default();
            }
            "textDocument/didClose" => {
                params(told).map(|of| self.texts.close(&of)).unwrap_or_default();
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => {}
            _ => return,
        }
        self.worker.ask(self.texts.clone());
    }

    fn answer(&self, request: Request) -> Response {
        match request.method.as_str() {
            "textDocument/hover" => reply(request, |of| self.hover(&of)),
            "textDocument/completion" => reply(request, |of| self.completion(&of)),
            "textDocument/codeAction" => reply(request, |of| self.actions(&of)),
            method => {
                let message = format!("{method} is not offered");
                Response::new_err(request.id, ErrorCode::MethodNotFound as i32, message)
            }
        }
    }

    fn hover(&self, of: &HoverParams) -> Value {
        let at = &of.text_document_position_params;
        self.in_document(&at.text_document.uri, |document, _| {
            serde_json::to_value(hover::at(document, at.position)).ok()
        })
    }

    fn actions(&self, of: &CodeActionParams) -> Value {
        let uri = &of.text_document.uri;
        self.in_document(uri, |document, judged| {
            let both = judged.verdicts()?;
            let found = actions::of(both, document, uri, of.range, &of.context);
            serde_json::to_value(found).ok()
        })
    }

    fn completion(&self, of: &CompletionParams) -> Value {
        let at = &of.text_document_position_params;
        let known = self.worker.verdicts();
        let known = known.as_ref().and_then(|judged| judged.verdicts());
        let found = self.name(&at.text_document.uri).zip(self.texts.get(&at.text_document.uri));
        let found = found.map(|(name, open)| completion::at(&open.text, &name, at.position, known));
        serde_json::to_value(found.unwrap_or_default()).unwrap_or_default()
    }

    /// What `say` says of the checklist `uri`, judged as the editor holds it; null where it is none.
    fn in_document(
        &self,
        uri: &Uri,
        say: impl FnOnce(&Document<'_>, &Arc<Judged>) -> Option<Value>,
    ) -> Value {
        let said = || {
            let name = self.name(uri)?;
            let judged = self.worker.of_now(PATIENCE)?;
            let (snapshot, editable) = judged.verdicts()?;
            let document = Document::at(snapshot, editable, &name)?;
            let same = |open: &super::texts::Text| open.text.as_bytes() == document.bytes;
            self.texts.get(uri).is_none_or(same).then(|| say(&document, &judged))?
        };
        said().unwrap_or_default()
    }

    fn name(&self, uri: &Uri) -> Option<String> {
        uri::name(&self.root, &uri::file(uri)?)
    }
}

fn params<P: DeserializeOwned>(of: Notification) -> Option<P> {
    serde_json::from_value(of.params).ok()
}

fn reply<P: DeserializeOwned>(request: Request, say: impl FnOnce(P) -> Value) -> Response {
    let (id, method) = (request.id.clone(), request.method.clone());
    match request.extract(&method) {
        Ok((id, params)) => Response::new_ok(id, say(params)),
        Err(ExtractError::JsonError { error, .. }) => {
            Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string())
        }
        Err(ExtractError::MethodMismatch(_)) => {
            Response::new_err(id, ErrorCode::InternalError as i32, method)
        }
    }
}
