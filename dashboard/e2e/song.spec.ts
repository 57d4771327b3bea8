import { expect, type Page, test } from '@playwright/test';
import { finalChart } from './fixtures/charts';
import { history, serveSong, songNow, songOffTheCharts, songOfManyLetters } from './fixtures/lines';
import { holdBack, serve } from './fixtures/service';
import { ALL_LOOKS, expectLooks, FOUR_LOOKS, PHONE, TWO_LOOKS } from './looks';
import { expectNoShifts, watchShifts } from './shifts';

const SONG = '/song/s-0001?regions=CA,GLOBAL,DE';

/** What a reader must be told in each state, and how it is reached. */
const STATES: Record<
  string,
  { says: string[]; looks: typeof ALL_LOOKS; reach(page: Page): Promise<unknown> }
> = {
  charted: {
    says: [
      'Copper Weather',
      'Rank by hour, 48 hours up to',
      'United Kingdom',
      'Fri 1 Mar 2024',
      '1, in 3 regions',
    ],
    looks: ALL_LOOKS,
    reach: async (page) => {
      await serveSong(page);
      await page.goto(SONG);
    },
  },
  days: {
    says: ['Rank by day, 30 days up to Sat 21 Nov 2026 UTC', 'Plays this day'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveSong(page);
      await page.goto(`${SONG}&granularity=day`);
    },
  },
  table: {
    says: ['Sun 22 Nov, 14:00–15:00', 'not settled'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveSong(page);
      await page.goto(`${SONG}&view=table`);
    },
  },
  'below-the-ten': {
    says: ['Plays by hour'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveSong(page);
      await page.goto('/song/s-0001?regions=JP,CA');
    },
  },
  'one-region': {
    says: ['most 16,584, Sun 22 Nov 2026, 13:00–14:00'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveSong(page);
      await page.goto('/song/s-0001?regions=CA');
    },
  },
  long: {
    says: ['ليل الميناء الذي لا ينام'],
    looks: FOUR_LOOKS,
    reach: async (page) => {
      await serveSong(page, { now: songOfManyLetters });
      await page.goto('/song/s-0002');
    },
  },
  'off-the-charts': {
    says: [
      'It is not among the 100 of any chart of this hour.',
      'Nothing to draw: it was not among the 100 of Global in these hours.',
      'Low Country Almanac',
    ],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveSong(page, { now: songOffTheCharts, points: () => [] });
      await page.goto('/song/s-0001');
    },
  },
  'nothing-settled': {
    says: ['No hour has been settled yet, so there is no rank to show.'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveSong(page, { now: () => ({ ...songOffTheCharts(), period_start: null, period_end: null }) });
      await page.goto('/song/s-0001');
    },
  },
  unknown: {
    says: ['There is no such song', 'Neither the catalogue nor any chart knows s-0001.'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveSong(page, { now: null });
      await page.goto('/song/s-0001');
    },
  },
  loading: {
    says: ['Loading the song…'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveSong(page);
      await page.route('**/v1/songs/**', () => undefined);
      await page.goto(SONG);
    },
  },
  error: {
    says: ['This song did not load', 'The chart service answered with an error (503). Nothing is lost'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveSong(page);
      await page.route('**/v1/songs/**', (route) => route.fulfill({ status: 503, json: {} }));
      await page.goto(SONG);
    },
  },
  offline: {
    says: ['You are offline', 'Rank by hour, 48 hours up to'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveSong(page);
      await page.goto(SONG);
      await expect(page.locator('.ends > span')).toHaveCount(3);
      await page.route('**/v1/songs/**', (route) => route.abort());
      await page.context().setOffline(true);
      await page.getByRole('button', { name: 'Days' }).click();
    },
  },
  'before-the-first-settled': {
    says: ['48 hours up to Sun 22 Nov 2026, 12:00–13:00 UTC'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      const now = songNow();
      const charts = now.charts.map((chart) => ({ ...chart, status: 'provisional' as const }));
      await serveSong(page, { now: () => ({ ...now, charts }) });
      await page.goto(SONG);
      await expect(page.locator('.ends > span')).toHaveCount(3);
    },
  },
  'one-held': {
    says: ['Held'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      const now = songNow();
      const charts = now.charts.map((chart) =>
        chart.region === 'CA' ? { ...chart, status: 'held' as const } : chart,
      );
      await serveSong(page, { now: () => ({ ...now, charts }) });
      await page.goto(SONG);
      await expect(page.locator('.ends > span')).toHaveCount(3);
    },
  },
  'history-loading': {
    says: ['Loading the history…'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveSong(page);
      await page.goto(SONG);
      await expect(page.locator('.ends > span')).toHaveCount(3);
      await page.route('**/history?**', () => undefined);
      await page.getByLabel('Region of line 1').selectOption('JP');
    },
  },
  'history-error': {
    says: ['The history did not load.', 'answered with an error (503). Nothing is lost', 'United Kingdom'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveSong(page);
      await page.route('**/history?**', (route) => route.fulfill({ status: 503, json: {} }));
      await page.goto(SONG);
    },
  },
};

