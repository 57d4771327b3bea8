import { expect, type Page, test } from '@playwright/test';
import type { Chart } from '../src/api/types';
import { finalChart, HOUR, provisionalChart } from './fixtures/charts';
import { history, race, serveRace, serveSong, songNow } from './fixtures/lines';
import { type LiveService, serveLive } from './fixtures/live';
import { servePipeline } from './fixtures/pipeline';
import { serve } from './fixtures/service';
import { failed, QUARTER_PAST } from './fixtures/status';
import { serveWorld, world } from './fixtures/world';
import { expectNoShifts, watchShifts } from './shifts';

let live: LiveService;
test.afterEach(() => live.close());

/** Two ranks have changed places. */
function swappedChart(): Chart {
  const chart = finalChart();
  const [one, two, three, ...rest] = chart.entries;
  if (!one || !two || !three) throw new Error('the fixture has ten entries');
  const entries = [one, { ...three, position: 2, rank: 2 }, { ...two, position: 3, rank: 3 }, ...rest];
  return { ...chart, revision: 3, entries };
}

const change = (differences: object = {}) => ({
  region: 'CA',
  granularity: 'hour',
  period_start: HOUR,
  status: 'final',
  revision: 3,
  ...differences,
});

const saysLive = (page: Page) => page.getByText('Live: what changes shows at once.');
const chip = (page: Page) => page.locator('.status-line .chip');

/** Canada's chart, from a service that tells what changes. */
async function openChart(page: Page, path = '/?region=CA', chart: Chart = finalChart()): Promise<void> {
  await serve(page, chart);
  live = await serveLive(page);
  await page.goto(path);
  await expect(page.locator('[data-row]')).toHaveCount(10);
  await expect(saysLive(page)).toBeVisible();
}

/** What the service answers from now on; the stream stays as it is. */
async function answerWith(page: Page, chart: Chart): Promise<void> {
  await page.route('**/v1/charts/CA/hour?**', (route) => route.fulfill({ json: chart }));
}

/** How often a path is asked for from now on. */
function counting(page: Page, path: RegExp): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (path.test(request.url())) count += 1;
  });
  return () => count;
}

const CHART = /\/v1\/charts\/CA\/hour\?/;

test('a change of the chart that is shown is read at once, and spoken', async ({ page }) => {
  await openChart(page);
  expect(live.asked).toEqual(['/v1/live?region=CA&granularity=hour']);
  const spoken = await page.locator('.status-line [role=status]').elementHandle();
  await answerWith(page, swappedChart());
  live.tell('chart', change());
  await expect(chip(page)).toHaveText('Revised', { timeout: 3000 });
  await expect(page.getByText('revision 3: #2 and #3 swapped')).toBeVisible();
  expect(await spoken?.textContent()).toBe('Revised');
});

test('an hour that becomes final while it is looked at says so', async ({ page }) => {
  await openChart(page, '/?region=CA&at=2026-11-22T14:00:00Z', provisionalChart());
  const spoken = await page.locator('.status-line [role=status]').elementHandle();
  await answerWith(page, { ...provisionalChart(), status: 'final', revision: 4 });
  live.tell('chart', change({ period_start: '2026-11-22T14:00:00Z', revision: 4 }));
  await expect(chip(page)).toHaveText('Final', { timeout: 3000 });
  expect(await spoken?.textContent()).toBe('Final');
});

test('changes of other periods are not read, the state of the pipeline is', async ({ page }) => {
  await openChart(page, `/?region=CA&at=${HOUR}`);
  const [charts, states] = [counting(page, CHART), counting(page, /\/v1\/status$/)];
  live.tell('chart', change({ period_start: '2026-11-22T09:00:00Z' }));
  live.tell('status');
  await expect.poll(states).toBe(1);
  expect(charts()).toBe(0);
  live.tell('chart', change({ period_start: '2026-11-22T14:00:00Z', status: 'provisional' }));
  await expect.poll(charts).toBe(1);
});

test('what the service no longer knows is read again', async ({ page }) => {
  await openChart(page);
  await answerWith(page, swappedChart());
  live.tell('resync');
  await expect(chip(page)).toHaveText('Revised', { timeout: 3000 });
});

