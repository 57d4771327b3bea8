import { describe, expect, it } from 'vitest';
import { revisedChart, trace } from '../../e2e/fixtures/evidence';
import {
  deductionsOf,
  disagreement,
  filesWords,
  heardWords,
  isGone,
  remainderOf,
  shortChecksum,
  sizeWords,
} from './trace';

describe('the subtraction', () => {
  it('ends at what was counted', () => {
    expect(remainderOf(trace())).toBe(18_204);
    expect(deductionsOf(trace()).map(({ name }) => name)).toEqual(['Duplicate', 'Too short', 'Over cap']);
  });

  it('has a line for excluded plays where there are any', () => {
    const excluding = trace({ received: 18_740, excluded: 9 });
    expect(deductionsOf(excluding).at(-1)).toEqual({ name: 'Excluded', plays: 9 });
    expect(remainderOf(excluding)).toBe(18_204);
  });

  it('does not take the service’s word', () => {
    expect(remainderOf(trace({ plays: 1, duplicate: 405 }))).toBe(18_201);
  });
});

it('a checksum keeps both ends', () => {
  expect(shortChecksum(trace().checksum)).toBe('9c41…e07b');
  expect(shortChecksum('9c41')).toBe('9c41');
});

it('sizes are in the unit that leaves at most three digits', () => {
  expect([1, 999, 1000, 999_949, 3_098_676, 4_200_000_000, 7e15].map(sizeWords)).toEqual([
    '1 byte',
    '999 bytes',
    '1.0 kB',
    '999.9 kB',
    '3.1 MB',
    '4.2 GB',
    '7000.0 TB',
  ]);
  expect(filesWords(trace())).toBe('14 files, 3.1 MB');
  expect(filesWords(trace({ file_count: 1, bytes: 1 }))).toBe('1 file, 1 byte');
  expect(filesWords(trace({ file_count: 2400 }))).toBe('2,400 files, 3.1 MB');
});

it('a listening time is never rounded up over a limit', () => {
  expect([0, 12_400, 29_999, 30_000, 60_000, 201_999].map(heardWords)).toEqual([
    '0.0 s',
    '12.4 s',
    '29.9 s',
    '30.0 s',
    '1 min 0 s',
    '3 min 21 s',
  ]);
});

it('the lake disagrees with a chart on plays, or on the place alone', () => {
  expect(disagreement(trace(), revisedChart(), 18_204)).toBeNull();
  expect(disagreement(trace({ plays: 18_210, agrees: false }), revisedChart(), 18_204)).toContain(
    'now counts 18,210',
  );
  expect(disagreement(trace(), revisedChart(), 18_203)).toContain('now counts 18,204');
  expect(disagreement(trace({ agrees: false }), revisedChart(), 18_204)).toContain(
    'its place in the lake is another',
  );
});

it('a chart that was revised meanwhile is told from one that is about to be', () => {
  const newer = trace({ revision: 4, plays: 18_210 });
  expect(disagreement(newer, revisedChart(), 18_204)).toBe(
    'The chart is revision 4 by now: it counts 18,210. This page shows revision 3.',
  );
  expect(disagreement({ ...newer, agrees: false }, revisedChart(), 18_204)).toContain('about to be revised');
});

it('plays that have left the lake are gone, and a song without plays is not', () => {
  expect(isGone(trace({ received: 0, plays: 0, agrees: false }), 18_204)).toBe(true);
  expect(isGone(trace({ received: 0, plays: 0 }), 0)).toBe(false);
  expect(isGone(trace(), 18_204)).toBe(false);
});
