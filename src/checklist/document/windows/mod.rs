//! Time windows: headings that say when, relative to the deployment, what stands below it is due.
//!
//! What stands in a window after the deployment does not hold it up. So a heading opens one only
//! where it, or what it stands in, speaks of a deployment or of what follows it, and in doubt none.

mod event;
mod speaks;
mod tongues;
mod when;

use std::cell::LazyCell;
use std::collections::BTreeMap;

use crate::model::{Window, WindowUnit};

use super::sections::Sections;
use speaks::Speaks;

/// Gives every section the window that its heading, or the nearest above it, opens. The document's
/// title opens none.
pub(in crate::checklist) fn mark(sections: &mut Sections) {
    let title = sections.list.iter().position(|section| section.level == 1);
    let series = LazyCell::new(|| Series::of(sections));
    let own = |at| if Some(at) == title { None } else { window(sections, at, &series) };
    let own: Vec<Option<Window>> = (0..sections.list.len()).map(own).collect();
    for (at, own) in own.into_iter().enumerate() {
        let Some(section) = sections.list.get(at) else { continue };
        let parent = parent(sections, at).and_then(|parent| sections.list.get(parent));
        let inherited = parent
            .and_then(|parent| parent.window)
            .filter(|window| window.ends <= 0 || !speaks::of(&section.title).before);
        if let Some(section) = sections.list.get_mut(at) {
            section.window = own.or(inherited);
        }
    }
}

/// The sections around section `at`, outermost first.
fn above(sections: &Sections, at: usize) -> impl DoubleEndedIterator<Item = usize> {
    let path = sections.paths.get(at).map(Vec::as_slice).unwrap_or_default();
    path.iter().copied().filter(move |other| *other != at)
}

/// The window that the heading of section `at` opens.
fn window(sections: &Sections, at: usize, series: &Series) -> Option<Window> {
    let heading = &sections.list.get(at)?.title;
    let lower = in_lower_case(heading)?;
    let words = speaks::words(&lower);
    let said = |at: usize| sections.list.get(at).map(|section| speaks::of(&section.title));
    let title = sections.titled.then_some(0).and_then(said);
    let around = Around {
        own: speaks::of_words(&words, &lower),
        above: above(sections, at).filter_map(said).collect(),
        title: title.filter(|title| !title.before),
    };
    let is_neutral =
        || around.is_neutral() && title.is_none_or(|title| !title.before && !title.elsewhere);
    if around.own.before || around.above.iter().any(|above| above.before) {
        return when::before(&words, around.is_live());
    }
    if around.is_rehearsed() || title.is_some_and(|title| title.rehearsal) {
        return None;
    }
    if is_of_a_part(sections) || is_of_another_event(sections, at) {
        return None;
    }
    let first = || {
        when::first(&words).filter(|window| {
            around.allows_first(&words, *window)
                || is_neutral() && series.holds(sections, at, &words)
        })
    };
    let before = || when::before(&words, around.is_live());
    let numbered = || around.allows_numbered().then(|| when::numbered(&words)).flatten();
    let after = || around.allows_after(&words).then(|| when::after(&words)).flatten();
    let immediate = || around.allows_immediate(&words).then(|| when::immediate(&words)).flatten();
    first().or_else(before).or_else(numbered).or_else(after).or_else(immediate)
}

/// A heading that may say when, in lower case and in English.
fn in_lower_case(heading: &str) -> Option<String> {
    let lower = || heading.to_lowercase().replace('–', "-");
    if when::may_say(heading) && !tongues::may_count(heading) {
        return Some(lower());
    }
    let lower = tongues::in_english(&lower()).into_owned();
    when::may_say(&lower).then_some(lower)
}

/// Whether the document is of the rollout to a part of the users.
fn is_of_a_part(sections: &Sections) -> bool {
    let title = sections.list.first().filter(|_| sections.titled);
    title.is_some_and(|title| {
        let lower = title.title.to_lowercase();
        speaks::rolls_out_a_part(&speaks::words(&lower), &lower)
    })
}

/// Whether the heading of section `at`, or one around it below the document's title, counts from something
/// else than the deployment.
fn is_of_another_event(sections: &Sections, at: usize) -> bool {
    let lower = |at: usize| sections.list.get(at).map(|of| of.title.to_lowercase());
    let title = sections.titled.then_some(0).and_then(lower).unwrap_or_default();
    let mut around = above(sections, at).filter(|at| !sections.titled || *at > 0);
    let own = lower(at).unwrap_or_default();
    event::is_another(&tongues::in_english(&own), &title)
        || around.any(|at| {
            lower(at).is_some_and(|of| event::is_another_around(&tongues::in_english(&of), &title))
        })
}

