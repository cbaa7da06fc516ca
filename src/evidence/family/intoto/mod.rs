//! in-toto statements: bare, in a DSSE envelope, in a Sigstore bundle, one or many in a file.
//!
//! A signature that is there is told, never checked.

mod account;
mod base64;
mod predicate;

use serde::Deserialize;

use self::predicate::Predicate;
use crate::evidence::json::{Map, Str};
use crate::evidence::{Broken, Input, Shape, Sniff, json, text, when};
use crate::facts::{Provenance, Subject};
use crate::model::{ProducedAt, Reading, Rule};

/// How the predicate types of SLSA provenance begin.
const SLSA: &str = "https://slsa.dev/provenance/";

/// Whether the file holds a statement, and whether that is of SLSA provenance.
pub(in crate::evidence) fn is_slsa(sniff: &Sniff<'_>) -> Option<bool> {
    sniff.documents().iter().find_map(kind)
}

fn kind(shape: &Shape<'_>) -> Option<bool> {
    if shape.text("_type").is_some_and(|kind| kind.contains("in-toto.io/Statement")) {
        let predicate = shape.text("predicateType").unwrap_or_default();
        return Some(predicate.replace("\\/", "/").starts_with(SLSA));
    }
    let envelope = shape.get("dsseEnvelope").unwrap_or(shape);
    let of_intoto = envelope.text("payloadType").is_some_and(|kind| kind.contains("in-toto"));
    let payload = envelope.text("payload").filter(|_| of_intoto)?;
    let statement = base64::decode(payload).unwrap_or_default();
    let statement = String::from_utf8_lossy(&statement).replace("\\/", "/");
    let named = statement.split("\"predicateType\"").nth(1).unwrap_or_default();
    Some(named.trim_start_matches([' ', ':', '"', '\n', '\t', '\r']).starts_with(SLSA))
}

/// A document as written.
#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow, rename = "dsseEnvelope")]
    bundled: Option<Envelope<'a>>,
    payload: Option<Str<'a>>,
    signatures: Option<Vec<Signature<'a>>>,
    #[serde(rename = "_type")]
    kind: Option<Str<'a>>,
    #[serde(rename = "predicateType")]
    predicate_type: Option<Str<'a>>,
    subject: Option<Vec<SubjectIn<'a>>>,
    predicate: Option<Predicate<'a>>,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    payload: Option<Str<'a>>,
    signatures: Option<Vec<Signature<'a>>>,
}

#[derive(Deserialize)]
struct Signature<'a> {
    #[serde(borrow)]
    sig: Option<Str<'a>>,
}

/// Whether anything stands where a signature should; an empty text signs nothing.
fn are_signatures(list: &Option<Vec<Signature<'_>>>) -> bool {
    let signs =
        |one: &Signature<'_>| text::said(&one.sig).is_some_and(|sig| !sig.trim().is_empty());
    list.as_ref().is_some_and(|list| !list.is_empty() && list.iter().all(signs))
}

#[derive(Deserialize)]
struct Statement<'a> {
    #[serde(borrow, rename = "predicateType")]
    predicate_type: Option<Str<'a>>,
    subject: Option<Vec<SubjectIn<'a>>>,
    predicate: Option<Predicate<'a>>,
}

#[derive(Deserialize)]
struct SubjectIn<'a> {
    #[serde(borrow)]
    name: Option<Str<'a>>,
    digest: Option<Map<'a, Str<'a>>>,
}

/// Reads every statement of the file.
pub(in crate::evidence) fn read(
    input: &Input<'_>,
    format: &'static str,
) -> Result<Reading, Broken> {
    let mut reading = Reading::of(format);
    let mut all = Provenance { signed: true, ..Provenance::default() };
    let mut held = 0;
    let mut fault = None;
    let mut every_commit = true;
    let skipped = input.documents(|document: Document<'_>| {
        held += 1;
        match take(document, &mut all, &mut reading) {
            Ok(names_commit) => every_commit &= names_commit,
            Err(broken) => {
                fault.get_or_insert(broken);
            }
        }
    })?;
    if let Some(broken) = fault {
        return Err(broken);
    }
    if held == 0 || skipped.lines > 0 {
        return Err(Broken::new("The file holds other text than statements."));
    }
    if all.list.is_empty() {
        reading.doubt(Rule::NothingLookedAt, "The statement is about 0 subjects.");
    }
    // A statement that names its commit does not vouch for another that names none.
    if every_commit {
        reading.commit.clone_from(&all.source_commit);
    } else if all.source_commit.is_some() {
        reading.commit_of_part.clone_from(&all.source_commit);
        reading.warn(
            "Not every statement names its commit; the file is of that one, and no later than it was made.",
        );
    }
    reading.facts.provenance = Some(all);
    Ok(reading)
}

/// Takes a document; says whether its statement names a commit.
fn take(
    document: Document<'_>,
    all: &mut Provenance,
    reading: &mut Reading,
) -> Result<bool, Broken> {
    let envelope = match document.bundled {
        Some(envelope) => Some(envelope),
        None => document
            .payload
            .map(|payload| Envelope { payload: Some(payload), signatures: document.signatures }),
    };
    match envelope {
        Some(envelope) => {
            all.signed &= are_signatures(&envelope.signatures);
            let payload = envelope.payload.unwrap_or_else(|| Str::from(String::new()));
            let bytes =
                base64::decode(&payload).ok_or_else(|| Broken::new("The payload is no base64."))?;
            let statement =
                String::from_utf8(bytes).map_err(|_| Broken::new("The payload is no UTF-8."))?;
            let statement: Statement<'_> =
                json::whole(&statement, |json| Deserialize::deserialize(json))
                    .map_err(|Broken(why)| Broken(format!("In the payload: {why}")))?;
            Ok(join(statement, all, reading))
        }
        None if document.kind.is_some() => {
            all.signed = false;
            let statement = Statement {
                predicate_type: document.predicate_type,
                subject: document.subject,
                predicate: document.predicate,
            };
            Ok(join(statement, all, reading))
        }
        None => Err(Broken::new("The document holds no statement.")),
    }
}

