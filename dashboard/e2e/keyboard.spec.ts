import { expect, type Page, test } from '@playwright/test';
import { revisedChart, serveEvidence } from './fixtures/evidence';
import { serveRace, serveSong } from './fixtures/lines';
import { servePipeline } from './fixtures/pipeline';
import { serve } from './fixtures/service';
import { QUARTER_PAST } from './fixtures/status';
import { serveWorld } from './fixtures/world';

const PAGES: Record<string, { path: string; ready: string; answer(page: Page): Promise<unknown> }> = {
  chart: {
    path: '/?region=CA',
    ready: '[data-trace]',
    answer: async (page) => {
      await serve(page, revisedChart());
      await serveEvidence(page);
    },
  },
  table: {
    path: '/?region=CA&view=table',
    ready: '[data-row]',
    answer: (page) => serve(page, revisedChart()),
  },
  missing: { path: '/?region=XQ', ready: '.notice', answer: (page) => serve(page, revisedChart()) },
  world: { path: '/world', ready: '.tiles a', answer: (page) => serveWorld(page) },
  comparison: {
    path: '/world?compare=CA,US,MX',
    ready: '.compare-table',
    answer: (page) => serveWorld(page),
  },
  song: { path: '/song/s-0001?regions=CA,DE', ready: '.ends > span', answer: (page) => serveSong(page) },
  race: { path: '/race?region=CA', ready: '.order tbody tr', answer: (page) => serveRace(page) },
  pipeline: { path: '/pipeline', ready: '.spine', answer: (page) => servePipeline(page, {}, QUARTER_PAST) },
  'not-found': { path: '/nowhere', ready: '.page-list', answer: (page) => serve(page, null) },
};

for (const [name, { path, ready, answer }] of Object.entries(PAGES)) {
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    test(`Tab alone reaches every control of ${name} at ${size.width}, and shows where it is`, async ({
      page,
    }) => {
      await page.setViewportSize(size);
      await answer(page);
      await page.goto(path);
      await expect(page.locator(ready).first()).toBeVisible();
      await page.evaluate(() => document.fonts.ready);
      const wanted = await numberControls(page);
      expect(wanted.length).toBeGreaterThan(5);
      const reached = new Set<string>();
      for (let i = 0; i < wanted.length + 5; i++) {
        await page.keyboard.press('Tab');
        const focus = await focused(page);
        if (focus === null) break;
        expect(focus.seen, `the focus on ${focus.words} is seen`).toBe(true);
        reached.add(focus.number);
      }
      expect(wanted.filter(({ number }) => !reached.has(number))).toEqual([]);
    });
  }
}

/** Every control that is drawn, by a number that it keeps. */
function numberControls(page: Page): Promise<{ number: string; words: string }[]> {
  return page.evaluate(() => {
    const controls = [
      ...document.querySelectorAll<HTMLElement>('a[href], button:enabled, input, select, [tabindex="0"]'),
    ].filter((element) => element.checkVisibility() && !element.closest('[inert]'));
    return controls.map((element, i) => {
      element.dataset.number = String(i);
      return { number: String(i), words: element.outerHTML.slice(0, 160) };
    });
  });
}

/** What has the focus, and whether a ring in sight says so; null at the end of the page. */
function focused(page: Page): Promise<{ number: string; words: string; seen: boolean } | null> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement | null;
    if (!element || element === document.body) return null;
    // A title's ring is that of the line it is cut off at.
    const rings = [element, element.parentElement, ...element.querySelectorAll('.title')].filter((ring) => {
      if (!ring) return false;
      const { outlineStyle, outlineWidth } = getComputedStyle(ring);
      return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    });
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const inSight =
      right > 0 &&
      bottom > 0 &&
      left < window.innerWidth &&
      top < window.innerHeight &&
      right > left &&
      bottom > top;
    return {
      number: element.dataset.number ?? '',
      words: element.outerHTML.slice(0, 160),
      seen: rings.length > 0 && inSight,
    };
  });
}
