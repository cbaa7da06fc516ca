//! What predicates say of builder, source and time: SLSA 1, SLSA 0.2, and others alike.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::account::{Loose, Scanner, Step, Vex, known};
use crate::evidence::json::{Map, Str};
use crate::evidence::text;

/// The parts of a predicate that tell where something came from.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Predicate<'a> {
    #[serde(borrow)]
    builder: Option<Builder<'a>>,
    #[serde(rename = "runDetails")]
    run: Option<Run<'a>>,
    #[serde(rename = "buildDefinition")]
    definition: Option<Definition<'a>>,
    invocation: Option<Invocation<'a>>,
    materials: Option<Vec<Material<'a>>>,
    metadata: Option<Metadata<'a>>,
    #[serde(rename = "verificationResult")]
    verification_result: Option<Word<'a>>,
    result: Option<Word<'a>>,
    #[serde(rename = "timeVerified")]
    verified_at: Option<Word<'a>>,
    /// Of a scan for vulnerabilities, cosign's and in-toto's.
    scanner: Option<Loose<Scanner>>,
    /// Of an OpenVEX document.
    statements: Option<Loose<Vec<Vex<'a>>>>,
    /// Of a collection by witness.
    attestations: Option<Loose<Vec<Step>>>,
    /// Of a simple verification result.
    properties: Option<Loose<Vec<IgnoredAny>>>,
}

/// A word, where a predicate of one's own may hold anything.
#[derive(Deserialize)]
#[serde(untagged)]
enum Word<'a> {
    Said(#[serde(borrow)] Str<'a>),
    Other(IgnoredAny),
}

impl Word<'_> {
    fn said(&self) -> Option<String> {
        match self {
            Word::Said(word) => Some(word.to_string()).filter(|word| !word.trim().is_empty()),
            Word::Other(_) => None,
        }
    }
}

#[derive(Deserialize)]
struct Builder<'a> {
    #[serde(borrow)]
    id: Option<Str<'a>>,
}

#[derive(Deserialize)]
struct Run<'a> {
    #[serde(borrow)]
    builder: Option<Builder<'a>>,
    metadata: Option<Metadata<'a>>,
}

#[derive(Deserialize)]
struct Definition<'a> {
    #[serde(borrow, rename = "resolvedDependencies")]
    dependencies: Option<Vec<Material<'a>>>,
}

#[derive(Deserialize)]
struct Invocation<'a> {
    #[serde(borrow, rename = "configSource")]
    source: Option<Material<'a>>,
}

#[derive(Deserialize)]
struct Material<'a> {
    #[serde(borrow)]
    digest: Option<Map<'a, Str<'a>>>,
}

#[derive(Deserialize)]
struct Metadata<'a> {
    #[serde(borrow, rename = "finishedOn")]
    finished: Option<Str<'a>>,
    #[serde(rename = "buildFinishedOn")]
    build_finished: Option<Str<'a>>,
    #[serde(rename = "finishedAt")]
    finished_at: Option<Str<'a>>,
    #[serde(rename = "https://mobyproject.org/buildkit@v1#metadata", alias = "buildkit_metadata")]
    buildkit: Option<Buildkit<'a>>,
}

/// What BuildKit says of the work tree that it built from: a local one is no material.
/// <https://docs.docker.com/build/metadata/attestations/slsa-definitions/>
#[derive(Deserialize)]
struct Buildkit<'a> {
    #[serde(borrow)]
    vcs: Option<Map<'a, Str<'a>>>,
}

impl Predicate<'_> {
    pub(super) fn builder(&self) -> Option<String> {
        let run = self.run.as_ref().and_then(|run| run.builder.as_ref());
        run.or(self.builder.as_ref()).and_then(|builder| text::said(&builder.id))
    }

    /// The commit: SLSA 1 lists it among the dependencies, 0.2 as the source of the configuration
    /// or among the materials; BuildKit beside its own metadata, with `-dirty` behind a commit that
    /// is not all that was built.
    pub(super) fn source_commit(&self) -> Option<String> {
        let dependencies = self.definition.iter().flat_map(|of| of.dependencies.iter().flatten());
        let source = self.invocation.iter().filter_map(|of| of.source.as_ref());
        let materials = self.materials.iter().flatten();
        let listed = dependencies.chain(source).chain(materials).find_map(Material::commit);
        listed.or_else(|| {
            let vcs = self.built()?.buildkit.as_ref()?.vcs.as_ref()?;
            vcs.get("revision").map(ToString::to_string)
        })
    }

    /// What came of it: of a verification summary its own, of a test result the other.
    pub(super) fn result(&self) -> Option<String> {
        let said = self.verification_result.as_ref().or(self.result.as_ref());
        said.and_then(Word::said).or_else(|| self.accusation().map(str::to_owned))
    }

    /// A word for what speaks against the subjects.
    fn accusation(&self) -> Option<&'static str> {
        if known(&self.attestations).is_some_and(|of| of.iter().any(Step::failed)) {
            return Some("FAILED");
        }
        let found = known(&self.scanner).is_some_and(Scanner::found);
        let affected = known(&self.statements).is_some_and(|of| of.iter().any(Vex::accuses));
        (found || affected).then_some("AFFECTED")
    }

    /// Whether it is a verification of no property.
    pub(super) fn verifies_nothing(&self) -> bool {
        known(&self.properties).is_some_and(Vec::is_empty)
    }

    pub(super) fn finished(&self) -> Option<String> {
        self.built_at().or_else(|| self.verified_at.as_ref().and_then(Word::said))
    }

    fn built(&self) -> Option<&Metadata<'_>> {
        let run = self.run.as_ref().and_then(|run| run.metadata.as_ref());
        run.or(self.metadata.as_ref())
    }

    fn built_at(&self) -> Option<String> {
        let said = self.built()?;
        text::said(&said.finished)
            .or_else(|| text::said(&said.build_finished))
            .or_else(|| text::said(&said.finished_at))
    }
}

impl Material<'_> {
    fn commit(&self) -> Option<String> {
        let digest = self.digest.as_ref()?;
        digest.get("gitCommit").or_else(|| digest.get("sha1")).map(ToString::to_string)
    }
}
