// With JavaScript off: complete pages, filters by status, links that open what is folded.
export async function run({ site, browser, ok }) {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  for (const name of site.kinds) {
    await page.goto(site.url(name));
    const text = (await page.locator('main').innerText()).trim();
    ok(`${name} has its content`, text.length > 20, text);
  }
  await page.goto(site.url('index.html'));
  ok('search is a link', await page.locator('.find-link').isVisible());
  if (site.checklist) { await filters(page, site, ok); }
  await context.close();
}

async function filters(page, site, ok) {
  await page.goto(site.url(site.checklist));
  const boxes = await page.locator('.filters input').evaluateAll((inputs) => inputs.map((input) => input.id.slice(3)));
  const shown = (status) => page.locator(`.own.${status}`).evaluateAll((rows) => rows.filter((row) => getComputedStyle(row).display !== 'none').length);
  for (const status of boxes) {
    const all = await shown(status);
    await page.locator(`#_f-${status}`).uncheck();
    ok(`unticking ${status} hides its items`, all > 0 && (await shown(status)) === 0);
    await page.locator(`#_f-${status}`).check();
    ok(`ticking ${status} shows them again`, (await shown(status)) === all);
  }
  for (const status of boxes.slice(0, 2)) {
    await page.goto(site.url(site.checklist, `#_only-${status}`));
    const others = boxes.filter((other) => other !== status);
    const rest = await Promise.all(others.map(shown));
    ok(`#_only-${status} shows it alone`, (await shown(status)) > 0 && rest.every((count) => count === 0), rest);
    ok(`#_only-${status} says so`, await page.locator(`#_only-${status}`).isVisible());
  }
  await page.goto(site.url(site.checklist));
  for (const status of boxes.slice(1)) { await page.locator(`#_f-${status}`).uncheck(); }
  const bare = await page.locator('.sec').evaluateAll((sections) => sections.filter((section) => section.offsetHeight > 0
    && ![...section.querySelectorAll('.own')].some((row) => row.offsetHeight > 0)).length);
  ok('no section stands without a row that is shown', bare === 0, bare);
  await page.goto(site.url(site.checklist));
  for (const status of boxes) { await page.locator(`#_f-${status}`).uncheck(); }
  ok('nothing ticked says so', await page.locator('.none').isVisible());
}
