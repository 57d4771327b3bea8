import { expect, type Page, test } from '@playwright/test';
import { holdBack } from './fixtures/service';
import { openWorld, serveWorld } from './fixtures/world';
import { ALL_LOOKS, drawn, expectLooks, PHONE, THREE_LOOKS } from './looks';
import { expectNoShifts, watchShifts } from './shifts';

const tiles = (page: Page) => page.getByRole('list', { name: 'Number ones by region' }).getByRole('link');
const tile = (page: Page, name: string | RegExp) => tiles(page).filter({ hasText: name });
const refresh = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event('online')));

async function openMap(page: Page): Promise<void> {
  await serveWorld(page);
  await page.goto('/world');
  await expect(tiles(page)).toHaveCount(58);
}

/** What a reader must be told in each state, and how it is reached. */
const STATES: Record<string, { says: string; all?: boolean; reach(page: Page): Promise<void> }> = {
  map: { says: 'Biggest climbers', all: true, reach: openMap },
  open: {
    says: '8 of 9 regions, 1 held',
    reach: async (page) => {
      await serveWorld(page, openWorld(), '2026-11-22T14:14:10Z');
      await page.goto('/world?at=2026-11-22T14:00:00Z');
    },
  },
  table: {
    says: 'South Africa',
    reach: async (page) => {
      await serveWorld(page);
      await page.goto('/world?view=table');
    },
  },
  compare: {
    says: '4 songs are in all three Top 10s, 4 more in two.',
    all: true,
    reach: async (page) => {
      await serveWorld(page);
      await page.goto('/world?compare=CA,US,MX');
      await expect(page.locator('.compare-table')).toHaveCount(3);
      await page.locator('button.also').first().click();
    },
  },
  periods: {
    says: 'November 2026',
    reach: async (page) => {
      await openMap(page);
      await page.getByRole('button', { name: 'choose another hour' }).click();
    },
  },
  keys: {
    says: 'Compare regions',
    reach: async (page) => {
      await openMap(page);
      await page.keyboard.press('?');
    },
  },
  future: {
    says: 'It opens at 15:00 UTC.',
    reach: async (page) => {
      await serveWorld(page);
      await page.goto('/world?at=2026-11-22T15:00:00Z');
    },
  },
  offline: {
    says: 'You are offline',
    reach: async (page) => {
      await openMap(page);
      await page.context().setOffline(true);
      await page.route('**/v1/world/**', (route) => route.abort());
      await page.getByRole('button', { name: 'Previous hour' }).click();
    },
  },
  loading: {
    says: 'Loading the latest hour…',
    reach: async (page) => {
      await serveWorld(page);
      await page.route('**/v1/world/**', () => undefined);
      await page.goto('/world');
    },
  },
  empty: {
    says: 'No plays yet this hour',
    reach: async (page) => {
      await serveWorld(page);
      await page.goto('/world?at=2026-11-22T14:00:00Z');
    },
  },
  nothing: {
    says: 'No hour has been counted yet',
    reach: async (page) => {
      await serveWorld(page, null);
      await page.goto('/world');
    },
  },
  error: {
    says: 'The world chart did not load',
    reach: async (page) => {
      await openMap(page);
      await page.route('**/v1/world/**', (route) => route.fulfill({ status: 503 }));
      await page.getByRole('button', { name: 'Previous hour' }).click();
    },
  },
};

for (const [state, { says, all = false, reach }] of Object.entries(STATES)) {
  test(`${state}, in its looks`, async ({ page }) => {
    await reach(page);
    await expect(page.getByText(says).first()).toBeVisible();
    await expectLooks(page, all ? ALL_LOOKS : THREE_LOOKS, `world/${state}`, { fullPage: true });
  });
}

test('the page itself answers 200, and the navigation leads to it', async ({ page }) => {
  await serveWorld(page);
  await page.goto('/');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'World' }).click();
  await expect(page).toHaveURL(/\/world$/);
  await expect(page).toHaveTitle('World, Sun 22 Nov 2026, 13:00–14:00 UTC · Top Songs');
  expect((await page.goto('/world?granularity=hour'))?.status()).toBe(200);
});

test('every region is a tile that names its number one and leads to its chart', async ({ page }) => {
  await openMap(page);
  await expect(tile(page, 'Canada')).toHaveText(
    'CA Canada: Copper Weather, Ines Varga & The Lowlands, new No. 1',
  );
  await expect(tile(page, 'Estonia')).toHaveText('EE Estonia: Vihm ei tea, Kadri Tamm, tied');
  await expect(tile(page, 'Singapore')).toHaveText('SG Singapore: 밤의 주파수, 윤슬 라디오, provisional');
  await expect(tile(page, 'Faroe Islands')).toContainText('s-0060');
  await expect(tile(page, 'Canada')).toHaveAttribute(
    'href',
    '/?region=CA&granularity=hour&at=2026-11-22T13:00:00Z',
  );
  await page.goto('/world?at=2026-11-22T13:30:00Z');
  await expect(page.locator('.status-line')).toContainText('56 of 58 regions, 2 provisional');
});

