import { describe, expect, it } from 'vitest';
import { revisedChart, revisions } from '../../e2e/fixtures/evidence';
import type { Revision } from '../api/types';
import { olderWords, revisedAtWords, revisedWords, revisionWords, tellingRevisions } from './revisions';

const changed = Date.parse('2026-11-22T14:02:12Z');
const DAY = 24 * 3_600_000;

describe('revisedWords', () => {
  it('says for a day what a settled chart’s last revision did to its ranks', () => {
    expect(revisedWords(revisedChart(), changed)).toBe('+37 late plays; #4 and #5 swapped');
    expect(revisedWords(revisedChart(), changed + DAY - 1)).not.toBeNull();
    expect(revisedWords(revisedChart(), changed + DAY)).toBeNull();
  });

  it('is silent where no rank changed, or nothing is settled, or the service does not say', () => {
    const chart = revisedChart();
    expect(revisedWords({ ...chart, change: { plays: 1, ranks: false, words: '+1' } }, changed)).toBeNull();
    expect(revisedWords({ ...chart, status: 'provisional' }, changed)).toBeNull();
    expect(revisedWords({ ...chart, status: 'held' }, changed)).toBeNull();
    expect(revisedWords({ ...chart, change: null }, changed)).toBeNull();
    const { change, ...older } = chart;
    expect(change).toBeDefined();
    expect(revisedWords(older, changed)).toBeNull();
  });
});

describe('revisionWords', () => {
  it('repeats what the service says was changed', () => {
    expect(revisions().map((revision) => revisionWords(revision, 'hour'))).toEqual([
      '+37 late plays; #4 and #5 swapped',
      '+214 late plays; no rank changed',
      'Hour closed and balanced',
    ]);
  });

  it('tells a first revision by its status', () => {
    const [, , first] = revisions();
    if (!first) throw new Error('the fixture has three revisions');
    expect(revisionWords(first, 'day')).toBe('Day closed and balanced');
    expect(revisionWords({ ...first, status: 'provisional' }, 'hour')).toBe(
      'Counted while the hour was open',
    );
    expect(revisionWords({ ...first, status: 'held' }, 'hour')).toBe('Does not balance');
  });
});

it('a time has its date when it is not of the day on which the period ended', () => {
  const end = Date.parse('2026-11-22T14:00:00Z');
  expect(revisedAtWords(changed, end)).toBe('14:02:12 UTC');
  expect(revisedAtWords(changed + DAY, end)).toBe('23 Nov, 14:02:12 UTC');
});

describe('olderWords', () => {
  it('names the revision and how many there are', () => {
    expect(olderWords(1, 1, 3)).toBe('You see revision 1 of 3');
    expect(olderWords(1, 1, null)).toBe('You see revision 1');
  });

  it('is silent for the newest, for none asked, and where a service answers with another', () => {
    expect(olderWords(3, 3, 3)).toBeNull();
    expect(olderWords(null, 3, 3)).toBeNull();
    expect(olderWords(1, 3, null)).toBeNull();
  });
});

it('of the counts of an open period the newest is told, and the one that is shown', () => {
  const settled = revisions();
  const open = Array.from({ length: 288 }, (_, i) => ({
    ...(settled.at(-1) as Revision),
    status: 'provisional' as const,
    revision: 288 - i,
  }));
  const numbers = (shown: number) =>
    tellingRevisions([...settled.map((r) => ({ ...r, revision: r.revision + 288 })), ...open], shown).map(
      ({ revision }) => revision,
    );
  expect(numbers(291)).toEqual([291, 290, 289, 288]);
  expect(numbers(7)).toEqual([291, 290, 289, 288, 7]);
});
