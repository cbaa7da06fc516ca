//! What rests on bytes that are not in the vault, and is taken as the snapshot tells it.

use std::collections::BTreeMap;

use crate::model::Code;
use crate::pipeline::assemble;
use crate::pipeline::witness::file::Recorded;
use crate::reconcile::{Case, Held, JudgedItem, Judgement, WaiverIndex, WindowState};
use crate::snapshot::{Snapshot, v1};

/// The items of which a part is taken as told, and what hangs on them.
#[derive(Debug, Default)]
pub(in crate::pipeline) struct Unheld {
    /// By address: of each requirement of the item, in the order in which judging again has them,
    /// how much is at hand of what its answer rests on.
    items: BTreeMap<String, Vec<Held>>,
    /// The waivers that match one of them, by place.
    waivers: Vec<(String, Option<usize>)>,
}

impl Unheld {
    pub(super) fn of(case: &Case, judgement: &Judgement, waivers: &[v1::Waiver]) -> Unheld {
        let mut unheld = Unheld::default();
        for of in case.documents.items() {
            let requirements = judgement.items[of.at].requirements.iter();
            let held: Vec<Held> = requirements.map(|&at| judgement.requirements[at].held).collect();
            if held.iter().any(|held| *held != Held::All) {
                unheld.items.insert(of.full_address(), held);
            }
        }
        let concerned = waivers.iter().filter(|of| unheld.any(&of.matches));
        unheld.waivers = concerned.map(|of| (of.path.clone(), of.line)).collect();
        unheld
    }

    /// Whether there is nothing of that kind.
    pub(in crate::pipeline) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The addresses, in their order.
    pub(in crate::pipeline) fn addresses(&self) -> impl Iterator<Item = &str> {
        self.items.keys().map(String::as_str)
    }

    /// Of the item at `address`, how much is at hand for each of its requirements; `None` where all is.
    pub(in crate::pipeline) fn requirements(&self, address: &str) -> Option<&[Held]> {
        self.items.get(address).map(Vec::as_slice)
    }

    /// Whether one of the addresses is among them.
    pub(in crate::pipeline) fn any(&self, addresses: &[String]) -> bool {
        addresses.iter().any(|address| self.items.contains_key(address))
    }

    /// Whether a problem is of such an item, or of a waiver that matches one.
    pub(in crate::pipeline) fn concerns(&self, problem: &v1::Problem) -> bool {
        let of_item = |id: &String| self.items.contains_key(&format!("{}#{id}", problem.path));
        let of_waiver = |(path, line): &(String, Option<usize>)| {
            problem.code.starts_with("waiver-") && (path, line) == (&problem.path, &problem.line)
        };
        let untold = problem.code == Code::HistoryTruncated.word() && !self.is_empty();
        problem.item.as_ref().is_some_and(of_item) || self.waivers.iter().any(of_waiver) || untold
    }

    /// Gives those items what the snapshot tells of them, as far as the gate asks for it, and the
    /// problems that it tells of them.
    pub(super) fn take_as_told(
        &self,
        judgement: &mut Judgement,
        case: &Case,
        told: &Snapshot,
        recorded: &Recorded,
    ) {
        let mut known = BTreeMap::new();
        for list in &told.checklists {
            known
                .extend(list.items.iter().map(|item| (format!("{}#{}", list.path, item.id), item)));
        }
        for of in case.documents.items() {
            let address = of.full_address();
            let told = known.get(&address).filter(|_| self.items.contains_key(&address));
            if let Some(told) = told {
                as_told(&mut judgement.items[of.at], told);
            }
        }
        judgement.problems.retain(|of| !self.concerns(&assemble::problem(of)));
        let told = told.problems.iter().filter(|of| self.concerns(of));
        let told = told.filter(|of| !recorded.problems.contains(of));
        judgement.problems.extend(told.filter_map(super::problem));
    }
}

fn as_told(judged: &mut JudgedItem, told: &v1::Item) {
    (judged.verdict, judged.status) = (told.verdict, told.status);
    // The gate asks whether there is one, and not which.
    judged.waiver = told.waiver.as_ref().map(|of| (WaiverIndex::default(), of.hides));
    let states = [WindowState::NotYetDue, WindowState::Due, WindowState::Overdue, WindowState::Met];
    if let (Some(judged), Some(told)) = (&mut judged.window, &told.window) {
        let state = states.into_iter().find(|state| state.word() == told.state);
        judged.state = state.unwrap_or(judged.state);
    }
}
