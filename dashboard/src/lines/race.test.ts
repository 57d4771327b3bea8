import { describe, expect, it } from 'vitest';
import { race as raceOf } from '../../e2e/fixtures/lines';
import type { Race } from '../api/types';
import { orderAt, orderWords, rowBetween, rowsOf } from './race';

const song = (song_id: string, ...ranks: (number | null)[]) => ({
  first_charted: '2026-11-20T00:00:00Z',
  song: { song_id, title: song_id.toUpperCase(), artist: 'x' },
  ranks,
  plays: ranks.map((rank) => (rank === null ? null : 100 - rank)),
});

/** Ana leads, Bo and Cy are tied in the end, Di comes in from the eleventh rank, and Ed goes. */
const RACE: Race = {
  region: 'CA',
  region_name: 'Canada',
  granularity: 'hour',
  periods: [
    { period_start: '2026-11-22T10:00:00Z', status: 'final' },
    { period_start: '2026-11-22T11:00:00Z', status: null },
    { period_start: '2026-11-22T12:00:00Z', status: 'final' },
    { period_start: '2026-11-22T13:00:00Z', status: 'final' },
  ],
  songs: [
    song('ana', 2, null, 1, 1),
    song('bo', 1, null, 2, 2),
    { ...song('cy', null, null, null, 2), first_charted: '2026-11-22T13:00:00.000Z' },
    song('di', 3, null, 11, 4),
    song('ed', 4, null, 3, 12),
  ],
};
const ids = (period: number) => orderAt(RACE, period).map((runner) => runner.song.song_id);

describe('orderAt', () => {
  it('has those of the ten ranks, in their order', () => {
    expect(ids(0)).toEqual(['bo', 'ana', 'di', 'ed']);
    expect(ids(3)).toEqual(['ana', 'bo', 'cy', 'di']);
  });

  it('gives tied songs rows of their own, and marks them', () => {
    expect(orderAt(RACE, 3).map(({ row, rank, tied }) => [row, rank, tied])).toEqual([
      [1, 1, false],
      [2, 2, true],
      [3, 2, true],
      [4, 4, false],
    ]);
  });

  it('tells what moved against the period before', () => {
    const [ana, bo, cy, di] = orderAt(RACE, 3).map(({ move }) => move);
    expect(ana).toMatchObject({ movement: 'same' });
    expect(bo).toMatchObject({ movement: 'same' });
    expect(cy).toEqual({ movement: 'new', rank: 2, previous_rank: null });
    expect(di).toEqual({ movement: 'up', rank: 4, previous_rank: 11 });
  });

  it('calls a song back that any chart had before, be it before the race', () => {
    const songs = RACE.songs.map((racing) => ({ ...racing, first_charted: '2026-11-01T00:00:00Z' }));
    const [, , cy] = orderAt({ ...RACE, songs }, 3).map(({ move }) => move);
    expect(cy).toEqual({ movement: 're_entry', rank: 2, previous_rank: null });
  });

  it('tells of no movement where there is nothing before', () => {
    for (const period of [0, 2]) expect(orderAt(RACE, period).every(({ move }) => move === null)).toBe(true);
  });

  it('is empty where there is no chart', () => expect(orderAt(RACE, 1)).toEqual([]));
});

describe('rowsOf', () => {
  it('breaks a line where its song is not among the ten, or no chart is', () => {
    expect(rowsOf(RACE)).toEqual([
      [2, null, 1, 1],
      [1, null, 2, 2],
      [null, null, null, 3],
      [3, null, null, 4],
      [4, null, 3, null],
    ]);
  });

  it('never puts two songs into one row', () => {
    const race = raceOf();
    const rows = rowsOf(race);
    for (const [period, { status }] of race.periods.entries()) {
      const taken = rows.flatMap((line) => line[period] ?? []).toSorted((a, b) => a - b);
      expect(taken).toEqual(status === null ? [] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    }
  });
});

describe('rowBetween', () => {
  it('is on the line', () => {
    expect(rowBetween([2, 4, null], 0)).toBe(2);
    expect(rowBetween([2, 4, null], 0.25)).toBe(2.5);
    expect(rowBetween([2, 4, null], 1)).toBe(4);
  });

  it('is nowhere where there is no line', () => expect(rowBetween([2, 4, null], 1.5)).toBeNull());
});

describe('orderWords', () => {
  it('name the first three', () => {
    expect(orderWords(orderAt(RACE, 3))).toBe('1 ANA, 2 tied BO, 2 tied CY, and 1 more');
    expect(orderWords([])).toBe('there is no chart');
  });
});
