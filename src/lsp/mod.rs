//! The language server: what trueup says of a checklist, beside its lines, as it is typed.
//!
//! One thread talks with the editor; another judges the texts that the editor holds, saved or not,
//! and what is asked meanwhile is answered from the latest judgement of exactly those texts.

mod actions;
mod completion;
mod diagnostics;
mod hover;
mod judging;
mod places;
mod server;
mod texts;
mod uri;
mod worker;

pub use judging::Settings;
pub use server::{LspError, serve};
