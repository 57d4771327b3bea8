import { type Browser, expect, test } from '@playwright/test';
import { SCREENS } from './screens';

/** "Fast 4G" of Chrome's developer tools, as puppeteer 25 lists it in PredefinedNetworkConditions. */
const FAST_4G = {
  offline: false,
  latency: 60 * 2.75,
  downloadThroughput: ((9 * 1000 * 1000) / 8) * 0.9,
  uploadThroughput: ((1.5 * 1000 * 1000) / 8) * 0.9,
};

interface Loaded {
  name: string;
  start: number;
  end: number;
  bytes: number;
}

interface Painted {
  /** When the frame with the number one and the bars was shown, in milliseconds from the navigation. */
  at: number;
  loaded: Loaded[];
}

// What the time to the painted chart depends on is counted; the time itself is the machine's too, so it is only said.
// docs/dashboard.md holds what it was.
for (const { name, ...screen } of SCREENS) {
  test(`on ${name}, nothing that the chart's first paint needs waits for something else of it`, async ({
    browser,
    baseURL,
  }) => {
    const { at, loaded } = await firstPaint(browser, { ...screen, baseURL: baseURL ?? '' });
    const kilobytes = loaded.reduce((sum, { bytes }) => sum + bytes, 0) / 1000;
    console.log(`Painted after ${at.toFixed(0)} ms, ${loaded.length} files, ${kilobytes.toFixed(0)} kB`);
    const program = loaded.find((file) => /\/assets\/index-.*\.js$/.test(file.name));
    const needed = [program, ...[/\.css$/, /latin-wdth.*\.woff2$/, /\/v1\/charts\/GLOBAL\/hour\?/].map(find)];
    expect(needed).not.toContain(undefined);
    const waited = needed.filter((file) => file && program && file.start >= program.end);
    expect(waited, 'asked for only when the program was there').toEqual([]);
    expect(loaded.filter((file) => file.name.includes('/v1/charts/GLOBAL/hour?'))).toHaveLength(1);
    expect(kilobytes).toBeLessThan(300);

    function find(pattern: RegExp): Loaded | undefined {
      return loaded.find((file) => pattern.test(file.name));
    }
  });
}

/** The front page on that network, with nothing in the browser's cache. */
async function firstPaint(browser: Browser, options: Parameters<Browser['newContext']>[0]): Promise<Painted> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send('Network.enable');
  await tools.send('Network.emulateNetworkConditions', FAST_4G);
  await page.addInitScript(() => {
    // Every frame is looked at until one has both; the next begins when that has been painted.
    const look = () => {
      const canvas = document.querySelector<HTMLCanvasElement>('.bar-canvas canvas');
      const pixels = canvas?.width
        ? canvas.getContext('2d')?.getImageData(0, 0, Math.min(60, canvas.width), canvas.height).data
        : null;
      const drawn = pixels?.some((value, i) => i % 4 === 3 && value > 0);
      if (!drawn || !document.querySelector('.number-one .title')) return requestAnimationFrame(look);
      return requestAnimationFrame(() => Object.assign(window, { paintedAt: performance.now() }));
    };
    requestAnimationFrame(look);
  });
  await page.goto('/');
  const at = await page.waitForFunction(() => (window as unknown as { paintedAt?: number }).paintedAt);
  const painted = (await at.jsonValue()) ?? 0;
  const loaded = await page.evaluate(
    (until) =>
      (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
        .filter((file) => file.responseEnd <= until && file.responseEnd > 0)
        .map((file) => ({
          name: file.name,
          start: file.startTime,
          end: file.responseEnd,
          bytes: file.transferSize,
        })),
    painted,
  );
  await context.close();
  return { at: painted, loaded };
}
