//! What a deployment's own files prove: settings, limits of containers, the image that was scanned.

use super::{Drafted, named, quoted, repository_only};
use crate::catalog::proposal::Draft;
use crate::catalog::surroundings::Around;
use crate::facts::Value;

/// Every setting of the example is given in production, by a Compose file or a ConfigMap.
pub(super) fn environment(around: &Around<'_>) -> Drafted {
    let examples = around.matching("**/{.env,.env.production,.env.prod}.{example,sample,template}");
    let Some(example) = examples.first() else {
        return Err("a `.env.example` that lists every setting".to_owned());
    };
    let load_example = format!("load({})", quoted(example));
    for path in around.matching("**/{docker-compose,compose}*prod*.{yml,yaml}") {
        let Some(Value::Map(services)) =
            (around.load)(path).and_then(|of| of.member("services").cloned())
        else {
            continue;
        };
        let given =
            services.values().any(|of| matches!(of.member("environment"), Some(Value::Map(_))));
        if given {
            let of = format!("load({}).services", quoted(path));
            return Ok(repository_only(format!(
                "keys({load_example}).all(name, keys({of}).exists(service, \
                 has({of}[service].environment) && name in {of}[service].environment))"
            )));
        }
    }
    for path in around.matching("{k8s,kubernetes,deploy,manifests}/**/*.{yml,yaml}") {
        let document = (around.load)(path);
        let is_map = document
            .as_ref()
            .is_some_and(|document| document.member("kind") == Some(&Value::text("ConfigMap")));
        if is_map {
            return Ok(repository_only(format!(
                "keys({load_example}).all(name, name in load({}).data)",
                quoted(path)
            )));
        }
    }
    Err("a production Compose file or ConfigMap that gives the settings".to_owned())
}

/// Every container of every manifest has limits of processor and memory.
pub(super) fn limits(around: &Around<'_>) -> Drafted {
    for folder in ["k8s", "kubernetes", "deploy/k8s", "deploy", "manifests"] {
        for end in ["yaml", "yml"] {
            let glob = format!("{folder}/*.{end}");
            let documents: Vec<Value> =
                around.matching(&glob).iter().filter_map(|path| (around.load)(path)).collect();
            let single = documents.iter().all(|of| matches!(of, Value::Map(_)));
            let with_pods = documents.iter().any(|of| containers(of).is_some());
            if single && with_pods {
                let glob = quoted(&glob);
                return Ok(repository_only(format!(
                    "files({glob}).filter(f, \"spec\" in load(f)).filter(f, \
                     \"template\" in load(f).spec).all(f, \
                     load(f).spec.template.spec.containers.all(c, \
                     has(c.resources) && has(c.resources.limits) && \
                     has(c.resources.limits.cpu) && has(c.resources.limits.memory)))"
                )));
            }
        }
    }
    Err("Kubernetes manifests, one document a file, with containers".to_owned())
}

fn containers(document: &Value) -> Option<&Value> {
    document.member("spec")?.member("template")?.member("spec")?.member("containers")
}

/// Every image that was built is the one that was scanned.
pub(super) fn image(around: &Around<'_>) -> Drafted {
    let reading = |facts: fn(&crate::facts::Facts) -> bool| {
        around.artifacts.iter().copied().find_map(move |artifact| {
            let reading = artifact.answer.reading()?;
            facts(&reading.facts).then_some((artifact, reading.format))
        })
    };
    let built = reading(|facts| facts.provenance.as_ref().is_some_and(|of| !of.list.is_empty()));
    let scanned = reading(|facts| {
        facts.findings.is_some() && facts.image.as_ref().is_some_and(|of| !of.is_empty())
    });
    let (Some((built, of_built)), Some((scanned, of_scanned))) = (built, scanned) else {
        return Err("a build's provenance and a scan that names the image's digest".to_owned());
    };
    Ok(Draft {
        artifacts: vec![named(built, of_built), named(scanned, of_scanned)],
        condition: Some(
            "provenance.list.size() > 0 && provenance.list.all(s, s.digest in image.digests)"
                .to_owned(),
        ),
        ..Draft::default()
    })
}
