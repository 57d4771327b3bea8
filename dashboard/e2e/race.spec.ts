import { expect, type Page, test } from '@playwright/test';
import { race, serveRace } from './fixtures/lines';
import { ALL_LOOKS, expectLooks, PHONE, TWO_LOOKS } from './looks';
import { expectNoShifts, watchShifts } from './shifts';

const RACE = '/race?region=CA&granularity=hour';
const slider = (page: Page) => page.getByRole('slider', { name: 'The hour that is shown' });
const shown = async (page: Page) => Number(await slider(page).inputValue());
const order = (page: Page) => page.getByRole('table', { name: /^The order of/ });
const songs = (page: Page) => order(page).locator('tbody tr');

/** What a reader must be told in each state, and how it is reached. */
const STATES: Record<
  string,
  { says: string[]; looks: typeof ALL_LOOKS; reach(page: Page): Promise<unknown> }
> = {
  finish: {
    says: [
      'Sun 22 Nov 2026, 13:00–14:00 UTC',
      'Copper Weather',
      '24 hours, Sat 21 Nov 2026, 14:00 to Sun 22 Nov 2026, 14:00 UTC',
    ],
    looks: ALL_LOOKS,
    reach: async (page) => {
      await serveRace(page);
      await page.goto(RACE);
    },
  },
  midway: {
    says: ['Sun 22 Nov 2026, 02:00–03:00 UTC'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveRace(page);
      await page.goto(RACE);
      await slider(page).fill('12');
      await songs(page).nth(3).getByRole('button').click();
    },
  },
  provisional: {
    says: ['Provisional'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveRace(page, race('hour', 'provisional'));
      await page.goto(RACE);
    },
  },
  playing: {
    says: ['Copper Weather'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveRace(page);
      await page.goto(RACE);
      await expect(songs(page)).toHaveCount(10);
      await page.getByRole('button', { name: 'Play' }).click();
      await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
    },
  },
  periods: {
    says: ['November 2026'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveRace(page);
      await page.goto(RACE);
      await page.getByRole('button', { name: 'choose another hour' }).click();
    },
  },
  keys: {
    says: ['Play or pause'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveRace(page);
      await page.goto(RACE);
      await expect(songs(page)).toHaveCount(10);
      await page.keyboard.press('?');
    },
  },
  offline: {
    says: ['You are offline'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveRace(page);
      await page.goto(RACE);
      await expect(songs(page)).toHaveCount(10);
      await page.context().setOffline(true);
      await page.route('**/v1/charts/**/race?**', (route) => route.abort());
      await page.keyboard.press('[');
    },
  },
  days: {
    says: ['30 days, Fri 23 Oct 2026 to Sat 21 Nov 2026 UTC'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveRace(page);
      await page.goto('/race?region=CA&granularity=day');
    },
  },
  gap: {
    says: ['There is no chart of this hour: the lines have a gap here.'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveRace(page);
      await page.goto(RACE);
      await slider(page).fill('6');
    },
  },
  three: {
    says: ['Tout l’hiver dans la cuisine'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      const whole = race();
      const few = whole.songs
        .slice(1, 4)
        .map((racing, i) => ({ ...racing, ranks: racing.ranks.map((rank) => rank && i + 1) }));
      await serveRace(page, { ...whole, songs: few });
      await page.goto(RACE);
    },
  },
  'no-songs': {
    says: ['No hour of these has a song'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveRace(page, { ...race(), songs: [] });
      await page.goto(RACE);
    },
  },
  empty: {
    says: ['It opens at 15:00 UTC.'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveRace(page);
      await page.goto(`${RACE}&at=2026-11-22T15:00:00Z`);
      await expect(page.getByRole('button', { name: 'See 13:00–14:00, final' })).toBeVisible();
    },
  },
  unknown: {
    says: ['There is no region XQ', 'Pick one from the list.'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveRace(page);
      await page.goto('/race?region=XQ');
    },
  },
  loading: {
    says: ['Loading the race…'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveRace(page);
      await page.route('**/v1/charts/**/race?**', () => undefined);
      await page.goto(RACE);
    },
  },
  error: {
    says: ['This race did not load', 'The chart service answered with an error (503). Nothing is lost'],
    looks: TWO_LOOKS,
    reach: async (page) => {
      await serveRace(page);
      await page.route('**/v1/charts/**/race?**', (route) => route.fulfill({ status: 503, json: {} }));
      await page.goto(RACE);
    },
  },
};

