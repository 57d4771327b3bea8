import type { APIRequestContext, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Chart, Granularity, Region } from '../src/api/types';

// What the specs of a running stack ask its own API, and where the page says it.

/** The answer to a question that the API must know. */
export async function ask<T>(request: APIRequestContext, path: string): Promise<T> {
  const answer = await request.get(path);
  expect(answer.status(), path).toBe(200);
  return (await answer.json()) as T;
}

export function latest(request: APIRequestContext, region: string, granularity: Granularity): Promise<Chart> {
  return ask<Chart>(request, `/v1/charts/${region}/${granularity}?limit=10`);
}

/** A region with charts of hours and of days. */
export async function someRegion(request: APIRequestContext): Promise<Region> {
  const { regions } = await ask<{ regions: Region[] }>(request, '/v1/regions');
  const region = regions.find((r) => r.region !== 'GLOBAL' && r.latest_hour && r.latest_day) ?? regions[0];
  if (!region) throw new Error('Cannot test the dashboard: the stack has no charts yet');
  return region;
}

export function search(chart: Pick<Chart, 'region' | 'granularity' | 'period_start'>, view = ''): string {
  return `/?region=${chart.region}&granularity=${chart.granularity}&at=${chart.period_start}${view}`;
}

export const digits = (text: string) => Number(text.replace(/\D/g, ''));
export const rows = (page: Page) => page.locator('[data-row]');

export async function expectBoard(page: Page, chart: Chart): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toContainText(chart.region_name);
  await expect(rows(page)).toHaveCount(chart.entries.length);
  await expect(page.locator('.period')).toContainText(
    chart.granularity === 'hour' ? chart.period_start.slice(11, 16) : dayOfMonth(chart.period_start),
  );
}

const dayOfMonth = (instant: string) => String(Number(instant.slice(8, 10)));
