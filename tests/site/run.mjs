// Opens drawn sites as a reader would and checks what is met there.
//
//   node run.mjs SITE_DIR…        the last line is `N passed, N failed`; 1 on a failure
//
// Needs Chromium: CHROMIUM names it, else it is found at the usual places.
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { Site } from './site.mjs';
import * as files from './checks/files.mjs';
import * as validity from './checks/validity.mjs';
import * as opening from './checks/opening.mjs';
import * as plain from './checks/plain.mjs';
import * as script from './checks/script.mjs';
import * as paper from './checks/paper.mjs';
import * as alone from './checks/alone.mjs';

const CHECKS = { files, validity, opening, plain, script, paper, alone };

const dirs = process.argv.slice(2);
if (dirs.length === 0) {
  console.error('usage: node run.mjs SITE_DIR…');
  process.exit(2);
}

const known = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = known.find((file) => file && fs.existsSync(file));
if (!executablePath) {
  console.error('Chromium was not found; CHROMIUM names it.');
  process.exit(2);
}
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });

let passed = 0;
let failed = 0;
for (const dir of dirs) {
  const site = new Site(path.resolve(dir));
  for (const [name, check] of Object.entries(CHECKS)) {
    const ok = (what, holds, detail = '') => {
      if (holds) { passed += 1; } else {
        failed += 1;
        console.log(`FAILED ${path.basename(dir)} ${name}: ${what}${detail ? `\n       ${String(detail).slice(0, 1500)}` : ''}`);
      }
    };
    try {
      await check.run({ site, browser, ok });
    } catch (fault) {
      ok('runs to its end', false, fault.stack);
    }
  }
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
