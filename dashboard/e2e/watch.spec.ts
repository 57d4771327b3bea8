import { type Browser, expect, type Page, test } from '@playwright/test';
import type { Chart, ChartChange } from '../src/api/types';
import { SCREENS } from './screens';
import { ask, digits, expectBoard, search } from './stack';

// Three readers of one chart, each on another screen, while the journey (launcher) kills serving-api, waits until they listen
// again, and then has a late play charted. TOP_SONGS_WATCHED is that chart's address in the API.

const WATCHED = process.env.TOP_SONGS_WATCHED;
/** What takes the stack longest: it starts jobs for the one play. */
const PATIENCE = 8 * 60_000;

interface Told {
  change: ChartChange;
  at: number;
}

interface Recorded {
  told: Told[];
  troubles: Set<string>;
}

interface Reader {
  page: Page;
  /** The changes of the chart that the page was told of, and when. */
  told(): Promise<Told[]>;
  /** What the page said was wrong, for however short a time. */
  troubles(): Promise<string>;
  /** When the page asked for the chart. */
  asked: number[];
}

test('pages that are open get over the death of the service, and show a late play when they are told of it', async ({
  browser,
  request,
  baseURL,
}) => {
  test.setTimeout(2 * PATIENCE);
  if (!WATCHED)
    throw new Error('Cannot watch: TOP_SONGS_WATCHED names no chart; the journey of the launcher does');
  const before = await ask<Chart>(request, WATCHED);
  const readers = await Promise.all(
    SCREENS.map(({ name: _, ...screen }) => open(browser, { ...screen, baseURL: baseURL ?? '' }, before)),
  );
  const each = (look: (reader: Reader) => Promise<unknown>) => Promise.all(readers.map(look));

  await test.step('without the service the chart stays, and says how old it is', () =>
    each(async ({ page, troubles }) => {
      await expect.poll(troubles, { timeout: PATIENCE }).toContain('not refreshed since');
      await expectBoard(page, before);
    }));
  await test.step('it comes back', () =>
    each(async ({ page }) => {
      await expectTold(page);
      await expect(page.getByText('trying again')).toHaveCount(0);
    }));
  await test.step('the late play is on every page', () =>
    each(async ({ page }) => {
      await expect(page.locator('.balance')).toContainText((received(before) + 1).toLocaleString('en-GB'), {
        timeout: PATIENCE,
      });
    }));

  const after = await ask<Chart>(request, WATCHED);
  expect(after.revision).toBeGreaterThan(before.revision);
  for (const { page, told, asked } of readers) {
    await expectBoard(page, after);
    const plays = await page.locator('[data-row] .plays').allInnerTexts();
    expect(plays.map((text) => digits(text.split('\n')[0] ?? ''))).toEqual(after.entries.map((e) => e.plays));
    const last = (await told()).at(-1);
    expect(last?.change).toMatchObject({ region: after.region, revision: after.revision });
    // It was read because it was told, and not because a minute was over.
    const soon = asked.filter((at) => at >= (last?.at ?? 0) && at < (last?.at ?? 0) + 2000);
    expect(soon.length).toBeGreaterThan(0);
  }
});

async function open(
  browser: Browser,
  options: Parameters<Browser['newContext']>[0],
  chart: Chart,
): Promise<Reader> {
  const page = await (await browser.newContext(options)).newPage();
  await page.addInitScript(() => {
    const told: object[] = [];
    const Source = window.EventSource;
    const troubles = new Set<string>();
    Object.assign(window, { told, troubles });
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll('.trouble')) troubles.add(textContent ?? '');
    }).observe(document, { subtree: true, childList: true, characterData: true });
    window.EventSource = class extends Source {
      constructor(url: string | URL) {
        super(url);
        this.addEventListener('chart', ({ data }) => told.push({ change: JSON.parse(data), at: Date.now() }));
      }
    };
  });
  const asked: number[] = [];
  page.on('request', (request) => {
    if (/\/v1\/charts\/\w+\/(hour|day)\?/.test(request.url())) asked.push(Date.now());
  });
  await page.goto(search(chart));
  await expectBoard(page, chart);
  const told = () => page.evaluate(() => (window as unknown as Recorded).told);
  const troubles = () => page.evaluate(() => [...(window as unknown as Recorded).troubles].join('; '));
  return { page, told, troubles, asked };
}

/** After a refusal the page tries the stream again in a minute. */
async function expectTold(page: Page): Promise<void> {
  await expect(page.getByText('Live: what changes shows at once.')).toBeVisible({ timeout: 180_000 });
}

function received(chart: Chart): number {
  if (!chart.balance) throw new Error('Cannot watch: the chart has no balance');
  return chart.balance.received;
}