for (const [state, { says, looks, reach }] of Object.entries(STATES)) {
  test(`${state}, in its looks`, async ({ page }) => {
    await reach(page);
    for (const words of says) await expect(page.getByText(words).first()).toBeVisible();
    await expectLooks(page, looks, `race/${state}`, { fullPage: true });
  });
}

test('the navigation leads there, and the page answers 200', async ({ page }) => {
  await serveRace(page);
  expect((await page.goto(RACE))?.status()).toBe(200);
  await expect(page).toHaveTitle('Canada, race of the Top 10 · Top Songs');
  const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Race' });
  await expect(link).toHaveAttribute('href', '/race');
  await expect(link).toHaveAttribute('aria-current', 'page');
});

test('it begins at the end, with the order that the service has there', async ({ page }) => {
  await serveRace(page);
  await page.goto(RACE);
  await expect(slider(page)).toHaveValue('23');
  await expect(slider(page)).toHaveAttribute('aria-valuetext', 'Sun 22 Nov 2026, 13:00–14:00 UTC');
  await expect(songs(page)).toHaveCount(10);
  await expect(songs(page).locator('.rank')).toHaveText([
    '1',
    '2',
    '3',
    '4',
    '5',
    '6= tied',
    '6= tied',
    '8',
    '9',
    '10',
  ]);
  await expect(songs(page).first().getByRole('link')).toHaveAttribute(
    'href',
    '/song/s-0001?regions=CA,GLOBAL&granularity=hour',
  );
});

test('arrows, Home and End move the slider, and each order is told when it stands', async ({ page }) => {
  await serveRace(page);
  await page.goto(RACE);
  await slider(page).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(slider(page)).toHaveValue('22');
  await page.keyboard.press('Home');
  await expect(slider(page)).toHaveValue('0');
  await expect(page.getByRole('button', { name: 'Back one hour' })).toBeDisabled();
  const { songs: racing } = race();
  const first = racing.find(({ ranks }) => ranks[0] === 1)?.song;
  await expect(songs(page).first()).toContainText(first?.title ?? first?.song_id ?? '');
  await expect(page.getByRole('status').last()).toContainText(/^Sat 21 Nov 2026, 14:00–15:00 UTC: 1 /);
  // Nothing is known of the hour before the first.
  await expect(songs(page).locator('.mark')).toHaveText(Array.from({ length: 10 }, () => '–'));
  const forward = page.getByRole('button', { name: 'Forward one hour' });
  await forward.click();
  await expect(slider(page)).toHaveValue('1');
  await slider(page).fill('22');
  await forward.press('Enter');
  await expect(slider(page)).toHaveValue('23');
  // At the end it does nothing more, and keeps the focus.
  await expect(forward).toBeDisabled();
  await expect(forward).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(slider(page)).toHaveValue('23');
});

test('a song can be followed: its row stays chosen while the race goes on', async ({ page }) => {
  await serveRace(page);
  await page.goto(RACE);
  await expect(page.locator('.order .chosen')).toContainText('Copper Weather');
  const follow = page.getByRole('button', { name: 'Follow Half Moon Dividend' });
  await follow.press('Enter');
  await page.keyboard.press('Tab');
  await expect(follow).toHaveAttribute('aria-pressed', 'true');
  await slider(page).fill('20');
  await expect(page.locator('.order .chosen')).toContainText('Half Moon Dividend');
  await expect(page.locator('.order .chosen')).toHaveCount(1);
});

test('a pointer on a line chooses its song, and off the lines no more', async ({ page }) => {
  await serveRace(page);
  await page.goto(RACE);
  await expect(page.locator('.order .chosen')).toContainText('Copper Weather');
  const box = await page.locator('.race-canvas').boundingBox();
  if (!box) throw new Error('the canvas is drawn');
  await page.mouse.move(box.x + box.width - 12, box.y + box.height * 0.25);
  await expect(page.locator('.order .chosen .rank')).toHaveText('3');
  await page.mouse.move(2, 2);
  await expect(page.locator('.order .chosen .rank')).toHaveText('1');
});

