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

/// Kinds of objects that run no container.
const WITHOUT_CONTAINERS: &str = r#"["Namespace", "Service", "ConfigMap", "Secret", "Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget", "NetworkPolicy", "ServiceAccount", "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding", "PersistentVolumeClaim", "StorageClass", "LimitRange", "ResourceQuota"]"#;

/// Every container of every manifest has limits of processor and memory, those that run before it
/// too. A file of several documents, and a kind that keeps its containers elsewhere (a CronJob, a
/// List, a Pod), is told by no such condition.
pub(super) fn limits(around: &Around<'_>) -> Drafted {
    for folder in ["k8s", "kubernetes", "deploy/k8s", "deploy", "manifests"] {
        let glob = format!("{folder}/**/*.{{yml,yaml}}");
        let files = around.matching(&glob);
        let documents: Vec<Value> = files.iter().filter_map(|path| (around.load)(path)).collect();
        let with_pods = documents.iter().any(has_containers);
        let are_told = documents.len() == files.len()
            && documents.iter().all(|of| has_containers(of) || runs_nothing(of));
        if with_pods && are_told {
            return Ok(repository_only(of_every_container(&quoted(&around.placed(&glob)))));
        }
    }
    Err("Kubernetes manifests, one document a file, with containers".to_owned())
}

fn of_every_container(glob: &str) -> String {
    let limited = "all(c, has(c.resources) && has(c.resources.limits) && \
                   has(c.resources.limits.cpu) && has(c.resources.limits.memory))";
    let pod = "load(f).spec.template.spec";
    format!(
        "files({glob}).all(f, load(f).kind in {WITHOUT_CONTAINERS} || \
         ({pod}.containers.size() > 0 && {pod}.containers.{limited} && \
         (!has({pod}.initContainers) || {pod}.initContainers.{limited})))"
    )
}

fn has_containers(document: &Value) -> bool {
    let pod = || document.member("spec")?.member("template")?.member("spec")?.member("containers");
    pod().is_some()
}

fn runs_nothing(document: &Value) -> bool {
    let kind = document.member("kind");
    matches!(kind, Some(Value::Text(kind)) if WITHOUT_CONTAINERS.contains(&quoted(kind)))
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
