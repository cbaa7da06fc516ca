//! A checklist at a glance: each item one box in the order of the document, a line a section.

use serde::Serialize;

use crate::snapshot::v1::{Checklist, Item};

use super::mark;

/// The most items that are drawn: beyond, no sum can be read.
const MOST: usize = 200;
/// The most boxes of a line.
const WIDE: usize = 16;
/// From one box to the next.
const STEP: usize = 12;

/// The boxes, ready to draw.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render::site) struct Boxes {
    width: usize,
    height: usize,
    boxes: Vec<Drawn>,
}

#[derive(Debug, Clone, Serialize)]
struct Drawn {
    /// The hue, and whether the box is hollow.
    class: &'static str,
    hollow: bool,
    x: usize,
    y: usize,
}

impl Boxes {
    /// Of `checklist`; `None` where there are none, or more than can be seen.
    pub(in crate::render::site) fn of(checklist: &Checklist) -> Option<Boxes> {
        if checklist.items.is_empty() || checklist.items.len() > MOST {
            return None;
        }
        let (mut column, mut line) = (0, 0);
        let mut section = checklist.items.first().map(|item| &item.section_slug);
        let mut boxes = Vec::new();
        for item in &checklist.items {
            if section != Some(&item.section_slug) || column == WIDE {
                section = Some(&item.section_slug);
                (column, line) = (0, line + 1);
            }
            boxes.push(drawn(item, column, line));
            column += 1;
        }
        let right = boxes.iter().map(|drawn| drawn.x).max().unwrap_or_default();
        Some(Boxes { width: right + STEP, height: (line + 1) * STEP, boxes })
    }
}

fn drawn(item: &Item, column: usize, line: usize) -> Drawn {
    let mark = mark::of(item);
    let hollow = matches!(
        mark.symbol,
        "ready" | "failing" | "stale-o" | "waived-o" | "open" | "not-applicable"
    );
    Drawn { class: mark.class, hollow, x: column * STEP + 1, y: line * STEP + 1 }
}
