import { expect, test } from '@playwright/test';
import type { Race, RankPoint, Song, SongNow, World } from '../src/api/types';
import { wireInstant } from '../src/chart/period';
import { expectLooks, TWO_LOOKS } from './looks';
import { ask, digits, latest } from './stack';

// The other pages against the running stack: what they show is what its own API says.

const titleOf = (song: Song) => song.title ?? song.song_id;

test('the world’s map and lists are those of the API', { tag: '@picture' }, async ({ page, request }) => {
  const { period_start } = await latest(request, 'GLOBAL', 'hour');
  const world = await ask<World>(request, `/v1/world/hour?at=${period_start}`);
  expect(world.regions.length).toBeGreaterThan(1);
  await page.goto(`/world?granularity=hour&at=${period_start}`);
  await expect(page.locator('[data-region]')).toHaveCount(world.regions.length);
  for (const { region, number_one } of world.regions) {
    const title = number_one ? titleOf(number_one.song) : 'no plays';
    await expect(page.locator(`[data-region=${region}] .tile-song`)).toContainText(title);
  }
  const climbers = await page.locator('.world-list.climbers tbody tr').allInnerTexts();
  expect(climbers.map((line) => line.split(/\s/).slice(-2).map(Number))).toEqual(
    world.climbers.map(({ previous_rank, rank }) => [previous_rank, rank]),
  );
  const entries = page.locator('.world-list.new-entries tbody tr');
  await expect(entries).toHaveCount(world.new_entries.length);
  for (const [i, { song, plays }] of world.new_entries.entries()) {
    await expect(entries.nth(i).locator('.title')).toHaveText(titleOf(song));
    expect(digits(await entries.nth(i).locator('.figure').innerText())).toBe(plays);
  }
  await expectLooks(page, TWO_LOOKS, 'world');
});

test('the world’s table gives every region’s numbers', async ({ page, request }) => {
  const { period_start } = await latest(request, 'GLOBAL', 'hour');
  const { regions } = await ask<World>(request, `/v1/world/hour?at=${period_start}`);
  await page.goto(`/world?granularity=hour&at=${period_start}&view=table`);
  await expect(page.locator('.world-table tbody tr')).toHaveCount(regions.length);
  for (const { region_name, plays, number_one } of regions) {
    const cells = page
      .locator('.world-table tbody tr')
      .filter({ has: page.getByRole('rowheader', { name: region_name, exact: true }) })
      .getByRole('cell');
    const texts = await cells.allInnerTexts();
    expect(texts[0], region_name).toBe(number_one ? titleOf(number_one.song) : '–');
    expect([3, 5, 6].map((column) => digits(texts[column] ?? ''))).toEqual([
      number_one?.plays ?? 0,
      number_one?.streak ?? 0,
      plays,
    ]);
  }
});

test('a song’s page gives its places, and its past, as the API has them', async ({ page, request }) => {
  const chart = await latest(request, 'GLOBAL', 'hour');
  const song = chart.entries[0]?.song;
  if (!song) throw new Error('Cannot test the page of a song: the latest hour has none');
  const place = `/v1/songs/${encodeURIComponent(song.song_id)}`;
  const now = await ask<SongNow>(request, `${place}?granularity=hour`);
  await page.goto(`/song/${encodeURIComponent(song.song_id)}?regions=GLOBAL&granularity=hour&view=table`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(titleOf(song));
  const places = page.locator('table.where tbody tr');
  await expect(places).toHaveCount(now.charts.length);
  for (const [i, charted] of now.charts.entries()) {
    const figures = await places.nth(i).locator('.figure').allInnerTexts();
    const { plays, share, peak_rank, periods_on_chart, streak } = charted;
    const expected = [plays, Number((share * 10_000).toFixed(0)), peak_rank, periods_on_chart, streak];
    expect(figures.map(digits), charted.region).toEqual(expected);
    await expect(places.nth(i).locator('.rank')).toContainText(String(charted.rank));
  }
  const settled = page.locator('table.history tbody tr:not(.provisional)');
  await expect(settled.first()).toBeVisible();
  const past = await settled.locator('.figure').allInnerTexts();
  const end = Date.parse(now.period_end ?? '');
  const hours = Array.from({ length: past.length / 2 }, (_, i) => end - (i + 1) * 3_600_000);
  const range = `from=${wireInstant(hours.at(-1) ?? 0)}&to=${wireInstant(end)}`;
  const { points } = await ask<{ points: RankPoint[] }>(
    request,
    `${place}/history?region=GLOBAL&granularity=hour&${range}`,
  );
  const charted = new Map(points.map((point) => [Date.parse(point.period_start), point]));
  expect(past.map(digits)).toEqual(
    hours.flatMap((start) => [charted.get(start)?.rank ?? 0, charted.get(start)?.plays ?? 0]),
  );
  await expectLooks(page, TWO_LOOKS, 'song', { fullPage: true });
});

test('the race ends and begins in the order that the API gives', { tag: '@picture' }, async ({
  page,
  request,
}) => {
  const { period_start } = await latest(request, 'GLOBAL', 'hour');
  const race = await ask<Race>(request, `/v1/charts/GLOBAL/hour/race?at=${period_start}&periods=24`);
  await page.goto(`/race?region=GLOBAL&granularity=hour&at=${period_start}`);
  const slider = page.getByRole('slider', { name: 'The hour that is shown' });
  await expect(slider).toHaveValue('23');
  await expectLooks(page, TWO_LOOKS, 'race', { fullPage: true });
  for (const period of [23, 22, 12, 0]) {
    await slider.fill(String(period));
    const runners = race.songs
      .map(({ song, ranks, plays }) => ({ song, rank: ranks[period] ?? 101, plays: plays[period] ?? 0 }))
      .filter(({ rank }) => rank <= 10)
      .toSorted((a, b) => a.rank - b.rank);
    const rows = page.locator('table.order tbody tr');
    await expect(rows).toHaveCount(runners.length);
    const shown = await rows.evaluateAll((all) =>
      all.map((row) => ({
        song: row.getAttribute('data-song'),
        rank: Number.parseInt(row.querySelector('.rank')?.textContent ?? '', 10),
        plays: Number(row.querySelector('.figure')?.textContent?.replace(/\D/g, '')),
      })),
    );
    expect(shown, `hour ${period}`).toEqual(
      runners.map(({ song, rank, plays }) => ({ song: song.song_id, rank, plays })),
    );
  }
});