test('the key counts the tiles', async ({ page }) => {
  await openMap(page);
  await expect(page.getByRole('list', { name: 'Key of the map' }).getByRole('listitem')).toHaveText([
    '12Copper Weather Ines Varga & The Lowlands',
    '6ليل الميناء سُهى القاضي',
    '5밤의 주파수 윤슬 라디오',
    '5Cidade de Vidro Rita Alvim',
    '30other songs, 1 to 4 regions each',
    '8new No. 1 this hour',
    '2not settled yet',
  ]);
  for (const [fill, count] of Object.entries({ first: 12, second: 6, third: 5, fourth: 5, plain: 30 })) {
    await expect(page.locator(`.tiles .tile.${fill}`)).toHaveCount(count);
  }
  await expect(page.locator('.tiles .fresh')).toHaveCount(8);
});

test('no tile hides another, and the key hides none', async ({ page }) => {
  await openMap(page);
  for (const width of [1440, 1000, 768, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const overlaps = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll('.tiles > li, .world-key')].map((element) => ({
        name: element.textContent,
        box: element.getBoundingClientRect(),
      }));
      return boxes.flatMap(({ name, box: a }, i) =>
        boxes
          .slice(i + 1)
          .filter(
            ({ box: b }) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom,
          )
          .map((other) => `${name} and ${other.name}`),
      );
    });
    expect(overlaps).toEqual([]);
  }
});

test('arrow keys go from tile to tile, and the map can be skipped', async ({ page }) => {
  await openMap(page);
  await tile(page, 'Canada').focus();
  await page.keyboard.press('ArrowDown');
  await expect(tile(page, 'United States')).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  await expect(tile(page, 'Iceland')).toBeFocused();
  // Back over the tile before, and the songs of the key.
  for (let i = 0; i < 6; i++) await page.keyboard.press('Shift+Tab');
  const skip = page.getByRole('link', { name: 'Skip the map' });
  await expect(skip).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.locator('.climbers a').first()).toBeFocused();
});

test('climbers, new entries and long runs lead to the regions they are of', async ({ page }) => {
  await openMap(page);
  const climber = page.getByRole('region', { name: 'Biggest climbers' }).getByRole('row').nth(1);
  await expect(climber.getByRole('cell')).toHaveText([/8.*up 8/, /Danfo Sunday/, 'South Africa', '10', '2']);
  await expect(climber.getByRole('link', { name: 'South Africa' })).toHaveAttribute(
    'href',
    /region=ZA&granularity=hour&at=/,
  );
  await expect(climber.getByRole('link', { name: 'Danfo Sunday' })).toHaveAttribute(
    'href',
    '/song/s-0058?regions=ZA,GLOBAL&granularity=hour',
  );
  const entries = page.getByRole('region', { name: 'New entries' }).getByRole('row');
  await expect(entries).toHaveText([/Rank/, /3.*new/s, /4.*new/s, /8.*re-entry/s]);
  const runs = page.getByRole('region', { name: 'No. 1s longest on the chart' }).getByRole('row');
  await expect(runs).toHaveCount(11);
});

test('a running hour in which nothing has moved yet says so', async ({ page }) => {
  await STATES.open?.reach(page);
  await expect(page.getByText('No song rose within a Top 10 this hour.')).toBeVisible();
  await expect(page.getByText('No song came into a Top 10 this hour.')).toBeVisible();
  await expect(page.locator('.tiles .tile.provisional')).toHaveCount(8);
  await expect(page.locator('.tile-song').getByText('no plays')).toHaveCount(1);
});

test('the stepper and its keys lead to other periods, and the URL keeps what is shown', async ({ page }) => {
  await openMap(page);
  await page.keyboard.press('[');
  await expect(page).toHaveURL(/\/world\?granularity=hour&at=2026-11-22T12:00:00Z$/);
  await expect(page.getByText('There is no chart for this hour')).toBeVisible();
  await expect(page.locator('.world-map.dimmed')).toBeVisible();
  await page.getByRole('button', { name: 'See 13:00–14:00, final' }).click();
  await expect(tiles(page)).toHaveCount(58);
  await page.keyboard.press('t');
  await expect(page).toHaveURL(/at=2026-11-22T13:00:00Z&view=table$/);
  await expect(page.locator('[data-row]')).toHaveCount(58);
  await page.reload();
  await expect(page.locator('[data-row]')).toHaveCount(58);
  await page.goBack();
  await expect(tiles(page)).toHaveCount(58);
  await page.keyboard.press('d');
  await expect(page).toHaveURL(/granularity=day&at=2026-11-22T00:00:00Z$/);
});

