// With JavaScript: theme, search, filters by owner, expiry; and the keyboard alone.
export async function run({ site, browser, ok }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
  const page = await context.newPage();
  const faults = [];
  page.on('console', (message) => faults.push(message.text()));
  page.on('pageerror', (fault) => faults.push(fault.message));
  await theme(page, site, ok);
  await keyboard(page, site, ok);
  await search(page, site, ok);
  if (site.checklist) { await filters(page, site, ok); }
  await expiry(browser, site, ok);
  ok('the console stays empty', faults.length === 0, faults.join(' | '));
  await context.close();
}

async function theme(page, site, ok) {
  await page.goto(site.url('index.html'));
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const before = await ground();
  await page.locator('.theme').click();
  const after = await ground();
  ok('the button changes the theme', before !== after, `${before} ${after}`);
  await page.goto(site.url('integrity.html'));
  ok('the theme is kept', (await ground()) === after);
  await page.locator('.theme').click();
}

async function keyboard(page, site, ok) {
  await page.goto(site.url('index.html'));
  await page.keyboard.press('Tab');
  ok('the first stop is the skip link', (await page.evaluate(() => document.activeElement.className)) === 'skip');
  await page.keyboard.press('Enter');
  const led = page.waitForFunction(() => document.activeElement.id === '_main', null, { timeout: 5000 });
  ok('it leads to the content', await led.then(() => true, () => false));
}

async function search(page, site, ok) {
  await page.goto(site.url('index.html'));
  await page.keyboard.press('/');
  ok('/ opens the search', await page.evaluate(() => document.activeElement.getAttribute('role') === 'combobox'));
  await page.keyboard.type('zzzzqqqq');
  await page.waitForFunction(() => /Nothing matches/.test(document.querySelector('.results [role=status]').textContent));
  ok('no match says so', true);
  await page.keyboard.press('Escape');
  ok('Esc closes it', await page.locator('.results').isHidden());
  if (!site.checklist) { return; }
  await page.goto(site.url(site.checklist));
  const words = await page.locator('.row .t').first().innerText();
  const wanted = words.split(/[^A-Za-z]+/).filter((word) => word.length > 3).slice(0, 2).join(' ').toLowerCase();
  if (!wanted) { return; }
  await page.keyboard.press('Control+k');
  await page.keyboard.type(wanted);
  await page.waitForSelector('.results [role=option]');
  ok('two words find an item', (await page.locator('.results [role=option]').count()) > 0, wanted);
  ok('the index ran under the policy', await page.evaluate(() => typeof window.TRUEUP_INDEX === 'string'));
  const started = await page.evaluate((text) => {
    const field = document.querySelector('[role=combobox]');
    field.value = text;
    const from = performance.now();
    field.dispatchEvent(new Event('input'));
    return performance.now() - from;
  }, wanted);
  ok('an answer takes at most 50 ms', started <= 50, `${started} ms`);
  await page.keyboard.press('ArrowDown');
  const href = await page.locator('.results [aria-selected=true]').evaluate((option) => option.href);
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.href === href);
  const hash = decodeURIComponent(new URL(href).hash.slice(1));
  ok('Enter leads there', hash === '' || (await page.evaluate((id) => document.getElementById(id) !== null, hash)), href);
}

async function filters(page, site, ok) {
  await page.goto(site.url(site.checklist));
  const first = await page.locator('.filters input').first().getAttribute('id');
  await page.locator(`#${first}`).uncheck();
  ok('the count is told', /of \d+ items not shown/.test(await page.locator('.filtered').innerText()));
  ok('the address keeps the state', page.url().includes('#_show='), page.url());
  const address = page.url();
  await page.goto(site.url('integrity.html'));
  await page.goto(address);
  ok('the address brings it back', !(await page.locator(`#${first}`).isChecked()));
  await page.locator('.filtered a').click();
  // The script answers the change of address, which the browser tells a moment after the click.
  const back = page.locator(`#${first}:checked`).waitFor({ state: 'attached', timeout: 5000 });
  ok('“Show all” shows all', await back.then(() => true, () => false));
  await page.goto(site.url(site.checklist, `#_only-${first.slice(3)}`));
  await page.waitForFunction(() => document.querySelectorAll('.filters input:checked').length === 1);
  ok('#_only- ticks what it shows', await page.locator(`#${first}`).isChecked());
  await page.goto(site.url(site.checklist));
  const select = page.locator('.filters select').first();
  if ((await select.count()) > 0) {
    const value = await select.locator('option').nth(1).getAttribute('value');
    await select.selectOption(value);
    const owners = await page.evaluate(() => [...document.querySelectorAll('.row, tr.own')].filter((row) => !row.hidden).length);
    const all = await page.locator('.row, tr.own').count();
    ok('an owner or priority narrows', owners > 0 && owners < all, `${owners} of ${all}`);
    const bare = await page.evaluate(() => [...document.querySelectorAll('.doc .sec')].filter((section) =>
      section.offsetHeight > 0 && ![...section.querySelectorAll('.own')].some((own) => own.offsetHeight > 0)).length);
    ok('and leaves no heading without an item', bare === 0, `${bare} sections`);
  }
}

async function expiry(browser, site, ok) {
  const noted = site.pages.find((page) => site.text(page).includes('data-until='));
  if (!noted) { return; }
  const until = Date.parse(/data-until="([^"]+)"/.exec(site.text(noted))[1]);
  for (const [moment, expected] of [[until - 1000, false], [until + 1000, true]]) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.clock.setFixedTime(moment);
    await page.goto(site.url(noted));
    ok(`expiry is told ${expected ? 'after' : 'not before'} its moment`, (await page.locator('.expired').isVisible()) === expected);
    await context.close();
  }
}
