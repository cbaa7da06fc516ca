//! `trueup fix`: shows, and with `--write` makes, the ticks that the evidence supports.

mod output;

use crate::model::Glob;
use crate::pipeline::plan::{self, Plan, Wanted};
use crate::pipeline::{self, Editable, Error};
use crate::render::text;
use crate::sources::output::{Replacement, replace_files};

use super::args::{Fix, OutputFormat};
use super::{Exit, Streams, judging};
use output::Printed;
pub(super) use output::schema;

/// Runs the command.
pub(super) fn run(args: &Fix, streams: &mut Streams) -> Result<Exit, Error> {
    if args.judging.at.is_some() {
        return Err(Error::usage("--at names a commit, and a commit's files cannot be changed")
            .hinted("Without --at, fix changes the work tree."));
    }
    let glob = match &args.items {
        Some(written) => Some(Glob::new(written).map_err(|fault| Error::usage(fault.to_string()))?),
        None => None,
    };
    // Read before it is judged, and compared with the file once more before it is written.
    let editable = pipeline::editable(&args.judging.dir)?;
    let wanted = Wanted { glob: glob.as_ref(), untick: args.untick };
    let plan = if args.ids {
        plan::ids(&editable, &wanted)?
    } else {
        let snapshot = judging::judge(&args.judging, false, streams)?;
        plan::boxes(&editable, &snapshot, &wanted)?
    };
    if let Some(glob) = glob.filter(|_| !plan.matched) {
        return Err(Error::usage(format!("`{glob}` matches no item"))
            .hinted("`trueup check --format json` lists every item with its id and address."));
    }
    if args.write {
        write(&editable, &plan)?;
    }
    if !args.judging.quiet {
        args.format.print(&printed(args, &plan, streams.paint), streams);
    }
    Ok(if args.check && !plan.files.is_empty() { Exit::NoGo } else { Exit::Go })
}

fn write(editable: &Editable, plan: &Plan) -> Result<(), Error> {
    let replacements: Vec<Replacement> = plan
        .files
        .iter()
        .map(|file| Replacement {
            path: file.path.clone(),
            before: file.before.clone().into_bytes(),
            after: file.after.clone().into_bytes(),
        })
        .collect();
    Ok(replace_files(&editable.root, &replacements)?)
}

fn printed(args: &Fix, plan: &Plan, paint: text::Paint) -> String {
    match args.format {
        OutputFormat::Json => {
            let changes = plan.files.iter().flat_map(|file| file.edits.clone()).collect();
            super::json(&Printed::new(args.write, changes, plan.held_back.clone()))
        }
        OutputFormat::Text => text::fix(&plan.files, &plan.held_back, args.write, paint),
    }
}