test('another region, length and period are another race, by the same keys as over a chart', async ({
  page,
}) => {
  await serveRace(page);
  await page.goto(RACE);
  await expect(songs(page)).toHaveCount(10);
  const asked = page.waitForRequest(/race\?at=2026-11-22T12%3A00%3A00Z&periods=24/);
  await page.keyboard.press('[');
  await asked;
  await expect(page).toHaveURL(/\/race\?region=CA&granularity=hour&at=2026-11-22T12:00:00Z$/);
  const month = page.waitForRequest(/\/CA\/day\/race\?at=2026-11-22T00%3A00%3A00Z&periods=30/);
  await page.getByRole('button', { name: 'Day', exact: true }).click();
  await month;
  await page.getByRole('button', { name: 'choose another region' }).click();
  await page.getByPlaceholder('Find a region').fill('japan');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/region=JP/);
  await page.goBack();
  await expect(page).toHaveURL(/region=CA/);
});

test('the keys are listed, and can be switched off', async ({ page }) => {
  await serveRace(page);
  await page.goto(RACE);
  await expect(songs(page)).toHaveCount(10);
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await expect(dialog).toContainText('Play or pause');
  await dialog.getByRole('checkbox').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('d');
  await page.keyboard.press(' ');
  await expect(page).toHaveURL(/granularity=hour$/);
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  await expect(slider(page)).toHaveValue('23');
});

test('a hand on the slider leaves the other keys alive', async ({ page }) => {
  await serveRace(page);
  await page.goto(RACE);
  await slider(page).focus();
  await page.keyboard.press('[');
  await expect(page).toHaveURL(/at=2026-11-22T12:00:00Z$/);
});

test('a race that did not load is read by Try again', async ({ page }) => {
  await serveRace(page);
  await page.route('**/v1/charts/**/race?**', (route) => route.fulfill({ status: 503, json: {} }));
  await page.goto(RACE);
  const tryAgain = page.getByRole('button', { name: 'Try again' });
  await expect(tryAgain).toBeVisible();
  await serveRace(page);
  await tryAgain.press('Enter');
  await expect(songs(page)).toHaveCount(10);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
});

test('where there is no race, the last one is dimmed, and a button leads there', async ({ page }) => {
  await STATES.empty?.reach(page);
  await expect(page.locator('.dimmed .order tbody tr')).toHaveCount(10);
  await page.getByRole('button', { name: 'See 13:00–14:00, final' }).click();
  await expect(page).toHaveURL(/at=2026-11-22T13:00:00Z$/);
  await expect(page.locator('.dimmed')).toHaveCount(0);
  await expect(songs(page)).toHaveCount(10);
  await page.goto('/race?region=XQ');
  await page.getByRole('button', { name: 'Choose a region' }).click();
  await page.getByRole('option', { name: 'Canada' }).click();
  await expect(page).toHaveURL(/region=CA/);
  await expect(songs(page)).toHaveCount(10);
});

test('the lines are drawn however slow the machine is, and however often the page changes its size', async ({
  page,
}) => {
  await serveRace(page);
  const browser = await page.context().newCDPSession(page);
  await browser.send('Emulation.setCPUThrottlingRate', { rate: 8 });
  await page.goto(RACE);
  await expect(songs(page)).toHaveCount(10);
  for (const width of [1440, 390, 768, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => inkPart(page), `at ${width}`).toBeGreaterThan(0.005);
  }
});

/** Which part of the race's canvas is not empty. */
function inkPart(page: Page): Promise<number> {
  return page.locator('.race-canvas canvas').evaluate((canvas: HTMLCanvasElement) => {
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let drawn = 0;
    for (let i = 3; i < pixels.length; i += 4) if ((pixels[i] ?? 0) > 0) drawn += 1;
    return (4 * drawn) / pixels.length;
  });
}

test('opened on a phone, it is as wide as that, and the order is below the lines', async ({ page }) => {
  await page.setViewportSize(PHONE);
  await serveRace(page);
  await page.goto(RACE);
  await expect(songs(page)).toHaveCount(10);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
  const [lines, table] = await Promise.all([
    page.locator('.race-canvas').boundingBox(),
    order(page).boundingBox(),
  ]);
  expect(table?.y).toBeGreaterThan((lines?.y ?? 0) + (lines?.height ?? 0));
});

