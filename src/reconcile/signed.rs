//! Sign-offs: whether enough of the people who may have signed the item as it stands, lately.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::SignOff;
use crate::model::{
    Authorship, Change, Item, ItemHistory, Rule, Rules, Signature, Timestamp, counted, listed,
    plural,
};

use super::ruling::{JudgedSignOff, Ruling};
use super::trust::SKEW;

/// What sign-offs are judged by.
pub(super) struct Signing<'a> {
    /// `@name` → addresses.
    pub(super) people: &'a BTreeMap<String, Vec<String>>,
    pub(super) item: &'a Item,
    /// `None` where no history was read.
    pub(super) history: Option<&'a ItemHistory>,
    /// When the item's time window opens: what was signed before says nothing of it.
    pub(super) opens: Option<Timestamp>,
    pub(super) clock: Timestamp,
    pub(super) rules: Rules,
}

/// The sign-offs of one item, judged by one requirement.
pub(super) struct Signed {
    pub(super) ruling: Ruling,
    /// Everything that was said, the latest first.
    pub(super) given: Vec<JudgedSignOff>,
    /// Until when enough of them are young enough.
    pub(super) valid_until: Option<Timestamp>,
}

/// A person's word, from a trailer or from the tick itself.
struct Word<'a> {
    by: &'a Arc<Authorship>,
    meaning: &'a str,
    thresholds: &'a [String],
    is_tick: bool,
}

/// Why a word does not count.
enum Against {
    /// Not by one who may: it is as if it were not there.
    NotCounted(String),
    /// It counted once.
    Stale(Rule, String),
}

