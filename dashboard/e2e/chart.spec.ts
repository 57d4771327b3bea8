import { type APIRequestContext, expect, test } from '@playwright/test';
import type { Balance, BalanceRow, Chart, ChartPeriod, Revision, Trace } from '../src/api/types';
import { wireInstant } from '../src/chart/period';
import { tellingRevisions } from '../src/chart/revisions';
import { expectLooks, TWO_LOOKS } from './looks';
import { digits, expectBoard, latest, rows, search, someRegion } from './stack';

// Against the running stack: nothing is stubbed, and what is expected comes from its own API.

test('the front page shows the latest hour of the world', async ({ page, request }) => {
  const chart = await latest(request, 'GLOBAL', 'hour');
  await page.goto('/');
  await expectBoard(page, chart);
  await expect(page.locator('.number-one .title')).toHaveText(chart.entries[0]?.song.title ?? '');
  await expect(page).toHaveTitle(/^Global, Top 10, .+ UTC · Top Songs$/);
});

test('the table gives the numbers of the API', async ({ page, request }) => {
  const chart = await latest(request, (await someRegion(request)).region, 'hour');
  await page.goto(search(chart, '&view=table'));
  await expect(rows(page)).toHaveCount(chart.entries.length);
  for (const [i, entry] of chart.entries.entries()) {
    const cells = await rows(page).nth(i).getByRole('cell').allInnerTexts();
    expect(cells[0]).toMatch(new RegExp(`^${entry.rank}\\b`));
    expect(cells[2]).toBe(entry.song.title ?? entry.song.song_id);
    expect(digits(cells[4] ?? '')).toBe(entry.plays);
    expect(digits(cells[6] ?? '')).toBe(Number((entry.share * 10_000).toFixed(0)));
    expect([7, 9, 10, 11].map((c) => digits(cells[c] ?? ''))).toEqual([
      entry.listeners,
      entry.peak_rank,
      entry.periods_on_chart,
      entry.streak,
    ]);
  }
});

/** The parts of a balance in the order that the page lists them; excluded plays only where there are any. */
function partsOf(balance: Balance): number[] {
  const { received, counted, duplicate, too_short, over_cap, excluded = 0 } = balance;
  return [received, counted, duplicate, too_short, over_cap, ...(excluded ? [excluded] : [])];
}

test('the balance is that of the API, part for part, and adds up', async ({ page, request }) => {
  const { balance, ...chart } = await latest(request, 'GLOBAL', 'hour');
  if (!balance) throw new Error('Cannot test the balance: the latest hour has none');
  await page.goto(search(chart));
  const card = page.locator('.balance');
  await expect(card.getByText('adds up')).toBeVisible();
  const figures = (await card.locator('dd').allInnerTexts()).map((text) => digits(text.split('\n')[0] ?? ''));
  const sum = balance.received;
  expect(figures).toEqual([...partsOf(balance), sum, 0]);
});

test('the pipeline’s page adds up the hours of the API', async ({ page, request }) => {
  const { region } = await someRegion(request);
  const start = Date.parse((await latest(request, region, 'hour')).period_start);
  // The hour that the page is about is in the last 24 only while the stack's history is fresh.
  await page.clock.setFixedTime(start + 30 * 60_000);
  await page.goto(`/pipeline?region=${region}`);
  const range = `from=${wireInstant(start - 23 * 3_600_000)}&to=${wireInstant(start + 3_600_000)}`;
  const answer = await request.get(`/v1/balance?region=${region}&granularity=hour&${range}`);
  const { rows: hours } = (await answer.json()) as { rows: BalanceRow[] };
  await expect(page.locator('.sheet tbody tr')).toHaveCount(hours.length);
  const excluding = hours.some(({ excluded }) => excluded);
  for (const [i, hour] of hours.toReversed().entries()) {
    const cells = await page.locator('.sheet tbody tr').nth(i).getByRole('cell').allInnerTexts();
    const { received, counted, duplicate, too_short, over_cap, excluded = 0 } = hour;
    const parts = [received, counted, duplicate, too_short, over_cap, ...(excluding ? [excluded] : [])];
    expect(cells.slice(0, parts.length + 2).map(digits)).toEqual([...parts, received, 0]);
  }
  await expect(page.locator('.sheet tfoot .adds-up')).toHaveCount(1);
});

