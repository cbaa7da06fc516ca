//! What checking a published report came to.

use serde::Serialize;

/// One way in which a report is checked. Each finds what the others cannot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Layer {
    /// `manifest`, `statement`, `vault`, `verdicts`, `pages`, `signature`.
    pub name: &'static str,
    /// Whether all is as it should be; `None` where it was not or cannot be checked.
    pub ok: Option<bool>,
    /// What was found, as a sentence.
    pub said: String,
    /// What is wrong, a sentence each.
    pub faults: Vec<String>,
}

impl Layer {
    /// A layer that holds, or the faults by which it does not.
    pub fn of(name: &'static str, holds: impl Into<String>, faults: Vec<String>) -> Layer {
        let said = match faults.len() {
            0 => holds.into(),
            1 => "1 fault.".to_owned(),
            many => format!("{many} faults."),
        };
        Layer { name, ok: Some(faults.is_empty()), said, faults }
    }

    /// A layer that was not checked, and why.
    pub fn skipped(name: &'static str, why: impl Into<String>) -> Layer {
        Layer { name, ok: None, said: why.into(), faults: Vec::new() }
    }
}

/// The whole of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// Always `trueup/verification/1`.
    pub schema: &'static str,
    /// Whether no layer found a fault.
    pub ok: bool,
    /// In the order in which they are checked.
    pub layers: Vec<Layer>,
    /// What no layer can check, a sentence each.
    pub on_trust: Vec<String>,
}

impl Verification {
    /// Of these layers.
    pub fn of(layers: Vec<Layer>, on_trust: Vec<String>) -> Verification {
        let ok = layers.iter().all(|layer| layer.ok != Some(false));
        Verification { schema: "trueup/verification/1", ok, layers, on_trust }
    }
}