test('while the service tells, it is seldom asked; where it does not, often', async ({ page }) => {
  await openChart(page);
  // The next turn is set by an answer: this one comes while the service tells.
  await answerWith(page, { ...finalChart(), revision: 3, status: 'provisional' });
  live.tell('chart', change());
  await expect(chip(page)).toHaveText('Provisional');
  const asked = counting(page, CHART);
  await page.clock.runFor(40_000);
  expect(asked()).toBe(0);
  await page.clock.runFor(25_000);
  await expect.poll(asked).toBe(1);
  live.answer(404);
  await expect(saysLive(page)).toHaveCount(0);
  await expect.poll(asked, 'at once when the stream is gone').toBe(2);
  await answerWith(page, finalChart());
  await page.clock.runFor(16_000);
  await expect(chip(page)).toHaveText('Final');
});

test('a service that has no stream is asked as ever', async ({ page }) => {
  await serve(page, finalChart());
  live = await serveLive(page);
  live.answer(404);
  await page.goto('/?region=CA');
  await expect(page.locator('[data-row]')).toHaveCount(10);
  await expect.poll(() => live.asked.length).toBe(1);
  const asked = counting(page, CHART);
  await page.clock.runFor(16_000);
  await expect.poll(asked).toBe(1);
  await expect(saysLive(page)).toHaveCount(0);
  live.answer(200);
  await page.clock.runFor(60_000);
  await expect(saysLive(page)).toBeVisible();
});

test('a stream that breaks off is taken up again, and what was missed is read', async ({ page }) => {
  await openChart(page);
  await answerWith(page, swappedChart());
  live.answer(200);
  await expect(chip(page)).toHaveText('Revised', { timeout: 5000 });
  await expect(saysLive(page)).toBeVisible();
  expect(live.listeners()).toBe(1);
});

test('a service that goes away is missed at once, and its return is noticed', async ({ page }) => {
  await openChart(page);
  let away = true;
  await page.route('**/v1/charts/**', (route) =>
    away ? route.fulfill({ status: 502 }) : route.fulfill({ json: swappedChart() }),
  );
  live.answer(502);
  await expect(page.getByText('not refreshed since 14:04 UTC, trying again')).toBeVisible();
  await expect(page.locator('[data-row]')).toHaveCount(10);
  away = false;
  live.answer(200);
  await page.clock.runFor(11_000);
  await expect(chip(page)).toHaveText('Revised');
  await page.clock.runFor(60_000);
  await expect(saysLive(page)).toBeVisible();
});

