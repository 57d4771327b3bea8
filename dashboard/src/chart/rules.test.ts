import { describe, expect, it } from 'vitest';
import { revisedChart, rules, whatIf } from '../../e2e/fixtures/evidence';
import type { Place, RulesVersion } from '../api/types';
import { otherRules, ruleDifferences, shiftOf, shiftWords, signed } from './rules';

const [ONE, TWO, THREE] = rules().versions as [RulesVersion, RulesVersion, RulesVersion];

describe('ruleDifferences', () => {
  it('names only what differs', () => {
    expect(ruleDifferences(ONE, TWO)).toEqual([
      'at most 50 plays of a song by one listener in an hour chart instead of 10',
      'at most 250 plays of a song by one listener in a day chart instead of 50',
    ]);
    expect(ruleDifferences(ONE, THREE)).toEqual(['without plays flagged as impossible listening or looped']);
    expect(ruleDifferences(THREE, ONE)).toEqual(['with plays flagged as impossible listening or looped']);
    expect(ruleDifferences(ONE, { ...ONE, min_ms_played: 20_000 })).toEqual([
      'plays from 20 s instead of 30 s',
    ]);
    expect(ruleDifferences(ONE, ONE)).toEqual([]);
  });
});

describe('shiftOf', () => {
  const at = (rank: number, position = rank): Place => ({
    position,
    rank,
    tied: false,
    plays: 1,
    listeners: 1,
  });

  it('goes by rank, so that a tie broken otherwise is no move', () => {
    expect(shiftOf(at(3), at(2))).toEqual({ shift: 'up', places: 1 });
    expect(shiftOf(at(2), at(5))).toEqual({ shift: 'down', places: 3 });
    expect(shiftOf(at(6, 6), at(6, 7))).toEqual({ shift: 'same', places: 0 });
  });

  it('ends with the ten', () => {
    expect(shiftOf(at(11), at(10)).shift).toBe('enters');
    expect(shiftOf(null, at(1)).shift).toBe('enters');
    expect(shiftOf(at(10), at(11)).shift).toBe('leaves');
    expect(shiftOf(at(1), null).shift).toBe('leaves');
  });
});

it('how many moved, came and went is told in a sentence', () => {
  expect(shiftWords(whatIf())).toBe(
    'Under rules 2 the ten change: 2 would have another rank, 1 would enter, 1 would leave.',
  );
  const same = whatIf().entries.map((entry) => ({ ...entry, other: entry.base }));
  expect(shiftWords({ ...whatIf(), entries: same })).toBe(
    'Under rules 2, every song of the ten keeps its rank.',
  );
});

it('a song that leaves, with none in its place, is not overlooked', () => {
  const entries = whatIf().entries.map((entry) => ({ ...entry, other: entry.base }));
  const [first, ...rest] = entries;
  if (!first) throw new Error('the fixture has entries');
  expect(shiftWords({ ...whatIf(), entries: [{ ...first, other: null }, ...rest] })).toBe(
    'Under rules 2 the ten change: 1 would leave.',
  );
});

it('a chart is not compared with its own rules', () => {
  expect(otherRules('2', revisedChart())).toBe('2');
  expect(otherRules('1', revisedChart())).toBeNull();
  expect(otherRules('1', null)).toBe('1');
  expect(otherRules(null, null)).toBeNull();
});

it('differences carry their sign', () => {
  expect([1009, -206, 0].map(signed)).toEqual(['+1,009', '−206', '0']);
});
