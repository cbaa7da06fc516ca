//! Headings as people write them, and the windows that they open or do not.

use crate::checklist::{Settings, read};
use crate::model::WindowUnit::{self, Days, Hours, Weeks};

type Told = Option<(i64, i64, WindowUnit)>;

fn windows(text: &str) -> Vec<Told> {
    let list = read("a.md", text.as_bytes(), &Settings::default());
    list.sections
        .iter()
        .map(|section| section.window.map(|window| (window.opens, window.ends, window.unit)))
        .collect()
}

/// The window of the last heading of those in `path`, each below the one before, a title above.
fn last(path: &str) -> Told {
    let headings: Vec<_> = path
        .split(" > ")
        .enumerate()
        .map(|(depth, title)| format!("{} {title}\n", "#".repeat(depth + 1)))
        .collect();
    windows(&headings.concat()).pop().unwrap()
}

#[test]
fn what_follows_a_deployment_is_due_after_it() {
    let table = [
        ("List > Post-Deployment Monitoring > Immediate (First Hour)", (0, 1, Hours)),
        ("List > Post-Deployment > Immediate", (0, 1, Hours)),
        ("List > Post-Launch > 🕐 First Two Weeks", (0, 2, Weeks)),
        ("List > Post-Launch > First Day", (0, 1, Days)),
        ("List > Post-Launch > Week 2", (1, 2, Weeks)),
        ("List > Post-Launch > 24-48 hours", (24, 48, Hours)),
        ("List > Post-Launch > 1–24 hours", (1, 24, Hours)),
        ("List > Post-Launch > 24h", (0, 24, Hours)),
        ("List > Post-Deployment Testing > First 24 Hours", (0, 24, Hours)),
        ("List > Post-Launch > Within 24 hours", (0, 24, Hours)),
        ("List > After the release > First month", (0, 30, Days)),
        ("List > Monitoring (First Week)", (0, 1, Weeks)),
        ("List > Post-Launch (48 hours)", (0, 48, Hours)),
        ("List > Deployment T+24h", (24, 48, Hours)),
        ("List > Post-Deployment > T+1h", (1, 2, Hours)),
        ("List > Post-Deployment > T+7 days", (7, 8, Days)),
        ("List > Post-Deployment > +24 hours", (24, 48, Hours)),
        ("List > Post-Deployment > After 24 hours", (24, 48, Hours)),
        ("List > Post-Deployment > After 1 week", (1, 2, Weeks)),
        ("List > Post-Deployment > One week later", (1, 2, Weeks)),
        ("List > Post-Deployment > 30 days after", (30, 31, Days)),
        ("List > Post-Launch (after 48 hours)", (48, 72, Hours)),
        ("List > One week after go-live", (1, 2, Weeks)),
        ("List > 7 days after go-live", (7, 8, Days)),
        ("List > 2 hours after deployment", (2, 3, Hours)),
        ("List > 1 month post-launch", (30, 60, Days)),
        ("List > Within 24 hours after deployment", (0, 24, Hours)),
        ("List > For 24 hours after deployment", (0, 24, Hours)),
        ("List > 24-48 hours after deployment", (24, 48, Hours)),
        ("List > Within 24 hours of the deployment", (0, 24, Hours)),
        ("List > Immediately after deployment", (0, 1, Hours)),
        ("Release of the ledger > First 24 Hours", (0, 24, Hours)),
        ("Release of the ledger > First 24-48 hours", (0, 48, Hours)),
        ("Launch plan > First 24 Hours", (0, 24, Hours)),
        ("List > Rollout > Week 2", (1, 2, Weeks)),
        ("List > Rollout week 3", (2, 3, Weeks)),
        ("List > Phase 4: Gradual Rollout > Week 1-2: 25% Rollout", (0, 2, Weeks)),
    ];
    for (path, expected) in table {
        assert_eq!(last(path), Some(expected), "{path}");
    }
}

