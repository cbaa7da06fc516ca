//! What the report stands on, so that it can be checked: commit, tool, inputs and their digests.

use serde::Serialize;

use crate::model::{Status, Verdict, counted, listed, plural};
use crate::render::site::frame::{Frame, Part, Stamp};
use crate::render::site::gate;
use crate::render::site::html::Html;
use crate::render::site::links::{Kept, Links, Named};
use crate::render::site::parts::decision::Decision;
use crate::render::site::parts::digest;
use crate::render::site::parts::mark::{self, Mark};
use crate::render::site::size::size;
use crate::render::site::text::shortened;
use crate::render::site::when;
use crate::render::site::world::World;
use crate::render::site::{self, Pen, SiteError};
use crate::snapshot::v1::GateRule;

/// The most artifacts that the table lists.
const ROWS: usize = 2000;

/// The most items that are named under a rule of the gate.
const NAMED: usize = 12;

#[derive(Serialize)]
struct View {
    frame: Frame,
    integrity: Integrity,
}

/// The whole of it.
#[derive(Serialize)]
pub(super) struct Integrity {
    stamp: Stamp,
    commit: Option<CommitView>,
    tool: String,
    judged_at: String,
    generated_at: String,
    schema: String,
    snapshot_html: Option<Html>,
    checklists: Vec<Document>,
    inputs: Vec<Input>,
    more_inputs: u64,
    /// Whether a manifest lies beside the site.
    manifest: bool,
    decision: Decision,
    /// The rules of the gate as written, each with what came of it.
    rules: Vec<Rule>,
    sentence_html: Html,
    unsaid: Vec<String>,
}

#[derive(Serialize)]
struct CommitView {
    id: String,
    time: String,
    subject: Option<String>,
    branch: Option<String>,
    dirty: bool,
    truncated: bool,
}

#[derive(Serialize)]
struct Document {
    path: String,
    href: String,
    items: String,
}

#[derive(Serialize)]
struct Input {
    role: &'static str,
    path: String,
    href: Option<String>,
    digest_html: Html,
    size: String,
    kept: Option<Kept>,
    /// Why its bytes are not in the vault.
    withheld: Option<String>,
}

/// Draws the page.
pub(super) fn draw(world: &World, pen: &Pen) -> Result<(), SiteError> {
    let links = Links::top(world);
    let view = View {
        frame: Frame::new(links, Part::Integrity, "Integrity"),
        integrity: Integrity::of(links),
    };
    pen.page("integrity.html".to_owned(), "pages/integrity.html", &view)
}

/// A rule of the gate.
#[derive(Serialize)]
struct Rule {
    rule: String,
    mark: Mark,
    /// Why it does not hold.
    against: String,
    /// The items that stand against it.
    items: Vec<Named>,
}

impl Rule {
    fn of(links: Links, of: &GateRule) -> Rule {
        let blocking = links.world.snapshot.summary.gate.blocking.iter();
        let against = blocking.filter(|address| {
            links.world.item(address).is_some_and(|(_, item)| gate::blocks(&of.rule, item))
        });
        let against = against.filter(|_| !of.holds).take(NAMED);
        let status = if of.holds { Status::Verified } else { Status::Contradicted };
        Rule {
            rule: shortened(&of.rule, 200),
            mark: Mark {
                word: if of.holds { "holds" } else { "does not hold" },
                ..mark::of_status(status)
            },
            against: of.against.join(" "),
            items: against.filter_map(|address| links.at(address)).collect(),
        }
    }
}

impl Integrity {
    /// Of the whole report.
    pub(super) fn of(links: Links) -> Integrity {
        let world = links.world;
        let snapshot = world.snapshot;
        let gate = &snapshot.summary.gate;
        let all = match world.options.inputs.len() {
            0 => snapshot.artifacts.len(),
            recorded => recorded,
        };
        Integrity {
            stamp: Stamp::of(world),
            commit: snapshot.commit.as_ref().map(|commit| CommitView {
                id: commit.id.clone(),
                time: when::when(&commit.time, None).human,
                subject: commit.subject.clone(),
                branch: commit.branch.clone(),
                dirty: commit.dirty,
                truncated: commit.truncated,
            }),
            tool: format!("{} {}", snapshot.tool.name, snapshot.tool.version),
            judged_at: snapshot.judged_at.clone(),
            generated_at: snapshot.generated_at.clone(),
            schema: snapshot.schema.clone(),
            snapshot_html: world.options.snapshot_sha256.as_deref().map(digest::grouped),
            checklists: documents(links),
            inputs: inputs(links),
            more_inputs: all.saturating_sub(ROWS) as u64,
            manifest: !world.options.inputs.is_empty(),
            decision: Decision::of(world),
            rules: world.snapshot.summary.gate.rules.iter().map(|of| Rule::of(links, of)).collect(),
            sentence_html: Html::of_sentence(&gate.sentence),
            unsaid: unsaid(world),
        }
    }
}

