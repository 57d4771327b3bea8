import { describe, expect, it } from 'vitest';
import type { Flow } from '../api/types';
import { drawnFlow, linePaths, perSecond, thicknesses } from './flow';

const MINUTES: Flow = {
  step_seconds: 60,
  from: '2026-11-22T14:01:00Z',
  plays: [700, 900, 810],
  waiting: null,
};

describe('drawnFlow', () => {
  it('says the rate of the last minute, and what the line shows', () => {
    expect(drawnFlow(MINUTES)).toEqual({
      rate: '14',
      unit: 'plays/s',
      line: {
        plays: [700, 900, 810],
        caption: 'last 3 minutes',
        words: 'lowest 700, highest 900 plays a minute',
      },
      waiting: null,
    });
    expect(drawnFlow({ ...MINUTES, plays: [812] }).line).toMatchObject({
      caption: 'last minute',
      words: '812 plays',
    });
  });

  it('says what a period of charts received, and no rate a second', () => {
    const hours = { ...MINUTES, step_seconds: 3600, plays: [41_000, 44_928] };
    expect(drawnFlow(hours)).toMatchObject({ rate: '44,928', unit: 'plays an hour' });
    expect(drawnFlow(hours).line?.caption).toBe('last 2 hours');
    expect(drawnFlow({ ...hours, step_seconds: 86_400 })).toMatchObject({ unit: 'plays a day' });
  });

  it('says how many plays wait, if any do', () => {
    expect(drawnFlow({ ...MINUTES, waiting: 0 }).waiting).toBeNull();
    expect(drawnFlow({ ...MINUTES, waiting: 1 }).waiting).toBe('1 play waits in Kafka');
    expect(drawnFlow({ ...MINUTES, waiting: 3912 }).waiting).toBe('3,912 plays wait in Kafka');
  });

  it('draws no line of what is not known, or is not over yet', () => {
    expect(drawnFlow(null)).toEqual({ rate: '–', unit: 'rate not known', line: null, waiting: null });
    const none = { ...MINUTES, plays: [], waiting: 12 };
    expect(drawnFlow(none)).toEqual({
      rate: '–',
      unit: 'first minute running',
      line: null,
      waiting: '12 plays wait in Kafka',
    });
    expect(drawnFlow({ ...none, step_seconds: 3600 }).unit).toBe('no hour settled yet');
    expect(drawnFlow({ ...none, step_seconds: 86_400 }).unit).toBe('no day settled yet');
  });

  it('tells nothing from what it does not know', () => {
    expect(perSecond(MINUTES)).toBe(13.5);
    expect(perSecond({ ...MINUTES, plays: [900, 0] })).toBe(0);
    expect(perSecond({ ...MINUTES, plays: [] })).toBeNull();
    expect(perSecond(null)).toBeNull();
  });
});

describe('thicknesses', () => {
  it('follow the largest rate', () => {
    expect(thicknesses([13.5, 13.5, 6.75, 0.1])).toEqual([10, 10, 6, 2]);
  });

  it('are the least where nothing passes, or nobody knows', () => {
    expect(thicknesses([0, null, 5])).toEqual([2, 2, 10]);
    expect(thicknesses([0, null])).toEqual([2, 2]);
    expect(thicknesses([])).toEqual([]);
  });
});

describe('linePaths', () => {
  it('goes from zero to the highest', () => {
    expect(linePaths([450, 900, 0])).toEqual({
      line: 'M0 50L50 0L100 100',
      area: 'M0 50L50 0L100 100V100H0Z',
      last: 'M100 100h0',
    });
  });

  it('lies on its foot when nothing passed, and is a dot of one value', () => {
    expect(linePaths([0, 0]).line).toBe('M0 100L100 100');
    expect(linePaths([812])).toEqual({ line: 'M100 0', area: 'M100 0V100H100Z', last: 'M100 0h0' });
  });
});