#[test]
fn what_comes_before_it_is_due_before_it() {
    let table = [
        ("List > Pre-Release (1 week before)", (-1, 0, Weeks)),
        ("List > 24 hours before launch", (-24, 0, Hours)),
        ("List > 1 Day Before Launch", (-1, 0, Days)),
        ("List > Launch T-7 days", (-7, 0, Days)),
    ];
    for (path, expected) in table {
        assert_eq!(last(path), Some(expected), "{path}");
    }
}

#[test]
fn urgency_and_the_weeks_of_a_plan_are_no_windows() {
    for path in [
        "Readiness > Deployment Recommendations > Immediate Actions Before Deploy",
        "Readiness > Immediate (Before Launch)",
        "Readiness > Immediate Actions",
        "Deployment > Immediate Actions",
        "List > Post-Deployment > Immediate Actions",
        "Readiness > Critical Priority (Complete Within 1 Week)",
        "Readiness > Time to production: 2-3 weeks > Phase 3 (Week 3): Deployment",
        "Plan > Sprint 3 (Week 3): Deployment & Monitoring",
        "Plan > Phase 5: Documentation & Rollout (Weeks 9-10)",
        "Plan > Documentation & Rollout (Weeks 9-10)",
        "Plan > Phase 5: Launch & Monitoring > Weeks 13-14",
        "Plan > Phase 6: Post-Launch Work (Weeks 11-12)",
        "Plan > Day 2: Release notes feature",
        "Plan > Week 3: Deployment",
        "Launch Plan > First Week: Prototype",
        "Launch plan > First Week",
        "Release > Rollout Plan > Week 1",
        "Release > Pre-Launch > First Week",
        "Launch > Preparation > First Week",
        "Pre-deployment checklist > First Week",
        "Release checklist > First Week Goals",
        "Learning path > First Week Goals",
        "Newcomers > First Week",
        "Newcomers > First 24 Hours",
        "Go live > Launch and first weeks",
        "List > Deployment (2 hours)",
        "List > Week 2: Security hardening",
        "List > First steps",
        "List > 24/7 support",
        "List > Release 1.4",
        "List > Post-mortem (2 days)",
        "List > Since the last release (2 weeks)",
        "List > Staging deployment > First 24 Hours",
        "List > Once released to QA (2 days)",
        "List > Release candidate > First Week",
        "Ready to launch > First Week",
        "Launch blockers > First Week",
        "List > Deploy keys rotated in first month",
        "Launchpad > First Week",
        "Launch Darkly flags > First 24 Hours",
    ] {
        assert_eq!(last(path), None, "{path}");
    }
}

#[test]
fn a_title_opens_none() {
    for title in [
        "NEXT IMMEDIATE ACTIONS - Deployment Checklist",
        "First 24 hours after the launch",
        "Post-Deployment (48 hours)",
    ] {
        assert_eq!(windows(&format!("# {title}\n## Notes\n")), [None, None], "{title}");
        assert_eq!(windows(&format!("# {title}\n# Notes\n")), [None, None], "{title}");
    }
}

#[test]
fn windows_hold_below_and_not_beside() {
    let text = "# Rollout\n## First Week\n### Metrics\n## After that\n## Week 2\n";
    assert_eq!(windows(text), [None, Some((0, 1, Weeks)), Some((0, 1, Weeks)), None, None]);
    let text = "# List\n## Rollout\n### Week 2\n### Notes\n";
    assert_eq!(windows(text), [None, None, Some((1, 2, Weeks)), None]);
    let text = "# List\n## Post-Launch (48 hours)\n### Before the next launch\n";
    assert_eq!(windows(text), [None, Some((0, 48, Hours)), None]);
}