fn join(statement: Statement<'_>, all: &mut Provenance, reading: &mut Reading) -> bool {
    let predicate = statement.predicate.unwrap_or_default();
    for subject in statement.subject.iter().flatten() {
        let name = text::said(&subject.name).unwrap_or_default();
        let digests = subject.digest.as_ref();
        let best =
            digests.and_then(|of| of.get_key_value("sha256").or_else(|| of.first_key_value()));
        let digest =
            best.map_or_else(String::new, |(kind, digest)| format!("{kind}:{}", &**digest));
        if best.is_none_or(|(_, digest)| digest.trim().is_empty()) {
            let why = format!("The subject `{name}` has no digest: it could be anything.");
            reading.doubt(Rule::NothingLookedAt, why);
        }
        all.list.push(Subject { name, digest });
    }
    let kind = text::said(&statement.predicate_type);
    if predicate.verifies_nothing() && kind.as_deref().is_some_and(|kind| kind.contains("/svr/")) {
        reading.doubt(Rule::NothingLookedAt, "The statement verifies 0 properties.");
    }
    settle(reading, &mut all.predicate_type, kind, "predicate types");
    settle(reading, &mut all.result, predicate.result(), "results");
    settle(reading, &mut all.builder, predicate.builder(), "builders");
    let commit = predicate.source_commit();
    let names_commit = commit.is_some();
    settle(reading, &mut all.source_commit, commit, "commits");
    if let Some(time) = predicate.finished() {
        when::older(&mut reading.produced_at, ProducedAt::parse(&time));
    }
    names_commit
}

/// The statements of a file must agree; where they do not, the file says two things.
fn settle(reading: &mut Reading, known: &mut Option<String>, found: Option<String>, what: &str) {
    match (&known, found) {
        (Some(known), Some(found)) if *known != found => {
            let why = format!("The statements name different {what}.");
            if !reading.doubts.iter().any(|doubt| doubt.why == why) {
                reading.doubt(Rule::Conflicting, why);
            }
        }
        (None, found) => *known = found,
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::tests::{proves, reading};

    #[test]
    fn what_a_statement_says_came_of_it_is_told() {
        let statement = |predicate: &str| {
            format!(
                r#"{{"_type": "https://in-toto.io/Statement/v1", "subject": [{{"name": "a", "digest":
                {{"sha256": "00"}}}}], "predicateType": "https://example.com/x", "predicate": {predicate}}}"#
            )
        };
        for (predicate, result) in [
            (r#"{"verificationResult": "FAILED", "verifier": {"id": "x"}}"#, Some("FAILED")),
            (r#"{"result": "PASSED", "passedTests": ["a"]}"#, Some("PASSED")),
            (r#"{"result": {"score": 3}}"#, None),
            ("{}", None),
        ] {
            let reading = reading("in-toto-attestation", &statement(predicate));
            let provenance = reading.facts.provenance.unwrap();
            assert_eq!(provenance.result.as_deref(), result, "{predicate}");
        }
        let both = [r#"{"result": "PASSED"}"#, r#"{"result": "FAILED"}"#].map(statement).join("\n");
        proves("in-toto-attestation", &[(&both, "different results")]);
    }

    #[test]
    fn the_work_tree_that_buildkit_names_is_the_commit() {
        let statement = |version: &str, predicate: &str| {
            format!(
                r#"{{"_type": "https://in-toto.io/Statement/v1", "subject": [{{"name": "a", "digest":
                {{"sha256": "00"}}}}], "predicateType": "https://slsa.dev/provenance/{version}",
                "predicate": {predicate}}}"#
            )
        };
        let older = r#"{"builder": {"id": "x"}, "materials": [{"uri": "pkg:docker/alpine", "digest":
            {"sha256": "11"}}], "metadata": {"https://mobyproject.org/buildkit@v1#metadata":
            {"vcs": {"revision": "4f2a9c1-dirty", "localdir:context": "."}}}}"#;
        let newer = r#"{"runDetails": {"builder": {"id": "x"}, "metadata": {"buildkit_metadata":
            {"vcs": {"revision": "4f2a9c1-dirty"}}}}}"#;
        for (version, predicate) in [("v0.2", older), ("v1", newer)] {
            let commit = reading("slsa-provenance", &statement(version, predicate)).commit;
            assert_eq!(commit.as_deref(), Some("4f2a9c1-dirty"), "{version}");
        }
    }

    #[test]
    fn an_empty_signature_signs_nothing() {
        // {"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"a"}]}
        let payload = "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEiLCJzdWJqZWN0IjpbeyJuYW1lIjoiYSJ9XX0=";
        for (signatures, signed) in [
            (r#"[{"sig": "MEUCIQ=="}]"#, true),
            ("[]", false),
            ("null", false),
            ("[{}]", false),
            (r#"[{"sig": ""}]"#, false),
            (r#"[{"sig": " "}]"#, false),
            (r#"[{"sig": "MEUCIQ=="}, {"sig": ""}]"#, false),
        ] {
            let text = format!(
                r#"{{"payloadType": "application/vnd.in-toto+json", "payload": "{payload}",
                "signatures": {signatures}}}"#
            );
            let provenance = reading("in-toto-attestation", &text).facts.provenance.unwrap();
            assert_eq!(provenance.signed, signed, "{signatures}");
        }
    }
}
