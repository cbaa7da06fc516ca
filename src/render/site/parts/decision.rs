//! The decision in words: one for five seconds, one sentence for the reason.

use serde::Serialize;

use crate::render::site::html::Html;
use crate::render::site::world::World;

/// Go or no-go, and why.
#[derive(Debug, Clone, Serialize)]
pub(in crate::render::site) struct Decision {
    /// `Go`, `No-go`; nothing where there is none.
    word: Option<&'static str>,
    /// `go`, `no-go`, `no-gate`.
    class: &'static str,
    /// What follows the word.
    sentence_html: Html,
    /// The reasons that the sentence does not say.
    reasons: Vec<Html>,
}

impl Decision {
    /// Of the gate.
    pub(in crate::render::site) fn of(world: &World) -> Decision {
        let gate = &world.snapshot.summary.gate;
        let (word, class) = match gate.result.as_str() {
            "go" => (Some("Go"), "go"),
            "no-go" => (Some("No-go"), "no-go"),
            _ => (None, "no-gate"),
        };
        let sentence = match gate.sentence.trim() {
            "" => unsaid(world),
            said => said.to_owned(),
        };
        let rest = word.and_then(|word| sentence.strip_prefix(word)).unwrap_or(&sentence);
        let rest = rest.trim_start_matches([' ', '.', ',', ':']);
        let is_news = |reason: &&String| !sentence.contains(reason.trim_end_matches('.'));
        let reasons = gate.reasons.iter().filter(is_news);
        Decision {
            word,
            class,
            sentence_html: Html::of_sentence(&capital(rest)),
            reasons: reasons.map(|reason| Html::of_sentence(reason)).collect(),
        }
    }
}

/// Where the snapshot says nothing itself.
fn unsaid(world: &World) -> String {
    let snapshot = world.snapshot;
    match (snapshot.checklists.is_empty(), snapshot.summary.gate.result.as_str()) {
        (true, _) => "No checklist found.".to_owned(),
        (false, "go") => "Every rule of the gate holds.".to_owned(),
        (false, "no-go") => snapshot.summary.gate.reasons.join(" "),
        (false, _) => "No gate is set: this report states, it does not decide.".to_owned(),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}
