//! Sign-offs: whether enough of the people who may have signed the item as it stands, lately.

mod eyes;
mod numbers;
mod person;
mod shipped;
mod standing;
mod word;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{
    Approved, BornTicked, Change, Claim, Event, Glob, Item, ItemHistory, ItemKind, Place, Rule,
    Rules, Signature, Timestamp, context_change, counted, details_change, listed, means_still,
    plural, same_limits, same_words,
};
use crate::policy::SignOff;

use super::freshness::{Freshness, short};
use super::ruling::{JudgedSignOff, Ruling};
use super::trust::{SKEW, ZONE};
use super::window::Opening;

pub use word::Given;

pub use person::{People, Person};

use eyes::Eyes;
use standing::Weighed;
use word::{Word, given, says_still};

/// What sign-offs are judged by.
pub(super) struct Signing<'a> {
    pub(super) people: People<'a>,
    pub(super) item: &'a Item,
    /// The path of its document.
    pub(super) document: Option<Glob>,
    /// What stands around the item.
    pub(super) approved: Approved,
    /// What in its text denies its box, as a sentence.
    pub(super) denied: Option<&'a str>,
    /// `None` where no history was read.
    pub(super) history: Option<&'a ItemHistory>,
    /// When the item's time window opens: what was signed before says nothing of it.
    pub(super) opens: Option<Opening>,
    pub(super) clock: Timestamp,
    pub(super) rules: Rules,
    /// What the word is about: a later change there makes it stale.
    pub(super) paths: Option<&'a [Glob]>,
    pub(super) freshness: &'a Freshness<'a>,
}

