//! Damaged files: every fixture cut at many lengths and with bytes flipped gets an answer, and a
//! cut one never one that is cleaner than the whole.

use super::fixtures::{Fixture, of};
use crate::evidence::{Cut, Detail, FORMATS, by_id, read};
use crate::facts::Keep;
use crate::model::{Answer, Reading};

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

fn detail() -> Detail {
    Detail { cases: Keep::All, findings: Keep::All, components: Keep::All, data: true }
}

fn fixtures() -> Vec<Fixture> {
    let kinds = ["good", "broken", "vacuous"];
    FORMATS.iter().flat_map(|format| kinds.map(|kind| of(format.id(), kind))).flatten().collect()
}

fn cuts(length: usize) -> Vec<usize> {
    let step = (length / 160).max(1);
    let mut cuts: Vec<usize> = (0..length).step_by(step).collect();
    cuts.extend(length.saturating_sub(24)..length);
    cuts
}

fn undoubted(answer: &Answer) -> Option<&Reading> {
    answer.reading().filter(|reading| reading.doubts.is_empty())
}

#[test]
fn a_cut_file_is_never_a_clean_pass() {
    for fixture in fixtures().iter().filter(|fixture| fixture.name.starts_with("good")) {
        for named in [None, Some(fixture.format)] {
            let whole = read(&fixture.name, &fixture.bytes, named, &Detail::default());
            for at in cuts(fixture.bytes.len()) {
                let cut = &fixture.bytes[..at];
                let answer = read(&fixture.name, cut, named, &Detail::default());
                let Some(reading) = undoubted(&answer) else { continue };
                let same = whole.reading().is_some_and(|whole| whole.facts == reading.facts);
                let line_end = cut.ends_with(b"\n") || fixture.bytes[at..].starts_with(b"\n");
                let hidden = match by_id(reading.format).unwrap().hides_cuts() {
                    Cut::Never => false,
                    Cut::AtLineEnds => line_end,
                    Cut::Anywhere => true,
                };
                let nothing = reading.facts.carried().is_empty();
                assert!(
                    same || hidden || nothing,
                    "{}/{} cut at {at} reads as {:?}",
                    fixture.format,
                    fixture.name,
                    reading.facts
                );
            }
        }
    }
}

#[test]
fn damaged_files_get_an_answer() {
    let mut dice = Dice(0x5eed_1234_5678_9abc);
    for fixture in fixtures() {
        for _ in 0..120 {
            let mut bytes = fixture.bytes.clone();
            for _ in 0..=dice.below(4) {
                let at = dice.below(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = dice.below(256) as u8;
                }
            }
            let named = [None, Some(fixture.format)][dice.below(2)];
            let _ = read(&fixture.name, &bytes, named, &detail());
        }
    }
}

#[test]
fn files_of_nothing_get_an_answer_in_every_format() {
    let nothing: [&[u8]; 12] = [
        b"",
        b" \n",
        b"[]",
        b"{}",
        b"null",
        b"0",
        b"\"x\"",
        b"<a/>",
        b"\xFF\xFE",
        b"\0\0",
        b"x",
        b"[{}]",
    ];
    for format in FORMATS {
        for bytes in nothing {
            let answer = read("file", bytes, Some(format.id()), &detail());
            let clean = undoubted(&answer).is_some_and(|reading| {
                let facts = &reading.facts;
                facts.carried().into_iter().any(|group| group != "data") && bytes.len() > 4
            });
            assert!(!clean, "{} reads {bytes:?} as {answer:?}", format.id());
        }
    }
    for bytes in nothing {
        let answer = read("file", bytes, None, &detail());
        let carried = undoubted(&answer).map(|reading| reading.facts.carried());
        assert!(carried.is_none_or(|carried| carried.is_empty()), "{bytes:?}: {answer:?}");
    }
}

#[test]
fn every_format_reads_every_others_files_without_panic() {
    for fixture in fixtures() {
        for format in FORMATS {
            let _ = read(&fixture.name, &fixture.bytes, Some(format.id()), &Detail::default());
        }
    }
}
