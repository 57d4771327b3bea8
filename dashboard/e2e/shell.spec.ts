import { expect, test } from '@playwright/test';
import { finalChart } from './fixtures/charts';
import { serve } from './fixtures/service';
import { expectLooks, FOUR_LOOKS } from './looks';

test('a path that is no page answers 404, and leads on', async ({ page }) => {
  await serve(page, finalChart());
  expect((await page.goto('/ca'))?.status()).toBe(404);
  await expect(page.getByRole('heading', { name: 'Nothing is printed here' })).toBeVisible();
  await expectLooks(page, FOUR_LOOKS, 'shell/not-found', { fullPage: true });
  const pages = page.getByRole('main').getByRole('listitem');
  await expect(pages.getByRole('link')).toHaveText(['Chart', 'World', 'Race', 'Pipeline']);
  await page.getByRole('link', { name: 'the chart of Canada' }).click();
  await expect(page).toHaveURL(/\/\?region=CA$/);
  await expect(page.locator('[data-row]')).toHaveCount(10);
});

test('the page can be installed: its icons are there, as large as they say', async ({ page, baseURL }) => {
  await serve(page, finalChart());
  await page.goto('/?region=CA');
  const manifest = await page.locator('link[rel=manifest]').getAttribute('href');
  const { icons, start_url, display } = await (await page.request.get(`${baseURL}${manifest}`)).json();
  expect({ start_url, display }).toEqual({ start_url: '/', display: 'standalone' });
  const purposes = icons.map(({ purpose }: { purpose: string }) => purpose);
  expect(purposes).toEqual(expect.arrayContaining(['any', 'maskable']));
  const apple = await page.locator('link[rel=apple-touch-icon]').getAttribute('href');
  for (const { src, sizes } of [...icons, { src: apple, sizes: '180x180' }]) {
    const size = await page.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    if (sizes !== 'any') expect(size, src).toBe(sizes);
  }
});

test('the browser’s own frame has the colour of the paper, also of a chosen theme', async ({ page }) => {
  await serve(page, finalChart());
  await page.goto('/?region=CA');
  await expect(page.locator('[data-row]')).toHaveCount(10);
  const frame = () =>
    page.evaluate(() => {
      const metas = [...document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')];
      return metas.find(({ media }) => window.matchMedia(media).matches)?.content;
    });
  const paper = () =>
    page.evaluate(() => {
      const [r, g, b] = (getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g) ?? []).map(
        Number,
      );
      return `#${[r, g, b].map((part) => (part ?? 0).toString(16).padStart(2, '0')).join('')}`;
    });
  expect(await frame()).toBe(await paper());
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  await expect.poll(paper).toBe('#12130e');
  expect(await frame()).toBe('#12130e');
  await page.reload();
  await expect(page.locator('[data-row]')).toHaveCount(10);
  expect(await frame()).toBe('#12130e');
});