/// The sign-offs of one item, judged by one requirement.
pub(super) struct Signed {
    pub(super) ruling: Ruling,
    /// Everything that was said, the latest first.
    pub(super) given: Vec<JudgedSignOff>,
    /// Until when enough of them are young enough.
    pub(super) valid_until: Option<Timestamp>,
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
        let words = given(self.history, asked);
        let able = self.able(asked);
        let Weighed { against, stale, tie } = self.weigh(asked, &able, &words);
        let mut given = Vec::with_capacity(words.len());
        let mut until = Vec::new();
        for (word, against) in words.iter().zip(against) {
            if against.is_none() {
                until.push(asked.max_age.as_ref().map(|max| word.oldest().plus(max.age)));
            }
            let why = against.map(|against| match against {
                Against::NotCounted(why) | Against::Stale(_, why) => why,
            });
            given.push(JudgedSignOff {
                by: Arc::clone(word.by),
                at: word.at(),
                given: word.given,
                place: word.entry.map(|(path, entry)| Place::line(path, entry.line)),
                note: word.entry.and_then(|(_, entry)| entry.note.clone()),
                counts: why.is_none(),
                why,
            });
        }
        if let Some(ruling) = tie {
            return Signed { ruling, given, valid_until: None };
        }
        let missing = asked.count.saturating_sub(until.len() as u64);
        let ruling = self.ruling(asked, &given, missing, &stale);
        // The word that ends last carries the least: `count` of them must hold together.
        until.sort_unstable_by(|a, b| later(*b, *a));
        let last = usize::try_from(asked.count).ok().and_then(|count| count.checked_sub(1));
        let valid_until = last.and_then(|last| until.get(last).copied().flatten());
        Signed { ruling, given, valid_until }
    }

    /// The addresses of those who may sign, in lower case.
    fn able(&self, asked: &SignOff) -> BTreeSet<String> {
        asked.by.iter().flat_map(|name| self.addresses(name)).collect()
    }

    /// Those that an address or an `@name` means, in lower case.
    fn addresses(&self, name: &str) -> Vec<String> {
        match self.people.named.get(name) {
            Some(addresses) => addresses.iter().map(|address| address.to_lowercase()).collect(),
            None => vec![name.to_lowercase()],
        }
    }

    /// Why a word is none of one who may give it, by what its commit and its entry say alone.
    fn of_another(&self, able: &BTreeSet<String>, word: &Word<'_>) -> Option<String> {
        let email = word.by.email.to_lowercase();
        if !able.contains(&email) {
            // A person may have another address; a report that does not name people names none.
            let by = if word.by.person.is_none() { word.by.email.as_str() } else { "" };
            let by = if by.is_empty() { String::new() } else { format!(" as {by}") };
            return Some(format!("is not among those who may sign{by}"));
        }
        if let Some(by) = word.taken_back_in {
            let signed_in = short(&word.by.commit);
            return Some(format!("signed in {signed_in}, which {} took back", short(by)));
        }
        if let Some(born) = word.born {
            let how = match born {
                BornTicked::WithDocument => "the whole document",
                BornTicked::Again => "words that stood ticked before",
            };
            return Some(format!(
                "wrote the box ticked in {}, with {how}, which is nobody's tick: untick it, and tick it in a \
                 commit of its own",
                short(&word.by.commit)
            ));
        }
        let (_, entry) = word.entry?;
        let is_named = self.addresses(&entry.by).contains(&email);
        (!is_named).then(|| format!("committed the entry, and it names {}", entry.by))
    }

    fn against(
        &self,
        asked: &SignOff,
        able: &BTreeSet<String>,
        word: &Word<'_>,
    ) -> Option<Against> {
        let by = word.by;
        let not = |why: &str| Some(Against::NotCounted(why.to_owned()));
        if let Some(why) = self.of_another(able, word) {
            return Some(Against::NotCounted(why));
        }
        if let (Given::Tick, Some(denied)) = (word.given, self.denied) {
            return not(&format!("gave it by a tick that the text denies ({denied})"));
        }
        if word.given == Given::Trailer && (by.merges_request || merged_a_request(&by.subject)) {
            return not(
                "merged a request, whose words its message may hold: who signs does so in a commit \
                        that merges nothing",
            );
        }
        if let Some((_, entry)) = word.entry {
            let grace = if entry.zoned { SKEW } else { ZONE };
            if entry.at.since(by.time) > grace {
                let why = format!(
                    "dated the entry {}, and committed it before, on {}",
                    entry.dated,
                    by.time.date()
                );
                return Some(Against::NotCounted(why));
            }
        }
        if let Some(why) = by.signature.against()
            && (asked.signed || by.signature == Signature::Bad)
        {
            return not(why);
        }
        if asked.four_eyes
            && let Some(why) = self.eyes().against(by)
        {
            return Some(Against::NotCounted(why));
        }
        if by.time.since(self.clock) > SKEW {
            return not("signed after the moment of judgement");
        }
        self.outdated(asked, word)
    }

    fn eyes(&self) -> Eyes<'_> {
        Eyes {
            history: self.history,
            paths: self.paths,
            witness: self.freshness.witness,
            people: self.people,
        }
    }

    fn outdated(&self, asked: &SignOff, word: &Word<'_>) -> Option<Against> {
        let mut signed = format!("{} signed on {}", word.by.author, word.at().date());
        let copied = word.by.picked_from.first();
        if let Some(original) = copied {
            let (original, copy) = (short(original), short(&word.by.commit));
            signed.push_str(&format!(" in {original}, of which {copy} is a copy"));
        }
        let changed_there = if copied.is_some() { "is another here" } else { "changed since" };
        let changed = self.changed_since(word);
        if let (Some(what), true) = (changed, self.rules.holds(Rule::StaleTick)) {
            let why = format!("{signed}; the {what} {changed_there}.");
            return Some(Against::Stale(Rule::StaleTick, why));
        }
        if let Some(when) = self.reset_after(word)
            && self.rules.holds(Rule::StaleTick)
        {
            let why = format!("{signed}; the box was reset {when}, so it asks anew.");
            return Some(Against::Stale(Rule::StaleTick, why));
        }
        if let Some(when) = asked.each_release.then(|| self.of_an_earlier_release(word)).flatten()
            && self.rules.holds(Rule::StaleTick)
        {
            let why = format!("{signed}, {when}; each release asks anew.");
            return Some(Against::Stale(Rule::StaleTick, why));
        }
        let later = self.freshness.changed(&word.by.commit, self.paths);
        let later = later.or_else(|| self.freshness.changed_after(word.known_until()?, self.paths));
        if let Some(since) = later {
            return Some(Against::Stale(Rule::OtherCode, format!("{signed}. {since}")));
        }
        if let Some((rule, why)) = self.of_other_code(word) {
            return Some(Against::Stale(rule, format!("{signed}{why}")));
        }
        if !self.rules.holds(Rule::TooOld) {
            return None;
        }
        if let Some(max) = asked.max_age.as_ref()
            && word.oldest().plus(max.age) < self.clock
        {
            let why = format!("{signed}; the limit is {}.", max.age);
            return Some(Against::Stale(Rule::TooOld, why));
        }
        let opens = self.opens?;
        let why = opens.too_early(word.oldest())?;
        let may_be_later = word.latest().is_some_and(|latest| opens.too_early(latest).is_none());
        let hint = if may_be_later {
            " The entry names a day alone: write the moment, as in `date = 2026-11-01T14:30:00Z`."
        } else {
            ""
        };
        let why = format!("{signed}, {why}.{hint}");
        Some(Against::Stale(Rule::TooOld, why))
    }

    /// What says something else now than it did when the word was given.
    fn changed_since(&self, word: &Word<'_>) -> Option<&'static str> {
        let says_it_still = says_still(&self.item.text, word.text);
        let means_it_still = means_still(&self.item.meaning, word.meaning);
        // The other cells of a row are no text of its own, and who saw no such item signed nothing of this one.
        let by_meaning = self.item.kind == ItemKind::TableRow || word.meaning.is_empty();
        let says_it = says_it_still && same_words(&self.item.meaning, word.meaning);
        if !means_it_still && (by_meaning || !says_it) {
            return Some("wording");
        }
        if !same_limits(word.thresholds, &self.item.thresholds) {
            return Some("limit in the text");
        }
        let context = self.item.context();
        // Who wrote a commit that was put on others since saw what stood there before them.
        let by_context = word.approved.is_none() || word.by.authored.is_some();
        let above = word.context.and_then(|then| context_change(then, &context));
        let around = word.approved.and_then(|then| self.approved.change(then));
        above
            .filter(|_| by_context || around.is_some())
            .or(around)
            .or((!says_it_still).then_some("remark beside it"))
            .or_else(|| details_change(word.context?, &context, by_context))
    }

    /// Why a word was given of other code than the copy of its commit brought it to, to stand behind
    /// what tells of both.
    fn of_other_code(&self, word: &Word<'_>) -> Option<(Rule, String)> {
        word.by.picked_from.iter().find_map(|original| {
            match self.freshness.differs_from(original, self.paths) {
                Ok(paths) if paths.is_empty() => None,
                Ok(paths) => {
                    let verb = plural(paths.len() as u64, "is");
                    let why = format!("; {} {verb} not what lay there.", listed(&paths, 2));
                    Some((Rule::OtherCode, why))
                }
                Err(()) => {
                    let why = format!(
                        "; {} is not in this clone, so what was signed there cannot be told: fetch \
                         the branch that holds it.",
                        short(original)
                    );
                    self.rules.holds(Rule::UnknownCommit).then_some((Rule::UnknownCommit, why))
                }
            }
        })
    }

    /// When the box was unticked, or the item taken out and put in again, after the word was given: the
    /// word was for the round before. A tick that holds is of this round.
    fn reset_after(&self, word: &Word<'_>) -> Option<String> {
        let history = self.history.filter(|_| word.given != Given::Tick)?;
        let last = history.events.last();
        if history.uncommitted
            && self.item.claim == Claim::Open
            && last.is_some_and(|last| last.claim == Claim::Done)
        {
            return Some("in the work tree".to_owned());
        }
        let first = history.events.first().map(|first| &first.by.commit);
        let asks_anew = |event: &&Event| match event.change {
            Change::Unticked => true,
            Change::Added => Some(&event.by.commit) != first,
            Change::Moved | Change::Reworded | Change::Ticked | Change::Removed => false,
        };
        let mut resets = history.events.iter().filter(asks_anew);
        let reset = resets.rfind(|of| of.by.written() > word.at())?;
        Some(format!("on {}", reset.by.written().date()))
    }

    fn ruling(
        &self,
        asked: &SignOff,
        given: &[JudgedSignOff],
        missing: u64,
        stale: &[(Rule, String)],
    ) -> Ruling {
        let standing = || given.iter().filter(|of| of.counts);
        let counting: Vec<String> = standing().map(|of| self.told(asked, of)).collect();
        if missing == 0 {
            let others = standing().next().filter(|_| asked.four_eyes);
            let eyes = others.map(|of| self.eyes().told(&of.by)).unwrap_or_default();
            return Ruling::pass(format!("signed off by {}{eyes}.", listed(&counting, 4)));
        }
        if let Some((rule, why)) = stale.first().filter(|_| missing <= stale.len() as u64) {
            return Ruling::stale(*rule, format!("{why} Sign it off again.")).instructing();
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
        let Some(history) = self.history else {
            return format!("{people}; the history that would hold it was not read.");
        };
        let there = counting.len() as u64;
        let refused =
            given.iter().find_map(|of| Some(format!("{} {}", of.by.author, of.why.as_ref()?)));
        match (there, refused) {
            (0, None) if history.truncated => {
                format!("{people}; none is in what the shallow clone holds of the history.")
            }
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

/// Whether a forge wrote the message: the body is then what the request says, whoever merged it.
fn merged_a_request(subject: &str) -> bool {
    // GitHub and Gitea, Azure, Bitbucket.
    let of_forges = ["Merge pull request ", "Merged PR ", "Merged in "];
    // Git itself puts no quotes around the branch that it merges into; GitLab does.
    let of_gitlab = || subject.starts_with("Merge branch '") && subject.contains("' into '");
    of_forges.iter().any(|begin| subject.starts_with(begin)) || of_gitlab()
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
