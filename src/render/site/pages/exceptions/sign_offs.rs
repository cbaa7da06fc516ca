//! Sign-offs by who is asked for them, the worst first; a sentence is said once.

use serde::Serialize;

use crate::model::{Verdict, grouped};
use crate::render::site::html::Html;
use crate::render::site::links::{Links, Named};
use crate::render::site::parts::attestation::{self, Said};
use crate::render::site::parts::mark::{self, Mark};
use crate::render::site::when::{self, When};
use crate::render::site::world::address;
use crate::snapshot::v1::{Checklist, Item, Requirement, SignOff};

/// The most items that are named; the rest is counted.
const NAMED: usize = 200;

/// Every sign-off that is asked for.
#[derive(Serialize)]
pub(super) struct SignOffs {
    sentence: String,
    asked: Vec<Asked>,
}

/// What is asked of the same people.
#[derive(Serialize)]
struct Asked {
    of: String,
    sentence: String,
    words: Vec<Word>,
}

/// A sign-off, or all of which no more is to be told than of this one.
#[derive(Serialize)]
struct Word {
    mark: Mark,
    items: Vec<Named>,
    /// How many more items it is asked for.
    more: usize,
    /// Why it counts, or not, where neither the mark nor the words given say so.
    reason_html: Option<Html>,
    /// Who gave theirs, the newest first.
    given: Vec<Said>,
    good_until: Option<When>,
}

/// A sign-off of an item.
struct One<'s> {
    checklist: &'s Checklist,
    item: &'s Item,
    requirement: &'s Requirement,
    asked: &'s SignOff,
}

/// The requirements of an item that ask for a person's word.
pub(super) fn asked(item: &Item) -> impl Iterator<Item = &Requirement> {
    item.asked().filter(|asked| asked.sign_off.is_some())
}

impl SignOffs {
    /// Of the whole report.
    pub(super) fn of(links: Links) -> SignOffs {
        let all = links.world.all_items().flat_map(|(checklist, item)| {
            asked(item).filter_map(move |requirement| {
                let asked = requirement.sign_off.as_ref()?;
                Some(One { checklist, item, requirement, asked })
            })
        });
        let mut all: Vec<One> = all.collect();
        all.sort_by_key(|one| std::cmp::Reverse(one.requirement.verdict));
        let mut room = NAMED;
        let parted = parted(&all, |one| attestation::asked_of(one.asked));
        SignOffs {
            sentence: match all.is_empty() {
                true => "No sign-off is asked for.".to_owned(),
                false => told(all.iter()),
            },
            asked: parted
                .into_iter()
                .map(|(of, ones)| Asked {
                    of,
                    sentence: told(ones.iter().copied()),
                    words: words(links, &ones, &mut room),
                })
                .collect(),
        }
    }
}

/// The words of which each is told, and one for all of which there is no more to tell.
fn words(links: Links, ones: &[&One<'_>], room: &mut usize) -> Vec<Word> {
    let given = |one: &One| attestation::sign_offs(links.world, one.item, one.asked);
    let alone = |one: &One| !given(one).is_empty() || one.item.valid_until.is_some();
    let place = |one: &One| format!("{}#{}", one.checklist.path, one.item.id);
    let parted = parted(ones, |one| match alone(one) {
        true => (one.requirement.verdict, place(one)),
        false => (one.requirement.verdict, one.requirement.reason.clone()),
    });
    let mut words = Vec::new();
    for (_, ones) in parted {
        let named = ones.iter().take(*room);
        let items: Vec<Named> =
            named.filter_map(|one| links.at(&address(one.checklist, one.item))).collect();
        *room = room.saturating_sub(items.len());
        let one = ones[0];
        let given = given(one);
        let is_told = match one.requirement.verdict {
            Verdict::Pass => !given.is_empty(),
            Verdict::Missing => given.is_empty(),
            _ => false,
        };
        words.push(Word {
            mark: of(one.requirement.verdict),
            more: ones.len() - items.len(),
            items,
            reason_html: (!is_told).then(|| Html::of_sentence(&one.requirement.reason)),
            given,
            good_until: one.item.valid_until.as_deref().map(|until| when::when(until, None)),
        });
    }
    words
}

/// What has the same key together, in the order of the first of each.
fn parted<T, K: PartialEq>(all: &[T], key: impl Fn(&T) -> K) -> Vec<(K, Vec<&T>)> {
    let mut parted: Vec<(K, Vec<&T>)> = Vec::new();
    for one in all {
        let key = key(one);
        match parted.iter_mut().find(|(known, _)| *known == key) {
            Some((_, same)) => same.push(one),
            None => parted.push((key, vec![one])),
        }
    }
    parted
}

fn of(verdict: Verdict) -> Mark {
    match verdict {
        Verdict::Pass => Mark { word: "given", ..mark::of_verdict(verdict) },
        Verdict::Missing => Mark { word: "not given", ..mark::of_verdict(verdict) },
        other => mark::of_verdict(other),
    }
}

/// `1 of 12 given`.
fn told<'a>(ones: impl Iterator<Item = &'a One<'a>>) -> String {
    let (mut given, mut all) = (0, 0);
    for one in ones {
        all += 1;
        given += u64::from(one.requirement.verdict == Verdict::Pass);
    }
    format!("{} of {} given", grouped(given), grouped(all))
}