test('a held period is hollow at the head, as every one that is not settled', async ({ page }) => {
  const heads: number[] = [];
  for (const status of ['final', 'held', 'provisional'] as const) {
    await serveRace(page, race('hour', status));
    await page.goto(RACE);
    await expect(songs(page)).toHaveCount(10);
    await expect.poll(() => inkPart(page)).toBeGreaterThan(0.005);
    heads.push(await yellowAtHead(page));
  }
  expect(heads[0]).toBeGreaterThan(heads[1] ?? 0);
  expect(heads[1]).toBe(heads[2]);
});

/** How many pixels are yellow in the last 14 of the canvas. */
function yellowAtHead(page: Page): Promise<number> {
  return page.locator('.race-canvas canvas').evaluate((canvas: HTMLCanvasElement) => {
    const width = Math.round((14 * canvas.width) / canvas.clientWidth);
    const { data } = canvas.getContext('2d')?.getImageData(canvas.width - width, 0, width, canvas.height) ?? {
      data: [],
    };
    let yellow = 0;
    for (let i = 0; i < data.length; i += 4)
      if ((data[i] ?? 0) > 240 && (data[i + 1] ?? 0) > 200 && (data[i + 2] ?? 255) < 60) yellow += 1;
    return yellow;
  });
}

test('without motion nothing glides, and Play goes on by steps', async ({ page }) => {
  await serveRace(page);
  await page.goto(RACE);
  await slider(page).fill('20');
  await page.keyboard.press(' ');
  await expect(slider(page)).not.toHaveValue('20');
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  expect(await pictureChanges(page)).toBe(0);
  await expect(slider(page)).toHaveValue('23');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
});

/** How often the canvas is another from one frame to the next in a third of a second; a step of the race in it counts none. */
function pictureChanges(page: Page): Promise<number> {
  return page.locator('.race-canvas canvas').evaluate(async (canvas: HTMLCanvasElement) => {
    const slider = document.querySelector<HTMLInputElement>('.player input');
    let changes = 0;
    let before = '';
    let at = slider?.value;
    for (const end = performance.now() + 330; performance.now() < end; ) {
      await new Promise((drawn) => requestAnimationFrame(drawn));
      const now = canvas.toDataURL();
      if (before !== '' && now !== before && slider?.value === at) changes += 1;
      // Of a step, the frame after it is the first that is drawn.
      before = slider?.value === at ? now : '';
      at = slider?.value;
    }
    return changes;
  });
}

test.describe('with motion', () => {
  test.use({ contextOptions: { reducedMotion: 'no-preference' } });

  test('it stands still until it is played; Space plays and pauses, and what stands is told', async ({
    page,
  }) => {
    await serveRace(page);
    await page.goto(RACE);
    await expect(songs(page)).toHaveCount(10);
    await page.waitForTimeout(1200);
    await expect(slider(page)).toHaveValue('23');
    await page.keyboard.press(' ');
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
    const told = page.locator('.race > p[role=status]');
    await expect(told).toBeEmpty();
    // From the start again, because it stood at the end.
    await expect.poll(() => shown(page)).toBeLessThan(20);
    await page.waitForFunction(() => document.getAnimations().length > 0);
    await expect.poll(() => pictureChanges(page)).toBeGreaterThan(0);
    await slider(page).press(' ');
    const stopped = await slider(page).inputValue();
    await expect(told).not.toBeEmpty();
    await page.waitForTimeout(1200);
    await expect(slider(page)).toHaveValue(stopped);
  });

  test('faster is faster', async ({ page }) => {
    await serveRace(page);
    await page.goto(RACE);
    await page.getByRole('button', { name: '4×' }).click();
    const begin = Date.now();
    await page.getByRole('button', { name: 'Play' }).click();
    await expect.poll(() => shown(page)).toBeLessThan(20);
    await expect.poll(() => shown(page)).toBe(23);
    // 23 steps of 900 ms would take 20 s.
    expect(Date.now() - begin).toBeLessThan(15_000);
  });

  for (const width of [1440, 390]) {
    test(`nothing moves while the page comes up, at ${width}`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await watchShifts(page);
      await serveRace(page);
      await page.route('**/v1/charts/**/race?**', async (route) => {
        await new Promise((later) => setTimeout(later, 500));
        await route.fallback();
      });
      await page.goto(RACE);
      await expect(songs(page)).toHaveCount(10);
      await expectNoShifts(page);
    });
  }
});
