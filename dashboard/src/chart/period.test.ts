import { describe, expect, it } from 'vitest';
import { neighbours, sameMoment } from './calendar';
import { ageWords, durationWords, exactWords, hourWords, periodWords, startOf, wireInstant } from './period';

const at = (time: string) => Date.parse(`2026-11-22T${time}Z`);

describe('periods', () => {
  it('are half-open: 14:00 belongs to the next hour', () => {
    expect(startOf('hour', at('13:59:59.999'))).toBe(at('13:00:00'));
    expect(startOf('hour', at('14:00:00'))).toBe(at('14:00:00'));
  });

  it('are written without milliseconds', () =>
    expect(wireInstant(at('13:00:00'))).toBe('2026-11-22T13:00:00Z'));

  it('are named with their date', () => {
    expect(periodWords('hour', at('13:00:00'))).toBe('Sun 22 Nov 2026, 13:00–14:00');
    expect(periodWords('day', at('00:00:00'))).toBe('Sun 22 Nov 2026');
  });

  it('end the day at 24:00', () => expect(hourWords(at('23:00:00'))).toBe('23:00–24:00'));
});

describe('times in words', () => {
  it('carry the zone when exact', () =>
    expect(exactWords(at('14:00:38'))).toBe('Sun 22 Nov 2026, 14:00:38 UTC'));

  it.each([
    ['14:03:41', 'just now'],
    ['14:03:40', '1 minute ago'],
    ['13:04:41', '59 minutes ago'],
    ['11:04:40', '3 hours ago'],
  ])('%s at 14:04:40 was %s', (time, words) => expect(ageWords(at(time), at('14:04:40'))).toBe(words));

  it('become a date after a day', () => {
    expect(ageWords(at('14:00:00'), at('14:00:00') + 24 * 3_600_000)).toBe('on Sun 22 Nov 2026');
  });

  it.each([
    [12.4, '12 s'],
    [221, '3 min 41 s'],
    [51_000, '14 h 10 min'],
  ])('%d seconds last %s', (seconds, words) => expect(durationWords(seconds)).toBe(words));
});

describe('neighbours', () => {
  it('lead on to the running period', () => {
    expect(neighbours('hour', at('13:00:00'), at('14:04:00')).next).toBe(at('14:00:00'));
  });

  it('lead no further than that', () => {
    expect(neighbours('hour', at('14:00:00'), at('14:04:00')).next).toBeNull();
  });
});

describe('sameMoment', () => {
  const now = at('14:04:00');
  it('stays with the latest', () => expect(sameMoment('day', null, now)).toBeNull());
  it('goes from an hour to its day', () => {
    expect(sameMoment('day', '2026-11-21T13:00:00Z', now)).toBe('2026-11-21T00:00:00Z');
  });
  it('goes from a day to its last hour', () => {
    expect(sameMoment('hour', '2026-11-21T00:00:00Z', now)).toBe('2026-11-21T23:00:00Z');
  });
  it('goes from today to the running hour', () => {
    expect(sameMoment('hour', '2026-11-22T00:00:00Z', now)).toBe('2026-11-22T14:00:00Z');
  });
});
