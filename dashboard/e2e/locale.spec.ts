import { expect, type Page, test } from '@playwright/test';
import { finalChart } from './fixtures/charts';
import { race, serveRace, serveSong, songOfManyLetters } from './fixtures/lines';
import { serve } from './fixtures/service';
import { serveWorld } from './fixtures/world';
import { expectLooks, TWO_LOOKS } from './looks';

/** The same figures and days as each reader is used to them. */
const LOCALES = {
  'de-DE': { plays: '16.480', share: /^4,14\s%$/, date: 'So., 22. Nov. 2026', rank: '2' },
  'ar-EG': { plays: '١٦٬٤٨٠', share: /^٤٫١٤٪/, date: '٢٢ نوفمبر ٢٠٢٦', rank: '٢' },
};

for (const [locale, { plays, share, date, rank }] of Object.entries(LOCALES)) {
  test.describe(locale, () => {
    test.use({ locale });

    test('figures and days are written as there, on every page', async ({ page }) => {
      await serve(page, finalChart());
      await page.goto('/?region=CA');
      const second = page.locator('.row[data-song]').nth(1);
      await expect(second.locator('.plays')).toContainText(plays);
      await expect(second.locator('.figure.wide').first()).toHaveText(share);
      await expect(second.locator('.rank')).toHaveText(rank);
      await expect(page.locator('.period')).toContainText(date);
      await expectLooks(page, TWO_LOOKS, `locale/chart-${locale}`);
      await page.goto('/?region=CA&at=2026-11-22T15:00:00Z');
      await expect(page.locator('.notice')).toContainText(date);
      await serveWorld(page);
      await page.goto('/world?view=table');
      await expect(page.locator('.period')).toContainText(date);
      await serveRace(page, race());
      await page.goto('/race?region=CA');
      await expect(page.locator('.race-period')).toContainText(date);
      await expect(page.locator('.order .rank').nth(1)).toHaveText(rank);
      await serveSong(page);
      await page.goto('/song/s-0001?regions=CA');
      await expect(page.locator('.over-time h2')).toContainText(date);
      await expectLooks(page, TWO_LOOKS, `locale/song-${locale}`, { fullPage: true });
    });
  });
}

/** Where its letters begin and end: a title that is read from the right stands at the left of its place, and in it. */
const ARABIC: { path: string; title: string; place: string; answer(page: Page): Promise<unknown> }[] = [
  {
    path: '/?region=CA',
    title: '.song-text .title',
    place: '.song',
    answer: (page) => serve(page, finalChart()),
  },
  { path: '/world', title: '.tiles .title', place: '.tile', answer: serveWorld },
  { path: '/race?region=CA', title: '.order .title', place: 'td', answer: (page) => serveRace(page) },
  {
    path: '/song/s-0002',
    title: '.song-name h1 bdi',
    place: '.song-name',
    answer: (page) => serveSong(page, { now: songOfManyLetters }),
  },
];

for (const { path, title, place, answer } of ARABIC) {
  test(`a title that is read from the right stands at its place on ${path}`, async ({ page }) => {
    await answer(page);
    for (const width of [1440, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      const found = page.locator(title, { hasText: 'ليل الميناء' }).first();
      await expect(found).toHaveAttribute('lang', 'ar');
      const letters = await found.evaluate((element, around) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        const [text, box] = [range.getBoundingClientRect(), element.closest(around)?.getBoundingClientRect()];
        return box ? { left: text.left - box.left, right: box.right - text.right } : null;
      }, place);
      // A tile of a phone has its code alone: its title is only heard.
      if (path === '/world' && width === 390) continue;
      expect(letters?.left, `at ${width}`).toBeLessThan(20);
      expect(letters?.left, `at ${width}`).toBeGreaterThanOrEqual(0);
      expect(letters?.right, `at ${width}`).toBeGreaterThanOrEqual(-0.5);
    }
  });
}
