//! `git`: the repository at the judged commit. No artifact carries these.

use super::{Field, Type, Value};

/// What `git` holds for a sentence alone: the nearest tag before a commit that has none. No condition can
/// ask for it, since that there is none may only mean that the clone does not reach so far.
pub const NEAREST_TAG: &str = "nearest_tag";

/// Of several releases at one commit `git.tag` is none, and nobody may take it for untagged.
pub fn without_one_tag(git: Value) -> Value {
    let Value::Map(members) = git else { return git };
    let mut members = members.as_ref().clone();
    let is_tagged = matches!(members.get("tags"), Some(Value::List(tags)) if !tags.is_empty());
    if is_tagged {
        members.entry("tag".to_owned()).or_insert(Value::Untold);
    }
    Value::map(members)
}

pub(super) const FIELDS: &[Field] = &[
    Field::new("commit", Type::Text, "The judged commit's full id."),
    Field::new("tag", Type::Text, "The tag at it, if there is one; of several the release."),
    Field::new("tags", Type::List(&Type::Text), "Every tag at it, sorted."),
    Field::new("branch", Type::Text, "The branch that is checked out."),
    Field::new("dirty", Type::Bool, "Whether tracked files differ from the commit."),
    Field::new("signed", Type::Bool, "Whether the commit carries a signature."),
    Field::new("signature", Type::Text, SIGNATURE),
    Field::new(
        "trailers",
        Type::Names(&Type::List(&Type::Record(TRAILER))),
        "Trailers of the messages of all commits, by their key (`Reviewed-by`).",
    ),
];

const TRAILER: &[Field] = &[
    Field::new("value", Type::Text, "The text after the colon."),
    Field::new("commit", Type::Text, "The commit it stands in."),
    Field::new("author", Type::Text, "That commit's author."),
    Field::new("email", Type::Text, "The author's address, by the mailmap."),
    Field::new("at", Type::Time, "When."),
    Field::new("age_s", Type::Int, "How long before the judge's clock, in seconds."),
    Field::new("signature", Type::Text, SIGNATURE),
];

const SIGNATURE: &str =
    "What the commit's signature is worth here: absent, unchecked, untrusted, other, good or bad.";
