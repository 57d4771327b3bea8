import { describe, expect, it } from 'vitest';
import { dateFormats } from './dateFormats';

const SUNDAY = Date.parse('2026-11-22T23:30:00Z');

describe('dates', () => {
  it.each(['en-GB', 'en-US', 'en'])('are set in one way in English: %s', (locale) => {
    const { date, weekday, day, month } = dateFormats(locale);
    expect([date, weekday, day, month].map((words) => words(SUNDAY))).toEqual([
      'Sun 22 Nov 2026',
      'Sun 22 Nov',
      '22 Nov',
      'November 2026',
    ]);
  });

  it('are written as a German reader is used to', () => {
    const { date, month, weekdayAlone } = dateFormats('de-DE');
    expect(date(SUNDAY)).toMatch(/^So\.?, 22\. Nov\.? 2026$/);
    expect(month(SUNDAY)).toBe('November 2026');
    expect(weekdayAlone(SUNDAY)).toBe('So');
  });

  it('stand by themselves among the words of the page where they are read from the right', () => {
    const date = dateFormats('ar-EG').date(SUNDAY);
    expect(date).toMatch(/^\u2068.*نوفمبر.*\u2069$/u);
    expect(date).toContain('٢٢');
  });

  it('are of the Gregorian calendar everywhere, as the charts are', () => {
    expect(dateFormats('th-TH').date(SUNDAY)).toContain('2026');
    expect(dateFormats('fa-IR').date(SUNDAY)).toContain('۲۰۲۶');
  });
});
