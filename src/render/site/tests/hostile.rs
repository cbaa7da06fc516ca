//! A snapshot of which every text is an attack: markup, script, controls, turned text, endless words.

use serde_json::Value;

use crate::snapshot::Snapshot;

use super::story;

/// The fields whose values are words of ours: closed sets that cannot be anything else.
const CLOSED: [&str; 9] =
    ["claim", "kind", "verdict", "status", "severity", "block", "inline", "align", "hides"];

/// Attacks, each after the text that it replaces.
const ATTACKS: [&str; 8] = [
    "<script>window.pwned=1</script>",
    "\"><img src=x onerror=\"window.pwned=2\">",
    "' onmouseover='window.pwned=3' x='",
    "</title></style></textarea><svg onload=window.pwned=4>",
    "\u{202e}desrever\u{2066} \u{0}\u{1b}[31m\u{7f}\u{9b}\u{feff}",
    "{{ 7 * 7 }}{% raw %} {{<mark m={x} />}}",
    "عربي שלום ✅🚀👩\u{200d}💻 &lt;b&gt; &#60;",
    "]]><!--<a href=javascript:window.pwned=5>x</a>",
];

/// The no-go with every text replaced.
pub(in crate::render) fn hostile() -> Snapshot {
    let mut json = serde_json::to_value(story::no_go()).unwrap();
    attack("", &mut json);
    let mut snapshot: Snapshot = serde_json::from_value(json).unwrap();
    snapshot.summary.gate.result = "no-go".to_owned();
    for (waiver, state) in
        snapshot.waivers.iter_mut().zip(["in-force", "expiring", "expired", "unused"])
    {
        waiver.state = state.to_owned();
    }
    snapshot
}

fn attack(field: &str, value: &mut Value) {
    match value {
        Value::String(_) if CLOSED.contains(&field) && field != "kind" => {}
        Value::String(word)
            if field == "kind" && matches!(word.as_str(), "task" | "criterion" | "table-row") => {}
        Value::String(text) if field == "to" => {
            *text = format!("javascript:window.pwned=6//{text}")
        }
        Value::String(text) => *text = attacked(text),
        Value::Array(values) => values.iter_mut().for_each(|value| attack(field, value)),
        Value::Object(members) => {
            for (name, value) in std::mem::take(members) {
                let is_open =
                    matches!(field, "metadata" | "facts" | "jobs" | "metrics" | "by_status");
                let mut value = value;
                attack(&name, &mut value);
                members.insert(
                    if is_open && field != "facts" { attacked(&name) } else { name },
                    value,
                );
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The same text is always attacked in the same way, so that references still hold.
fn attacked(text: &str) -> String {
    if let Some((path, id)) = text.split_once('#').filter(|(path, _)| path.ends_with(".md")) {
        return format!("{}#{}", attacked(path), attacked(id));
    }
    let sum: usize = text.bytes().map(usize::from).sum();
    let attack = ATTACKS[sum % ATTACKS.len()];
    let endless = if sum.is_multiple_of(13) { "W".repeat(10_000) } else { String::new() };
    format!("{text}{attack}{endless}")
}
