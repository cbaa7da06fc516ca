//! The documents that the editor has open.

use std::collections::BTreeMap;
use std::path::Path;

use gen_lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    TextDocumentContentChangeEvent, Uri,
};

use super::uri;

/// A document as the editor holds it.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) version: i32,
    pub(super) text: String,
}

/// Every open document, by address.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts(BTreeMap<String, Text>);

impl Texts {
    pub(super) fn open(&mut self, of: DidOpenTextDocumentParams) {
        let document = of.text_document;
        let text = Text { version: document.version, text: document.text };
        self.0.insert(document.uri.0, text);
    }

    /// Takes the new text, which is whole: the server asks for no parts.
    pub(super) fn change(&mut self, of: DidChangeTextDocumentParams) {
        let version = of.text_document.version;
        let Some(open) = self.0.get_mut(&of.text_document.text_document_identifier.uri.0) else {
            return;
        };
        for change in of.content_changes {
            if let TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) =
                change
            {
                *open = Text { version, text: whole.text };
            }
        }
    }

    pub(super) fn close(&mut self, of: &DidCloseTextDocumentParams) {
        self.0.remove(&of.text_document.uri.0);
    }

    pub(super) fn get(&self, uri: &Uri) -> Option<&Text> {
        self.0.get(&uri.0)
    }

    /// The version of the document that an editor calls something that means the file of `uri`.
    pub(super) fn version(&self, uri: &Uri) -> Option<i32> {
        self.get(uri).map(|text| text.version)
    }

    /// How the editor itself calls what the repository at `root` calls `name`, where it is open.
    pub(super) fn address(&self, root: &Path, name: &str) -> Option<Uri> {
        let mut open = self.0.keys().map(|address| Uri(address.clone()));
        open.find(|address| {
            let file = uri::file(address);
            file.and_then(|file| uri::name(root, &file)).is_some_and(|own| own == name)
        })
    }

    /// Those that trueup itself reads, checklists and the configuration, by what the repository at
    /// `root` calls them.
    pub(super) fn of(&self, root: &Path) -> BTreeMap<String, Vec<u8>> {
        let mut found = BTreeMap::new();
        for (address, text) in &self.0 {
            let file = uri::file(&Uri(address.clone()));
            let Some(name) = file.and_then(|file| uri::name(root, &file)) else { continue };
            let ours = name == "trueup.toml" || name.ends_with("/trueup.toml");
            if ours || crate::sources::files::is_markdown(&name) {
                found.insert(name, text.text.clone().into_bytes());
            }
        }
        found
    }
}
