import { describe, expect, it } from 'vitest';
import { comparedChart } from '../../e2e/fixtures/world';
import { sharedSongs, sharedWords } from './shared';

const charts = (...regions: string[]) => regions.map(comparedChart);

describe('songs that several charts share', () => {
  it('know all their places', () => {
    expect(sharedSongs(charts('CA', 'US', 'MX')).get('s-0007')).toEqual([
      { region: 'CA', rank: 6 },
      { region: 'US', rank: 5 },
      { region: 'MX', rank: 1 },
    ]);
  });

  it('are not those of one chart alone', () => {
    const shared = sharedSongs(charts('CA', 'US'));
    expect([...shared.keys()]).toEqual(
      [3, 4, 5, 6, 7, 8, 9, 10].map((n) => `s-${String(n).padStart(4, '0')}`),
    );
  });

  it('are counted in words', () => {
    expect(sharedWords(charts('CA', 'US'))).toBe('8 songs are in both Top 10s.');
    expect(sharedWords(charts('CA', 'US', 'MX'))).toBe('4 songs are in all three Top 10s, 4 more in two.');
    expect(sharedWords(charts('CA', 'US', 'JP'))).toBe('8 songs are in two of the Top 10s.');
    expect(sharedWords(charts('CA', 'JP'))).toBe('They share no song.');
  });
});
