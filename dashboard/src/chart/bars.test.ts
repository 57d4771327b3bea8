import { describe, expect, it } from 'vitest';
import { finalChart, provisionalChart, threeEntriesChart } from '../../e2e/fixtures/charts';
import { barsOf, barWidth, ticksUpTo } from './bars';

describe('barsOf', () => {
  it('draws ranks 2 to 10, because No. 1 is the block that sets the scale', () => {
    const bars = barsOf(finalChart());
    expect(bars.max).toBe(18_204);
    expect(bars.data.datasets[0]?.data).toEqual([
      16_480, 15_902, 13_377, 12_940, 9816, 9816, 8455, 7902, 7688,
    ]);
    expect(bars.data.labels?.[0]).toBe('s-0002');
  });

  it('keeps the order of the entries where plays are equal', () => {
    expect(barsOf(finalChart()).data.labels?.slice(4, 6)).toEqual(['s-0006', 's-0007']);
  });

  it('marks the last period, and nothing for songs that were not on the chart', () => {
    expect(barsOf(finalChart()).notches).toEqual([
      17_105,
      8940,
      13_180,
      null,
      13_950,
      11_475,
      null,
      9310,
      8210,
    ]);
  });

  it('marks nothing while the period is open: part of an hour is not a whole one', () => {
    expect(barsOf(provisionalChart()).notches.every((notch) => notch === null)).toBe(true);
  });

  it('takes a chart of three entries', () => {
    expect(barsOf(threeEntriesChart()).data.datasets[0]?.data).toEqual([7, 3]);
  });

  it('takes a chart of no entries', () => {
    const bars = barsOf({ ...finalChart(), entries: [] });
    expect(bars).toMatchObject({ max: 0, ticks: [0], notches: [], data: { labels: [] } });
  });
});

describe('ticksUpTo', () => {
  it.each([
    [18_204, [0, 5000, 10_000, 15_000]],
    [4147, [0, 1000, 2000, 3000, 4000]],
    [621, [0, 200, 400, 600]],
    [7, [0, 2, 4, 6]],
    [1, [0, 1]],
    [0, [0]],
  ])('of %i are round and start at 0', (max, ticks) => {
    expect(ticksUpTo(max)).toEqual(ticks);
  });

  it('are never more than six', () => {
    for (let max = 1; max < 20_000; max += 7) expect(ticksUpTo(max).length).toBeLessThanOrEqual(6);
  });
});

describe('barWidth', () => {
  it('is the part of No. 1 that the plays make', () => expect(barWidth(50, 200)).toBe('25.000%'));
  it('of nothing is nothing', () => expect(barWidth(0, 0)).toBe('0%'));
});