for (const [state, { says, looks, reach }] of Object.entries(STATES)) {
  test(`${state}, in its looks`, async ({ page }) => {
    await reach(page);
    for (const words of says) await expect(page.getByText(words).first()).toBeVisible();
    await expectLooks(page, looks, `song/${state}`, { fullPage: true });
  });
}

test('the page itself answers 200, whatever the song is called', async ({ page }) => {
  await serveSong(page);
  expect((await page.goto(SONG))?.status()).toBe(200);
  await expect(page).toHaveTitle('Copper Weather by Ines Varga & The Lowlands · Top Songs');
  expect((await page.goto('/song/a%2Fb%20%3F'))?.status()).toBe(200);
  expect((await page.goto('/song/'))?.status()).toBe(404);
});

test('it asks once a region for the periods that it draws', async ({ page }) => {
  await serveSong(page);
  const asked: string[] = [];
  page.on('request', (request) => request.url().includes('/history?') && asked.push(request.url()));
  await page.goto(SONG);
  await expect(page.locator('.ends span').first()).toBeVisible();
  const queries = asked.map((url) => Object.fromEntries(new URL(url).searchParams));
  const range = { granularity: 'hour', from: '2026-11-20T14:00:00Z', to: '2026-11-22T16:00:00Z' };
  expect(queries).toEqual(['CA', 'GLOBAL', 'DE'].map((region) => ({ region, ...range })));
});

test('what the lines say is told in words, and in figures in a table', async ({ page }) => {
  await serveSong(page);
  await page.goto(SONG);
  const words = page.locator('.over-time ul.hidden li');
  await expect(words).toHaveText([
    /^Canada: 1 now, best 1, in the Top 10 in 41 of 49 hours$/,
    /^Global: \d+ now, best 1/,
    /^Germany: \d+ now, best 4/,
  ]);
  await page.getByRole('button', { name: 'Table' }).click();
  await expect(page).toHaveURL(/view=table/);
  const rows = page.getByRole('region', { name: 'Table of rank by hour' }).locator('tbody tr');
  await expect(rows).toHaveCount(49);
  const newest = (region: string) => history(region, 'hour', '2026-11-20T14:00:00Z').at(-1);
  await expect(rows.first().getByRole('cell')).toHaveText(
    ['CA', 'GLOBAL', 'DE'].flatMap((region) => [
      String(newest(region)?.rank),
      (newest(region)?.plays ?? 0).toLocaleString('en-GB'),
    ]),
  );
  // Eight hours off the chart of Canada, at the beginning.
  await expect(rows.last().getByRole('cell').first()).toHaveText('–');
});

test('lines of one rank are named at their ends without covering each other', async ({ page }) => {
  await serveSong(page, { points: (_, granularity, from) => history('GB', granularity, from) });
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await page.goto(SONG);
    const ends = page.locator('.ends > span');
    await expect(ends).toHaveCount(3);
    const tops = await ends.evaluateAll((labels) => labels.map((label) => label.getBoundingClientRect().top));
    const [a, b, c] = tops.toSorted((x, y) => x - y) as [number, number, number];
    expect(b - a).toBeGreaterThanOrEqual(20);
    expect(c - b).toBeGreaterThanOrEqual(20);
  }
});