/** A chart whose older revisions are kept, if the stack has any: how often it has counted an hour again is not ours to say. */
async function mostRevised(request: APIRequestContext): Promise<{ chart: Chart; revisions: Revision[] }> {
  const now = Date.now();
  const range = `from=${wireInstant(now - (now % 1000) - 48 * 3_600_000)}&to=${wireInstant(now - (now % 1000) + 3_600_000)}`;
  const answer = await request.get(`/v1/charts/GLOBAL/hour/periods?${range}`);
  const { periods } = (await answer.json()) as { periods: ChartPeriod[] };
  const [most] = periods.toSorted((a, b) => b.revision - a.revision);
  if (!most) throw new Error('Cannot test revisions: the stack has charted no hour of the last 48');
  const place = '/v1/charts/GLOBAL/hour';
  const chart = (await (await request.get(`${place}?at=${most.period_start}&limit=10`)).json()) as Chart;
  const kept = await request.get(`${place}/revisions?at=${most.period_start}`);
  expect(kept.status()).toBe(200);
  return { chart, ...((await kept.json()) as { revisions: Revision[] }) };
}

test('the revisions are those of the API, and each is shown as it was', async ({ page, request }) => {
  const { chart, revisions } = await mostRevised(request);
  const oldest = revisions.at(-1);
  if (!oldest) throw new Error('Cannot test revisions: the stack keeps none, not even the newest');
  await page.goto(search(chart, `&revision=${oldest.revision}`));
  const older = await request.get(
    `/v1/charts/GLOBAL/hour?at=${chart.period_start}&revision=${oldest.revision}&limit=10`,
  );
  const was = (await older.json()) as Chart;
  await expectBoard(page, was);
  const plays = await page.locator('[data-row] .plays').allInnerTexts();
  expect(plays.map((text) => digits(text.split('\n')[0] ?? ''))).toEqual(was.entries.map((e) => e.plays));
  // A stack that is minutes old may have one revision alone: then the oldest is the newest, and no banner says otherwise.
  const banner = page.getByText(`You see revision ${oldest.revision} of ${chart.revision}.`);
  await expect(banner).toHaveCount(oldest.revision === chart.revision ? 0 : 1);
  const told = tellingRevisions(revisions, was.revision);
  await expect(page.locator('.revisions li')).toHaveCount(told.length);
});

test('the figure of No. 1 is traced to what the API counts', async ({ page, request }) => {
  const chart = await latest(request, (await someRegion(request)).region, 'hour');
  const first = chart.entries[0];
  if (!first) throw new Error('Cannot test the trace: the latest hour has no songs');
  const answer = await request.get(
    `/v1/charts/${chart.region}/hour/songs/${encodeURIComponent(first.song.song_id)}/trace?at=${chart.period_start}`,
  );
  expect(answer.status()).toBe(200);
  const trace = (await answer.json()) as Trace;
  await page.goto(search(chart));
  await page.locator('[data-trace]').first().click();
  await expect(page.locator('.subtraction')).toBeVisible();
  const lines = await page.locator('.subtraction dd').allInnerTexts();
  const { received, duplicate, too_short, over_cap, excluded, plays } = trace;
  const parts = [received, duplicate, too_short, over_cap, ...(excluded ? [excluded] : []), plays];
  expect(lines.map(digits)).toEqual(parts);
  await page.getByRole('button', { name: 'See the plays' }).click();
  await page.locator('.plays tbody button').first().click();
  await expect(page.locator('.play-charts li')).toHaveCount(4);
  await expect(page.locator('.deliveries').getByText('kept')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-trace]').first()).toBeFocused();
});

