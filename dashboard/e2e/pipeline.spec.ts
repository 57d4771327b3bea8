import { expect, type Page, test } from '@playwright/test';
import { serveLive } from './fixtures/live';
import { audit, balanceRows, flags, servePipeline } from './fixtures/pipeline';
import { NOW } from './fixtures/service';
import {
  allWell,
  failedAtLength,
  failedEverywhere,
  failedRun,
  late,
  QUARTER_PAST,
  rateNotKnown,
  stopped,
} from './fixtures/status';
import { ALL_LOOKS, expectLooks, PHONE, TWO_LOOKS } from './looks';
import { expectNoShifts, watchShifts } from './shifts';

/** The other states differ from these by a sentence: two looks show them. */
const IN_ALL_LOOKS = ['well', 'late', 'stopped'];

const answers = (page: Page, paths: RegExp, status: number) =>
  page.route(paths, (route) => route.fulfill({ status, json: {} }));
const section = (page: Page, name: string | RegExp) => page.getByRole('region', { name, exact: true });

/** What a reader must be told in each state, and how it is reached. */
const STATES: Record<string, { says: string[]; reach(page: Page): Promise<void> }> = {
  well: {
    says: [
      'all 4 stages flowing',
      '12,480 plays/s',
      '44,928,114 plays an hour',
      'last 60 minutes',
      '3,912 plays wait in Kafka',
      'Every offset of the last 7 days is in the lake',
      '143 minutes within the hour',
    ],
    reach: (page) => servePipeline(page),
  },
  late: {
    says: [
      '1 stage late, 3 flowing',
      'Late by 5 min 12 s',
      '12 offsets of the last 7 days are missing from the lake',
      'Partition 2: missing: offsets 120 to 131',
    ],
    reach: (page) =>
      servePipeline(page, { status: late(), audited: audit(12), rows: balanceRows(77) }, QUARTER_PAST),
  },
  stopped: {
    says: [
      '1 stage stopped, 3 flowing',
      '0 plays/s',
      'Stopped, late by 8 min 0 s',
      '7,488,812 plays wait in Kafka',
    ],
    reach: (page) => servePipeline(page, { status: stopped(NOW) }),
  },
  'rate-not-known': {
    says: ['all 4 stages flowing', '– rate not known', '– no day settled yet'],
    reach: (page) => servePipeline(page, { status: rateNotKnown(NOW) }),
  },
  failed: {
    says: ['Failed in load', 'Cannot read s3a://top-songs'],
    reach: (page) => servePipeline(page, { status: failedAtLength() }, QUARTER_PAST),
  },
  'failed-everywhere': {
    says: ['2 stages stopped, 2 late', 'Does not answer', 'lake_maintenance'],
    reach: (page) => servePipeline(page, { status: failedEverywhere() }, QUARTER_PAST),
  },
  empty: {
    says: [
      'No stage has run yet.',
      'No hour of the last 24 has been counted.',
      'No run of a pipeline has ended yet.',
      'The offsets have not been audited yet.',
      'Nothing looked wrong in the last 24 hours.',
    ],
    reach: (page) =>
      servePipeline(page, {
        status: { now: '2026-11-22T14:04:40Z', healthy: true, stages: [], runs: [] },
        rows: [],
        audited: { audited_at: null, partitions: [], missing: 0 },
        flagged: [],
      }),
  },
  loading: {
    says: ['Loading the balance sheet…', 'Loading the audit of offsets…', 'Loading the list of flags…'],
    reach: async (page) => {
      await servePipeline(page);
      await page.route(/\/v1\//, () => undefined);
    },
  },
  error: {
    says: [
      'The state of the pipeline did not load.',
      'The balance sheet did not load.',
      'The audit of offsets did not load.',
      'The list of flags did not load.',
    ],
    reach: async (page) => {
      await servePipeline(page);
      await answers(page, /\/v1\//, 503);
    },
  },
};

for (const [state, { says, reach }] of Object.entries(STATES)) {
  test(`${state}, in its looks`, async ({ page }) => {
    await reach(page);
    await page.goto('/pipeline');
    for (const words of says) await expect(page.getByText(words).first()).toBeVisible();
    const looks = IN_ALL_LOOKS.includes(state) ? ALL_LOOKS : TWO_LOOKS;
    await expectLooks(page, looks, `pipeline/${state}`, { fullPage: true });
  });
}

test('well, opened on a phone', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await servePipeline(page);
  await page.goto('/pipeline');
  await expect(page.getByText('143 minutes within the hour')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
});

test('the navigation leads there and back, and says where one is', async ({ page }) => {
  await servePipeline(page);
  await page.goto('/');
  const pages = page.getByRole('navigation', { name: 'Pages' });
  await expect(pages.getByRole('link')).toHaveText(['Chart', 'World', 'Race', 'Pipeline']);
  await pages.getByRole('link', { name: 'Pipeline' }).click();
  await expect(page).toHaveURL(/\/pipeline$/);
  await expect(page).toHaveTitle('Pipeline · Top Songs');
  await expect(pages.getByRole('link', { name: 'Pipeline' })).toHaveAttribute('aria-current', 'page');
  await expect(pages.getByRole('link', { name: 'Chart' })).not.toHaveAttribute('aria-current');
});

test('the page itself answers 200', async ({ page }) => {
  await servePipeline(page);
  expect((await page.goto('/pipeline?region=CA'))?.status()).toBe(200);
});

const stageOf = (page: Page, name: string) =>
  page.locator('.spine > li').filter({ has: page.getByRole('heading', { name }) });

test('every stage says what flows through it now, and its line in words too', async ({ page }) => {
  const status = stopped(NOW);
  await servePipeline(page, { status });
  await page.goto('/pipeline');
  await expect(page.locator('.spine h3')).toHaveText(['Ingestion', 'Stream', 'Hour charts', 'Day charts']);
  await expect(page.locator('.spine .rate')).toHaveText([
    '12,480 plays/s',
    '0 plays/s',
    '44,928,114 plays an hour',
    '902,114,720 plays a day',
  ]);
  await expect(stageOf(page, 'Stream')).toContainText(
    /last 60 minutes: lowest 0, highest [78]\d\d,\d{3} plays a minute/,
  );
  await expect(stageOf(page, 'Hour charts')).toContainText('last 24 hours: lowest');
  await expect(stageOf(page, 'Day charts')).toContainText('last 30 days: lowest');
  await expect(page.locator('.flow-line')).toHaveCount(4);
});

test('the line of plays stands on zero, and a rate that is not known has none', async ({ page }) => {
  await servePipeline(page, { status: rateNotKnown(NOW) });
  await page.goto('/pipeline');
  await expect(stageOf(page, 'Stream').locator('.rate')).toHaveText('– rate not known');
  await expect(page.locator('.flow-line')).toHaveCount(1);
  const hours = allWell(NOW).stages[2]?.flow?.plays ?? [];
  const drawn = await stageOf(page, 'Hour charts').locator('.flow-line .line').getAttribute('d');
  const heights = [...(drawn ?? '').matchAll(/ ([\d.]+)/g)].map(([, y]) => 100 - Number(y));
  expect(heights).toHaveLength(24);
  for (const [i, plays] of hours.entries())
    expect(heights[i]).toBeCloseTo((100 * plays) / Math.max(...hours), 1);
});

for (const width of [1440, 768, 390]) {
  test(`the spine goes from node to node, as thick as plays flow, at ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 900 });
    await servePipeline(page, { status: stopped(NOW) });
    await page.goto('/pipeline');
    const nodes = page.locator('.spine .node');
    await expect(nodes).toHaveCount(4);
    const [along, across] = width === 1440 ? (['x', 'y'] as const) : (['y', 'x'] as const);
    const middles = await nodes.evaluateAll((all) =>
      all.map((node) => {
        const { left, right, top, bottom } = node.getBoundingClientRect();
        return { x: (left + right) / 2, y: (top + bottom) / 2 };
      }),
    );
    const pipes = await page.locator('.spine .pipe').evaluateAll((all) =>
      all.map((pipe) => {
        const { left, right, top, bottom } = pipe.getBoundingClientRect();
        return { x: [left, right], y: [top, bottom] };
      }),
    );
    expect(pipes).toHaveLength(3);
    for (const [i, pipe] of pipes.entries()) {
      const [from, to] = [middles[i], middles[i + 1]];
      expect(Math.abs((pipe[along][0] ?? 0) - (from?.[along] ?? 0))).toBeLessThan(2);
      expect(Math.abs((pipe[along][1] ?? 0) - (to?.[along] ?? 0))).toBeLessThan(2);
      const [near = 0, far = 0] = pipe[across];
      expect(far - near).toBeCloseTo([10, 2, 10][i] ?? 0, 1);
      expect((near + far) / 2).toBeCloseTo(from?.[across] ?? 0, 0);
    }
  });
}

test('a rate is of now: it is read every 15 s though the service tells of changes', async ({ page }) => {
  await servePipeline(page);
  const live = await serveLive(page);
  await page.goto('/pipeline');
  await expect(page.getByText('Live: what changes shows at once.')).toBeVisible();
  // The turn that was set before the stream opened is over.
  await page.clock.runFor(16_000);
  const status = allWell(NOW);
  const ingestion = status.stages[0];
  if (!ingestion?.flow) throw new Error('the fixture knows what comes in');
  ingestion.flow.plays = [...ingestion.flow.plays.slice(1), 540];
  await page.route('**/v1/status', (route) => route.fulfill({ json: status }));
  await page.clock.runFor(16_000);
  await expect(stageOf(page, 'Ingestion').locator('.rate')).toHaveText('9.0 plays/s');
  await live.close();
});

test('nothing moves on the spine where less motion is wished', async ({ page }) => {
  await servePipeline(page);
  await page.goto('/pipeline');
  await expect(page.locator('.spine .pipe')).toHaveCount(3);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

test('the sheet adds up every hour on the page, and marks the one that does not', async ({ page }) => {
  await servePipeline(page, { rows: balanceRows(77) });
  await page.goto('/pipeline');
  const table = section(page, 'Balance sheet, all regions').getByRole('table');
  await expect(table.locator('tbody tr')).toHaveCount(24);
  await expect(table.getByRole('columnheader')).toHaveText([
    'Hour, UTC',
    'Received',
    'Counted',
    'Duplicate',
    'Too short',
    'Over cap',
    'Excluded',
    'Sum',
    'Difference',
    'State',
  ]);
  await expect(table.locator('tr.held')).toHaveCount(1);
  await expect(table.locator('tr.held')).toContainText(/09:00.*12, does not add up.*Held/);
  await expect(table.locator('tr.provisional')).toContainText(/14:00.*0, adds up.*Provisional/);
  const digits = (text: string) => Number(text.replace(/\D/g, ''));
  for (const row of await table.locator('tbody tr').all()) {
    const cells = (await row.getByRole('cell').allInnerTexts()).map(digits);
    const [received, counted, duplicate, short, cap, excluded, sum, difference] = cells as number[];
    expect((counted ?? 0) + (duplicate ?? 0) + (short ?? 0) + (cap ?? 0) + (excluded ?? 0)).toBe(sum);
    expect((received ?? 0) - (sum ?? 0)).toBe(difference);
  }
  await expect(table.getByRole('link', { name: '13:00' })).toHaveAttribute(
    'href',
    '/?region=GLOBAL&granularity=hour&at=2026-11-22T13:00:00Z',
  );
});

test('no plays excluded, no column for them', async ({ page }) => {
  await servePipeline(page, { rows: balanceRows(0) });
  await page.goto('/pipeline');
  await expect(page.locator('.sheet tbody tr')).toHaveCount(24);
  await expect(page.getByText('excluded')).toHaveCount(0);
});

test('another region has its own sheet, and the URL keeps it', async ({ page }) => {
  await servePipeline(page);
  await page.goto('/pipeline');
  await expect(page.getByText('Refused by the stream, so never received: 11,028')).toBeVisible();
  await page.getByLabel('Region of the balance sheet').selectOption('CA');
  await expect(page).toHaveURL(/\/pipeline\?region=CA$/);
  await expect(section(page, 'Balance sheet, Canada')).toBeVisible();
  await expect(page.getByText('Refused by the stream')).toHaveCount(0);
  await page.reload();
  await expect(page.getByLabel('Region of the balance sheet')).toHaveValue('CA');
  await page.getByLabel('Region of the balance sheet').selectOption('GLOBAL');
  await expect(page).toHaveURL(/\/pipeline$/);
  await expect(section(page, 'Balance sheet, all regions')).toBeVisible();
});

test('picking regions one after the other is one step back', async ({ page }) => {
  await servePipeline(page);
  await page.goto('/');
  await page.goto('/pipeline');
  await expect(page.getByLabel('Region of the balance sheet').getByRole('option')).toHaveCount(15);
  for (const region of ['BR', 'CA', 'FR'])
    await page.getByLabel('Region of the balance sheet').selectOption(region);
  await page.goBack();
  await expect(page).toHaveURL(/\/$/);
});

test('a region that does not exist is named, and others are in the list', async ({ page }) => {
  await servePipeline(page);
  await answers(page, /\/v1\/balance\?region=XQ/, 404);
  await page.goto('/pipeline?region=XQ');
  await expect(page.getByText('There is no region XQ. Pick one from the list.')).toBeVisible();
  await page.getByLabel('Region of the balance sheet').selectOption('CA');
  await expect(page.locator('.sheet tbody tr')).toHaveCount(24);
});

test('what is wrong is said in the head, though every stage flows', async ({ page }) => {
  const status = { ...allWell(NOW), runs: [failedRun({})] };
  await servePipeline(page, { status, audited: audit(12) });
  await page.goto('/pipeline');
  await expect(page.getByRole('status')).toHaveText(
    'all 4 stages flowing, 1 hour held, 1 pipeline failed, 12 offsets missing',
  );
});

test('hours that cancel each other out do not add up', async ({ page }) => {
  const rows = balanceRows().map((row, i) => (i === 3 ? { ...row, received: row.received - 12 } : row));
  await servePipeline(page, { rows });
  await page.goto('/pipeline');
  await expect(page.locator('.sheet tfoot')).toContainText('0, does not add up');
  await expect(page.locator('.sheet tfoot')).toContainText('2 hours do not add up');
});

test('the table stays while the hour turns', async ({ page }) => {
  await servePipeline(page, {}, '2026-11-22T14:59:58Z');
  await page.goto('/pipeline');
  await expect(page.locator('.sheet tbody tr')).toHaveCount(24);
  await page.route(/\/v1\/(balance|flags)/, () => undefined);
  await page.clock.setFixedTime('2026-11-22T15:00:00.500Z');
  await expect(page.locator('.clock')).toContainText('15:00');
  await expect(page.locator('.sheet tbody tr')).toHaveCount(24);
  await expect(page.locator('.flags li').first()).toBeVisible();
});

test('wide offsets scroll in a region of their own', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const audited = audit();
  const partitions = audited.partitions.map((row) => ({
    ...row,
    first_offset: 1_188_412_331,
    next_offset: 1_888_412_331,
    in_lake: 700_000_000,
  }));
  await servePipeline(page, { audited: { ...audited, partitions } });
  await page.goto('/pipeline');
  await expect(page.getByRole('region', { name: 'Offsets by partition' })).toContainText('1,888,412,331');
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
});

test('flags are grouped by hour and kind, five lines of each', async ({ page }) => {
  const [, , one] = flags();
  if (!one) throw new Error('the fixture has three flags');
  const many = Array.from({ length: 1000 }, (_, i) => ({ ...one, listener: `${i}` }));
  await servePipeline(page, { flagged: [...flags().slice(0, 2), ...many.slice(2)] });
  await page.goto('/pipeline');
  await expect(
    page.getByText(/^At least 998 over the cap, 1 impossible listening, 1 looped\./),
  ).toBeVisible();
  const groups = page.locator('.flags details');
  await expect(groups).toHaveText([
    /1 impossible listening/,
    /1 looped/,
    /at least 998 over the cap.*993 more/s,
  ]);
  await expect(groups.last().getByRole('listitem')).toHaveCount(5);
});

test('a service that knows neither audit nor flags has no such parts', async ({ page }) => {
  await servePipeline(page);
  await answers(page, /\/v1\/(audit|flags|rules)/, 404);
  await page.goto('/pipeline');
  await expect(page.locator('.sheet tbody tr')).toHaveCount(24);
  await expect(page.getByRole('heading', { level: 2 })).toHaveText([
    'Stages',
    'Balance sheet, all regions',
    'Last runs',
    'Why plays did not count',
  ]);
  await expect(page.getByText('one listener, same song, too often within the hour')).toBeVisible();
});

test('a part that did not load is told once, in the head, and read by Try again alone', async ({ page }) => {
  await servePipeline(page);
  await answers(page, /\/v1\/flags/, 503);
  await page.goto('/pipeline');
  await expect(page.getByRole('status')).toContainText('the list of flags could not be read');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await page.route(/\/v1\/flags/, (route) => route.fulfill({ json: { flags: flags() } }));
  await page.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(page.locator('.flags li')).toHaveCount(3);
  await expect(page.getByRole('heading', { name: 'Flags of the last 24 hours' })).toBeFocused();
  await expect(page.getByRole('status')).not.toContainText('could not be read');
});

test('runs lead to Airflow only where there is an address', async ({ page }) => {
  await servePipeline(page, { status: failedEverywhere() }, QUARTER_PAST);
  await page.goto('/pipeline');
  const row = page.getByRole('row', { name: 'top_songs_daily' });
  const link = row.getByRole('link', { name: 'Airflow log of top_songs_daily, opens in a new tab' });
  await expect(link).toHaveAttribute('href', /^http:\/\/127\.0\.0\.1:8080\/dags/);
  await expect(link).toHaveAttribute('rel', 'noopener');
  await servePipeline(page, { status: failedAtLength() }, QUARTER_PAST);
  await page.reload();
  await expect(page.getByText('Failed in load')).toBeVisible();
  await expect(page.getByRole('link', { name: /Airflow/ })).toHaveCount(0);
});

test.describe('with motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('the spine moves only after stages that flow, at one pace', async ({ page }) => {
    await servePipeline(page, { status: stopped(NOW) });
    await page.goto('/pipeline');
    await expect(page.locator('.spine .pipe')).toHaveCount(3);
    const moving = () =>
      document.getAnimations().map(({ effect }) => {
        const { target } = effect as KeyframeEffect;
        return [target?.closest('li')?.querySelector('h3')?.textContent, effect?.getTiming().duration];
      });
    await expect
      .poll(() => page.evaluate(moving))
      .toEqual([
        ['Ingestion', 1000],
        ['Hour charts', 1000],
      ]);
  });

  for (const width of [1440, 390]) {
    test(`nothing moves while the page comes up, at ${width}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await watchShifts(page);
      await servePipeline(page);
      // One part after the other, and late enough for each to say that it loads.
      for (const [i, part] of ['status', 'balance', 'audit', 'flags'].entries()) {
        await page.route(`**/v1/${part}**`, async (route) => {
          await new Promise((later) => setTimeout(later, 400 + i * 150));
          await route.fallback();
        });
      }
      await page.goto('/pipeline');
      await expect(page.locator('.flags li')).toHaveCount(3);
      await expectNoShifts(page);
    });
  }
});
