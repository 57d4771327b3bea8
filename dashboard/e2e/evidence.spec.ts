import { expect, type Page, test } from '@playwright/test';
import type { Chart, Trace } from '../src/api/types';
import { finalChart, heldChart, provisionalChart } from './fixtures/charts';
import { plays, revisedChart, revisions, rules, serveEvidence, trace, whatIf } from './fixtures/evidence';
import { serve } from './fixtures/service';
import { expectLooks, FOUR_LOOKS, PHONE, TWO_LOOKS } from './looks';
import { expectNoShifts, watchShifts } from './shifts';

/** The other states differ from these by a sentence: two looks show them. */
const IN_FOUR_LOOKS = ['revised', 'older', 'trace', 'plays', 'what-if'];

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

/** What a reader must be told in each state, how it is reached, and the part that it is about if not the page. */
const STATES: Record<string, { says: string; within?: string; reach(page: Page): Promise<void> }> = {
  revised: {
    says: '2 minutes ago, revision 3: +37 late plays; #4 and #5 swapped',
    reach: (page) => open(page),
  },
  'revised-at-length': {
    says: '+37 late plays; up from #9 to #6',
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
    reach: (page) =>
      open(page, {
        search: '?region=CA&at=2026-11-22T13:00:00Z&revision=9',
        before: answers(/\/v1\/.*revision=9/, 404),
      }),
  },
  'revisions-failed': {
    says: 'The revisions did not load.',
    reach: (page) => open(page, { before: answers('**/revisions?**', 503) }),
  },
  excluded: {
    says: 'Excluded',
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
    reach: (page) =>
      openPlays(page, (page) => page.route('**/plays?**', (route) => route.fulfill({ json: { plays: [] } }))),
  },
  'what-if': {
    says: 'Under rules 2, 3 of the 10 would have another rank.',
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
    /^Revision 3\+37 late plays; #4 and #5 swapped14:02:12$/,
    /^Revision 2\+214 late plays; no rank changed14:00:38$/,
    /^Revision 1Hour closed and balanced14:00:11$/,
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
  await expect(dialog).toContainText('14 files, 3.1 MB');
  await expect(dialog.getByText('9c41…e07b')).toHaveAttribute('title', trace().checksum);
  await expect(dialog).toContainText('1,724 ahead of ليل الميناء');
  await dialog.getByRole('button', { name: 'See the plays' }).click();
  const list = dialog.getByRole('region', { name: 'Plays' });
  await expect(list).toBeFocused();
  await expect(list.getByRole('row')).toHaveCount(101);
  await expect(list.getByRole('row').nth(3)).toContainText(/13:00:03\.980.*12\.4 s.*web.*1×.*too short/);
  await expect(list.getByRole('link').first()).toHaveAttribute(
    'href',
    `/v1/plays/${plays()[0]?.event_id}?played_at=2026-11-22T13%3A00%3A00.118Z`,
  );
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Download CSV' }).click();
  expect((await saving).suggestedFilename()).toBe('top-songs-CA-hour-2026-11-22T13-s-0001-plays.csv');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(figure(page, '18,204')).toBeFocused();
});

test('a trace and its plays that did not load are read by Try again', async ({ page }) => {
  await open(page);
  await page.route('**/trace?**', (route) => route.abort());
  await figure(page, '18,204').click();
  await expect(page.getByRole('alert')).toContainText('The trace did not load.');
  await page.unroute('**/trace?**');
  await serveEvidence(page);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('The lake says the same as the chart.')).toBeVisible();
  await page.route('**/plays?**', (route) => route.abort());
  await page.getByRole('button', { name: 'See the plays' }).click();
  await expect(page.getByRole('alert')).toContainText('The plays did not load.');
  await page.unroute('**/plays?**');
  await serveEvidence(page);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('region', { name: 'Plays' })).toBeVisible();
});

test('a click beside the trace closes it', async ({ page }) => {
  await openTrace(page);
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.mouse.click(20, 20);
  await expect(page.getByRole('dialog')).toHaveCount(0);
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
  const table = page.getByRole('table', { name: 'Canada by rules 1, as published, and by rules 2' });
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