test('the table can be sorted by its heads', async ({ page }) => {
  await serveWorld(page);
  await page.goto('/world?view=table');
  const first = page.locator('[data-row]').first();
  await expect(first).toContainText('Angola');
  await page.getByRole('button', { name: 'All plays' }).click();
  await expect(page.getByRole('columnheader', { name: 'All plays' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect(first).toContainText('400,488');
  await page.getByRole('button', { name: 'Region', exact: true }).click();
  await page.getByRole('button', { name: 'Region', exact: true }).click();
  await expect(first).toContainText('Vietnam');
});

test('J and K go through the rows of the table, Enter leads to the song of one', async ({ page }) => {
  await serveWorld(page);
  await page.goto('/world?view=table');
  await expect(page.locator('[data-row]')).toHaveCount(58);
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(page.locator('[data-row]').nth(1)).toBeFocused();
  await page.keyboard.press('k');
  await expect(page.locator('[data-row]').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/song\/s-/);
});

test('the table has every figure of the map, by name', async ({ page }) => {
  await serveWorld(page);
  await page.goto('/world?view=table');
  const table = page.getByRole('region', { name: /^Number ones by region/ });
  const row = table.getByRole('row', { name: 'Canada' });
  await expect(row.getByRole('cell')).toHaveText([
    'Copper Weather',
    'Ines Varga & The Lowlands',
    'from 2',
    '18,204',
    '4.55%',
    /\d/,
    '400,488',
    'Final',
  ]);
  await expect(table.getByRole('row', { name: 'Singapore' })).toContainText('Provisional');
});

test('regions are compared side by side, and shared songs say where else they stand', async ({ page }) => {
  await openMap(page);
  await page.keyboard.press('c');
  await expect(page).toHaveURL(/compare=[A-Z]{2},[A-Z]{2}$/);
  await page.getByLabel('Region 1').focus();
  await page.getByLabel('Region 1').selectOption('CA');
  await expect(page.getByLabel('Region 1')).toBeFocused();
  await page.getByLabel('Region 2').selectOption('US');
  await expect(page).toHaveURL(/compare=CA,US$/);
  await expect(page.getByText('8 songs are in both Top 10s.')).toBeVisible();
  const lists = page.locator('.compare-column');
  await expect(lists).toHaveCount(2);
  await expect(lists.first().locator('tr.shared')).toHaveCount(8);
  await expect(lists.first().getByRole('row').nth(3)).toContainText('also US 1');
  await expect(lists.first().getByRole('link', { name: 'Copper Weather' })).toHaveAttribute(
    'href',
    '/song/s-0001?regions=CA,GLOBAL&granularity=hour',
  );
  await lists
    .first()
    .getByRole('button', { name: /^also US 1 ?: mark 밤의 주파수/ })
    .click();
  await expect(page.locator('tr.picked')).toHaveCount(2);
  await page.getByRole('button', { name: 'Add a region' }).click();
  await expect(lists).toHaveCount(3);
  await expect(page.getByLabel('Region 3')).toBeFocused();
  await page.getByLabel('Region 3').selectOption('MX');
  await expect(page.getByLabel('Region 3')).toBeFocused();
  await expect(page.getByText('4 songs are in all three Top 10s, 4 more in two.')).toBeVisible();
  await page.getByRole('button', { name: 'Leave out Mexico' }).press('Enter');
  await expect(lists).toHaveCount(2);
  await expect(page.getByLabel('Region 2')).toBeFocused();
  await page.getByLabel('Region 2').blur();
  await page.keyboard.press('m');
  await expect(tiles(page)).toHaveCount(58);
});

test('a compared region without a chart says so, beside those that have one', async ({ page }) => {
  await serveWorld(page);
  await page.goto('/world?compare=CA,XQ');
  await expect(page.getByText('No chart of XQ for this hour.')).toBeVisible();
  await expect(page.locator('.compare-table')).toHaveCount(1);
});

test('a comparison stands while it is read, also before it is known which hour is the latest', async ({
  page,
}) => {
  await serveWorld(page);
  const answer = await holdBack(page, '**/v1/world/**');
  await page.goto('/world?compare=CA,US');
  await expect(page.getByText('Loading the charts…')).toBeVisible();
  await expect(page.locator('.compare-column')).toHaveCount(2);
  await expect(page.locator('.world-map')).toHaveCount(0);
  answer();
  await expect(page.locator('.compare-table')).toHaveCount(2);
});

test('the columns of the hour before stay for the moments until those of another come', async ({ page }) => {
  await serveWorld(page);
  await page.goto('/world?compare=CA,US');
  await expect(page.locator('.compare-table')).toHaveCount(2);
  // Those moments do not end, however slow the machine is: the page's timers stand.
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 1000));
  await page.evaluate(() => {
    const seen = { fewest: 2 };
    Object.assign(window, { seen });
    new MutationObserver(() => {
      seen.fewest = Math.min(seen.fewest, document.querySelectorAll('.compare-table').length);
    }).observe(document.body, { childList: true, subtree: true });
  });
  const answer = await holdBack(page, '**/v1/charts/**');
  const read = page.waitForResponse(/\/v1\/charts\/US\/hour\?at=2026-11-22T12/);
  await page.getByRole('button', { name: 'Previous hour' }).click();
  await expect(page).toHaveURL(/at=2026-11-22T12:00:00Z/);
  await expect(page.locator('.compare-table')).toHaveCount(2);
  answer();
  await read;
  await page.clock.resume();
  await drawn(page);
  await expect(page.locator('.compare-table')).toHaveCount(2);
  expect(await page.evaluate(() => (window as unknown as { seen: { fewest: number } }).seen.fewest)).toBe(2);
});

test('charts that do not load are read again when asked for', async ({ page }) => {
  await serveWorld(page);
  let silent = true;
  await page.route('**/v1/charts/US/**', (route) =>
    silent ? route.fulfill({ status: 503 }) : route.fallback(),
  );
  await page.goto('/world?compare=CA,US');
  await expect(page.getByText('United States did not load. Nothing is lost')).toBeVisible();
  // One that fails hides none of the others, and is not said to have no chart.
  await expect(page.locator('.compare-table')).toHaveCount(1);
  await expect(page.getByText('No chart of')).toHaveCount(0);
  silent = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.compare-table')).toHaveCount(2);
});

test('a refresh that fails keeps the map and says so; the next puts it right', async ({ page }) => {
  await openMap(page);
  let silent = true;
  await page.route('**/v1/world/**', (route) => (silent ? route.abort() : route.fallback()));
  await refresh(page);
  await expect(page.getByText('not refreshed at 14:04 UTC, trying again')).toBeVisible();
  await expect(tiles(page)).toHaveCount(58);
  silent = false;
  await refresh(page);
  await expect(page.getByText('56 of 58 regions, 2 provisional')).toBeVisible();
});

test('a service that is down from the start still shows the world of the last visit', async ({ page }) => {
  await openMap(page);
  await page.route('**/v1/**', (route) => route.fulfill({ status: 503 }));
  await page.reload();
  await expect(page.getByText('answered with an error (503)')).toBeVisible();
  await expect(page.locator('.world-map.dimmed .tile')).toHaveCount(58 + 7);
});

test('on a phone the names behind the codes are a touch away', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await openMap(page);
  await page.getByRole('button', { name: 'See the songs by name' }).click();
  await expect(page).toHaveURL(/view=table$/);
  await expect(page.locator('[data-row]')).toHaveCount(58);
});

