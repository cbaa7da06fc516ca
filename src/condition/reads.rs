//! What a condition will ask for, from its tree.

use super::tree::{Call, Fact, Function, Kind, Node};
use super::{JobRead, Reads};

/// Everything that `root` reads.
pub(super) fn reads(root: &Node) -> Reads {
    let mut reads = Reads::default();
    collect(root, &mut reads);
    reads
}

fn collect(node: &Node, reads: &mut Reads) {
    match &node.kind {
        Kind::Fact(fact) => add_fact(fact, reads),
        Kind::Call(call) => add_call(call, reads),
        Kind::Member { of, name } => add_job(of, name, reads),
        _ => {}
    }
    for part in node.parts() {
        collect(part, reads);
    }
}

fn add_fact(fact: &Fact, reads: &mut Reads) {
    let path = fact.path.join(".");
    match (&fact.artifact, fact.group()) {
        (Some(glob), group) => {
            reads.artifacts.insert((glob.clone(), group.to_owned()));
        }
        (None, "git") => reads.repository = true,
        (None, group) => {
            reads.groups.insert(group.to_owned());
        }
    }
    // A whole group may be walked or counted, its lists among it.
    let asks = |list: &str| path == list || !path.contains('.');
    reads.cases |= fact.group() == "tests" && asks("tests.cases");
    reads.findings |= fact.group() == "findings" && asks("findings.list");
    reads.components |= fact.group() == "components" && asks("components.list");
    reads.facts.insert(path);
}

fn add_call(call: &Call, reads: &mut Reads) {
    match call.function {
        Function::Files | Function::TextOf | Function::Load => reads.repository = true,
        Function::Passed => {
            reads.cases = true;
            reads.facts.insert("tests.cases".to_owned());
            match &call.artifact {
                Some(glob) => {
                    reads.artifacts.insert((glob.clone(), "tests".to_owned()));
                }
                None => {
                    reads.groups.insert("tests".to_owned());
                }
            }
        }
        _ => {}
    }
}

/// `ci.jobs["job"].conclusion`, or `ci.jobs["job"].steps["step"]`.
fn add_job(of: &Node, name: &str, reads: &mut Reads) {
    if let Some(job) = job_name(of) {
        if name != "steps" {
            reads.jobs.insert(JobRead { job: job.to_owned(), step: None });
        }
        return;
    }
    if let Kind::Member { of: job, name: steps } = &of.kind
        && steps == "steps"
        && let Some(job) = job_name(job)
    {
        reads.jobs.insert(JobRead { job: job.to_owned(), step: Some(name.to_owned()) });
    }
}

fn job_name(node: &Node) -> Option<&str> {
    match &node.kind {
        Kind::Member { of, name } => match &of.kind {
            Kind::Fact(fact) if fact.path == ["ci", "jobs"] => Some(name),
            _ => None,
        },
        _ => None,
    }
}
