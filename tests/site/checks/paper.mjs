// On paper: pages, numbers, everything open, nothing that a browser's "no backgrounds" takes away.
export async function run({ site, browser, ok }) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  const page = await context.newPage();
  for (const name of ['print.html', site.checklist, 'index.html'].filter(Boolean)) {
    await page.goto(site.url(name));
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const ink = await page.evaluate(() => getComputedStyle(document.body).color);
    ok(`${name} is ink on white whatever the theme`, ground === 'rgba(0, 0, 0, 0)' && ink === 'rgb(27, 29, 33)', `${ground} ${ink}`);
    const folded = await page.evaluate(() => [...document.querySelectorAll('main details')].filter((details) => {
      const inner = details.querySelector('dl, table');
      return inner && inner.getBoundingClientRect().height === 0 && !details.closest('.side, .filters');
    }).length);
    ok(`${name} prints its details open`, folded === 0, folded);
    const foot = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--foot'));
    ok(`${name} tells on each page what it belongs to`, foot.length > 4, foot);
    if ((await page.locator('*').count()) < 20000) {
      const pdf = await page.pdf({ format: 'A4' });
      ok(`${name} prints`, pdf.length > 5000 && pdf.subarray(0, 4).toString() === '%PDF', pdf.length);
    }
    await page.emulateMedia({ media: null, colorScheme: null });
  }
  await context.close();
}
