//! Each kind of artifact against the bare parser's pass over the same texts.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Duration;

use trueup::evidence::{self, Detail};

use super::workload::Workload;
use super::{bare, ingest, measure::ROUNDS};

/// How much of a kind is read, in bytes.
const ENOUGH: usize = 4 << 20;

/// Prints a line a kind. Both sides take turns, and the least CPU time of each counts.
pub(crate) fn compare(of: &Workload) {
    let mut kinds: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in ingest::artifacts(&of.repo) {
        let kind = file.name.split('/').nth(1).unwrap_or_default().to_owned();
        let texts = kinds.entry(kind).or_default();
        if texts.iter().map(String::len).sum::<usize>() < ENOUGH {
            texts.push(String::from_utf8(ingest::bytes(&file)).expect("UTF-8"));
        }
    }
    kinds.insert("tsc".to_owned(), vec![diagnostics()]);
    for (kind, texts) in kinds {
        let (bare, whole) = timed(&texts);
        let megabytes = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
        let times = whole.as_secs_f64() / bare.as_secs_f64();
        println!("{kind}: {megabytes:.1} MB, {whole:.1?}, parser {bare:.1?}, {times:.2} times");
    }
}

fn timed(texts: &[String]) -> (Duration, Duration) {
    let (mut bare, mut whole) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        let begun = cpu();
        for text in texts {
            black_box(bare::parse(text));
        }
        bare = bare.min(cpu() - begun);
        let begun = cpu();
        for text in texts {
            black_box(evidence::read("artifact", text.as_bytes(), None, &Detail::default()));
        }
        whole = whole.min(cpu() - begun);
    }
    (bare, whole)
}

/// How long this thread was on a processor: a clock that neighbours do not move.
fn cpu() -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells it");
    let nanoseconds = told.split(' ').next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanoseconds.expect("nanoseconds"))
}

/// What tsc prints of a large project that does not compile.
fn diagnostics() -> String {
    (1..40_000)
        .map(|n| {
            format!(
                "src/orders/basket{}.ts({n},{}): error TS2322: Type 'string' is not assignable to \
                 type 'number'.\n  The expected type comes from property 'total'.\n",
                n % 90,
                n % 70
            )
        })
        .collect()
}
