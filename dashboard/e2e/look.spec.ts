import { expect, type Page, test } from '@playwright/test';
import {
  finalChart,
  heldChart,
  longTitlesChart,
  provisionalChart,
  threeEntriesChart,
} from './fixtures/charts';
import { revisedChart } from './fixtures/evidence';
import { serve } from './fixtures/service';
import {
  allWell,
  catchingUp,
  failed,
  failedAtLength,
  failedEverywhere,
  late,
  making,
  QUARTER_PAST,
} from './fixtures/status';
import { ALL_LOOKS, expectLooks, PHONE, shot, THREE_LOOKS } from './looks';
import { expectNoShifts, watchShifts } from './shifts';

test('final, in every look', async ({ page }) => {
  await serve(page, finalChart());
  await page.goto('/?region=CA');
  await expect(page.getByRole('row')).toHaveCount(11);
  await expectLooks(page, ALL_LOOKS, 'states/final');
});

test('final, opened on a phone', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await serve(page, finalChart());
  await page.goto('/?region=CA');
  await expect(page.getByRole('row')).toHaveCount(11);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
});

const TROUBLES = {
  making: making(),
  'catching-up': catchingUp(),
  late: late(),
  failed: failed(),
  'failed-at-length': failedAtLength(),
  'failed-everywhere': failedEverywhere(),
};

for (const [trouble, status] of Object.entries(TROUBLES)) {
  test(`${trouble}, in every look`, async ({ page }) => {
    await serve(page, finalChart(), QUARTER_PAST, status);
    await page.goto('/?region=CA');
    await expect(page.getByRole('row')).toHaveCount(11);
    await expect(page.locator('[role=status] .troubles')).toBeVisible();
    await expectLooks(page, ALL_LOOKS, `states/${trouble}`, { within: '.troubles' });
  });
}

/** What a reader must be told in each state. */
const SAYS: Record<keyof typeof STATES, string> = {
  provisional: 'hour still open, last changed at 14:13',
  held: '12 plays have no reason yet. Ranks may change.',
  long: 'The Very Long Named Orchestra',
  three: '3 songs',
  one: '1 song',
  none: 'No song charts this hour',
  table: 'not in the catalogue yet',
  picker: 'Côte d’Ivoire',
  periods: 'November 2026',
  keys: 'Single keys are on',
  empty: 'The 14:00 hour opened 4 minutes ago.',
  future: 'It opens at 15:00 UTC.',
  unknown: 'Pick one from the list.',
  error: 'Nothing is lost: the numbers are stored, only this page could not read them.',
  offline: 'You are offline. This is the chart as of 14:04 UTC.',
  revised: 'revision 3',
  share: 'Save as PNG',
  loading: 'Loading the latest hour…',
};

/** Where a state differs from a page that another state has shown. */
const WITHIN: Record<string, string> = {
  picker: '.region-popover',
  periods: '.period-popover',
  keys: 'dialog.key-help',
  empty: '.missing',
  future: '.missing',
  unknown: '.missing',
  error: '.missing',
  share: '.exports',
};