test('a region is picked by typing, and the URL keeps it', async ({ page, request }) => {
  const region = await someRegion(request);
  await page.goto('/');
  await page.getByRole('button', { name: 'choose another region' }).click();
  await page.getByRole('combobox').fill(region.name.slice(0, 4).toLowerCase());
  await expect(page.getByRole('option', { name: region.name })).toBeVisible();
  await page.getByRole('combobox').fill(region.name);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`region=${region.region}`));
  await expectBoard(page, await latest(request, region.region, 'hour'));
});

test('Esc closes the region list and leaves the region as it was', async ({ page }) => {
  await page.goto('/');
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press('r');
  await page.getByRole('combobox').press('ArrowDown');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'choose another region' })).toBeFocused();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Global');
});

test('day, a step back, and back again with the browser', async ({ page, request }) => {
  const hour = await latest(request, 'GLOBAL', 'hour');
  await page.goto('/');
  await expectBoard(page, hour);
  await page.getByRole('button', { name: 'Previous hour' }).click();
  await expect(page).toHaveURL(new RegExp(`at=${hour.previous_period}`));
  await expect(page.locator('.period')).toContainText(hour.previous_period?.slice(11, 16) ?? '');
  await page.getByRole('button', { name: 'Day', exact: true }).click();
  await expect(page).toHaveURL(/granularity=day/);
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`at=${hour.previous_period}`));
  await page.goBack();
  await expectBoard(page, hour);
});

test('the URL reopened elsewhere shows the same chart', async ({ page, browser, request, baseURL }) => {
  const chart = await latest(request, (await someRegion(request)).region, 'hour');
  await page.goto(search(chart, '&view=table'));
  await expect(rows(page)).toHaveCount(chart.entries.length);
  const elsewhere = await browser.newPage({ baseURL: baseURL ?? '' });
  await elsewhere.goto(page.url());
  await expect(rows(elsewhere)).toHaveCount(chart.entries.length);
  expect(await rows(elsewhere).allInnerTexts()).toEqual(await rows(page).allInnerTexts());
  await elsewhere.close();
});

test('the period picker offers exactly the hours that have charts', async ({ page, request }) => {
  const chart = await latest(request, 'GLOBAL', 'hour');
  const day = chart.period_start.slice(0, 10);
  const next = wireInstant(Date.parse(`${day}T00:00:00Z`) + 86_400_000);
  const answer = await request.get(`/v1/charts/GLOBAL/hour/periods?from=${day}T00:00:00Z&to=${next}`);
  const { periods } = (await answer.json()) as { periods: ChartPeriod[] };
  await page.goto(search(chart));
  await page.getByRole('button', { name: 'choose another hour' }).click();
  const hours = page.locator('.slots.of-6 button:enabled');
  await expect(hours).toHaveCount(periods.length);
  expect((await hours.allInnerTexts()).toSorted()).toEqual(
    periods.map((p) => p.period_start.slice(11, 16)).toSorted(),
  );
});

test('an hour that has not started says when it opens, and leads back', async ({ page }) => {
  const start = new Date(Math.ceil(Date.now() / 3_600_000 + 1) * 3_600_000).toISOString();
  await page.goto(`/?region=GLOBAL&at=${start}`);
  await expect(page.getByRole('heading', { name: 'This hour has not started' })).toBeVisible();
  await expect(page.getByText(`It opens at ${start.slice(11, 16)} UTC`)).toBeVisible();
  await page.getByRole('button', { name: /^See / }).click();
  await expect(rows(page).first()).toBeVisible();
});

test('a region that does not exist is named, and the list is one press away', async ({ page }) => {
  await page.goto('/?region=XQ');
  await expect(page.getByRole('heading', { name: 'There is no region XQ' })).toBeVisible();
  await page.getByRole('button', { name: 'Choose a region' }).click();
  await expect(page.getByRole('combobox')).toBeFocused();
});

