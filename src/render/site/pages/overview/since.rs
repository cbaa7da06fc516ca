//! What changed since the release before.

use serde::Serialize;

use crate::diff::{Diff, Tally, figures, news, weakened};
use crate::model::grouped;
use crate::render::site::links::Links;
use crate::render::site::pages::releases;
use crate::render::site::text::shortened;

/// The last step of the trend, in two sentences.
#[derive(Serialize)]
pub(super) struct Since {
    name: String,
    /// What got worse and what got better.
    changes: String,
    /// Both figures before and after.
    figures: String,
    /// Where the one before was not recorded.
    note: Option<&'static str>,
    href: String,
}

impl Since {
    /// From the release before to this report; `None` where nothing is known of one.
    pub(super) fn of(links: Links) -> Option<Since> {
        let world = links.world;
        let this = world.snapshot.releases.last()?;
        let diff = world.options.diffs.iter().find(|diff| diff.to.name == this.name)?;
        Some(Since {
            name: shortened(&diff.from.name, 60),
            changes: changes(diff),
            figures: figures(diff),
            note: (!diff.from.recorded)
                .then_some("It was not recorded: its evidence is what was committed there."),
            href: links.file(&format!("{}.html", releases::stem(diff))),
        })
    }
}

fn changes(diff: &Diff) -> String {
    let tally = Tally::of(diff);
    let moved = [(tally.new, "new"), (tally.gone, "gone")];
    let moved = moved.into_iter().filter(|(count, _)| *count > 0);
    let told = news(&tally).into_iter().filter(|said| !said.starts_with("0 "));
    let told: Vec<String> =
        told.chain(moved.map(|(count, word)| format!("{} {word}", grouped(count)))).collect();
    let mut said = match told.is_empty() {
        true => "No item changed its status.".to_owned(),
        false => format!("{}.", told.join(", ")),
    };
    if diff.summary.weakenings > 0 {
        said.push(' ');
        said.push_str(&weakened(diff));
    }
    said
}