const STATES = {
  provisional: async (page: Page) => {
    await serve(page, provisionalChart(), '2026-11-22T14:14:10Z');
    await page.goto('/?region=CA');
  },
  held: async (page: Page) => {
    await serve(page, heldChart());
    await page.goto('/?region=CA');
  },
  long: async (page: Page) => {
    await serve(page, longTitlesChart());
    await page.goto('/?region=CA');
  },
  three: async (page: Page) => {
    await serve(page, threeEntriesChart());
    await page.goto('/?region=CA');
  },
  one: async (page: Page) => {
    const chart = threeEntriesChart();
    const [first] = chart.entries;
    await serve(page, { ...chart, entries: first ? [{ ...first, tied: false }] : [] });
    await page.goto('/?region=CA');
    await expect(page.locator('[data-row]')).toHaveCount(1);
    await expect(page.locator('.bar-canvas')).toHaveCount(0);
  },
  none: async (page: Page) => {
    const received = { received: 12, counted: 0, duplicate: 0, too_short: 12, over_cap: 0 };
    await serve(page, {
      ...threeEntriesChart(),
      entries: [],
      number_one_history: [],
      totals: { plays: 0, listeners: 0, songs: 0 },
      balance: { ...received, rejected: null, unknown_song: 0 },
    });
    await page.goto('/?region=CA');
  },
  table: async (page: Page) => {
    await serve(page, finalChart());
    await page.goto('/?region=CA&view=table');
  },
  picker: async (page: Page) => {
    await serve(page, finalChart());
    await page.goto('/?region=CA');
    await page.getByRole('button', { name: 'choose another region' }).click();
  },
  periods: async (page: Page) => {
    await serve(page, finalChart());
    await page.goto('/?region=CA');
    await page.getByRole('button', { name: 'choose another hour' }).click();
  },
  keys: async (page: Page) => {
    await serve(page, finalChart());
    await page.goto('/?region=CA');
    await expect(page.getByRole('row')).toHaveCount(11);
    await page.keyboard.press('?');
  },
  empty: async (page: Page) => {
    await serve(page, finalChart());
    await page.goto('/?region=CA&at=2026-11-22T14:00:00Z');
    await expect(page.getByText('No plays yet this hour')).toBeVisible();
  },
  future: async (page: Page) => {
    await serve(page, finalChart());
    await page.goto('/?region=CA&at=2026-11-22T15:00:00Z');
    await expect(page.getByText('It opens at 15:00 UTC.')).toBeVisible();
  },
  unknown: async (page: Page) => {
    await serve(page, finalChart());
    await page.goto('/?region=XQ');
    await expect(page.getByText('There is no region XQ')).toBeVisible();
  },
  error: async (page: Page) => {
    await serve(page, finalChart());
    await page.goto('/?region=CA');
    await expect(page.getByRole('row')).toHaveCount(11);
    await page.route('**/v1/charts/**', (route) => route.abort());
    await page.getByRole('button', { name: 'Previous hour' }).click();
    await expect(page.getByText('This chart did not load')).toBeVisible();
  },
  offline: async (page: Page) => {
    await serve(page, finalChart());
    await page.goto('/?region=CA');
    await expect(page.locator('[data-row]')).toHaveCount(10);
    await page.context().setOffline(true);
  },
  revised: async (page: Page) => {
    await serve(page, revisedChart());
    await page.goto('/?region=CA');
  },
  share: async (page: Page) => {
    await page.setViewportSize(PHONE);
    await serve(page, finalChart());
    await page.goto('/?region=CA');
    await expect(page.locator('[data-row]')).toHaveCount(10);
    await page.getByRole('button', { name: 'Share or save' }).click();
  },
  loading: async (page: Page) => {
    await serve(page, finalChart());
    await page.route('**/v1/charts/**', () => undefined);
    await page.goto('/?region=CA');
  },
};

for (const [state, reach] of Object.entries(STATES)) {
  test(`${state}, in its looks`, async ({ page }) => {
    await reach(page);
    await expect(page.getByText(SAYS[state as keyof typeof STATES]).first()).toBeVisible();
    // What only a phone has is looked at there alone.
    const looks = state === 'share' ? THREE_LOOKS.filter(({ width }) => width === PHONE.width) : THREE_LOOKS;
    await expectLooks(page, looks, `states/${state}`, { within: WITHIN[state] });
  });
}

/** As if the connection had come back: the page reads at once instead of at its next turn. */
const refresh = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('online')));

test('a pipeline that fails and recovers is told in a live region that was there before', async ({
  page,
}) => {
  await serve(page, finalChart(), QUARTER_PAST, allWell(QUARTER_PAST));
  await page.goto('/?region=CA');
  await expect(page.getByText('Hours settled to')).toBeVisible();
  await expect(page.locator('.source')).not.toContainText(/ingestion/i);
  const region = await page.locator('[role=status]:empty:has(+ .columns)').elementHandle();
  await serve(page, finalChart(), QUARTER_PAST, failed());
  await refresh(page);
  await expect(page.getByText('Hour charts are late: 14:00–15:00 was due at 15:15 UTC.')).toBeVisible();
  await expect(page.getByText('top_songs_hourly failed at 15:03 UTC in load: Cannot load')).toBeVisible();
  expect(await region?.textContent()).toContain('top_songs_hourly failed');
  const log = page.getByRole('link', { name: 'Log of top_songs_hourly, opens in a new tab' });
  await expect(log).toHaveAttribute('target', '_blank');
  await expect(log).toHaveAttribute('rel', 'noopener');
  await serve(page, finalChart(), QUARTER_PAST, allWell(QUARTER_PAST));
  await refresh(page);
  await expect(page.locator('.troubles')).toHaveCount(0);
});