test('nothing is listened to while the page is hidden', async ({ page }) => {
  await openChart(page);
  const hide = (hidden: boolean) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'hidden', { get: () => value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await hide(true);
  await expect.poll(live.listeners).toBe(0);
  await answerWith(page, swappedChart());
  await hide(false);
  await expect.poll(live.listeners).toBe(1);
  await expect(chip(page)).toHaveText('Revised');
});

test('another region or length of the period is listened to instead', async ({ page }) => {
  await openChart(page);
  await page.getByRole('button', { name: 'Day' }).click();
  await expect.poll(() => live.asked.at(-1)).toBe('/v1/live?region=CA&granularity=day');
  await page.getByRole('button', { name: 'choose another region' }).click();
  await page.getByRole('option', { name: 'France' }).click();
  await expect.poll(() => live.asked.at(-1)).toBe('/v1/live?region=FR&granularity=day');
  await expect.poll(live.listeners).toBe(1);
});

test('the world listens to every region, and reads once what changes together', async ({ page }) => {
  await watchShifts(page);
  await serveWorld(page);
  live = await serveLive(page);
  await page.goto('/world');
  await expect(saysLive(page)).toBeVisible();
  expect(live.asked).toEqual(['/v1/live?granularity=hour']);
  const { regions } = world();
  const settled = regions.map((region) => ({ ...region, status: 'final' as const }));
  await page.route('**/v1/world/**', (route) => route.fulfill({ json: world({ regions: settled }) }));
  const asked = counting(page, /\/v1\/world\//);
  for (const { region } of regions) live.tell('chart', change({ region }));
  await expect(page.locator('.status-line')).toHaveText('Final58 regions');
  expect(asked()).toBe(1);
  await expectNoShifts(page);
});

test('a comparison is read again when one of its charts changes', async ({ page }) => {
  await serveWorld(page);
  live = await serveLive(page);
  await page.goto('/world?compare=CA,US');
  await expect(page.locator('.compare-table')).toHaveCount(2);
  await expect(saysLive(page)).toBeVisible();
  await answerWith(page, { ...finalChart(), status: 'held' });
  live.tell('chart', change());
  await expect(page.locator('.compare-column').first().locator('.chip')).toHaveText('Held', {
    timeout: 3000,
  });
});

test('a race goes on when its last period changes, or one of those before', async ({ page }) => {
  await watchShifts(page);
  await serveRace(page, race('hour', 'provisional'));
  live = await serveLive(page);
  await page.goto(`/race?region=CA&granularity=hour&at=${HOUR}`);
  await expect(page.locator('.race-period .chip')).toHaveText('Provisional');
  await expect(saysLive(page)).toBeVisible();
  expect(live.asked).toEqual(['/v1/live?region=CA&granularity=hour']);
  const asked = counting(page, /\/race\?/);
  live.tell('chart', change({ period_start: '2026-11-21T13:00:00Z' }));
  await serveRace(page, race());
  live.tell('chart', change());
  await expect(page.locator('.race-period .chip')).toHaveText('Final', { timeout: 3000 });
  expect(asked()).toBe(1);
  live.tell('chart', change({ period_start: '2026-11-21T14:00:00Z' }));
  await expect.poll(asked).toBe(2);
  await expectNoShifts(page);
});

test('a song’s page listens to every region, and reads its charts and its history anew', async ({ page }) => {
  await watchShifts(page);
  await serveSong(page);
  live = await serveLive(page);
  await page.goto('/song/s-0001?regions=CA,DE');
  await expect(page.locator('.ends > span')).toHaveCount(2);
  await expect(saysLive(page)).toBeVisible();
  expect(live.asked).toEqual(['/v1/live?granularity=hour']);
  const now = songNow();
  const [world, ...others] = now.charts;
  if (!world) throw new Error('the fixture charts in the world');
  await serveSong(page, {
    now: () => ({ ...now, charts: [{ ...world, plays: 312_999 }, ...others] }),
    points: (_, granularity, from) => history('CA', granularity, from),
  });
  live.tell('chart', change({ region: 'GLOBAL' }));
  await expect(page.locator('.headline')).toContainText('312,999', { timeout: 3000 });
  await expect(page.locator('.ends b').nth(1)).toHaveText('1');
  await expectNoShifts(page);
});

test('the pipeline’s page hears of a run that failed', async ({ page }) => {
  await servePipeline(page, {}, QUARTER_PAST);
  live = await serveLive(page);
  await page.goto('/pipeline');
  await expect(page.locator('.pipeline-state')).toContainText('all 4 stages flowing');
  await expect.poll(live.listeners).toBe(1);
  await page.route('**/v1/status', (route) => route.fulfill({ json: failed() }));
  live.tell('status');
  await expect(page.locator('.pipeline-state')).toContainText('1 pipeline failed', { timeout: 3000 });
});

test('a change moves nothing where less motion is wished', async ({ page }) => {
  await openChart(page);
  await answerWith(page, swappedChart());
  live.tell('chart', change());
  await expect(chip(page)).toHaveText('Revised');
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

test.describe('with motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('a change lets the rows glide to their new places, and moves nothing else', async ({ page }) => {
    await watchShifts(page);
    await openChart(page);
    await answerWith(page, swappedChart());
    const glides = page.waitForFunction(() =>
      document.getAnimations().some(({ effect }) => (effect as KeyframeEffect).target?.matches('tr')),
    );
    live.tell('chart', change());
    await glides;
    await expect(chip(page)).toHaveText('Revised');
    await expectNoShifts(page);
  });
});
