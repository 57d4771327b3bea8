import { describe, expect, it } from 'vitest';
import { audit, flags } from '../../e2e/fixtures/pipeline';
import { failedRun } from '../../e2e/fixtures/status';
import { auditWords } from './audit';
import { kindsWords, kindWords } from './flags';
import { intervalWords, tookWords } from './runs';

it('the audit says whether the lake holds all that Kafka took', () => {
  expect(auditWords(audit())).toBe('Every offset of Kafka is in the lake');
  expect(auditWords(audit(1))).toBe('1 offset of Kafka is missing from the lake');
  expect(auditWords(audit(1200))).toBe('1,200 offsets of Kafka are missing from the lake');
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
  expect(kindsWords([...flags(), ...flags().slice(0, 1)])).toBe(
    '2 impossible listening, 1 looped by a cluster, 1 over the cap',
  );
  expect(kindWords('too_regular')).toBe('too regular');
});
