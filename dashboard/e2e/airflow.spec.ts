import { expect, type Page, test } from '@playwright/test';

// Airflow's own page, as an operator finds it.

const AIRFLOW = process.env.TOP_SONGS_AIRFLOW_URL ?? 'http://127.0.0.1:8080';
const PIPELINES = [
  'lake_maintenance',
  'top_songs_audit',
  'top_songs_backfill',
  'top_songs_daily',
  'top_songs_hourly',
  'top_songs_restate',
];

async function enter(page: Page, path: string): Promise<void> {
  await page.goto(`${AIRFLOW}${path}`);
  await page.getByLabel('Username').fill('admin');
  await page.getByLabel('Password').fill(process.env.TOP_SONGS_AIRFLOW_PASSWORD ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
}

test('Airflow shows the pipelines @picture', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 700 });
  await enter(page, '/dags');
  for (const pipeline of PIPELINES) await expect(page.getByRole('link', { name: pipeline })).toBeVisible();
  await page.getByRole('button', { name: 'Show table view' }).click();
  await expect(page.getByRole('table')).toContainText('top_songs_restate');
  await page.screenshot({ path: 'test-results/screenshots/airflow-dags.png' });
});
