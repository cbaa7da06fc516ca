// The whole report as one file, `SITE.html` beside the site's folder, where there is one: it asks for nothing,
// runs nothing but its own script, leads nowhere on disk, and folds nothing away.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function run({ site, browser, ok }) {
  const file = `${site.dir}.html`;
  if (!fs.existsSync(file)) { return; }
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const said = [];
  const asked = [];
  page.on('console', (message) => said.push(message.text())).on('pageerror', (fault) => said.push(fault.message));
  page.on('request', (request) => asked.push(request.url()));
  const url = pathToFileURL(file).href;
  await page.goto(url);
  ok('asks for nothing but itself', asked.length === 1, asked.join(' '));
  ok('leaves the console empty', said.length === 0, said.join(' | '));
  ok('no text of a document ran', (await page.evaluate(() => window.pwned)) === undefined);
  ok('its stylesheet holds', (await page.evaluate(() => getComputedStyle(document.body).marginTop)) === '0px');
  const astray = await page.evaluate(() => [...document.querySelectorAll('[href]')].map((link) => link.getAttribute('href'))
    .filter((href) => !/^(#|https?:|mailto:)/i.test(href)));
  ok('leads to no other file', astray.length === 0, astray.slice(0, 5).join(' '));
  const lost = await page.evaluate(() => [...document.querySelectorAll('a[href^="#"]')].map((link) => decodeURIComponent(link.hash.slice(1)))
    .filter((id) => !document.getElementById(id)));
  ok('every link within it lands', lost.length === 0, lost.slice(0, 5).join(' '));
  ok('nothing is folded', (await page.locator('main details:not([open])').count()) === 0);
  const before = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.locator('.theme').click();
  ok('its script runs: the theme changes', before !== (await page.evaluate(() => getComputedStyle(document.body).backgroundColor)));
  if ((await page.locator('*').count()) < 20000) {
    await page.evaluate(axe);
    const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    ok('is accessible', result.violations.length === 0,
      result.violations.map((v) => `${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 160)}`).join('\n       '));
  }
  await context.close();
}
