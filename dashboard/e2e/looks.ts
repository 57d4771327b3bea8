import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

interface Look {
  width: number;
  height: number;
  theme: 'light' | 'dark';
  /** What axe looks at: another theme changes nothing but the contrast, another width of the same layout nothing at all. */
  axe: 'all' | 'contrast' | 'nothing';
}

const WIDE = { width: 1440, height: 900 };
const TABLET = { width: 768, height: 1024 };
export const PHONE = { width: 390, height: 844 };
const SMALL = { width: 360, height: 740 };

/** For states that differ from others by a sentence. */
export const TWO_LOOKS: readonly Look[] = [
  { ...WIDE, theme: 'light', axe: 'all' },
  { ...PHONE, theme: 'dark', axe: 'all' },
];
export const THREE_LOOKS: readonly Look[] = [...TWO_LOOKS, { ...PHONE, theme: 'light', axe: 'nothing' }];
export const FOUR_LOOKS: readonly Look[] = [
  ...TWO_LOOKS,
  { ...WIDE, theme: 'dark', axe: 'contrast' },
  { ...PHONE, theme: 'light', axe: 'contrast' },
];
export const ALL_LOOKS: readonly Look[] = [
  ...FOUR_LOOKS,
  { ...TABLET, theme: 'light', axe: 'nothing' },
  { ...TABLET, theme: 'dark', axe: 'nothing' },
  { ...SMALL, theme: 'light', axe: 'nothing' },
  { ...SMALL, theme: 'dark', axe: 'nothing' },
];

interface Seen {
  /** The selector of the part that the state is about. */
  within?: string | undefined;
  fullPage?: boolean;
}

/** The page as it stands, in one look after the other: accessible, and never wider than the screen. */
export async function expectLooks(
  page: Page,
  looks: readonly Look[],
  picture: string,
  { within, fullPage = false }: Seen = {},
): Promise<void> {
  for (const { width, height, theme, axe } of looks) {
    await test.step(`${width} ${theme}`, async () => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: theme });
      await shot(page, `${picture}-${width}-${theme}`, fullPage);
      // A canvas hears of its new width a moment after the page has it.
      await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      if (axe !== 'nothing') await expectAccessible(page, axe, within);
    });
  }
}

async function expectAccessible(page: Page, what: 'all' | 'contrast', within?: string): Promise<void> {
  // Legacy mode looks into no frames, of which there are none, and so opens no page of its own.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({
    // Of all that is well it need tell nothing, which would take longer than the looking.
    resultTypes: ['violations'],
    // The size of targets is new in WCAG 2.2, and axe leaves it out unless asked.
    rules: { 'target-size': { enabled: what === 'all' } },
  });
  if (within) axe.include(within);
  if (what === 'contrast') axe.withRules('color-contrast');
  const { violations } = await axe.analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`)).toEqual([]);
}

/** A picture where SCREENSHOTS asks for them; in any case, the page is drawn when it returns. */
export async function shot(page: Page, name: string, fullPage = false): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await drawn(page);
  if (!process.env.SCREENSHOTS) return;
  await page.screenshot({ path: `test-results/screenshots/${name}.png`, fullPage, animations: 'disabled' });
}

/** Returns when the page as it stands now has been drawn. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
