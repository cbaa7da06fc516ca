//! `trueup serve`: the report in a browser of this machine, made anew as files change.

use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use crate::pipeline::{self, Error, Vaulting};
use crate::render::site;
use crate::render::text::Paint;
use crate::serve::{Edition, Pages, Preview, Server};
use crate::sources::clock;
use crate::sources::watch::{News, Watch, settled};

use super::args::Serve;
use super::publish::{Published, Publishing};
use super::{Exit, Streams, errors, judging};

/// Where the server keeps the last report that could be made.
const LAST_GOOD: &str = "/.trueup/last/index.html";

/// How long files must be quiet before they are judged.
const PAUSE: Duration = Duration::from_millis(60);

/// Runs the command, until Ctrl-C.
pub(super) fn run(args: &Serve, streams: &mut Streams) -> Result<Exit, Error> {
    if args.judging.at.is_some() {
        return Err(Error::usage("--at names a commit, and a commit's files do not change")
            .hinted("`trueup report --at REV` writes its report."));
    }
    let (tell, news) = mpsc::channel();
    stop_at_ctrl_c(tell.clone())?;
    let server = Server::begin(args.port).map_err(|fault| {
        Error::failed(fault.to_string())
            .hinted("--port 0 takes any free port, --port PORT another one.")
    })?;
    let preview = Arc::new(Preview::new(u64::try_from(clock::now().epoch()).unwrap_or_default()));
    let mut watch = watching(args, tell, streams)?;
    publish(args, &preview, streams);
    server.answer(&preview);
    let address = server.address();
    streams.print(&format!("Serving {address} (Ctrl-C ends)\n"));
    if args.open && opener::open_browser(&address).is_err() {
        streams.complain("warning: no browser could be opened\n");
    }
    while settled(&news, PAUSE) {
        watch_new_folders(args, &mut watch, streams);
        publish(args, &preview, streams);
    }
    Ok(Exit::Go)
}

fn stop_at_ctrl_c(tell: Sender<News>) -> Result<(), Error> {
    let stop = move || {
        // Who hears nothing any more has stopped already.
        let _ = tell.send(News::Stop);
    };
    ctrlc::set_handler(stop)
        .map_err(|fault| Error::failed(format!("Ctrl-C cannot be listened for: {fault}")))
}

fn watching(args: &Serve, tell: Sender<News>, streams: &mut Streams) -> Result<Watch, Error> {
    let changed = move || {
        let _ = tell.send(News::Changed);
    };
    let mut watch = Watch::begin(changed).map_err(Error::failed)?;
    watch_new_folders(args, &mut watch, streams);
    Ok(watch)
}

/// A fault is said; what is watched already still is.
fn watch_new_folders(args: &Serve, watch: &mut Watch, streams: &mut Streams) {
    let folders = pipeline::watched(&args.judging.dir, &args.judging.artifacts);
    let added = folders.map_err(|fault| fault.to_string()).and_then(|all| watch.add(&all));
    if let Err(why) = added {
        streams.complain(&format!("warning: {why}\n"));
    }
}

/// Judges, draws and shows. What cannot be judged is shown and said.
fn publish(args: &Serve, preview: &Preview, streams: &mut Streams) {
    let edition = match published(args, streams) {
        Ok(published) => {
            if !args.judging.quiet {
                streams.print(&format!("{}\n", published.snapshot.summary.gate.sentence));
            }
            Edition::Report(published.files)
        }
        Err(error) => {
            errors::print(&error, streams);
            fault(&error, preview.has_report())
        }
    };
    preview.show(edition);
}

fn published(args: &Serve, streams: &mut Streams) -> Result<Published, Error> {
    let judged = judging::judge_for_site(&args.judging, Vaulting::NONE, streams)?;
    Publishing::in_memory().finish(judged, &[])
}

fn fault(error: &Error, report: bool) -> Edition {
    let told = errors::told(error, Paint::PLAIN);
    let drawn = site::draw_fault(&told, report.then_some(LAST_GOOD)).unwrap_or_default();
    let mut files: Pages = drawn.into_iter().map(|page| (page.path, page.bytes)).collect();
    let page = files.remove("fault.html").unwrap_or_else(|| told.into_bytes());
    Edition::Fault { page, assets: files }
}
