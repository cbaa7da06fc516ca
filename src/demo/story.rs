//! What happened at the web shop, as data: who committed what, when, and what was ticked.

/// The moment at which the story is told.
pub(super) const CLOCK: &str = "2026-11-13T12:00:00Z";

/// The checklist that the story is about.
pub(super) const CHECKLIST: &str = "docs/RELEASE-CHECKLIST.md";

/// Someone of the team.
pub(super) type Who = (&'static str, &'static str);

const ANA: Who = ("Ana Ruiz", "ana@fernshop.example");
const BEN: Who = ("Ben Okafor", "ben@fernshop.example");
const CHLOE: Who = ("Chloé Martin", "chloe@fernshop.example");
const DENIZ: Who = ("Deniz Yılmaz", "deniz@fernshop.example");

/// One commit.
pub(super) struct Step {
    /// What other steps and artifacts call it.
    pub(super) name: &'static str,
    pub(super) by: Who,
    pub(super) at: &'static str,
    pub(super) message: &'static str,
    /// The step it stands on, where that is not the one before.
    pub(super) after: Option<&'static str>,
    /// The step that it merges.
    pub(super) merges: Option<&'static str>,
    pub(super) edits: &'static [Edit],
    pub(super) tag: Option<&'static str>,
}

/// What a commit does to the files of the one before.
pub(super) enum Edit {
    /// Lays a folder of `fixtures/demo` over them.
    Lay(&'static str),
    /// Lays a folder of `fixtures/demo` over the folder named second.
    LayInto(&'static str, &'static str),
    /// Ticks the item whose text begins so.
    Tick(&'static str),
    /// Takes that tick back.
    Untick(&'static str),
    /// In the file named first, writes the third text for each of the second.
    Replace(&'static str, &'static str, &'static str),
    /// Adds a text to the end of a file.
    Append(&'static str, &'static str),
    /// Removes a file, or a folder named with `/` at its end.
    Remove(&'static str),
}

use Edit::{Append, Lay, LayInto, Remove, Replace, Tick, Untick};

const PLAIN: Step = Step {
    name: "",
    by: ANA,
    at: "",
    message: "",
    after: None,
    merges: None,
    edits: &[],
    tag: None,
};

/// Every commit, oldest first; a branch before its merge.
pub(super) const STEPS: &[Step] = &[
    Step {
        name: "start",
        by: ANA,
        at: "2026-08-24T08:30:00Z",
        message: "shop: the first shops can sell\n",
        edits: &[Lay("start")],
        ..PLAIN
    },
    Step {
        name: "checklist",
        by: ANA,
        at: "2026-08-31T09:00:00Z",
        message: "docs: what has to be true before a release\n",
        edits: &[Lay("changes/checklist")],
        ..PLAIN
    },
    Step {
        name: "monitoring",
        by: BEN,
        at: "2026-09-07T14:10:00Z",
        message: "monitoring: alerts and a dashboard of the checkout\n",
        edits: &[
            Lay("changes/monitoring"),
            Tick("Every alert has an owner"),
            Tick("Dashboard shows the checkout"),
        ],
        ..PLAIN
    },
    Step {
        name: "load",
        by: CHLOE,
        at: "2026-09-14T10:45:00Z",
        message: "load: a test of the checkout\n",
        edits: &[Lay("changes/load"), Tick("Load test covers the checkout")],
        ..PLAIN
    },
    Step {
        name: "release-1.0.0",
        by: ANA,
        at: "2026-09-18T15:30:00Z",
        message: "release: 1.0.0, with the results it stands on\n",
        edits: &[
            LayInto("artifacts/1.0.0", "artifacts/"),
            Tick("Backend builds"),
            Tick("All tests pass"),
            Tick("Every setting of production"),
            Tick("Migrations ran"),
            Tick("Connection pool sized"),
            Tick("One shop never sees"),
            Tick("No high or critical"),
            Tick("Session cookies"),
            Tick("Lint, test and build"),
            Tick("Type check runs"),
            Tick("Every container has"),
            Tick("Checkout answers in"),
            Tick("[Architecture]"),
            Tick("On-call guide"),
        ],
        tag: Some("v1.0.0"),
        ..PLAIN
    },
    Step {
        name: "typed",
        by: BEN,
        at: "2026-10-05T11:20:00Z",
        message: "backend: no type error is left\n",
        edits: &[
            Lay("changes/typed"),
            Remove("backend/src/legacy.ts"),
            Tick("Backend compiles"),
            Replace(CHECKLIST, "(65 passing)", "(73 passing)"),
        ],
        ..PLAIN
    },
    Step {
        name: "search",
        by: CHLOE,
        at: "2026-10-07T16:05:00Z",
        message: "storefront: steps for the tests of the catalogue\n",
        edits: &[Lay("changes/storefront-search"), Tick("Accessibility checks pass")],
        ..PLAIN
    },
    Step {
        name: "release-1.1.0",
        by: ANA,
        at: "2026-10-09T13:00:00Z",
        message: "release: 1.1.0, with the results it stands on\n",
        after: Some("typed"),
        edits: &[
            Remove("artifacts/"),
            LayInto("artifacts/1.1.0", "artifacts/"),
            Append("CHANGELOG.md", "\n## 1.1.0\n\n- Orders are exported row by row.\n"),
            Tick("A backup was restored"),
            Tick("Load test of the evening peak"),
        ],
        tag: Some("v1.1.0"),
        ..PLAIN
    },
    Step {
        name: "search-merged",
        by: CHLOE,
        at: "2026-10-12T09:15:00Z",
        message: "Merge branch 'search'\n",
        merges: Some("search"),
        edits: &[Lay("changes/storefront-search"), Tick("Accessibility checks pass")],
        ..PLAIN
    },
    Step {
        name: "waiver",
        by: CHLOE,
        at: "2026-10-13T10:00:00Z",
        message: "trueup: two exceptions, for type errors and the captcha\n",
        edits: &[Append(
            "trueup.toml",
            "\n[[waiver]]\n\
             item   = \"code/storefront-compiles-without-type-errors\"\n\
             reason = \"The steps get their types with the new test runner\"\n\
             by     = \"Chloé Martin\"\n\
             until  = \"2026-10-31\"\n\
             \n[[waiver]]\n\
             item   = \"security/captcha-*\"\n\
             reason = \"Bots do not find the new login yet\"\n\
             by     = \"Chloé Martin\"\n\
             until  = \"2027-03-31\"\n",
        )],
        ..PLAIN
    },
    Step {
        name: "stricter",
        by: CHLOE,
        at: "2026-10-27T15:50:00Z",
        message: "checklist: the checkout answers within 400 ms\n\n\
                  The keys of the payment provider were changed on the phone with them.\n\n\
                  Signed-off-for: configuration/payment-keys-rotated\n",
        edits: &[
            Replace(CHECKLIST, "in < 500 ms", "in < 400 ms"),
            Replace(CHECKLIST, "- [ ] Captcha on login after three failures\n", ""),
            Replace(
                CHECKLIST,
                "- [ ] Only our own sites may call the API (CORS)\n",
                "- [ ] Only our own sites may call the API (CORS) <!-- evidence: passed(\"cors\") --> \
                 <!-- artifacts: artifacts/junit-backend.xml --> <!-- paths: backend/src/**, backend/test/** -->\n\
                 - [x] Login and checkout are rate limited\n",
            ),
            Append(
                "trueup.toml",
                "\n[[require]]\n\
                 item      = \"configuration/login-and-checkout-are-rate-limited\"\n\
                 artifacts = [\"artifacts/junit-backend.xml\"]\n\
                 condition = 'passed(\"rate limit\")'\n\
                 paths     = [\"backend/src/**\", \"backend/test/**\"]\n",
            ),
        ],
        ..PLAIN
    },
    Step {
        name: "gift-cards",
        by: BEN,
        at: "2026-11-05T16:40:00Z",
        message: "backend: gift cards\n\nEvidence-for: load/load-test-covers-the-checkout\n",
        edits: &[Lay("changes/gift-cards")],
        ..PLAIN
    },
    Step {
        name: "looser",
        by: DENIZ,
        at: "2026-11-09T11:30:00Z",
        message: "trueup: 1 % of requests may fail, and forms get their token with 1.2.1\n",
        edits: &[
            Replace("trueup.toml", "rate_pct < 0.5\"", "rate_pct < 1.0\""),
            Append(
                "trueup.toml",
                "\n[[waiver]]\n\
                 item   = \"security/csrf-token-asked-for-on-every-form\"\n\
                 reason = \"The form for gift cards gets its token with 1.2.1\"\n\
                 by     = \"Deniz Yılmaz\"\n\
                 until  = \"2027-01-31\"\n",
            ),
            Untick("A backup was restored"),
        ],
        ..PLAIN
    },
    Step {
        name: "candidate",
        by: ANA,
        at: "2026-11-12T10:20:00Z",
        message: "release: a candidate for 1.2.0, with the results it stands on\n",
        edits: &[
            Remove("artifacts/"),
            LayInto("artifacts/1.2.0", "artifacts/"),
            // Those of the run before; its own were not there yet.
            Replace("artifacts/ci-run.json", "@commit candidate@", "@commit looser@"),
            Replace("artifacts/ci-jobs.json", "@commit candidate@", "@commit looser@"),
            Replace("artifacts/provenance.json", "@commit candidate@", "@commit looser@"),
            Replace("artifacts/ci-run.json", "2026-11-12T10:3", "2026-11-12T10:0"),
            Replace("artifacts/ci-jobs.json", "2026-11-12T10:3", "2026-11-12T10:0"),
            Replace("artifacts/provenance.json", "2026-11-12T10:3", "2026-11-12T10:0"),
            Replace("artifacts/trivy-api.json", "2026-11-12T10:3", "2026-11-12T10:0"),
            Replace("artifacts/junit-backend.xml", "2026-11-12T10:3", "2026-11-12T10:0"),
            Append(
                "CHANGELOG.md",
                "\n## 1.2.0\n\n- Gift cards.\n- Plants can be wrapped as gifts.\n",
            ),
            Tick("Payment keys rotated"),
            Tick("No container runs as root"),
            Tick("Only our own sites"),
            Replace(
                CHECKLIST,
                "- [ ] Capacity for the spring sale booked",
                "- [ ] ~~Capacity for the spring sale booked~~ (N/A: the sale is in April)",
            ),
        ],
        tag: Some("v1.2.0-rc.1"),
        ..PLAIN
    },
    Step {
        name: "results-outside",
        by: DENIZ,
        at: "2026-11-12T14:05:00Z",
        message: "ci: results stay with their run, not in git\n",
        edits: &[Lay("changes/ignore"), Remove("artifacts/")],
        ..PLAIN
    },
    Step {
        name: "wrapping",
        by: CHLOE,
        at: "2026-11-12T15:20:00Z",
        message: "storefront: plants can be wrapped as gifts\n",
        edits: &[Lay("changes/gift-wrapping")],
        ..PLAIN
    },
    Step {
        name: "column",
        by: BEN,
        at: "2026-11-13T08:40:00Z",
        message: "database: remember what is wrapped\n",
        edits: &[Lay("changes/gift-wrapping-column")],
        ..PLAIN
    },
    Step {
        name: "newer-zod",
        by: BEN,
        at: "2026-11-13T09:15:00Z",
        message: "backend: a newer zod\n",
        edits: &[
            Replace("backend/package.json", "\"zod\": \"^4.0.0\"", "\"zod\": \"^4.1.0\""),
            Replace("backend/package-lock.json", "\"zod\": \"^4.0.0\"", "\"zod\": \"^4.1.0\""),
        ],
        ..PLAIN
    },
];

/// The artifacts that lie beside the last commit: those of the last run, and what was seen after
/// the deployment. They are ignored by git, as `changes/ignore` has it.
pub(super) const RESULTS: &[(&str, &str)] =
    &[("artifacts/1.2.0", "artifacts/"), ("artifacts/live", "artifacts/")];

/// When the files of [`RESULTS`] were written; those that are not named, at the first time.
pub(super) const WRITTEN: (&str, &[(&str, &str)]) = (
    "2026-11-12T10:33:20Z",
    &[
        ("k6-checkout.json", "2026-11-12T13:05:00Z"),
        ("k6-evening-peak.json", "2026-10-02T19:30:00Z"),
        ("deployment.json", "2026-11-13T10:30:05Z"),
        ("health.json", "2026-11-13T10:45:00Z"),
        ("prometheus-alerts.json", "2026-11-13T11:20:00Z"),
    ],
);
