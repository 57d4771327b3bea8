import { describe, expect, it } from 'vitest';
import { audit, balanceRows, flags } from '../../e2e/fixtures/pipeline';
import { failedRun } from '../../e2e/fixtures/status';
import type { Flag } from '../api/types';
import { auditWords } from './audit';
import { faultWords } from './faults';
import { flagGroups, kindsWords, MOST_FLAGS } from './flags';
import { intervalWords, tookWords } from './runs';
import { sheetRows } from './sheet';

it('the audit says whether the lake holds all that Kafka took', () => {
  expect(auditWords(audit())).toBe('Every offset of the last 7 days is in the lake');
  expect(auditWords(audit(1))).toBe('1 offset of the last 7 days is missing from the lake');
  expect(auditWords(audit(1200))).toBe('1,200 offsets of the last 7 days are missing from the lake');
  expect(auditWords({ ...audit(), audited_at: null })).toBeNull();
});

describe('a run', () => {
  it('says how long it took, where that is known', () => {
    expect(tookWords(failedRun({}))).toBe('2 min 41 s');
    expect(tookWords(failedRun({ started_at: null }))).toBeNull();
  });

  it('says which hours it was over', () => {
    const over = (interval_start: string | null, interval_end: string | null) =>
      intervalWords(failedRun({ interval_start, interval_end }));
    expect(over('2026-11-22T23:00:00Z', '2026-11-23T00:00:00Z')).toBe('Sun 22 Nov, 23:00–24:00');
    expect(over('2026-11-22T00:00:00Z', '2026-11-23T00:00:00Z')).toBe('Sun 22 Nov');
    expect(over('2026-11-22T12:00:00Z', '2026-11-23T12:00:00Z')).toBe(
      'Sun 22 Nov, 12:00 to Mon 23 Nov, 12:00',
    );
    expect(over(null, '2026-11-23T00:00:00Z')).toBeNull();
  });
});

it('kinds of flags are counted in words, and an unknown kind keeps its name', () => {
  const [one, two, three] = flags() as [Flag, Flag, Flag];
  expect(kindsWords([one, two, three, one])).toBe('2 impossible listening, 1 looped, 1 over the cap');
  expect(kindsWords([{ ...one, kind: 'too_regular' }])).toBe('1 too regular');
  const many = Array.from({ length: MOST_FLAGS }, () => three);
  expect(kindsWords(many)).toBe('At least 1,000 over the cap');
});

it('flags are grouped by hour and kind, and only the last group can be cut', () => {
  const [one, two, three] = flags() as [Flag, Flag, Flag];
  const sizes = (list: Flag[]) => flagGroups(list).map(({ kind, flags, cut }) => [kind, flags.length, cut]);
  expect(sizes([one, two, three, three])).toEqual([
    ['impossible', 1, false],
    ['loop', 1, false],
    ['over_cap', 2, false],
  ]);
  const many = Array.from({ length: MOST_FLAGS - 1 }, () => three);
  expect(sizes([one, ...many])).toEqual([
    ['impossible', 1, false],
    ['over_cap', 999, true],
  ]);
  expect(flagGroups([])).toEqual([]);
});

it('what is wrong is counted beside stages that flow', () => {
  const failed = [failedRun({}), failedRun({ latest: false })];
  expect(faultWords(sheetRows(balanceRows()), failed, audit(12))).toEqual([
    '1 hour held',
    '1 pipeline failed',
    '12 offsets missing',
  ]);
  expect(faultWords([], [], null)).toEqual([]);
});
