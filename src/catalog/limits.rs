//! Limits that stand in the text of an item, put into the condition that an idea has for them.

use crate::model::{Figure, Item, Shape, Unit};

/// The template with its places filled from the item's own figures; `None` where the text does not
/// give one of them.
///
/// `{tests}` how many tests there are to be, more than none where the text counts none;
/// `{ms}` a limit on a duration in milliseconds, `{s}` in seconds, `{share}` a percentage as 0 to 1,
/// `{pct}` as 0 to 100, `{rate}` so many a second, each with its operator; `{percentile}` the percentile beside it, p95 where
/// none is named; `{p95}` nothing, where the text means no other percentile; `{package}` the name in
/// the note.
pub(super) fn filled(template: &str, item: &Item) -> Option<String> {
    let mut text = template.to_owned();
    let ms = |figure: &Figure| in_base(figure, "ms");
    for (place, value) in [
        ("{ms}", limit(item, ms)),
        ("{s}", limit(item, |figure| ms(figure).map(|value| value / 1e3))),
        ("{pct}", limit(item, |figure| in_base(figure, "%"))),
        ("{rate}", limit(item, |figure| in_base(figure, "/s"))),
        ("{share}", limit(item, |figure| in_base(figure, "%").map(|value| value / 100.0))),
    ] {
        if text.contains(place) {
            text = text.replace(place, &value?);
        }
    }
    if text.contains("{tests}") && counts_something_else(item) {
        return None;
    }
    let tests = counted_tests(item).map_or("> 0".to_owned(), |count| format!(">= {count}"));
    text = text.replace("{tests}", &tests);
    if text.contains("{p95}") {
        let named = item.figures.iter().find_map(|figure| figure.percentile.as_deref());
        if named.is_some_and(|named| named != "p95") {
            return None;
        }
        text = text.replace("{p95}", "");
    }
    if text.contains("{package}") {
        let note = item.note.as_deref()?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || "@._/-".contains(c);
        if !note.chars().all(is_name) {
            return None;
        }
        text = text.replace("{package}", &format!("{note:?}"));
    }
    if text.contains("{percentile}") {
        let named = item.figures.iter().find_map(|figure| figure.percentile.as_deref());
        text = text.replace("{percentile}", named.unwrap_or("p95"));
    }
    Some(text)
}

/// Whether the template has a place for a limit.
pub(super) fn fills(template: &str) -> bool {
    ["{ms}", "{s}", "{pct}", "{share}", "{rate}"].iter().any(|place| template.contains(place))
}

/// Whether it is held to the percentile beside the limit.
pub(super) fn reads_percentiles(template: &str) -> bool {
    ["{p95}", "{percentile}"].iter().any(|place| template.contains(place))
}

/// Whether the template has a place that the item's own text fills.
pub(super) fn reads_the_item(template: &str, item: &Item) -> bool {
    let places = ["{p95}", "{package}", "{percentile}"];
    fills(template)
        || places.iter().any(|place| template.contains(place))
        || template.contains("{tests}") && counted_tests(item).is_some()
}

/// How many tests the claim itself counts: "All 20 unit tests pass", "4/4 tests pass". What is remarked after it says how far it is.
pub(super) fn counted_tests(item: &Item) -> Option<u64> {
    let mut counts = counts(item).filter(|figure| is_of_tests(figure));
    let figure = counts.next()?;
    if matches!(figure.shape, Shape::Share { part, whole } if part < whole) {
        return None;
    }
    let count = figure.value();
    (counts.next().is_none() && (1.0..=1e9).contains(&count)).then_some(count as u64)
}

/// Whether the claim counts what is no tests, or tests twice: that many would not be asked for.
fn counts_something_else(item: &Item) -> bool {
    let is_some =
        |figure: &&Figure| figure.value() >= 1.0 || matches!(figure.shape, Shape::Share { .. });
    let some = counts(item).filter(is_some).count();
    some > usize::from(counted_tests(item).is_some())
}

/// What the claim itself counts.
fn counts(item: &Item) -> impl Iterator<Item = &Figure> {
    let remark = item.note.as_deref().unwrap_or_default();
    let counts = |of: &&Figure| matches!(of.shape, Shape::Count { .. } | Shape::Share { .. });
    let of = item.figures.iter().filter(counts);
    of.filter(|figure| !remark.contains(&figure.text))
}

/// Whether a count is of tests, whichever half's and of whichever kind.
fn is_of_tests(figure: &Figure) -> bool {
    let words = figure.noun.as_deref().unwrap_or_default().split(' ');
    let kinds = ["unit", "core", "backend", "frontend"];
    let mut words = words.skip_while(|word| kinds.contains(word));
    matches!(words.next(), Some("test" | "tests"))
}

/// The one limit that `value` takes; a text with two of a kind leaves open which is meant.
fn limit(item: &Item, value: impl Fn(&Figure) -> Option<f64>) -> Option<String> {
    let mut limits = item.figures.iter().filter_map(|figure| {
        let Shape::Limit { operator, .. } = figure.shape else { return None };
        Some((operator.sign(), value(figure)?))
    });
    let (sign, value) = limits.next()?;
    limits.next().is_none().then(|| format!("{sign} {value:?}"))
}

fn in_base(figure: &Figure, wanted: &str) -> Option<f64> {
    let (value, unit) =
        figure.unit.map_or((figure.value(), ""), |unit: Unit| unit.base(figure.value()));
    (unit == wanted).then_some(value)
}
