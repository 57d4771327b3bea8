import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { finalChart } from './fixtures/charts';
import { serveRace, serveSong } from './fixtures/lines';
import { servePipeline } from './fixtures/pipeline';
import { serve } from './fixtures/service';
import { QUARTER_PAST } from './fixtures/status';
import { serveWorld } from './fixtures/world';

interface Weighed {
  path: string;
  ready: string;
  answer(page: Page): Promise<unknown>;
}

const PAGES: Record<string, Weighed> = {
  chart: { path: '/?region=CA', ready: '[data-row]', answer: (page) => serve(page, finalChart()) },
  world: { path: '/world', ready: '.tiles a', answer: (page) => serveWorld(page) },
  race: { path: '/race?region=CA', ready: '.order tbody tr', answer: (page) => serveRace(page) },
  song: { path: '/song/s-0001', ready: '.ends > span', answer: (page) => serveSong(page) },
  pipeline: {
    path: '/pipeline',
    ready: '.spine',

    answer: (page) => servePipeline(page, {}, QUARTER_PAST),
  },
};

for (const [name, { path, ready, answer }] of Object.entries(PAGES)) {
  test(`the first load of ${name} is under 150 kB of JavaScript`, async ({ page }) => {
    const scripts: Promise<Buffer>[] = [];
    page.on('response', (response) => {
      if (response.request().resourceType() === 'script') scripts.push(response.body());
    });
    await answer(page);
    await page.goto(path, { waitUntil: 'networkidle' });
    await expect(page.locator(ready).first()).toBeVisible();
    const sizes = (await Promise.all(scripts)).map((script) => gzipSync(script).length);
    expect(sizes.length).toBeGreaterThan(0);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000);
  });
}
