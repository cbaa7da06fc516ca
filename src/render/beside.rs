//! What may lie in a report's folder beside its pages: any output, or the whole as one page.

use crate::snapshot::Snapshot;

use super::output;
use super::site;
use super::text::Paint;

/// The name of the whole as one page.
pub const SINGLE_FILE: &str = "single-file";

/// Draws what is called `name`.
///
/// # Errors
/// A sentence, where no output of snapshots has that name, or the page could not be drawn.
pub fn draw(name: &str, snapshot: &Snapshot, options: &site::Options) -> Result<Vec<u8>, String> {
    if name == SINGLE_FILE {
        return site::draw_single(snapshot, options).map_err(|fault| fault.to_string());
    }
    let draw = output::named(name).and_then(|output| output.snapshot);
    let draw = draw.ok_or_else(|| format!("No output of reports is called `{name}`."))?;
    Ok(draw(snapshot, Paint::PLAIN).into_bytes())
}