test('a status that cannot be read, or is from an older service, says nothing', async ({ page }) => {
  await serve(page, finalChart(), QUARTER_PAST, failed());
  await page.goto('/?region=CA');
  await expect(page.locator('.troubles')).toBeVisible();
  await page.route('**/v1/status', (route) => route.fulfill({ status: 503 }));
  await refresh(page);
  await expect(page.locator('.troubles')).toHaveCount(0);
  const { now, stages } = allWell(QUARTER_PAST);
  await page.route('**/v1/status', (route) => route.fulfill({ json: { now, stages } }));
  await Promise.all([page.waitForResponse('**/v1/status'), refresh(page)]);
  await expect(page.getByText('15:00 UTC', { exact: true })).toBeVisible();
  await expect(page.locator('[data-row]')).toHaveCount(10);
  await expect(page.locator('.troubles')).toHaveCount(0);
});

test('a refresh that fails keeps the chart, and says since when', async ({ page }) => {
  await serve(page, finalChart());
  await page.goto('/?region=CA');
  await expect(page.locator('[data-row]')).toHaveCount(10);
  await page.route('**/v1/charts/**', (route) => route.abort());
  await refresh(page);
  await expect(page.getByText('not refreshed since 14:04 UTC, trying again')).toBeVisible();
  await expect(page.locator('[data-row]')).toHaveCount(10);
});

test('offline, the chart stays and says as of when it is', async ({ page, context }) => {
  await serve(page, finalChart());
  await page.goto('/?region=CA');
  await expect(page.locator('[data-row]')).toHaveCount(10);
  await context.setOffline(true);
  await expect(page.getByText('You are offline. This is the chart as of 14:04 UTC.')).toBeVisible();
  await shot(page, 'states/offline-1440');
  await context.setOffline(false);
  await expect(page.getByText('You are offline.')).toHaveCount(0);
});

test('a service that stays down from the start still shows the chart of the last visit', async ({ page }) => {
  await serve(page, finalChart());
  await page.goto('/?region=CA');
  await expect(page.locator('[data-row]')).toHaveCount(10);
  await page.route('**/v1/**', (route) => route.fulfill({ status: 503 }));
  await page.reload();
  await expect(page.getByText('answered with an error (503)')).toBeVisible();
  await expect(page.locator('.board.dimmed .row[data-song]')).toHaveCount(9);
});

test('a region is picked with the mouse', async ({ page }) => {
  await serve(page, finalChart());
  await page.goto('/?region=CA');
  await page.getByRole('button', { name: 'choose another region' }).click();
  await page.getByRole('option', { name: 'France' }).click();
  await expect(page).toHaveURL(/region=FR/);
  await expect(page.getByRole('button', { name: 'choose another region' })).toBeFocused();
});

test('P opens the periods with the focus on the chosen one, and Esc gives it back', async ({ page }) => {
  await serve(page, finalChart());
  await page.goto('/?region=CA');
  await expect(page.locator('[data-row]')).toHaveCount(10);
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: '13:00–14:00 UTC, final', exact: true })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: '14:00–15:00 UTC, provisional' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'choose another hour' })).toBeFocused();
});

test('periods that do not load are not called missing, and Try again reads them', async ({ page }) => {
  await serve(page, finalChart());
  await page.goto('/?region=CA');
  await expect(page.locator('[data-row]')).toHaveCount(10);
  const answers: ((status: number) => void)[] = [];
  await page.route('**/periods?**', async (route) => {
    const status = await new Promise<number>((answer) => answers.push(answer));
    return status === 200 ? route.fallback() : route.fulfill({ status });
  });
  await page.keyboard.press('p');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Loading the hours…')).toBeVisible();
  await expect(dialog.locator('[inert] .slots')).toHaveCount(2);
  answers.shift()?.(503);
  await expect(dialog.getByText('The hours did not load.')).toBeVisible();
  const tryAgain = dialog.getByRole('button', { name: 'Try again' });
  await expect(tryAgain).toBeFocused();
  await shot(page, 'states/periods-failed-1440');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Trying again…' })).toBeFocused();
  await expect.poll(() => answers.length).toBe(1);
  answers.shift()?.(200);
  await expect(dialog.getByRole('button', { name: '13:00–14:00 UTC, final', exact: true })).toBeFocused();
  await dialog.getByRole('button', { name: 'Previous month' }).click();
  await expect(dialog.getByText('Loading the hours…')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'final' })).toHaveCount(0);
  await expect(dialog.getByText('hours in UTC')).toHaveCount(0);
});

