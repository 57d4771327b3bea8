import { readFile } from 'node:fs/promises';
import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import type { Chart } from '../src/api/types';
import { SCREENS } from './screens';
import { ask, expectBoard, latest, rows, search, someRegion } from './stack';

// What a reader does with the running stack, from one end to the other, on each screen. Nothing is stubbed.

for (const { name, ...screen } of SCREENS) {
  test.describe(`on ${name}, ${screen.viewport.width} wide`, () => {
    test.use({ ...screen, permissions: ['clipboard-read', 'clipboard-write'] });

    test('a region is picked, then its day, a step back is made, and the link opens the same elsewhere', async ({
      page,
      request,
      browser,
      baseURL,
    }) => {
      const region = await someRegion(request);
      await page.goto('/');
      await pickRegion(page, region.name);
      await expect(page).toHaveURL(new RegExp(`region=${region.region}`));
      await expectBoard(page, await latest(request, region.region, 'hour'));

      await page.getByRole('button', { name: 'Day', exact: true }).click();
      const day = await latest(request, region.region, 'day');
      await expectBoard(page, day);
      const before = await dayBefore(request, day);
      // The only settled day of a young stack has the running one after it: the step back is made from there.
      if (before === day) {
        await page.getByRole('button', { name: 'Next day' }).click();
        await expect(page).toHaveURL(new RegExp(`at=${day.next_period}`));
        await expect(rows(page).first()).toBeVisible();
      }
      await page.getByRole('button', { name: 'Previous day' }).click();
      await expect(page).toHaveURL(new RegExp(`at=${before.period_start}`));
      await expectBoard(page, before);
      await expectPlays(page, before);

      await shareLink(page);
      const link = await page.evaluate(() => navigator.clipboard.readText());
      expect(link).toContain(`at=${before.period_start}`);
      // Another reader, who has nothing of this one's but the link.
      const elsewhere = await browser.newContext({ ...screen, baseURL: baseURL ?? '' });
      const reader = await elsewhere.newPage();
      await reader.goto(link);
      await expectBoard(reader, before);
      await expectPlays(reader, before);
      expect(await rows(reader).allInnerTexts()).toEqual(await rows(page).allInnerTexts());
      await elsewhere.close();
    });

    test('the saved CSV holds every value that the API gives as JSON', async ({ page, request }) => {
      const chart = await latest(request, (await someRegion(request)).region, 'hour');
      await page.goto(search(chart));
      await expectBoard(page, chart);
      const saving = page.waitForEvent('download');
      await saveCsv(page);
      const file = await (await saving).path();
      const [names = [], ...lines] = recordsOf(await readFile(file, 'utf8'));
      const shown = lines.map((line) => Object.fromEntries(line.map((value, i) => [names[i], value])));
      expect(chart.entries.length).toBeGreaterThan(0);
      expect(shown).toEqual(chart.entries.map((entry) => lineOf(chart, entry)));
    });

    test('with the network gone the chart stays and says so, and is read anew when it is back', async ({
      page,
      context,
      request,
    }) => {
      const chart = await latest(request, 'GLOBAL', 'hour');
      await page.goto('/');
      await expectBoard(page, chart);
      await context.setOffline(true);
      await expect(
        page.getByText(/^You are offline\. This is the chart as of \d\d:\d\d UTC\.$/),
      ).toBeVisible();
      await expectPlays(page, chart);
      const asked = page.waitForResponse(/\/v1\/charts\/GLOBAL\/hour\?/);
      await context.setOffline(false);
      expect((await asked).ok()).toBe(true);
      await expect(page.getByText('You are offline.')).toHaveCount(0);
      await expectPlays(page, chart);
    });
  });
}

async function pickRegion(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'choose another region' }).click();
  await page.getByRole('combobox').fill(name.slice(0, 4).toLowerCase());
  await page.getByRole('option', { name }).first().click();
}

async function dayBefore(request: APIRequestContext, day: Chart): Promise<Chart> {
  if (!day.previous_period) return day;
  return ask<Chart>(request, `/v1/charts/${day.region}/day?at=${day.previous_period}&limit=10`);
}

async function expectPlays(page: Page, chart: Chart): Promise<void> {
  for (const [i, { plays }] of chart.entries.entries()) {
    const row = rows(page).nth(i);
    await expect(row.locator('.plays')).toContainText(plays.toLocaleString('en-GB'));
  }
}

/** On a phone, saving and sharing are behind one button. */
async function more(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Share or save' });
  if (await button.isVisible()) await button.click();
}

async function shareLink(page: Page): Promise<void> {
  await more(page);
  await page.getByRole('button', { name: /^Share( the link)?$/ }).click();
  await expect(page.getByText('Link copied')).toBeVisible();
}

async function saveCsv(page: Page): Promise<void> {
  await more(page);
  await page.getByRole('button', { name: /^(Save as )?CSV$/ }).click();
}

/** The records of RFC 4180: quoted where a comma, a quote or a line's end is in a value. */
function recordsOf(csv: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (end === '' && record.length === 0 && !quoted && !plain) break;
    record.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

/** An entry as the CSV must hold it: its own fields and those of its song in one line, what is not known left empty. */
function lineOf(chart: Chart, { song, ...entry }: Chart['entries'][number]): Record<string, unknown> {
  const { region, granularity, period_start } = chart;
  const values = Object.entries({ region, granularity, period_start, ...entry, ...song });
  return Object.fromEntries(
    values.map(([name, value]) => [name, name === 'share' ? shareOf(value) : String(value ?? '')]),
  );
}

/** JSON has no 0.027260, which is how the CSV writes 0.02726. */
const shareOf = (value: unknown) => Number(value).toFixed(6);
