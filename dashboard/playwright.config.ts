import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { freePort } from './e2e/ports';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** No browser is downloaded: the suite uses one that is installed. */
function chromium(): string {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...APPS].find(
    existsSync,
  );
  if (!found) {
    throw new Error(
      `Cannot run the browser tests: no ${NAMES.join(', ')} on the PATH. Install Chromium or name it in CHROMIUM.`,
    );
  }
  return found;
}

/** What is asked of a running stack, and nothing of it drawn from fixtures. */
const STACK = ['chart.spec.ts', 'journey.spec.ts', 'pages.spec.ts', 'paint.spec.ts', 'lighthouse.spec.ts'];
/** Where the stack has Airflow, whose password is then known. */
const AIRFLOW = 'airflow.spec.ts';
/** What is watched while somebody breaks and changes the stack: alone, it would wait in vain. */
const WATCH = 'watch.spec.ts';

// Workers read this file again, and inherit the port that the runner found.
process.env.FIXTURES_PORT ??= String(await freePort());
const port = process.env.FIXTURES_PORT;
const stack = process.env.TOP_SONGS_DASHBOARD_URL ?? 'http://127.0.0.1:3000';
const fixtures = !process.argv.some((word) => word === '--project=stack' || word === '--project=watch');

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/runs',
  workers: 2,
  // Bounds, not expectations: a look takes three seconds, and half a minute where other builds have the cores.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  projects: [
    {
      name: 'stack',
      testMatch: process.env.TOP_SONGS_AIRFLOW_PASSWORD ? [...STACK, AIRFLOW] : STACK,
      workers: 1,
      use: { baseURL: stack },
    },
    { name: 'watch', testMatch: WATCH, workers: 1, use: { baseURL: stack } },
    {
      name: 'fixtures',
      testIgnore: [...STACK, AIRFLOW, WATCH],
      fullyParallel: true,
      use: { baseURL: `http://127.0.0.1:${port}` },
    },
  ],
  // What is built, for the fixtures alone. They answer /v1 in the browser: the service behind the preview is none.
  ...(fixtures && {
    webServer: {
      command: 'npm run preview',
      url: `http://127.0.0.1:${port}`,
      env: { TOP_SONGS_DASHBOARD_PORT: port, TOP_SONGS_SERVING_URL: 'http://127.0.0.1:9' },
    },
  }),
  use: {
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    actionTimeout: 30_000,
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: chromium(),
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