test('a click in the padding of the list of keys leaves it open, one beside it closes it', async ({
  page,
}) => {
  await serve(page, finalChart());
  await page.goto('/?region=CA');
  await expect(page.locator('[data-row]')).toHaveCount(10);
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  const box = await dialog.boundingBox();
  if (!box) throw new Error('the dialog is open');
  await page.mouse.click(box.x + 5, box.y + box.height - 5);
  await expect(dialog).toBeVisible();
  await page.mouse.click(box.x - 20, box.y);
  await expect(dialog).toBeHidden();
});

test('a chart without a balance says that it has none', async ({ page }) => {
  await serve(page, { ...finalChart(), balance: null });
  await page.goto('/?region=CA');
  await expect(page.locator('.balance')).toContainText('Not shown: this chart has no balance.');
  await expect(page.locator('.chip')).toHaveText('Final');
});

test('what was saved is told in a live region that was there before', async ({ page }) => {
  await serve(page, finalChart());
  await page.goto('/?region=CA');
  const region = await page.locator('.exports [role=status]').elementHandle();
  await page.getByRole('button', { name: 'PNG' }).click();
  await expect(page.getByText('PNG saved')).toBeVisible();
  expect(await region?.textContent()).toBe('PNG saved');
});

test.describe('with motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('a revision while the page is open says which ranks changed, and lets the rows glide', async ({
    page,
  }) => {
    const chart = finalChart();
    await serve(page, chart);
    await page.goto('/?region=CA');
    await expect(page.locator('.chip')).toHaveText('Final');
    const [one, two, three, ...rest] = chart.entries;
    if (!one || !two || !three) throw new Error('the fixture has ten entries');
    const swapped = [one, { ...three, position: 2, rank: 2 }, { ...two, position: 3, rank: 3 }, ...rest];
    await serve(page, { ...chart, revision: 3, entries: swapped });
    const glides = page.waitForFunction(() => document.getAnimations().length > 0);
    await refresh(page);
    await glides;
    await expect(page.locator('.chip')).toHaveText('Revised');
    await expect(page.getByText('revision 3: #2 and #3 swapped')).toBeVisible();
  });

  for (const width of [1440, 768, 390]) {
    test(`nothing moves while the page comes up, however late its parts are, at ${width}`, async ({
      page,
    }) => {
      await page.setViewportSize({ width, height: 900 });
      await watchShifts(page);
      await serve(page, finalChart());
      await page.route('**/v1/**', async (route) => {
        const late = /charts/.test(route.request().url()) ? 500 : 900;
        await new Promise((later) => setTimeout(later, late));
        await route.fallback();
      });
      await page.goto('/?region=CA');
      await expect(page.locator('[data-row]')).toHaveCount(10);
      await expectNoShifts(page);
    });
  }

  test('letters that come late move nothing', async ({ page }) => {
    await watchShifts(page);
    await serve(page, finalChart());
    await page.route('**/*.woff2', async (route) => {
      await new Promise((later) => setTimeout(later, 1500));
      await route.fallback();
    });
    await page.goto('/?region=CA');
    await expect(page.locator('[data-row]')).toHaveCount(10);
    await page.evaluate(() => document.fonts.ready);
    await expectNoShifts(page);
  });

  test('the exact time and its zone stand behind the words, on hover and on focus', async ({ page }) => {
    await serve(page, finalChart());
    await page.goto('/?region=CA');
    const words = page.getByRole('button', { name: /^4 minutes ago, revision 2/ });
    const exact = () =>
      words.evaluate((element) => {
        const { content, visibility, opacity } = getComputedStyle(element, '::after');
        return visibility === 'hidden' || opacity === '0' || content === 'none' ? '' : content;
      });
    expect(await exact()).toBe('');
    await words.hover();
    await expect.poll(exact).toContain('Sun 22 Nov 2026, 14:00:38 UTC');
    await page.mouse.move(2, 2);
    await expect.poll(exact).toBe('');
    await page.getByRole('button', { name: 'choose another region' }).focus();
    await page.keyboard.press('Tab');
    await expect(words).toBeFocused();
    await expect.poll(exact).toContain('Sun 22 Nov 2026, 14:00:38 UTC');
  });
});
