import { expect, type Page, test } from '@playwright/test';
import type { Chart, Counted, Revision, Trace } from '../src/api/types';
import { finalChart, heldChart, provisionalChart } from './fixtures/charts';
import { revisedChart, revisions, rules, serveEvidence, trace, whatIf } from './fixtures/evidence';
import { serve } from './fixtures/service';
import { expectLooks, FOUR_LOOKS, PHONE, TWO_LOOKS } from './looks';
import { expectNoShifts, watchShifts } from './shifts';

/** The other states differ from these by a sentence: two looks show them. */
const IN_FOUR_LOOKS = ['revised', 'older', 'trace', 'plays', 'play', 'what-if'];

interface Opened {
  search?: string;
  chart?: Chart;
  /** Answers that differ, before the page asks for them. */
  before?(page: Page): Promise<unknown>;
}

async function open(
  page: Page,
  { search = '?region=CA', chart = revisedChart(), before }: Opened = {},
): Promise<void> {
  await serve(page, chart);
  await serveEvidence(page, { shown: chart });
  await before?.(page);
  await page.goto(`/${search}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Canada');
}

const figure = (page: Page, plays: string) =>
  page.getByRole('button', { name: `${plays} plays, trace them` });

/** Answers every such question by a status and nothing else, or never. */
const answers = (paths: string | RegExp, status: number) => (page: Page) =>
  page.route(paths, (route) => route.fulfill({ status, json: {} }));
const neverAnswers = (paths: string) => (page: Page) => page.route(paths, () => undefined);
const traces = (differences: Partial<Trace>) => (page: Page) =>
  page.route('**/trace?**', (route) => route.fulfill({ json: trace(differences) }));

async function openTrace(page: Page, before?: Opened['before']): Promise<void> {
  await open(page, before ? { before } : {});
  await figure(page, '18,204').click();
}

async function openPlays(page: Page, before?: Opened['before']): Promise<void> {
  await openTrace(page, before);
  await page.getByRole('button', { name: 'See the plays' }).click();
}

async function openPlay(page: Page, before?: Opened['before']): Promise<void> {
  await openPlays(page, before);
  await page.getByRole('button', { name: /^13:00:03\.980.*see this play alone/ }).click();
}

/** What a reader must be told in each state, how it is reached, and the part that it is about if not the page. */
const STATES: Record<string, { says: string; within?: string; reach(page: Page): Promise<void> }> = {
  revised: {
    says: '2 minutes ago, revision 3: +37 late plays; #4 and #5 swapped',
    reach: (page) => open(page),
  },
  'revised-at-length': {
    says: '+37 late plays; up from #9 to #6',
    within: '.page-head',
    reach: (page) => {
      const words = `+37 late plays; ${'up from #9 to #6: Neon over the Old Harbour; '.repeat(8)}`;
      const change = { plays: 37, ranks: true, words: `${words.slice(0, 399)}…` };
      const kept = revisions().map((one, i) => (i === 0 ? { ...one, change } : one));
      return open(page, {
        chart: { ...revisedChart(), change },
        before: (page) =>
          page.route('**/revisions?**', (route) => route.fulfill({ json: { revisions: kept } })),
      });
    },
  },
  older: {
    says: 'You see revision 1 of 3.',
    reach: (page) => open(page, { search: '?region=CA&at=2026-11-22T13:00:00Z&revision=1' }),
  },
  'no-such-revision': {
    says: 'There is no revision 9',
    within: '.missing',
    reach: (page) =>
      open(page, {
        search: '?region=CA&at=2026-11-22T13:00:00Z&revision=9',
        before: answers(/\/v1\/.*revision=9/, 404),
      }),
  },
  'revisions-failed': {
    says: 'The revisions did not load.',
    within: '.revisions',
    reach: (page) => open(page, { before: answers('**/revisions?**', 503) }),
  },
  excluded: {
    says: 'Excluded',
    within: '.balance',
    reach: (page) => {
      const chart = revisedChart();
      const balance = { ...chart.balance, counted: chart.balance.counted - 77, excluded: 77 };
      return open(page, { chart: { ...chart, balance } });
    },
  },
  trace: {
    says: 'The lake says the same as the chart.',
    within: 'dialog.trace',
    reach: (page) => openTrace(page),
  },
  'trace-excluded': {
    says: 'Excluded',
    within: 'dialog.trace',
    reach: (page) => openTrace(page, traces({ received: 18_740, excluded: 9 })),
  },
  'trace-disagrees': {
    says: 'The lake now counts 18,210: other plays have come, and the chart is about to be revised.',
    within: 'dialog.trace',
    reach: (page) => openTrace(page, traces({ received: 18_737, plays: 18_210, agrees: false, run: null })),
  },
  'trace-revised': {
    says: 'The chart is revision 4 by now: it counts 18,210. This page shows revision 3.',
    within: 'dialog.trace',
    reach: (page) => openTrace(page, traces({ received: 18_737, plays: 18_210, revision: 4 })),
  },
  'trace-gone': {
    says: 'The lake no longer holds these plays. The chart stands.',
    within: 'dialog.trace',
    reach: (page) =>
      openTrace(
        page,
        traces({
          ...{ received: 0, duplicate: 0, too_short: 0, over_cap: 0, plays: 0, listeners: 0 },
          ...{ below: null, first_play: null, last_play: null, files: [], file_count: 0, bytes: 0 },
          agrees: false,
        }),
      ),
  },
  'trace-no-sum': {
    says: 'The service counts 18,204: 3 plays without a reason.',
    within: 'dialog.trace',
    reach: (page) => openTrace(page, traces({ duplicate: 405 })),
  },
  'trace-loading': {
    says: 'Counting its plays in the lake…',
    within: 'dialog.trace',
    reach: (page) => openTrace(page, neverAnswers('**/trace?**')),
  },
  'trace-failed': {
    says: 'The trace did not load.',
    within: 'dialog.trace',
    reach: (page) => openTrace(page, answers('**/trace?**', 503)),
  },
  'trace-absent': {
    says: 'The service has no trace of this song in this hour.',
    within: 'dialog.trace',
    reach: (page) => openTrace(page, answers('**/trace?**', 404)),
  },
  plays: {
    says: 'The first 100 of 18,329 plays',
    within: 'dialog.trace',
    reach: (page) => openPlays(page),
  },
  'plays-loading': {
    says: 'Loading the plays…',
    within: 'dialog.trace',
    reach: (page) => openPlays(page, neverAnswers('**/plays?**')),
  },
  'plays-failed': {
    says: 'The plays did not load.',
    within: 'dialog.trace',
    reach: (page) => openPlays(page, answers('**/plays?**', 503)),
  },
  'plays-empty': {
    says: 'The lake holds no plays of this song in this hour.',
    within: 'dialog.trace',
    reach: (page) => openPlays(page, answers('**/plays?**', 404)),
  },
  play: {
    says: 'heard for 12400 ms',
    within: 'dialog.trace',
    reach: (page) => openPlay(page),
  },
  'play-loading': {
    says: 'Looking for this play in the lake…',
    within: 'dialog.trace',
    reach: (page) => openPlay(page, neverAnswers('**/v1/plays/**')),
  },
  'play-failed': {
    says: 'This play did not load.',
    within: 'dialog.trace',
    reach: (page) => openPlay(page, answers('**/v1/plays/**', 500)),
  },
  'play-unreadable': {
    says: 'The lake could not be read just now.',
    within: 'dialog.trace',
    reach: (page) => openPlay(page, answers('**/v1/plays/**', 503)),
  },
  'play-absent': {
    says: 'The lake no longer holds this play.',
    within: 'dialog.trace',
    reach: (page) => openPlay(page, answers('**/v1/plays/**', 404)),
  },
  'what-if': {
    says: 'Under rules 2 the ten change: 2 would have another rank, 1 would enter, 1 would leave.',
    within: '.what-if',
    reach: (page) => open(page, { search: '?region=CA&rules=2' }),
  },
  'what-if-loading': {
    says: 'Counting by rules 2…',
    within: '.what-if',
    reach: (page) => open(page, { search: '?region=CA&rules=2', before: neverAnswers('**/what-if?**') }),
  },
  'what-if-failed': {
    says: 'The comparison did not load.',
    within: '.what-if',
    reach: (page) => open(page, { search: '?region=CA&rules=2', before: answers('**/what-if?**', 503) }),
  },
  'no-such-rules': {
    says: 'The service has no rules 9.',
    within: '.what-if',
    reach: (page) => open(page, { search: '?region=CA&rules=9', before: answers('**/what-if?**', 400) }),
  },
  'what-if-gone': {
    says: 'There is nothing to compare: the lake no longer holds the plays of this hour.',
    within: '.what-if',
    reach: (page) => {
      const { base, other, ...rest } = whatIf();
      const none = { received: 0, counted: 0, duplicate: 0, too_short: 0, over_cap: 0, excluded: 0 };
      const side = (counted: Counted) => ({
        ...counted,
        totals: { plays: 0, listeners: 0, songs: 0 },
        balance: { ...counted.balance, ...none },
      });
      const gone = { ...rest, base: side(base), other: side(other), entries: [] };
      return open(page, {
        search: '?region=CA&rules=2',
        before: (page) => page.route('**/what-if?**', (route) => route.fulfill({ json: gone })),
      });
    },
  },
  'what-if-absent': {
    says: 'There is nothing to compare',
    within: '.what-if',
    reach: (page) => open(page, { search: '?region=CA&rules=2', before: answers('**/what-if?**', 404) }),
  },
};

for (const [state, { says, within, reach }] of Object.entries(STATES)) {
  test(`${state}, in its looks`, async ({ page }) => {
    await reach(page);
    await expect(page.getByText(says).first()).toBeVisible();
    const looks = IN_FOUR_LOOKS.includes(state) ? FOUR_LOOKS : TWO_LOOKS;
    await expectLooks(page, looks, `evidence/${state}`, { within });
  });
}

test('trace, opened on a phone', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await openTrace(page);
  await expect(page.getByText('The lake says the same as the chart.')).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
});

test('an older revision is opened, named in the URL, and left again', async ({ page }) => {
  await open(page);
  await expect(page.locator('.chip')).toHaveText('Revised');
  const card = page.locator('.revisions');
  await expect(card.getByRole('listitem')).toHaveText([
    /^Revision 3\+37 late plays; #4 and #5 swapped14:02:12 UTC$/,
    /^Revision 2\+214 late plays; no rank changed14:00:38 UTC$/,
    /^Revision 1Hour closed and balanced14:00:11 UTC$/,
  ]);
  await expect(card.locator('[aria-current]')).toContainText('Revision 3');
  await card.getByRole('link', { name: 'Revision 1' }).click();
  await expect(page).toHaveURL(/at=2026-11-22T13:00:00Z&revision=1$/);
  await expect(page.getByText('You see revision 1 of 3.')).toBeVisible();
  await expect(page.locator('.chip')).toHaveText('Final');
  await expect(card.locator('[aria-current]')).toContainText('Revision 1');
  // The lake is traced as it is now: an older figure has nothing behind it any more.
  await expect(page.locator('[data-trace]')).toHaveCount(0);
  await page.getByRole('button', { name: 'See the newest' }).click();
  await expect(page).not.toHaveURL(/revision/);
  await expect(page.locator('.banner')).toHaveCount(0);
  await expect(page.locator('[data-trace]')).toHaveCount(10);
  await page.goBack();
  await expect(page.getByText('You see revision 1 of 3.')).toBeVisible();
  await page.getByRole('button', { name: 'Previous hour' }).click();
  await expect(page).not.toHaveURL(/revision/);
});

test('a day after its revision, a chart is called final again', async ({ page }) => {
  await serve(page, revisedChart(), '2026-11-23T14:02:13Z');
  await page.goto('/?region=CA');
  await expect(page.locator('.chip')).toHaveText('Final');
  await expect(page.getByText('#4 and #5 swapped')).toHaveCount(0);
});

test('a chart that does not balance is held, whatever changed', async ({ page }) => {
  await serve(page, { ...heldChart(), change: { plays: 1, ranks: true, words: '+1 late play' } });
  await page.goto('/?region=CA');
  await expect(page.locator('.chip')).toHaveText('Held');
  await expect(page.getByText('12 plays have no reason yet. Ranks may change.')).toBeVisible();
});

test('excluded plays are part of the sum', async ({ page }) => {
  const chart = finalChart();
  const balance = { ...chart.balance, counted: chart.balance.counted - 77 };
  await serve(page, { ...chart, balance: { ...balance, excluded: 77 } });
  await page.goto('/?region=CA');
  await expect(page.locator('.balance')).toContainText('Excluded');
  await expect(page.locator('.balance')).toContainText('adds up');
  await serve(page, { ...chart, balance: { ...balance, excluded: 76 } });
  await page.reload();
  await expect(page.locator('.balance')).toContainText('does not add up');
  await expect(page.locator('.chip')).toHaveText('Held');
});

test('beside a service that knows none of it, the page is as before', async ({ page }) => {
  await serve(page, finalChart());
  await page.goto('/?region=CA&rules=9');
  await expect(page.getByText('There is nothing to compare')).toBeVisible();
  await page.goto('/?region=CA');
  await expect(page.locator('[data-row]')).toHaveCount(10);
  await expect(page.locator('.balance')).toContainText('adds up');
  await expect(page.locator('.revisions, [data-trace], .other-rules')).toHaveCount(0);
  await page.keyboard.press('j');
  await page.keyboard.press('p');
  await expect(page.getByRole('dialog', { name: 'Choose an hour' })).toBeVisible();
});

test('P on a row traces its plays, and Esc gives the focus back to the figure', async ({ page }) => {
  await open(page);
  await expect(figure(page, '16,480')).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('p');
  const dialog = page.getByRole('dialog', { name: '16,480 plays' });
  await expect(dialog).toBeVisible();
  await expect(dialog.locator(':focus')).toHaveCount(1);
  await page.keyboard.press('t');
  await expect(page).not.toHaveURL(/view=table/);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(figure(page, '16,480')).toBeFocused();
});

test('the trace subtracts from what was received, and shows the plays', async ({ page }) => {
  await openTrace(page);
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('.subtraction dd')).toHaveText(['18,731', '402', '118', '7', '18,204']);
  await expect(dialog.getByText('13:00:00 UTC')).toBeVisible();
  await expect(dialog.getByText('9c41…e07b')).toHaveAttribute('title', trace().checksum);
  await expect(dialog).toContainText('1,724 ahead of ليل الميناء');
  await dialog.getByRole('button', { name: 'See the plays' }).click();
  const list = dialog.getByRole('region', { name: 'Plays' });
  await expect(list).toBeFocused();
  await expect(list.getByRole('row')).toHaveCount(101);
  await expect(list.getByRole('row').nth(3)).toContainText(/13:00:03\.980.*12\.4 s.*web.*1×.*too short/);
  const saving = page.waitForEvent('download');
  // The service gives a thousand at most: what is cut says so.
  const csv = dialog.getByRole('button', { name: 'First 1,000 as CSV' });
  await csv.click();
  expect((await saving).suggestedFilename()).toBe('top-songs-CA-hour-2026-11-22T13-s-0001-plays.csv');
  await expect(dialog.getByText('CSV saved')).toBeVisible();
  await expect(csv).toBeFocused();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(figure(page, '18,204')).toBeFocused();
});

test('a trace and its plays that did not load are read by Try again, which keeps the focus', async ({
  page,
}) => {
  await open(page);
  await page.route('**/trace?**', (route) => route.abort());
  await figure(page, '18,204').click();
  await expect(page.getByRole('alert')).toContainText('The trace did not load.');
  await page.unroute('**/trace?**');
  let answer = () => {};
  const asked = new Promise<void>((come) => {
    answer = come;
  });
  await page.route('**/trace?**', async (route) => {
    await asked;
    await route.fulfill({ json: trace() });
  });
  await page.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Trying again…' })).toBeFocused();
  answer();
  await expect(page.getByRole('status').getByText('The lake says the same as the chart.')).toBeVisible();
  await expect(page.getByRole('heading', { name: '18,204 plays' })).toBeFocused();
  await page.route('**/plays?**', (route) => route.abort());
  await page.getByRole('button', { name: 'See the plays' }).click();
  await expect(page.getByRole('alert')).toContainText('The plays did not load.');
  await page.unroute('**/plays?**');
  await serveEvidence(page);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('region', { name: 'Plays' })).toBeFocused();
});

test('revisions that did not load are read by Try again, which keeps the focus', async ({ page }) => {
  await open(page, { before: answers('**/revisions?**', 503) });
  const card = page.locator('.revisions');
  await expect(card).toContainText('The revisions did not load.');
  await page.route('**/revisions?**', (route) => route.fulfill({ json: { revisions: revisions() } }));
  await card.getByRole('button', { name: 'Try again' }).press('Enter');
  await expect(card.getByRole('listitem')).toHaveCount(3);
  await expect(card.getByRole('heading')).toBeFocused();
});

test('of a day that is open the newest count is listed, and the others when they are asked for', async ({
  page,
}) => {
  const [, , first] = revisions() as [Revision, Revision, Revision];
  const counted = Array.from(
    { length: 288 },
    (_, i): Revision => ({
      ...first,
      status: 'provisional',
      revision: 288 - i,
    }),
  );
  await open(page, {
    chart: { ...provisionalChart(), revision: 288 },
    before: (page) =>
      page.route('**/revisions?**', (route) => route.fulfill({ json: { revisions: counted } })),
  });
  const card = page.locator('.revisions');
  await expect(card.getByRole('listitem')).toHaveCount(1);
  await card.getByRole('button', { name: 'See 287 counted while open' }).click();
  await expect(card.getByRole('listitem')).toHaveCount(288);
});

test('the newest revision, asked for by its number, is not called older while others load', async ({
  page,
}) => {
  await open(page, {
    search: '?region=CA&at=2026-11-22T13:00:00Z&revision=3',
    before: neverAnswers('**/revisions?**'),
  });
  await expect(page.locator('[data-row]')).toHaveCount(10);
  await expect(page.getByText('Loading the revisions…')).toBeVisible();
  await expect(page.locator('.banner')).toHaveCount(0);
});

test('files saved from an older revision say so in their names', async ({ page }) => {
  await open(page, { search: '?region=CA&at=2026-11-22T13:00:00Z&revision=1' });
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'CSV' }).click();
  expect((await saving).suggestedFilename()).toBe('top-songs-CA-hour-2026-11-22T13-rev1.csv');
});

test('a play is followed to its deliveries and into four charts, and left again', async ({ page }) => {
  await openPlay(page);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('heading', { name: 'Played at 13:00:03.980 UTC' })).toBeFocused();
  const deliveries = dialog.getByRole('table', { name: 'Received 2 times' }).locator('tbody');
  await expect(deliveries).toHaveCount(2);
  await expect(deliveries.nth(0)).toContainText(/13:00:05\.120.*4.*1,888,412,331.*kept.*part-00003/);
  await expect(deliveries.nth(1)).toContainText(/13:00:06\.871.*4.*1,888,412,940.*duplicate.*part-00003/);
  const charts = dialog.locator('.play-charts li');
  await expect(charts).toHaveText([
    /^Canada, Sun 22 Nov 2026, 13:00–14:00 UTC: too shortheard for 12400 ms.*; revision 3$/,
    /^Canada, Sun 22 Nov 2026 UTC: too short.*; revision 41$/,
    /^Global, Sun 22 Nov 2026, 13:00–14:00 UTC: too short/,
    /^Global, Sun 22 Nov 2026 UTC: not chartedthis chart has not been made yet$/,
  ]);
  await dialog.getByRole('button', { name: 'Back to the plays' }).click();
  await expect(dialog.getByRole('button', { name: /^13:00:03\.980.*see this play alone/ })).toBeFocused();
});

test('the files behind a figure are listed, those that have left the lake too', async ({ page }) => {
  const [first, ...others] = trace().files;
  if (!first) throw new Error('the fixture has 14 files');
  await openTrace(page, traces({ files: [{ ...first, bytes: null }, ...others], file_count: 2400 }));
  const files = page.locator('.trace-files');
  await expect(files.getByRole('listitem')).toHaveCount(0);
  await files.getByText('2,400 files, 3.1 MB').click();
  await expect(files).toContainText('The first 14 of 2,400:');
  await expect(files.getByRole('listitem').first()).toHaveText(/part-00000\.parquet no longer in the lake$/);
  await expect(files.getByRole('listitem').nth(1)).toHaveText(/part-00001\.parquet 221\.3 kB$/);
});

test('Back leads away from under the trace', async ({ page }) => {
  await open(page);
  await page.getByRole('button', { name: 'Table' }).click();
  await figure(page, '18,204').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.goBack();
  await expect(page).not.toHaveURL(/view=table/);
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a lake that counts otherwise than the published chart is told in the comparison', async ({ page }) => {
  const { base, ...rest } = whatIf();
  const more = { ...rest, base: { ...base, totals: { ...base.totals, plays: 398_120 } } };
  await open(page, {
    search: '?region=CA&rules=2',
    before: (page) => page.route('**/what-if?**', (route) => route.fulfill({ json: more })),
  });
  await expect(
    page.getByText('The lake now counts 398,120 plays by rules 1; the published chart says 398,112.'),
  ).toBeVisible();
});

test('a chart is not compared with its own rules', async ({ page }) => {
  await open(page, { search: '?region=CA&rules=1' });
  await expect(page.locator('[data-row]')).toHaveCount(10);
  await expect(page.locator('.view [aria-pressed=true]')).toHaveText('Chart');
});

test('a click beside the trace closes it', async ({ page }) => {
  await openTrace(page);
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.mouse.click(20, 20);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(figure(page, '18,204')).toBeFocused();
});

test('a click in the padding of the trace leaves it open, and so does a selection dragged out of it', async ({
  page,
}) => {
  await openTrace(page);
  const dialog = page.getByRole('dialog');
  await expect(dialog.locator('.subtraction')).toBeVisible();
  const box = await dialog.boundingBox();
  if (!box) throw new Error('the dialog is open');
  await page.mouse.click(box.x + 6, box.y + 200);
  await expect(dialog).toBeVisible();
  await page.mouse.move(box.x + 100, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x - 60, box.y + 100);
  await page.mouse.up();
  await expect(dialog).toBeVisible();
});

test('figures of the table are traced too', async ({ page }) => {
  await open(page, { search: '?region=CA&view=table' });
  await figure(page, '15,902').click();
  await expect(page.getByRole('dialog', { name: '15,902 plays' })).toBeVisible();
});

test('other rules are chosen, compared, and left', async ({ page }) => {
  await open(page);
  await page.getByRole('link', { name: 'rules 2', exact: true }).click();
  await expect(page).toHaveURL(/rules=2/);
  await expect(page.getByRole('heading', { name: 'What if rules 2' })).toBeFocused();
  await expect(page.getByText('This is not the published chart.')).toBeVisible();
  await expect(
    page.getByText('at most 50 plays of a song by one listener in an hour chart instead of 10'),
  ).toBeVisible();
  const table = page.getByRole('table', {
    name: 'Canada by rules 1, of the published chart, and by rules 2',
  });
  await expect(table.getByRole('row')).toHaveCount(2 + whatIf().entries.length);
  const cells = (song: string) => table.getByRole('row', { name: song }).getByRole('cell').allInnerTexts();
  expect(await cells('밤의 주파수')).toEqual([
    '3',
    '15,902',
    '2',
    '16,911',
    expect.stringContaining('up 1'),
    '+1,009',
  ]);
  expect(await cells('Paper Lantern Tax')).toEqual(['12', '7,410', '10', '7,702', 'enters the ten', '+292']);
  expect(await cells('s-0010')).toEqual(['10', '7,688', '11', '7,688', 'leaves the ten', '0']);
  await expect(page.getByRole('row', { name: 'Over cap 218 12 −206' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the published chart' }).click();
  await expect(page).not.toHaveURL(/rules=/);
  await expect(page.locator('.number-one')).toBeVisible();
});

test('choosing a view leaves the other rules', async ({ page }) => {
  await open(page, { search: '?region=CA&rules=3' });
  await expect(page.getByText('without plays flagged as impossible listening or looped')).toBeVisible();
  await expect(page.locator('.view [aria-pressed=true]')).toHaveCount(0);
  await page.getByRole('button', { name: 'Table' }).click();
  await expect(page).toHaveURL(/view=table$/);
  await expect(page.locator('.song-table [data-row]')).toHaveCount(10);
});

test.describe('with motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('nothing moves while revisions and rules come in', async ({ page }) => {
    await watchShifts(page);
    await open(page);
    await expect(page.locator('.revisions li')).toHaveCount(3);
    await expect(figure(page, '18,204')).toBeVisible();
    await expectNoShifts(page);
  });
});

test('what-if and traces cost nothing until they are wanted', async ({ page }) => {
  const scripts: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url());
  });
  await open(page);
  await expect(figure(page, '18,204')).toBeVisible();
  expect(scripts.filter((url) => /Trace|WhatIf|Pipeline/.test(url))).toEqual([]);
  await figure(page, '18,204').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  expect(scripts.some((url) => /Trace/.test(url))).toBe(true);
});

test('code that does not load costs its part only', async ({ page }) => {
  await open(page);
  await page.route('**/assets/TracePopover*', (route) => route.abort());
  await figure(page, '18,204').click();
  await expect(page.getByText('The page could not load the trace.')).toBeInViewport();
  await expect(page.locator('[data-row]')).toHaveCount(10);
});

test('a provisional figure is traced as any other', async ({ page }) => {
  const chart = provisionalChart();
  await serve(page, chart, '2026-11-22T14:14:10Z');
  await serveEvidence(page, { shown: chart });
  await page.route('**/v1/rules', (route) => route.fulfill({ json: rules() }));
  await page.goto('/?region=CA');
  await figure(page, '4,147').click();
  await expect(page.getByRole('dialog', { name: '4,147 plays' })).toBeVisible();
});