fn documents(links: Links) -> Vec<Document> {
    let checklists = links.world.snapshot.checklists.iter().take(ROWS);
    checklists
        .map(|checklist| Document {
            path: checklist.path.clone(),
            href: links.checklist(&checklist.path),
            items: counted(checklist.items.len() as u64, "item"),
        })
        .collect()
}

fn inputs(links: Links) -> Vec<Input> {
    let recorded = &links.world.options.inputs;
    if !recorded.is_empty() {
        return recorded.iter().take(ROWS).map(|input| of_manifest(links, input)).collect();
    }
    let artifacts = links.world.snapshot.artifacts.iter().take(ROWS);
    artifacts
        .map(|artifact| Input {
            role: "",
            path: artifact.path.clone(),
            href: links.artifact(&artifact.path),
            digest_html: digest::grouped(&artifact.sha256),
            size: size(artifact.bytes),
            kept: links.kept(&artifact.path, &artifact.sha256),
            withheld: None,
        })
        .collect()
}

/// An input as the manifest beside the site has it.
fn of_manifest(links: Links, input: &site::Input) -> Input {
    let (role, href) = match input.role.as_str() {
        "artifact" => ("artifact", links.artifact(&input.path)),
        "checklist" => ("checklist", Some(links.checklist(&input.path))),
        "config" => ("configuration", None),
        "seal" => ("seal", None),
        "signers" => ("whose keys sign commits", None),
        "sign-offs" => ("sign-offs", None),
        _ => ("read by a condition", None),
    };
    Input {
        role,
        path: input.path.clone(),
        href,
        digest_html: digest::grouped(&input.sha256),
        size: size(input.bytes),
        kept: links.kept(&input.path, &input.sha256),
        withheld: input.withheld.clone(),
    }
}

/// What this report does not say.
fn unsaid(world: &World) -> Vec<String> {
    let snapshot = world.snapshot;
    let unused = snapshot.artifacts.iter().filter(|artifact| artifact.used_by.is_empty()).count();
    let unbound = world.all_items().filter(|(_, item)| item.verdict == Verdict::Unbound).count();
    let mut unsaid = Vec::new();
    if unbound > 0 {
        let count = counted(unbound as u64, "item");
        unsaid.push(format!(
            "{count} {} bound to no evidence: nothing is known but the box.",
            plural(unbound as u64, "is")
        ));
    }
    let unboxed: usize = snapshot.checklists.iter().map(|list| list.obligations.len()).sum();
    if unboxed > 0 {
        let verb = if unboxed == 1 { "asks" } else { "ask" };
        unsaid.push(format!(
            "{} {verb} for something without a box: nobody claims it, and nothing proves it.",
            counted(unboxed as u64, "note")
        ));
    }
    if unused > 0 {
        let count = counted(unused as u64, "artifact");
        unsaid.push(format!("{count} {} used by no requirement.", plural(unused as u64, "is")));
    }
    let withheld: Vec<&str> = world
        .options
        .inputs
        .iter()
        .filter(|of| of.withheld.is_some())
        .map(|of| of.path.as_str())
        .collect();
    if !withheld.is_empty() {
        let (count, listed) = (counted(withheld.len() as u64, "input"), listed(&withheld, 3));
        let verb = plural(withheld.len() as u64, "is");
        unsaid.push(format!("The bytes of {count} {verb} not in the vault: {listed}."));
    }
    if snapshot.commit.as_ref().is_some_and(|commit| commit.truncated) {
        unsaid.push(
            "The clone is shallow: what happened before its first commit is not known.".to_owned(),
        );
    }
    if snapshot.commit.as_ref().is_some_and(|commit| commit.dirty) {
        unsaid.push("Tracked files differed from the commit when this was judged.".to_owned());
    }
    unsaid
}
