//! Which faults beside a false are no doubt: those that the false was written to keep away.

use crate::condition::tree::{Function, Kind, Node};

/// Whether `guard`, which is false, was written so that `term` need not be asked:
/// `has(data.x) && data.x.failed > 0`, `"a" in map && map["a"] == 1`.
pub(super) fn excuses(guard: &Node, term: &Node) -> bool {
    match &guard.kind {
        Kind::Has { of, name } => {
            let kind = Kind::Member { of: of.clone(), name: name.clone() };
            let asked = Node { kind, at: guard.at.clone() }.to_string();
            mentions(term, &|part| is_step(part) && part.to_string() == asked)
        }
        Kind::Within { sides, .. } => {
            let [_, hay] = sides.as_ref();
            let hay = hay.to_string();
            mentions(term, &|part| match &part.kind {
                Kind::Member { of, .. } | Kind::Index { of, .. } => of.to_string() == hay,
                _ => false,
            })
        }
        _ => false,
    }
}

/// Whether `term` asks the entry of a walk and nothing else: an entry that another term rules out
/// needs no further member.
pub(super) fn of_entry(term: &Node) -> bool {
    let asks_more = |part: &Node| match &part.kind {
        Kind::Fact(_) => true,
        Kind::Call(call) => matches!(
            call.function,
            Function::Files
                | Function::TextOf
                | Function::Load
                | Function::Documents
                | Function::Passed
        ),
        _ => false,
    };
    mentions(term, &|part| matches!(part.kind, Kind::Variable(_))) && !mentions(term, &asks_more)
}

fn is_step(node: &Node) -> bool {
    matches!(node.kind, Kind::Member { .. } | Kind::Fact(_))
}

fn mentions(node: &Node, wanted: &dyn Fn(&Node) -> bool) -> bool {
    wanted(node) || node.parts().into_iter().any(|part| mentions(part, wanted))
}