test('a service that does not answer leaves the last chart dimmed, and Try again recovers', async ({
  page,
  request,
}) => {
  const chart = await latest(request, 'GLOBAL', 'hour');
  await page.goto('/');
  await expectBoard(page, chart);
  await page.route('**/v1/charts/**', (route) => route.abort());
  await page.getByRole('button', { name: 'Previous hour' }).click();
  await expect(page.getByRole('alert')).toContainText('This chart did not load');
  await expect(page.locator('.board.dimmed')).toBeVisible();
  await page.unroute('**/v1/charts/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.board:not(.dimmed) [data-row]').first()).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('the page works by keyboard alone', async ({ page, request }) => {
  const chart = await latest(request, 'GLOBAL', 'hour');
  await page.goto('/');
  await expectBoard(page, chart);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the chart' })).toBeFocused();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(rows(page).nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await expect(rows(page).nth(0)).toBeFocused();
  await page.keyboard.press('t');
  await expect(page).toHaveURL(/view=table/);
  await page.keyboard.press('[');
  await expect(page).toHaveURL(new RegExp(`at=${chart.previous_period}`));
  await page.keyboard.press('p');
  await expect(page.locator('.slots.of-6 [aria-pressed=true]')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('dialog', { name: 'Choose an hour' }).locator(':focus')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'choose another hour' })).toBeFocused();
  await page.keyboard.press('d');
  await expect(page).toHaveURL(/granularity=day/);
});

test('single keys can be switched off, and stay off', async ({ page }) => {
  await page.goto('/');
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press('?');
  await page.getByRole('checkbox', { name: 'Single keys are on' }).uncheck();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(rows(page).first()).toBeVisible();
  await page.keyboard.press('t');
  await expect(page).not.toHaveURL(/view=table/);
});

test('headings of the table sort it', async ({ page, request }) => {
  const chart = await latest(request, 'GLOBAL', 'hour');
  await page.goto(search(chart, '&view=table'));
  await page.getByRole('button', { name: 'Listeners' }).click();
  await expect(page.getByRole('columnheader', { name: 'Listeners' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  const shown = (await page.locator('td.listeners').allInnerTexts()).map(digits);
  expect(shown).toEqual(chart.entries.map((e) => e.listeners).toSorted((a, b) => b - a));
});

test('CSV and PNG are saved under the chart’s own name', async ({ page, request }) => {
  const chart = await latest(request, 'GLOBAL', 'hour');
  await page.goto(search(chart));
  for (const [button, ending] of [
    ['CSV', 'csv'],
    ['PNG', 'png'],
  ] as const) {
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: button }).click();
    const file = await saving;
    expect(file.suggestedFilename()).toBe(
      `top-songs-GLOBAL-hour-${chart.period_start.slice(0, 13)}.${ending}`,
    );
    await file.saveAs(`test-results/exports/chart.${ending}`);
  }
});

test('the theme follows the system, can be switched, and is kept', async ({ page }) => {
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/');
  expect(await paper()).toBe('rgb(18, 19, 14)');
  await page.getByRole('button', { name: 'Use the light theme' }).click();
  expect(await paper()).toBe('rgb(245, 246, 243)');
  await page.reload();
  expect(await paper()).toBe('rgb(245, 246, 243)');
});

test('an unknown path answers 404 and leads to the charts', async ({ page }) => {
  const answer = await page.goto('/no/such/page');
  expect(answer?.status()).toBe(404);
  await page.getByRole('link', { name: 'Go to the charts' }).click();
  await expect(rows(page).first()).toBeVisible();
});

test('accessible, and never wider than the screen, as chart and as table', { tag: '@picture' }, async ({
  page,
}) => {
  await page.goto('/?region=GLOBAL&granularity=hour');
  await expect(rows(page).first()).toBeVisible();
  await expectLooks(page, TWO_LOOKS, 'chart');
  await page.keyboard.press('t');
  await expect(page.locator('.song-table')).toBeVisible();
  await expectLooks(page, TWO_LOOKS, 'table');
});
