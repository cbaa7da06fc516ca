//! Proposals as text of `trueup.toml`: what is there stays byte for byte, what is new follows it.

use std::fmt::Write as _;

use super::proposal::{Draft, DraftArtifact, Proposal};

/// The group of people that proposed sign-offs name.
pub const SIGNERS: &str = "@signers";

/// The first lines of a new configuration.
const HEAD: &str = "\
# What would prove each item of the checklists. Written by `trueup init`: every table below is a
# proposal, to be read, kept, changed or deleted. A later `trueup init` adds and never changes.
# For completion in an editor: `trueup schema config > trueup.schema.json`, and as the first line
# of this file `#:schema ./trueup.schema.json`.
";

/// A `[gate]` to begin with, as a comment: which items stop a release is the team's to say.
const GATE: &str = "
# What stops a release:
# [gate]
# fail-on = [\"contradicted\", \"stale\", \"unproven\", \"failing\", \"waiver-expired\"]
# require = [{ items = \"security/*\", status = [\"verified\", \"ready\"] }]
";

/// Who may sign, as proposed.
#[derive(Debug, Clone, Copy)]
pub enum Signing<'a> {
    /// The group [`SIGNERS`] is in the configuration.
    Known,
    /// There is no `[people]` yet: it gets the group, with these addresses.
    New(&'a [String]),
    /// `[people]` names others: the addresses stand in the sign-offs themselves.
    Unnamed(&'a [String]),
}

/// One proposal and the item that it is of.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    /// The checklist's path.
    pub checklist: &'a str,
    /// The item's line in it.
    pub line: usize,
    /// The item's address.
    pub address: &'a str,
    /// The item's text.
    pub text: &'a str,
    /// What is proposed; one without a draft writes nothing.
    pub proposal: &'a Proposal,
}

/// What a new configuration begins with.
#[derive(Debug, Clone, Default)]
pub struct Beginning {
    /// Its checklists; those of the whole repository where none are named.
    pub checklists: Vec<String>,
    /// Its default places of artifacts.
    pub places: Vec<String>,
}

/// The configuration with `proposals` after what it says already. `present` is its text, `None`
/// where there is none yet.
pub fn added(
    present: Option<&str>,
    beginning: &Beginning,
    signing: Signing<'_>,
    proposals: &[Written<'_>],
) -> String {
    let mut out = String::new();
    match present {
        Some(present) => {
            out.push_str(present);
            if !present.is_empty() && !present.ends_with('\n') {
                out.push('\n');
            }
        }
        None => {
            out.push_str(HEAD);
            out.push('\n');
            if !beginning.checklists.is_empty() {
                let _ = writeln!(out, "checklists = {}", list(&beginning.checklists));
            }
            let _ = writeln!(out, "artifacts = {}", list(&beginning.places));
        }
    }
    let signs = proposals
        .iter()
        .any(|of| of.proposal.draft.as_ref().is_some_and(|draft| draft.sign_off.is_some()));
    if let (true, Signing::New(signers)) = (signs, signing) {
        out.push_str(
            "\n# Who may sign. These are the latest authors: keep those who may.\n[people]\n",
        );
        let _ = writeln!(out, "{} = {}", text(SIGNERS), list(signers));
    }
    let by = match signing {
        Signing::Known | Signing::New(_) => list(&[SIGNERS.to_owned()]),
        Signing::Unnamed(signers) => list(signers),
    };
    for of in proposals {
        if let Some(draft) = &of.proposal.draft {
            table(&mut out, of, draft, &by);
        }
    }
    if present.is_none() {
        out.push_str(GATE);
    }
    out
}

fn table(out: &mut String, of: &Written<'_>, draft: &Draft, by: &str) {
    let said: String = of.text.chars().filter(|c| !c.is_control()).take(90).collect();
    let _ = writeln!(out, "\n# {}:{} {said}", of.checklist, of.line);
    let _ = writeln!(out, "# Proposed: {}", of.proposal.why);
    let _ = writeln!(out, "[[require]]");
    let _ = writeln!(out, "item      = {}", text(of.address));
    let _ = writeln!(out, "checklist = {}", text(of.checklist));
    match draft.artifacts.as_slice() {
        [] => {}
        [one] => {
            let _ = writeln!(out, "artifacts = [{}]", artifact(one));
        }
        several => {
            let _ = writeln!(out, "artifacts = [");
            for one in several {
                let _ = writeln!(out, "  {},", artifact(one));
            }
            let _ = writeln!(out, "]");
        }
    }
    if let Some(condition) = &draft.condition {
        let _ = writeln!(out, "condition = {}", text(condition));
    }
    if let Some(max_age) = &draft.max_age {
        let _ = writeln!(out, "max-age   = {}", text(max_age));
    }
    if !draft.paths.is_empty() {
        let _ = writeln!(out, "paths     = {}", list(&draft.paths));
    }
    if let Some(sign_off) = &draft.sign_off {
        let max_age = text(&sign_off.max_age);
        let each = if sign_off.each_release { ", each-release = true" } else { "" };
        let _ = writeln!(out, "sign-off  = {{ by = {by}, max-age = {max_age}{each} }}");
    }
}

fn artifact(of: &DraftArtifact) -> String {
    let vouched = of.vouched_by.as_ref();
    let vouched = vouched.map(|of| format!(", vouched-by = {}", text(of))).unwrap_or_default();
    let format = of.format.as_ref();
    let format = format.map(|of| format!(", format = {}", text(of))).unwrap_or_default();
    format!("{{ glob = {}{format}{vouched} }}", text(&of.glob))
}

fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|of| text(of)).collect();
    format!("[{}]", texts.join(", "))
}

fn text(of: &str) -> String {
    toml::Value::from(of).to_string()
}
