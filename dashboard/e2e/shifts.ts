import { expect, type Page } from '@playwright/test';

/** Sums up from the page's start what moves on it without being asked to. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts = { total: 0 };
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        shifts.total += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

export async function expectNoShifts(page: Page): Promise<void> {
  // What would come late has this long to come.
  await page.waitForTimeout(500);
  const shifts = await page.evaluate(() => (window as unknown as { shifts: { total: number } }).shifts.total);
  expect(shifts).toBeLessThan(0.02);
}
