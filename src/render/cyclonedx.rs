//! CycloneDX 1.6 attestations: each checklist a standard, each item a requirement and a claim about
//! it, each artifact evidence for it or against it.
//! The form: ECMA-424 "CycloneDX Bill of Materials", `declarations` and `definitions`.

use serde_json::{Map, Value, json};

use crate::model::{Status, Verdict};
use crate::snapshot::Snapshot;
use crate::snapshot::v1::{Checklist, Evidence, Item};

use super::identity::{token, uri, uuid};
use super::text::Paint;

const PROJECT: &str = "project";
const ASSESSOR: &str = "trueup";

/// The bill of materials of a snapshot: no components but the project itself.
pub(super) fn attestations(snapshot: &Snapshot, paint: Paint) -> String {
    let commit = snapshot.commit.as_ref().map(|commit| commit.id.as_str()).unwrap_or_default();
    let serial = uuid(&["cyclonedx", &snapshot.project, commit, &snapshot.judged_at]);
    let mut project =
        json!({"type": "application", "bom-ref": PROJECT, "name": snapshot.project.clone()});
    if let Some(version) = snapshot.release.as_deref().or(Some(commit).filter(|id| !id.is_empty()))
    {
        project["version"] = json!(version);
    }
    let document = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": format!("urn:uuid:{serial}"),
        "version": 1,
        "metadata": {
            "timestamp": snapshot.generated_at,
            "tools": {"components": [{
                "type": "application",
                "name": snapshot.tool.name,
                "version": snapshot.tool.version,
            }]},
            "component": project,
        },
        "declarations": declarations(snapshot),
        "definitions": {"standards": snapshot.checklists.iter().map(standard).collect::<Vec<_>>()},
    });
    super::json::pretty(&document, paint)
}

fn declarations(snapshot: &Snapshot) -> Value {
    let (mut claims, mut evidence, mut map) = (Vec::new(), Vec::new(), Vec::new());
    for (path, item) in applicable(snapshot) {
        let name = token(path, &item.id);
        let (mut supporting, mut refuting) = (Vec::new(), Vec::new());
        for (at, one) in item.evidence.iter().enumerate() {
            let reference = format!("evidence:{name}:{at}");
            match one.verdict {
                Verdict::Pass if item.status.is_proven() => supporting.push(reference.clone()),
                Verdict::Fail => refuting.push(reference.clone()),
                // What can be relied on supports no claim that is not proven, and what cannot be
                // trusted speaks neither for nor against.
                Verdict::Pass
                | Verdict::Stale
                | Verdict::Missing
                | Verdict::Invalid
                | Verdict::Unbound => {}
            }
            evidence.push(read(item, one, &reference));
        }
        let waiver = item.waiver.as_ref().map(|waiver| {
            let reference = format!("waiver:{name}");
            evidence.push(json!({
                "bom-ref": reference,
                "description": format!(
                    "Waived by {} until {}: {}", waiver.by, waiver.until, waiver.reason
                ),
                "expires": format!("{}T23:59:59Z", waiver.until),
            }));
            reference
        });
        claims.push(claim(item, &name, supporting, refuting, waiver));
        map.push(mapping(item, &name));
    }
    json!({
        "assessors": [{"bom-ref": ASSESSOR, "thirdParty": false}],
        "attestations": [{
            "summary": snapshot.summary.gate.sentence,
            "assessor": ASSESSOR,
            "map": map,
        }],
        "claims": claims,
        "evidence": evidence,
    })
}

fn claim(
    item: &Item,
    name: &str,
    supporting: Vec<String>,
    refuting: Vec<String>,
    waiver: Option<String>,
) -> Value {
    let mut claim = Map::new();
    claim.insert("bom-ref".to_owned(), json!(format!("claim:{name}")));
    claim.insert("target".to_owned(), json!(PROJECT));
    claim.insert("predicate".to_owned(), json!(item.text));
    claim.insert("reasoning".to_owned(), json!(item.reason));
    let lists = [
        ("evidence", supporting),
        ("counterEvidence", refuting),
        ("mitigationStrategies", waiver.into_iter().collect()),
    ];
    for (field, references) in lists {
        if !references.is_empty() {
            claim.insert(field.to_owned(), json!(references));
        }
    }
    Value::Object(claim)
}

/// A claim that the evidence refutes is a counter-claim; what nothing proves conforms to nothing.
fn mapping(item: &Item, name: &str) -> Value {
    let refuted = matches!(item.status, Status::Contradicted | Status::Failing);
    let field = if refuted { "counterClaims" } else { "claims" };
    let score = if item.status.is_proven() { 1.0 } else { 0.0 };
    json!({
        "requirement": format!("requirement:{name}"),
        field: [format!("claim:{name}")],
        "conformance": {"score": score, "rationale": format!("{}: {}", item.status.phrase(), item.reason)},
    })
}

fn read(item: &Item, evidence: &Evidence, reference: &str) -> Value {
    let mut read = json!({
        "bom-ref": reference,
        "description": evidence.reason,
        "data": [{
            "name": format!("{} sha256:{}", evidence.artifact, evidence.sha256),
            "contents": {"url": uri(&evidence.artifact)},
        }],
    });
    if let Some(made) = &evidence.produced_at {
        read["created"] = json!(made);
    }
    if let Some(until) = &item.valid_until {
        read["expires"] = json!(until);
    }
    read
}

fn standard(checklist: &Checklist) -> Value {
    let requirements = checklist.items.iter().filter(|item| applies(item)).map(|item| {
        json!({
            "bom-ref": format!("requirement:{}", token(&checklist.path, &item.id)),
            "identifier": item.id,
            "title": item.section.join(" / "),
            "text": item.text,
        })
    });
    json!({
        "bom-ref": format!("checklist:{}", token(&checklist.path, "")),
        "name": checklist.title.as_ref().unwrap_or(&checklist.path),
        "description": checklist.path,
        "requirements": requirements.collect::<Vec<_>>(),
    })
}

fn applicable(snapshot: &Snapshot) -> impl Iterator<Item = (&str, &Item)> {
    snapshot.checklists.iter().flat_map(|checklist| {
        let items = checklist.items.iter().filter(|item| applies(item));
        items.map(move |item| (checklist.path.as_str(), item))
    })
}

fn applies(item: &Item) -> bool {
    item.status != Status::NotApplicable
}