#[test]
fn headings_that_only_say_when_are_a_series() {
    let text = "# T\n## Immediate (First Hour)\n## First 24 Hours\n## First Week\n## Notes\n";
    let all = [None, Some((0, 1, Hours)), Some((0, 24, Hours)), Some((0, 1, Weeks)), None];
    assert_eq!(windows(text), all);
    assert_eq!(windows("# T\n## Immediate (First Hour)\n")[1], Some((0, 1, Hours)));
    for none in [
        "# T\n## First Day\n## First Week\n",
        "# New hires\n## First Hour\n## First Week\n",
        "# Incident response\n## Immediate (First Hour)\n## First 24 Hours\n",
        "# Plan\n## First Hour\n## First Week\n",
        "# Pre-deployment checklist\n## First Hour\n## First Week\n",
        "# Onboarding checklist\n## First Hour\n## First Week\n",
        "# T\n## First Hour\n# Other\n## First Week\n",
        "# T\n## First 24 Hours: contain\n## First Week: report\n",
    ] {
        assert!(windows(none).iter().all(Option::is_none), "{none}");
    }
}

#[test]
fn what_follows_a_deployment_to_somewhere_else_holds_the_real_one_up() {
    for path in [
        "Release > Staging > Immediately after deployment",
        "Release > Staging > Post-deployment (24 hours)",
        "Release > Deploy to staging > First hour",
        "Release > UAT > Post-deployment (24 hours)",
        "Release > Canary deployment > First hour",
        "Release > QA environment > Post-deployment (24 hours)",
        "Release > Post-deployment to staging (24 hours)",
        "Release > 24 hours after go-live rehearsal",
        "Release > After launch of the beta (1 week)",
        "Release > Rollback > Immediately after deployment",
        "Staging deployment checklist > Post-deployment (24 hours)",
        "Release > Dry run > After the deployment > First hour",
        "Release > 48 hours after RC deployment",
        "Release > RC-2 > Post-deployment (48 hours)",
        "Release > Soft launch > First 48 hours",
        "Release > 48 hours after the soft-launch release",
        "Release > Blue slot > Post-deployment (24 hours)",
        "Release > 24 hours after deployment to green",
        "Release > Limited release > First week",
        "Release > Internal launch > First week",
        "Release > Early access > After the launch (1 week)",
        "Release > Shadow deployment > First hour",
        "Release > 24 hours after 5% rollout",
        "Release > 24 hours after rollout to 1%",
        "Release > First hour of 25% rollout",
        "Release > 24 hours after ring 0 deployment",
        "Release > 24 hours after wave 2 rollout",
        "Release > 24 hours after employee rollout",
        "Release > 24 hours after launch for staff",
        "Release > 24 hours after deployment to DR",
        "Release > 24 hours after mirror deployment",
        "Release > 24 hours after launch review",
        "Release > 1 day after launch approval",
        "Release > 24 hours after release freeze",
        "Release > 24 hours after deployment freeze begins",
        "Mock go-live > First Hour",
        "Deployment exercise > First Hour",
        "Cancelled launch > First Hour",
        "5% rollout > First Hour",
        "Rollout to 10% of users > First Hour",
        "Vendor release > First Hour",
        "Release > Code freeze > First Hour",
        "Release of 3.1 > 24 hours after v3.0",
        "Release > Changes since v3.1 (24 hours)",
    ] {
        assert_eq!(last(path), None, "{path}");
    }
    for path in [
        "Staging and production > Post-deployment (24 hours)",
        "Release > Production > Post-deployment (24 hours)",
        "Release > Post-deployment testing (24 hours)",
        "Release > Blue/green deployment > Post-deployment (24 hours)",
        "Release > Post-deployment to the production slot (24 hours)",
        "Release > Post-deployment: error rate below 1% (24 hours)",
        "Release > Post-launch review (24 hours)",
        "Release > First 24 hours after 100% rollout",
        "Release > First 24 hours after GA",
        "Release > Within 24 hours after v3.1",
        "Release > First 24 hours after we go live",
    ] {
        assert_eq!(last(path), Some((0, 24, Hours)), "{path}");
    }
}