test('opened on a phone, tiles are their codes and far enough apart for fingers', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openMap(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  const [left, right] = await Promise.all(['Norway', 'Sweden'].map((name) => tile(page, name).boundingBox()));
  expect((right?.x ?? 0) - (left?.x ?? 0)).toBeGreaterThanOrEqual(23.8);
});

test.describe('with motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  for (const size of [{ width: 1440, height: 900 }, { width: 768, height: 1024 }, PHONE]) {
    test(`nothing moves while the page comes up, at ${size.width}`, async ({ page }) => {
      await page.setViewportSize(size);
      await watchShifts(page);
      await serveWorld(page);
      await page.route('**/v1/world/**', async (route) => {
        await new Promise((later) => setTimeout(later, 500));
        await route.fallback();
      });
      await page.goto('/world');
      await expect(tiles(page)).toHaveCount(58);
      await expectNoShifts(page);
    });

    test(`nothing moves while a comparison comes up, at ${size.width}`, async ({ page }) => {
      await page.setViewportSize(size);
      await watchShifts(page);
      await serveWorld(page);
      await page.route(/\/v1\/(world|charts)\//, async (route) => {
        await new Promise((later) => setTimeout(later, 500));
        await route.fallback();
      });
      await page.goto('/world?compare=CA,US');
      await expect(page.locator('.compare-table')).toHaveCount(2);
      await expectNoShifts(page);
    });
  }
});
