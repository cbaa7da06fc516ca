//! OpenVEX: what vulnerabilities mean for a product.

use serde::Deserialize;

use crate::evidence::json::Str;
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Sniff, Tells, text};
use crate::facts::{Finding, Level};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct Openvex;

impl Format for Openvex {
    fn id(&self) -> &'static str {
        "openvex"
    }

    fn about(&self) -> About {
        About {
            tool: "OpenVEX (vexctl and others)",
            recognised: "a `@context` of openvex.dev",
            carries: &["findings"],
            tells: Tells::NOTHING.time("`timestamp`"),
            source: "https://github.com/openvex/spec/blob/main/OPENVEX-SPEC.md",
            clean: "Every statement says `not_affected` or `fixed`.",
            vacuous: "0 statements.",
            blank: Blanks::NONE,
            notes: &[
                "Statements that a product is affected, or still looked into, are findings without a severity.",
                "Those that it is not affected, or fixed, are listed as suppressed.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let context = sniff.json().and_then(|shape| shape.text("@context"));
        Fit::sure(context.is_some_and(|context| context.contains("openvex.dev")))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let document: Document<'_> = input.json()?;
        let mut reading = Reading::of(self.id());
        reading.produced_at = document.timestamp.as_deref().map(ProducedAt::parse);
        if document.statements.is_empty() {
            reading.doubt(Rule::NothingLookedAt, "The document makes 0 statements.");
        }
        let mut findings = input.findings();
        for statement in &document.statements {
            findings.add(statement.finding());
        }
        reading.facts.findings = Some(findings);
        Ok(reading)
    }
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    timestamp: Option<Str<'a>>,
    statements: Vec<Statement<'a>>,
}

#[derive(Deserialize)]
struct Statement<'a> {
    #[serde(borrow)]
    vulnerability: Option<Named<'a>>,
    products: Option<Vec<Product<'a>>>,
    status: Option<Str<'a>>,
    impact_statement: Option<Str<'a>>,
}

/// A map with a name; before 0.2 a bare text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Named<'a> {
    Map {
        #[serde(borrow)]
        name: Option<Str<'a>>,
        aliases: Option<Vec<Str<'a>>>,
    },
    Bare(#[serde(borrow)] Str<'a>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Product<'a> {
    Map {
        #[serde(borrow, rename = "@id")]
        id: Option<Str<'a>>,
    },
    Bare(#[serde(borrow)] Str<'a>),
}

impl Statement<'_> {
    fn finding(&self) -> Finding {
        let rule = match &self.vulnerability {
            Some(Named::Map { name, .. }) => text::said(name),
            Some(Named::Bare(name)) => Some(name.to_string()),
            None => None,
        };
        let package = self.products.iter().flatten().next().and_then(|product| match product {
            Product::Map { id } => text::said(id),
            Product::Bare(id) => Some(id.to_string()),
        });
        let aliases = match &self.vulnerability {
            Some(Named::Map { aliases, .. }) => text::all_said(aliases.iter().flatten()),
            _ => Vec::new(),
        };
        Finding {
            rule,
            aliases,
            title: self.impact_statement.as_deref().and_then(text::title),
            package,
            suppressed: matches!(self.status.as_deref(), Some("not_affected" | "fixed")),
            ..Finding::levelled(Level::Warning)
        }
    }
}
