//! What checking a report came to, for a person.

use std::fmt::Write;

use crate::model::Verification;

use super::paint::{Paint, safe};

/// The most faults of a layer that are shown.
const SHOWN: usize = 20;

/// The whole of `trueup verify`.
pub fn verification(of: &Verification, paint: Paint) -> String {
    let mut out = String::new();
    // Said first, that nobody takes the marks below for the whole of it.
    if of.is_partial() {
        let _ = writeln!(out, "{}\n", said(of, paint));
    }
    for layer in &of.layers {
        let mark = match layer.ok {
            Some(true) => "ok ".to_owned(),
            Some(false) => paint.red("BAD"),
            None => paint.dim("-  "),
        };
        let _ = writeln!(out, "{mark}  {:<10} {}", layer.name, safe(&layer.said));
        for fault in layer.faults.iter().take(SHOWN) {
            let _ = writeln!(out, "                {}", safe(fault));
        }
        if layer.faults.len() > SHOWN {
            let _ = writeln!(out, "                and {} more", layer.faults.len() - SHOWN);
        }
    }
    if !of.on_trust.is_empty() {
        let _ = writeln!(out, "\nTaken on trust:");
        for told in &of.on_trust {
            let _ = writeln!(out, "  {}", safe(told));
        }
    }
    if !of.is_partial() {
        let _ = writeln!(out, "\n{}", said(of, paint));
    }
    out
}

fn said(of: &Verification, paint: Paint) -> String {
    let said = safe(&of.said);
    if of.ok { said } else { paint.red(&said) }
}