test('a line is of another region, one more or one less, and the URL keeps it', async ({ page }) => {
  await serveSong(page);
  await page.goto('/');
  await page.goto('/song/s-0001?regions=CA');
  await page.getByLabel('Add a line').selectOption('JP');
  await expect(page).toHaveURL(/regions=CA,JP&/);
  await page.getByLabel('Region of line 1').selectOption('FR');
  await page.getByLabel('Add a line').selectOption('GLOBAL');
  await expect(page.getByLabel('Region of line 3')).toBeFocused();
  await expect(page).toHaveURL(/regions=FR,JP,GLOBAL&/);
  await expect(page.getByLabel('Add a line')).toHaveCount(0);
  await page.getByLabel('Region of line 2').selectOption('Remove this line');
  await expect(page).toHaveURL(/regions=FR,GLOBAL&/);
  await expect(page.getByLabel('Region of line 2')).toBeFocused();
  await page.reload();
  await expect(page.getByLabel('Region of line 1')).toHaveValue('FR');
  // All of that was one step.
  await page.goBack();
  await expect(page).toHaveURL(/\/$/);
});

test('days instead of hours change every part', async ({ page }) => {
  await serveSong(page);
  await page.goto(SONG);
  await page.getByRole('button', { name: 'Days' }).click();
  await expect(page).toHaveURL(/granularity=day/);
  await expect(
    page.getByRole('heading', { name: 'Rank by day, 30 days up to Sat 21 Nov 2026 UTC' }),
  ).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Days' })).toBeVisible();
  await expect(page.getByText('Plays this day')).toBeVisible();
});

test('days that do not come leave the hours, why, and the way back', async ({ page }) => {
  await serveSong(page);
  await page.goto(SONG);
  await expect(page.locator('.ends > span')).toHaveCount(3);
  let broken = true;
  await page.route(/\/v1\/songs\/s-0001\?granularity=day/, (route) =>
    broken ? route.fulfill({ status: 503, json: {} }) : route.fallback(),
  );
  await page.getByRole('button', { name: 'Days' }).click();
  await expect(page.getByText('This song did not load.')).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Rank by hour/ })).toBeVisible();
  await page.getByRole('button', { name: 'Hours' }).click();
  await expect(page.getByText('This song did not load.')).toHaveCount(0);
  await page.getByRole('button', { name: 'Days' }).click();
  const tryAgain = page.getByRole('button', { name: 'Try again' });
  await expect(tryAgain).toBeVisible();
  broken = false;
  await tryAgain.press('Enter');
  await expect(page.getByRole('heading', { name: /^Rank by day/ })).toBeVisible();
  // What had the focus went: it is at the page's own heading.
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('days that take their time say so over the hours', async ({ page }) => {
  await serveSong(page);
  await page.goto(SONG);
  await expect(page.locator('.ends > span')).toHaveCount(3);
  await page.route(/\/v1\/songs\/s-0001\?granularity=day/, () => undefined);
  await page.getByRole('button', { name: 'Days' }).click();
  await expect(page.getByText('Loading the days… Below are the hours.')).toBeVisible();
  await expect(page.locator('.ends > span')).toHaveCount(3);
});

