//! Whether a tick still stands for what it was made for.

use crate::model::{
    Change, Claim, Item, ItemHistory, ItemKind, Rule, Rules, Tick, Verdict, context_change,
    means_still, said, same_limits, same_words,
};

use super::remark::{narrowings, untagged, without_tags};
use super::ruling::Ruling;

/// Why a ticked, proven item's tick is stale: its text, a limit in it or what stands above it changed since. Unticking
/// and ticking again renews it.
pub(super) fn stale(
    item: &Item,
    verdict: Verdict,
    history: Option<&ItemHistory>,
    rules: Rules,
) -> Option<Ruling> {
    if item.claim != Claim::Done || verdict != Verdict::Pass || !rules.holds(Rule::StaleTick) {
        return None;
    }
    let history = history?;
    let tick = history.ticked.as_ref()?;
    let what = changed(item, tick)?;
    let when = reworded_at(history, tick);
    let said = &tick.event.text;
    Some(Ruling::stale(Rule::StaleTick, format!("ticked as “{said}”; the {what} changed{when}.")))
}

/// Whether a ticked item's text, a limit in it or what stands above it changed since its tick.
pub fn is_stale_tick(item: &Item, history: &ItemHistory) -> bool {
    stale(item, Verdict::Pass, Some(history), Rules::default()).is_some()
}

fn changed(item: &Item, tick: &Tick) -> Option<&'static str> {
    if !says_the_same(item, tick) && !means_still(&item.meaning, &tick.meaning) {
        Some("wording")
    } else if narrowings(&item.text) != narrowings(&tick.event.text) {
        Some("remark")
    } else if !same_limits(&item.thresholds, &tick.thresholds) {
        Some("limit in the text")
    } else {
        tick.context.as_deref().and_then(|then| context_change(then, &item.context()))
    }
}

/// Whether the text says what was ticked, however it is written. The other cells of a row are no text of its
/// own, and who ticked other words than the commit holds that brought the tick here is known by their meaning.
fn says_the_same(item: &Item, tick: &Tick) -> bool {
    item.kind != ItemKind::TableRow
        && tick.event.by.authored.is_none()
        && !tick.meaning.is_empty()
        && same_words(
            untagged(&item.meaning, &item.text),
            untagged(&tick.meaning, &tick.event.text),
        )
        && said(without_tags(&tick.event.text)) == said(without_tags(&item.text))
}

/// When the text changed, as far as a commit tells.
fn reworded_at(history: &ItemHistory, tick: &Tick) -> String {
    if history.uncommitted {
        return " in the work tree".to_owned();
    }
    let after = history.events.iter().rev().find(|event| {
        matches!(event.change, Change::Reworded | Change::Moved)
            && event.by.commit != tick.event.by.commit
    });
    after.map_or_else(|| " since".to_owned(), |event| format!(" on {}", event.by.time.date()))
}
