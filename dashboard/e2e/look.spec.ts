import { expect, type Page, test } from '@playwright/test';
import {
  finalChart,
  heldChart,
  longTitlesChart,
  provisionalChart,
  threeEntriesChart,
} from './fixtures/charts';
import { serve } from './fixtures/service';

const SIZES = { 1440: [1440, 900], 768: [768, 1024], 390: [390, 844], 360: [360, 740] } as const;
const FOLDER = 'test-results/screenshots/states';

async function shot(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(250);
  await page.screenshot({ path: `${FOLDER}/${name}.png`, fullPage: name.includes('full') });
}

for (const [width, [w, h]] of Object.entries(SIZES)) {
  for (const theme of ['light', 'dark'] as const) {
    test(`final chart at ${width} ${theme}`, async ({ page }) => {
      await page.setViewportSize({ width: w, height: h });
      await page.emulateMedia({ colorScheme: theme });
      await serve(page, finalChart());
      await page.goto('/?region=CA');
      await expect(page.getByRole('row')).toHaveCount(11);
      await shot(page, `final-${width}-${theme}`);
    });
  }
}

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
  loading: async (page: Page) => {
    await serve(page, finalChart());
    await page.route('**/v1/charts/**', () => undefined);
    await page.goto('/?region=CA');
    await page.waitForTimeout(600);
  },
};

for (const [state, reach] of Object.entries(STATES)) {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    test(`${state} at ${width}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await reach(page);
      await shot(page, `${state}-${width}`);
    });
  }
}
