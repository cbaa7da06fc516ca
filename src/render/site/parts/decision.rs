//! The decision in words: one for five seconds, one sentence for the reason.

use serde::Serialize;

use crate::model::{counted, grouped, plural};
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
            _ if word.is_none() && is_unbound(world) => unbound(world),
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

/// Whether there are items, and nothing says what would prove any.
fn is_unbound(world: &World) -> bool {
    let mut items = world.all_items().peekable();
    items.peek().is_some() && items.all(|(_, item)| item.requirement.is_none())
}

fn unbound(world: &World) -> String {
    let tasks = world.snapshot.summary.tasks;
    let said = match tasks.applicable {
        0 => "no goal can be judged".to_owned(),
        all => format!(
            "{} of {} {} ticked; none can be judged",
            grouped(tasks.claimed),
            counted(all, "box"),
            plural(tasks.applicable, "is")
        ),
    };
    format!("No item is bound to evidence yet. {}. Run `trueup init`.", capital(&said))
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
