//! What `docker build --metadata-file` and `buildx bake` write of an image.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::evidence::json::{Map, Str};
use crate::evidence::{About, Blanks, Broken, Fit, Format, Input, Shape, Sniff, Tells, text, when};
use crate::facts::{Image, Provenance, Subject};
use crate::model::{ProducedAt, Reading, Rule};

pub(super) struct DockerBuildMetadata;

impl Format for DockerBuildMetadata {
    fn id(&self) -> &'static str {
        "docker-build-metadata"
    }

    fn about(&self) -> About {
        About {
            tool: "docker build, buildx (`--metadata-file`)",
            recognised: "`containerimage.digest` or `buildx.build.ref`, alone or under the names of a bake file's targets",
            carries: &["image", "provenance"],
            tells: Tells::NOTHING
                .time("`org.opencontainers.image.created` of the descriptor")
                .commit("`vcs.revision` of the provenance")
                .digest("`containerimage.digest`"),
            source: "https://docs.docker.com/reference/cli/docker/buildx/build/#metadata-file",
            clean: "A digest is there.",
            vacuous: "No digest: nothing was exported.",
            blank: Blanks::NONE,
            notes: &[
                "Of a bake file every target's digest is given.",
                "The provenance is BuildKit's own; nothing is signed.",
            ],
        }
    }

    fn recognises(&self, sniff: &Sniff<'_>) -> Fit {
        let Some(shape) = sniff.json() else { return Fit::No };
        Fit::sure(built(shape) || shape.members().iter().any(|(_, target)| built(target)))
    }

    fn read(&self, input: &Input<'_>) -> Result<Reading, Broken> {
        let mut reading = Reading::by(self.id(), "docker build");
        let mut image = Image::default();
        let mut provenance =
            Provenance { builder: Some("BuildKit".to_owned()), ..Provenance::default() };
        if input.sniff.json().is_some_and(built) {
            input.json::<Build<'_>>()?.add("", &mut image, &mut provenance, &mut reading);
        } else {
            let targets: Map<'_, Target<'_>> = input.json()?;
            for (name, target) in &targets {
                if let Target::Built(build) = target {
                    build.add(name, &mut image, &mut provenance, &mut reading);
                }
            }
        }
        if image.is_empty() {
            reading
                .doubt(Rule::NothingLookedAt, "The build names no digest: nothing was exported.");
        }
        reading.commit.clone_from(&provenance.source_commit);
        reading.facts.image = Some(image);
        reading.facts.provenance = Some(provenance);
        Ok(reading)
    }
}

/// Whether it is what a build says, and not a map of targets.
fn built(shape: &Shape<'_>) -> bool {
    ["containerimage.digest", "buildx.build.ref", "buildx.build.provenance"]
        .iter()
        .any(|key| shape.has(&[key]))
}

/// A target of a bake file; beside them stand warnings.
#[derive(Deserialize)]
#[serde(untagged)]
enum Target<'a> {
    Built(#[serde(borrow)] Box<Build<'a>>),
    Other(IgnoredAny),
}

#[derive(Deserialize)]
struct Build<'a> {
    #[serde(borrow, rename = "containerimage.digest")]
    digest: Option<Str<'a>>,
    #[serde(rename = "containerimage.config.digest")]
    configuration: Option<Str<'a>>,
    #[serde(rename = "image.name")]
    name: Option<Str<'a>>,
    #[serde(rename = "containerimage.descriptor")]
    descriptor: Option<Descriptor<'a>>,
    #[serde(rename = "buildx.build.provenance")]
    provenance: Option<Said<'a>>,
}

#[derive(Deserialize)]
struct Descriptor<'a> {
    #[serde(borrow)]
    annotations: Option<Map<'a, Str<'a>>>,
}

#[derive(Deserialize)]
struct Said<'a> {
    #[serde(borrow, rename = "buildType")]
    kind: Option<Str<'a>>,
    metadata: Option<Map<'a, Metadata<'a>>>,
}

/// BuildKit keeps its own under a name that is an address.
#[derive(Deserialize)]
#[serde(untagged)]
enum Metadata<'a> {
    Own {
        #[serde(borrow)]
        vcs: Map<'a, Str<'a>>,
    },
    Other(IgnoredAny),
}

impl Said<'_> {
    fn revision(&self) -> Option<String> {
        self.metadata.iter().flatten().find_map(|(_, metadata)| match metadata {
            Metadata::Own { vcs } => vcs.get("revision").map(ToString::to_string),
            Metadata::Other(_) => None,
        })
    }
}

impl Build<'_> {
    fn add(
        &self,
        target: &str,
        image: &mut Image,
        provenance: &mut Provenance,
        reading: &mut Reading,
    ) {
        if let Some(digest) = text::said(&self.digest) {
            let name = text::said(&self.name).unwrap_or_else(|| target.to_owned());
            provenance.list.push(Subject { name, digest: digest.clone() });
            image.add_built(digest, text::said(&self.configuration));
        }
        if let Some(said) = &self.provenance {
            provenance.predicate_type = provenance.predicate_type.take().or(text::said(&said.kind));
            let found = said.revision();
            if provenance.source_commit.is_some()
                && found.is_some()
                && provenance.source_commit != found
            {
                reading.doubt(Rule::Conflicting, "The targets were built from several commits.");
            }
            provenance.source_commit = provenance.source_commit.take().or(found);
        }
        let created =
            self.descriptor.as_ref().and_then(|descriptor| descriptor.annotations.as_ref());
        if let Some(created) = created.and_then(|said| said.get("org.opencontainers.image.created"))
        {
            when::older(&mut reading.produced_at, ProducedAt::parse(created));
        }
    }
}