test('a song that did not load at first is read by Try again, which leaves the focus at its name', async ({
  page,
}) => {
  await STATES.error?.reach(page);
  const tryAgain = page.getByRole('button', { name: 'Try again' });
  await tryAgain.focus();
  await serveSong(page);
  await tryAgain.press('Enter');
  await expect(page.locator('.ends > span')).toHaveCount(3);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('lines that wait for another region step back and say so, and end with their own', async ({ page }) => {
  await serveSong(page);
  await page.goto(SONG);
  await expect(page.locator('.ends > span')).toHaveCount(3);
  const answer = await holdBack(page, '**/history?region=JP**');
  await page.getByLabel('Region of line 1').selectOption('JP');
  await expect(page.getByText('Loading the history…')).toBeVisible();
  await expect(page.locator('.over-time-body .dimmed .ends > span').first()).toContainText('Canada');
  answer();
  await expect(page.locator('.ends > span').first()).toContainText('Japan');
  await expect(page.locator('.over-time-body .dimmed')).toHaveCount(0);
});

test('a line whose running period has not come is no line off the chart', async ({ page }) => {
  await serveSong(page, {
    points: (region, granularity, from) => {
      const points = history(region, granularity, from);
      return region === 'CA' ? points.slice(0, -1) : points;
    },
  });
  await page.goto(SONG);
  await expect(page.locator('.ends > span').first()).toHaveText(/^\d.*Canada/);
  await expect(page.locator('.over-time ul.hidden li').first()).toContainText(/^Canada: \d+ now/);
});

test('what is not settled says so in the table of regions and in that of periods', async ({ page }) => {
  await STATES['one-held']?.reach(page);
  await expect(page.getByRole('row', { name: /Canada/ }).locator('.chip')).toHaveText('Held');
  await expect(page.locator('.where tr.provisional')).toHaveCount(1);
  await expect(page.locator('.where .chip')).toHaveCount(1);
  await page.keyboard.press('t');
  const rows = page.getByRole('region', { name: 'Table of rank by hour' }).locator('tbody tr');
  await expect(rows.nth(1).getByRole('cell').nth(0)).toContainText('not settled');
  await expect(rows.nth(1).getByRole('cell').nth(2)).not.toContainText('not settled');
});

test('single keys change hours and days, lines and table, and are listed', async ({ page }) => {
  await serveSong(page);
  await page.goto(SONG);
  await expect(page.locator('.ends > span')).toHaveCount(3);
  await page.keyboard.press('d');
  await expect(page).toHaveURL(/granularity=day/);
  await page.keyboard.press('h');
  await expect(page).toHaveURL(/granularity=hour/);
  await page.keyboard.press('t');
  await expect(page).toHaveURL(/view=table/);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toContainText('Lines or table');
});

test('the regions where it charts lead to their charts of that period', async ({ page }) => {
  await serveSong(page);
  await page.goto(SONG);
  const row = page.getByRole('row', { name: /Germany/ });
  await expect(row).toContainText(/4=.*tied.*unchanged.*20,118.*3\.08%/s);
  await expect(row.getByRole('link')).toHaveAttribute(
    'href',
    '/?region=DE&granularity=hour&at=2026-11-22T13:00:00Z',
  );
});

test('a history that did not load is read by Try again', async ({ page }) => {
  await serveSong(page);
  await page.route('**/history?**', (route) => route.fulfill({ status: 503, json: {} }));
  await page.goto(SONG);
  const tryAgain = page.getByRole('button', { name: 'Try again' });
  await expect(tryAgain).toBeVisible();
  await serveSong(page);
  await tryAgain.press('Enter');
  await expect(page.locator('.ends > span')).toHaveCount(3);
  await expect(page.getByRole('heading', { name: /^Rank by hour/ })).toBeFocused();
});

test('a chart leads to its songs: by their titles, and by Enter on a row', async ({ page }) => {
  await serve(page, finalChart());
  await page.goto('/?region=CA');
  const title = page.getByRole('link', { name: 'Copper Weather' });
  await expect(title).toHaveAttribute('href', '/song/s-0001?regions=CA,GLOBAL&granularity=hour');
  await page.goto('/?region=CA&view=table');
  await expect(title).toHaveAttribute('href', '/song/s-0001?regions=CA,GLOBAL&granularity=hour');
  // Enter on a head sorts, as ever.
  await page.getByRole('button', { name: 'Plays', exact: true }).press('Enter');
  await expect(page.getByRole('columnheader', { name: 'Plays', exact: true })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await serveSong(page);
  await page.goto('/?region=CA');
  await expect(page.locator('[data-row]')).toHaveCount(10);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/song\/s-0001\?regions=CA,GLOBAL&granularity=hour$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Copper Weather');
});

test('opened on a phone, it is as wide as that', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await serveSong(page, {});
  await page.goto(SONG);
  await expect(page.locator('.ends > span').first()).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
});

test.describe('with motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  for (const width of [1440, 390]) {
    test(`nothing moves while the page comes up, at ${width}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await watchShifts(page);
      await serveSong(page);
      await page.route('**/v1/songs/**', async (route) => {
        await new Promise((later) => setTimeout(later, 400));
        await route.fallback();
      });
      await page.goto(SONG);
      await expect(page.locator('.ends > span')).toHaveCount(3);
      await expectNoShifts(page);
    });
  }
});
