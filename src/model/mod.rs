//! The words of trueup as plain types: no I/O, no judgement.
//!
//! Everything else depends on this module and it depends on nothing but [`crate::facts`].

mod approved;
mod archive;
mod artifact;
mod attestation;
mod blocks;
mod checklist;
mod claim;
mod context;
mod document;
mod edit;
mod edition;
mod figure;
mod glob;
mod heading;
mod history;
mod likeness;
mod limits;
mod lines;
pub mod map;
mod named;
mod priority;
mod problem;
mod procedure;
mod release_order;
mod release_tags;
mod rule;
mod seal;
mod selected;
mod signature;
mod span;
mod status;
mod text;
mod time;
mod verdict;
mod verification;
mod wording;

pub use approved::{Approved, is_place, said, without_doer, without_signs, words};
pub use archive::{ArchiveKind, UNNAMED_ARCHIVE, archive_kind, is_package, within_archive};
pub use artifact::{
    Answer, Artifact, Attempt, AttemptAt, Attempts, CheckedOut, Digest, Doubt, ProducedAt, Reading,
    TimeFrom,
};
pub use attestation::{Attestation, EVIDENCE_FOR, SIGNED_OFF_FOR, SignOffEntry, Trailer};
pub use blocks::{Alignment, Block, Entry, Inline, Rendered, Row};
pub use checklist::{
    Checklist, Directive, DirectiveKey, Item, ItemKind, Marker, Obligation, Section, Window,
    WindowUnit,
};
pub use claim::Claim;
pub use context::{
    NARROWS, NARROWS_BELOW, context, context_change, details_change, letters, list_name,
    means_still, same_letters, same_limits, same_words, section_name, title_name,
};
pub use document::{Document, DocumentRef, Documents, ItemIndex, ItemRef, PerItem};
pub use edit::{Edit, EditKind, HeldBack};
pub use edition::{edition, is_kept};
pub use figure::{Figure, Operator, Shape, Unit};
pub use glob::{Glob, GlobError};
pub use history::{Authorship, BornTicked, Change, Event, ItemHistory, Tick};
pub use likeness::{is_misspelt, nearest, nearest_address};
pub use limits::{Limits, parse_size, written_size};
pub use lines::Lines;

pub use named::stages;
pub use priority::{leading_priority, priority_in, priority_of};
pub use problem::{Code, Place, Problem, Severity};
pub use procedure::{Name, NameKind, Procedure, ProcedureKind, Step};
pub use release_order::{Tagged, candidate_of, is_higher, natural, tagged};
pub use release_tags::{ReleaseTags, package_of};
pub use rule::{Rule, Rules};
pub use seal::{Narrowed, Part, Seal, Sealed};
pub use selected::Selected;
pub use signature::Signature;
pub use span::{LineIndex, Span};
pub use status::Status;
pub use text::{counted, grouped, listed, plural};
pub use time::{Age, Timestamp};
pub use verdict::Verdict;
pub use verification::{Layer, Verification};
pub use wording::Wording;