/// Headings that only say when, as `First Hour` and `First Week` do beside each other: nobody writes so
/// of anything but what follows a start.
struct Series {
    /// By the section around them, how many there are, and whether one is of hours.
    beside: BTreeMap<Option<usize>, (usize, bool)>,
}

impl Series {
    fn of(sections: &Sections) -> Series {
        let mut beside: BTreeMap<Option<usize>, (usize, bool)> = BTreeMap::new();
        for (at, section) in sections.list.iter().enumerate() {
            if !when::may_say(&section.title) {
                continue;
            }
            let lower = section.title.to_lowercase();
            let words = speaks::words(&lower);
            if let Some(window) = when::first(&words).filter(|_| when::is_bare(&words)) {
                let (count, in_hours) = beside.entry(parent(sections, at)).or_default();
                *count += 1;
                *in_hours |= window.unit == WindowUnit::Hours;
            }
        }
        Series { beside }
    }

    /// Whether the heading of section `at`, of these `words`, is one of several of which one is of
    /// hours, or says `Immediate (First Hour)`.
    fn holds(&self, sections: &Sections, at: usize, words: &[&str]) -> bool {
        let (count, in_hours) = self.beside.get(&parent(sections, at)).copied().unwrap_or_default();
        when::is_bare(words) && in_hours && (count > 1 || when::immediate(words).is_some())
    }
}

/// The section that section `at` stands in.
fn parent(sections: &Sections, at: usize) -> Option<usize> {
    above(sections, at).next_back()
}

/// What a heading and those around it speak of.
struct Around {
    own: Speaks,
    above: Vec<Speaks>,
    /// What the document is called; `None` where that speaks of what comes before a deployment.
    title: Option<Speaks>,
}

impl Around {
    fn any(&self, is: impl Fn(&Speaks) -> bool) -> bool {
        std::iter::once(&self.own).chain(&self.above).chain(&self.title).any(is)
    }

    /// Whether what is deployed here is not what the windows are of.
    fn is_rehearsed(&self) -> bool {
        self.own.rehearsal || self.above.iter().any(|above| above.rehearsal)
    }

    /// Whether it or a section around it is about a deployment.
    fn is_live(&self) -> bool {
        self.own.live || self.above.iter().any(|above| above.live)
    }

    /// Whether what stands here follows a deployment.
    fn is_after(&self) -> bool {
        self.any(|speaks| speaks.after)
    }

    /// Whether nothing here speaks of a plan, or of another start than that of a deployment.
    fn is_neutral(&self) -> bool {
        !self.any(|speaks| speaks.plan || speaks.elsewhere)
    }

    /// `First 24 Hours` of a deployment. The first week of a plan is one of building.
    fn allows_first(&self, words: &[&str], window: Window) -> bool {
        let within = |speaks: &Speaks| speaks.live || speaks.monitoring;
        let close = within(&self.own) || self.above.iter().any(within);
        let called = self.title.is_some_and(|title| within(&title)) && when::is_bare(words);
        let called = called && !self.above.iter().any(|above| above.elsewhere);
        let planned = window.unit != WindowUnit::Hours && self.any(|speaks| speaks.plan);
        self.is_after() || (close || called) && !planned
    }

    /// `Week 2` counts from a deployment where it follows one, or is a part of a rollout. That of a
    /// phase counts from the beginning of the work.
    fn allows_numbered(&self) -> bool {
        let planned = self.above.iter().any(|above| above.plan && !above.staged);
        let rollout = self.above.iter().any(|above| above.rollout);
        !self.own.plan && (self.own.staged || !planned && (self.is_after() || rollout))
    }

    /// `Post-Launch (48 hours)`, and below such a heading `24-48 hours`.
    fn allows_after(&self, words: &[&str]) -> bool {
        let counted = self.is_live() && when::counts_from_it(words);
        let opens = self.is_after() && (when::opens(words) || when::immediate(words).is_some());
        !self.own.plan && (self.own.after || counted || opens)
    }

    /// `Immediately after deployment`; alone below what follows one. `Immediate Actions` are urgent.
    fn allows_immediate(&self, words: &[&str]) -> bool {
        !self.own.plan && (self.own.after || self.is_after() && when::is_bare(words))
    }
}

#[cfg(test)]
mod tests;
