import { describe, expect, it } from 'vitest';
import { laneOf, rankScale, spread } from './scale';

describe('rankScale', () => {
  it('gives every rank of the Top 10 a row, and nothing more where nothing is below', () => {
    const scale = rankScale([1, 4, 10]);
    expect(scale.bottom).toBe(10);
    expect(scale.ticks).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(scale.rowOf(7)).toBe(7);
  });

  it('keeps those rows where ranks are below them, and narrows only the ranks below', () => {
    const scale = rankScale([2, 41]);
    expect(scale.rowOf(10)).toBe(10);
    expect(scale.rowOf(100)).toBe(scale.bottom);
    expect(scale.rowOf(55)).toBeCloseTo(11);
    expect(scale.ticks.slice(-2)).toEqual([50, 100]);
  });

  it('takes no ranks at all', () => expect(rankScale([]).bottom).toBe(10));
});

describe('laneOf', () => {
  it('sets lines of one rank beside each other, around its row', () => {
    const lanes = [0, 1, 2].map((line) => laneOf(line, 3));
    expect(lanes).toEqual([-0.21, 0, 0.21]);
    // So close that nobody takes one for another rank.
    expect(Math.max(...lanes)).toBeLessThan(0.5);
  });

  it('leaves a line by itself on its row', () => expect(laneOf(0, 1)).toBe(0));
});

describe('spread', () => {
  it('leaves alone what is far enough apart', () => {
    expect(spread([16, 80, 48], 22, 320)).toEqual([16, 80, 48]);
  });

  it('moves labels of one height apart, in their order', () => {
    expect(spread([16, 16, 16], 22, 320)).toEqual([16, 38, 60]);
  });

  it('pushes up what would fall off the foot', () => {
    expect(spread([310, 318, 320], 22, 320)).toEqual([276, 298, 320]);
  });
});