#[test]
fn what_stands_beside_a_deployment_makes_it_an_event_of_its_own() {
    for event in [
        "blue deployment",
        "green deployment",
        "1 percent rollout",
        "one percent rollout",
        "rollout to half of the users",
        "rollout to 10 customers",
        "deployment to the first region",
        "phased rollout",
        "staged rollout begins",
        "feature flag rollout",
        "A/B launch",
        "warm-up deployment",
        "review app deployment",
        "deployment to perf",
        "deployment to Frankfurt DR",
        "nightly release",
        "release kickoff",
        "release build",
        "launch email",
        "go-live checklist",
        "release to the App Store review",
        "failed deployment",
        "failed production deployment",
        "deployment is scheduled",
        "deployment window opens",
        "vendor release",
        "Kubernetes release",
        "press release",
        "partner launch",
        "deployment (blue slot)",
        "3.0 release",
        "release of v3.2",
        "deployment to main",
    ] {
        for path in [
            format!("Release of 3.1 > 24 hours after {event}"),
            format!("Release of 3.1 > Within 24 hours of the {event}"),
            format!("Release of 3.1 > Immediately after {event}"),
            format!("Release of 3.1 > After the {event} > First 24 Hours"),
        ] {
            assert_eq!(last(&path), None, "{path}");
        }
    }
    for event in [
        "the deployment",
        "3.1 release",
        "release of v3.1.0",
        "deployment to production",
        "the full rollout",
        "100% rollout",
        "100 percent rollout",
        "rollout to all users",
        "the first deployment",
        "the production deployment is complete",
        "the ledger release",
        "successful go-live",
        "deployment (verification)",
    ] {
        for path in [
            format!("Release of the ledger > 24-48 hours after {event}"),
            format!("Release of the ledger > After {event} > 24-48 hours"),
        ] {
            assert_eq!(last(&path), Some((24, 48, Hours)), "{path}");
        }
    }
    assert_eq!(last("Release of 3.1 > Post-deployment to perf (24 hours)"), None);
    for (around, first) in [
        ("Rollout to 5%", None),
        ("1 percent rollout", None),
        ("Partial rollout", None),
        ("Rollout to one region", None),
        ("Green deployment", None),
        ("Failed deployment", None),
        ("Vendor release", None),
        ("Release 3.0", None),
        ("Release kickoff", None),
        ("Post-deployment (QA)", None),
        ("Post-launch review", None),
        ("Post-release of 3.0", None),
        ("Deployment to QA", None),
        ("Incident", None),
        ("After the freeze", None),
        ("Rollout", Some((0, 1, Hours))),
        ("Deployment to production", Some((0, 1, Hours))),
        ("Deployment steps", Some((0, 1, Hours))),
        ("Rollout and communication", Some((0, 1, Hours))),
        ("Blue/green deployment", Some((0, 1, Hours))),
        ("Post-launch marketing", Some((0, 1, Hours))),
        ("Post-Deployment (24 hours)", Some((0, 1, Hours))),
        ("After release 3.1", Some((0, 1, Hours))),
    ] {
        assert_eq!(last(&format!("Release of 3.1 > {around} > First Hour")), first, "{around}");
        assert!(first.is_some() || last(&format!("Release of 3.1 > {around} > Week 2")).is_none());
    }
    for heading in [
        "24 hours after official launch",
        "24 hours after the major release",
        "24 hours after deployment (T+24h)",
        "24 hours after the cutover",
        "24 hours after the 3.1 deployment",
        "24 hours after version 3.1 goes live",
        "24 Stunden nach dem Deployment",
        "24 heures après la mise en production",
        "24 horas después del despliegue",
        "24 horas após o deploy",
    ] {
        let window = last(&format!("Release of 3.1 > {heading}"));
        assert_eq!(window, Some((24, 48, Hours)), "{heading}");
    }
    for heading in ["24 Stunden nach dem Staging-Deployment", "24 horas después del ensayo"] {
        assert_eq!(last(&format!("Release of 3.1 > {heading}")), None, "{heading}");
    }
    let up_to = last("Release of 3.1 > Up to 24 hours after deployment");
    assert_eq!(up_to, Some((0, 24, Hours)));
    assert_eq!(last("Release of 3.1 > After the release (Week 2)"), Some((1, 2, Weeks)));
}