impl Signing<'_> {
    /// Judges what `asked` asks for.
    pub(super) fn judge(&self, asked: &SignOff) -> Signed {
        let mut words = self.words(asked);
        words.sort_by_key(|word| {
            let email = word.by.email.to_lowercase();
            (std::cmp::Reverse(word.by.time), email, word.by.commit.clone())
        });
        if let Some(ruling) = at_one_time(&words) {
            return Signed { ruling, given: Vec::new(), valid_until: None };
        }
        let able = self.able(asked);
        let mut spoken: BTreeSet<String> = BTreeSet::new();
        let mut given = Vec::new();
        let mut until = Vec::new();
        let mut stale: Vec<(Rule, String)> = Vec::new();
        for word in &words {
            let email = word.by.email.to_lowercase();
            let against = if spoken.contains(&email) {
                Some(Against::NotCounted("a later one of the same person stands".to_owned()))
            } else {
                self.against(asked, &able, word)
            };
            // Only a word that could count takes the place of the older ones of its giver.
            if !matches!(against, Some(Against::NotCounted(_))) {
                spoken.insert(email);
            }
            let why = match against {
                None => {
                    until.push(asked.max_age.as_ref().map(|max| word.by.time.plus(max.age)));
                    None
                }
                Some(Against::NotCounted(why)) => Some(why),
                Some(Against::Stale(rule, why)) => {
                    stale.push((rule, why.clone()));
                    Some(why)
                }
            };
            given.push(JudgedSignOff {
                by: Arc::clone(word.by),
                is_tick: word.is_tick,
                counts: why.is_none(),
                why,
            });
        }
        let missing = asked.count.saturating_sub(until.len() as u64);
        let ruling = self.ruling(asked, &given, missing, &stale);
        // The word that ends last carries the least: `count` of them must hold together.
        until.sort_unstable_by(|a, b| later(*b, *a));
        let last = usize::try_from(asked.count).ok().and_then(|count| count.checked_sub(1));
        let valid_until = last.and_then(|last| until.get(last).copied().flatten());
        Signed { ruling, given, valid_until }
    }

    /// Everything that was said of the item.
    fn words(&self, asked: &SignOff) -> Vec<Word<'_>> {
        let Some(history) = self.history else { return Vec::new() };
        let trailers = history.sign_offs.iter().map(|said| Word {
            by: &said.by,
            meaning: &said.meaning,
            thresholds: &said.thresholds,
            is_tick: false,
        });
        let tick = history.ticked.as_ref().filter(|_| asked.tick).map(|tick| Word {
            by: &tick.event.by,
            meaning: &tick.meaning,
            thresholds: &tick.thresholds,
            is_tick: true,
        });
        trailers.chain(tick).collect()
    }

    /// The addresses of those who may sign, in lower case.
    fn able(&self, asked: &SignOff) -> BTreeSet<String> {
        let of = |name: &String| match self.people.get(name) {
            Some(addresses) => addresses.clone(),
            None => vec![name.clone()],
        };
        asked.by.iter().flat_map(of).map(|address| address.to_lowercase()).collect()
    }

    fn against(
        &self,
        asked: &SignOff,
        able: &BTreeSet<String>,
        word: &Word<'_>,
    ) -> Option<Against> {
        let by = word.by;
        let email = by.email.to_lowercase();
        let not = |why: &str| Some(Against::NotCounted(why.to_owned()));
        if !able.contains(&email) {
            return not("is not among those who may sign");
        }
        if let Some(why) = by.signature.against()
            && (asked.signed || by.signature == Signature::Bad)
        {
            return not(why);
        }
        if asked.four_eyes && self.own_hands().contains(&email) {
            return not("ticked or worded the item, and four eyes are asked for");
        }
        if by.time.since(self.clock) > SKEW {
            return not("signed after the moment of judgement");
        }
        self.outdated(asked, word)
    }

    fn outdated(&self, asked: &SignOff, word: &Word<'_>) -> Option<Against> {
        let by = word.by;
        let signed = format!("{} signed on {}", by.author, by.time.date());
        let changed = if word.meaning != self.item.meaning {
            Some("wording")
        } else if word.thresholds != self.item.thresholds {
            Some("limit in the text")
        } else {
            None
        };
        if let (Some(what), true) = (changed, self.rules.holds(Rule::StaleTick)) {
            let why = format!("{signed}; the {what} changed since.");
            return Some(Against::Stale(Rule::StaleTick, why));
        }
        if !self.rules.holds(Rule::TooOld) {
            return None;
        }
        if let Some(max) = asked.max_age.as_ref()
            && by.time.plus(max.age) < self.clock
        {
            let why = format!("{signed}; the limit is {}.", max.age);
            return Some(Against::Stale(Rule::TooOld, why));
        }
        let opens = self.opens.filter(|opens| by.time < *opens)?;
        let why = format!("{signed}, before the deployment of {}.", opens.human());
        Some(Against::Stale(Rule::TooOld, why))
    }

    /// Who ticked the item, and who brought it or worded it last.
    fn own_hands(&self) -> BTreeSet<String> {
        let Some(history) = self.history else { return BTreeSet::new() };
        let worded = history
            .events
            .iter()
            .rev()
            .find(|event| matches!(event.change, Change::Added | Change::Reworded));
        let ticked = history.ticked.as_ref().map(|tick| &tick.event);
        ticked.into_iter().chain(worded).map(|event| event.by.email.to_lowercase()).collect()
    }

    fn ruling(
        &self,
        asked: &SignOff,
        given: &[JudgedSignOff],
        missing: u64,
        stale: &[(Rule, String)],
    ) -> Ruling {
        let counting: Vec<String> = given
            .iter()
            .filter(|of| of.counts)
            .map(|of| format!("{} on {}", of.by.author, of.by.time.date()))
            .collect();
        if missing == 0 {
            return Ruling::pass(format!("signed off by {}.", listed(&counting, 4)));
        }
        if let Some((rule, why)) = stale.first().filter(|_| missing <= stale.len() as u64) {
            return Ruling::stale(*rule, why);
        }
        if !self.rules.holds(Rule::NotSigned) {
            return Ruling::pass("the rule is switched off.");
        }
        Ruling::missing(Rule::NotSigned, self.lacking(asked, &counting, given))
    }

    fn lacking(&self, asked: &SignOff, counting: &[String], given: &[JudgedSignOff]) -> String {
        let by = listed(&asked.by, 3);
        let people = if asked.count == 1 {
            format!("a sign-off by {by} is asked for")
        } else {
            format!("sign-offs by {} of {by} are asked for", asked.count)
        };
        if self.history.is_none() {
            return format!("{people}; the history that would hold it was not read.");
        }
        let there = counting.len() as u64;
        let refused =
            given.iter().find_map(|of| Some(format!("{} {}", of.by.author, of.why.as_ref()?)));
        match (there, refused) {
            (0, None) => format!("{people}; none is on record."),
            (0, Some(refused)) => format!("{people}; none counts: {refused}."),
            (_, _) => format!(
                "{people}; {} {} there: {}.",
                counted(there, "sign-off"),
                plural(there, "is"),
                listed(counting, 4)
            ),
        }
    }
}

/// Two sign-offs of one person at one time: neither is the later one.
fn at_one_time(words: &[Word<'_>]) -> Option<Ruling> {
    let same = |a: &Word<'_>, b: &Word<'_>| {
        a.by.time == b.by.time
            && a.by.commit != b.by.commit
            && a.by.email.eq_ignore_ascii_case(&b.by.email)
    };
    let (one, other) = words.windows(2).find_map(|pair| match pair {
        [a, b] if same(a, b) => Some((a, b)),
        _ => None,
    })?;
    let short = |word: &Word<'_>| word.by.commit.chars().take(7).collect::<String>();
    let why = format!(
        "{} signed in {} and in {} at the same time, so neither is the later one.",
        one.by.author,
        short(one),
        short(other)
    );
    Some(Ruling::invalid(Rule::Conflicting, why))
}

/// The order of two ends; no end is later than any.
fn later(a: Option<Timestamp>, b: Option<Timestamp>) -> std::cmp::Ordering {
    match (a, b) {
        (None, None) => std::cmp::Ordering::Equal,
        (None, Some(_)) => std::cmp::Ordering::Greater,
        (Some(_), None) => std::cmp::Ordering::Less,
        (Some(a), Some(b)) => a.cmp(&b),
    }
}
