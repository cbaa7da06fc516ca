// Each kind of page opened from disk: a quiet console, no request beyond the folder, accessible in light and
// dark, no sideways scroll from 320 px to wide, and nothing of a document ever runs.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function run({ site, browser, ok }) {
  for (const scheme of ['light', 'dark']) {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1440, height: 900 }, bypassCSP: false });
    const page = await context.newPage();
    for (const name of site.kinds) { await open(page, site, name, scheme, ok); }
    await context.close();
  }
  const narrow = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await narrow.newPage();
  for (const name of site.kinds) {
    for (const width of [320, 360, 700, 1000, 1920]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(site.url(name));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      ok(`${name} does not scroll sideways at ${width} px`, wide <= 0, wide > 0 ? `${wide} px: ${await page.evaluate(widest)}` : '');
    }
  }
  await narrow.close();
  const forced = await browser.newContext({ forcedColors: 'active' });
  const contrast = await forced.newPage();
  await contrast.goto(site.url('index.html'));
  ok('the page stands in forced colours', await contrast.locator('h1').isVisible());
  await forced.close();
}

async function open(page, site, name, scheme, ok) {
  const said = [];
  const asked = [];
  const onConsole = (message) => said.push(message.text());
  const onError = (fault) => said.push(fault.message);
  const onRequest = (request) => asked.push(request.url());
  const onDialog = (dialog) => { said.push('a dialog'); dialog.dismiss(); };
  page.on('console', onConsole).on('pageerror', onError).on('request', onRequest).on('dialog', onDialog);
  await page.goto(site.url(name));
  const base = site.url('');
  const beyond = asked.filter((url) => !url.startsWith(base));
  ok(`${name} asks for nothing beyond the folder (${scheme})`, beyond.length === 0, beyond.join(' '));
  ok(`${name} makes at most 3 requests (${scheme})`, asked.length <= 3, asked.join(' '));
  ok(`${name} leaves the console empty (${scheme})`, said.length === 0, said.join(' | '));
  ok(`${name}: no text of a document ran (${scheme})`, (await page.evaluate(() => window.pwned)) === undefined);
  const facts = await page.evaluate(() => ({
    h1: document.querySelectorAll('h1').length, lang: document.documentElement.lang, nodes: document.querySelectorAll('*').length,
    landmarks: ['header', 'nav', 'main', 'footer'].every((tag) => document.querySelector(tag)),
  }));
  ok(`${name} has one h1, a language and its landmarks (${scheme})`, facts.h1 === 1 && facts.lang === 'en' && facts.landmarks, JSON.stringify(facts));
  if (name === 'index.html') { ok(`the overview has at most 1,500 nodes (${scheme})`, facts.nodes <= 1500, facts.nodes); }
  // The policy of the page forbids a script in it; the browser's own door does not.
  if (facts.nodes < 20000) {
    await page.evaluate(axe);
    const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
    ok(`${name} is accessible (${scheme})`, result.violations.length === 0,
      result.violations.map((v) => `${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary?.split('\n')[1] ?? ''}`).join('\n       '));
  }
  page.off('console', onConsole).off('pageerror', onError).off('request', onRequest).off('dialog', onDialog);
}

function widest() {
  return [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.wide, .top nav, .sprite, .v'))
    .slice(0, 3).map((e) => `${e.tagName}.${e.className?.baseVal ?? e.className} ${Math.round(e.getBoundingClientRect().right)}`).join(', ');
}
