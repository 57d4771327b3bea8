import { readFile } from 'node:fs/promises';
import { expect, type Page, test } from '@playwright/test';
import { finalChart } from './fixtures/charts';
import { serveRace } from './fixtures/lines';
import { serve } from './fixtures/service';
import { serveWorld } from './fixtures/world';
import { PHONE } from './looks';

test.use({ viewport: PHONE, hasTouch: true, permissions: ['clipboard-read', 'clipboard-write'] });

/** One finger, from a place by so much. */
async function swipe(page: Page, along: number, from = { x: 195, y: 500 }): Promise<void> {
  const browser = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number) =>
    browser.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : [{ x, y: from.y }],
    });
  await touch('touchStart', from.x);
  await touch('touchMove', from.x + along / 2);
  await touch('touchMove', from.x + along);
  await touch('touchEnd', from.x + along);
}

async function openChart(page: Page, path = '/?region=CA'): Promise<void> {
  await serve(page, finalChart());
  await page.goto(path);
  await expect(page.locator('[data-row]')).toHaveCount(10);
}

test('a swipe to the right leads to the period before, one to the left to the next', async ({ page }) => {
  await openChart(page);
  await swipe(page, 120);
  await expect(page).toHaveURL(/at=2026-11-22T12:00:00Z$/);
  await swipe(page, -120);
  await expect(page).toHaveURL(/at=2026-11-22T13:00:00Z$/);
  await swipe(page, -120);
  await expect(page).toHaveURL(/at=2026-11-22T14:00:00Z$/);
});

test('the world and the race are swiped as well', async ({ page }) => {
  await serveWorld(page);
  await page.goto('/world');
  await expect(page.locator('.tiles a')).toHaveCount(58);
  await swipe(page, 120);
  await expect(page).toHaveURL(/\/world\?granularity=hour&at=2026-11-22T12:00:00Z$/);
  await serveRace(page);
  await page.goto('/race?region=CA');
  await expect(page.locator('.order tbody tr')).toHaveCount(10);
  const table = await page.locator('.order tbody tr').nth(1).boundingBox();
  await swipe(page, 120, { x: 195, y: (table?.y ?? 0) + 20 });
  await expect(page).toHaveURL(/\/race\?.*at=2026-11-22T12:00:00Z$/);
});

test('what scrolls sideways is scrolled, and short strokes are none', async ({ page }) => {
  await openChart(page, '/?region=CA&view=table');
  await swipe(page, 120);
  await swipe(page, -120);
  await openChart(page);
  await swipe(page, 40);
  await swipe(page, 120, { x: 8, y: 500 });
  await page.waitForTimeout(300);
  await expect(page).not.toHaveURL(/at=/);
});

test('on a phone the link, the CSV and the PNG are behind one button', async ({ page }) => {
  await openChart(page);
  await page.route('**/v1/charts/CA/hour?**', (route) =>
    route.request().headers().accept === 'text/csv'
      ? route.fulfill({ contentType: 'text/csv', body: 'rank,title\n1,Copper Weather\n' })
      : route.fallback(),
  );
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Share or save' }).tap();
    await page.getByRole('button', { name, exact: true }).tap();
  };
  const saved = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), choose(name)]);
    return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
  };
  const csv = await saved('Save as CSV');
  expect(csv.name).toBe('top-songs-CA-hour-2026-11-22T13.csv');
  expect(csv.content.toString()).toContain('Copper Weather');
  await expect(page.getByText('CSV saved')).toBeVisible();
  const png = await saved('Save as PNG');
  expect(png.name).toBe('top-songs-CA-hour-2026-11-22T13.png');
  expect(png.content.subarray(1, 4).toString()).toBe('PNG');
  // 1200 pixels wide, twice as fine.
  expect(png.content.readUInt32BE(16)).toBe(2400);
  await choose('Share the link');
  await expect(page.getByText('Link copied')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/\/\?region=CA&granularity=hour&at=2026-11-22T13:00:00Z$/);
});
