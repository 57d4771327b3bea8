import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { finalChart } from './fixtures/charts';
import { serve } from './fixtures/service';

test('the first load is under 150 kB of JavaScript', async ({ page }) => {
  const scripts: Promise<Buffer>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body());
  });
  await serve(page, finalChart());
  await page.goto('/?region=CA', { waitUntil: 'networkidle' });
  await expect(page.locator('[data-row]')).toHaveCount(10);
  const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).length);
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000);
});
