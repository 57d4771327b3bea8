import { expect, it } from 'vitest';
import { daySlots, daysOf, hourSlots, monthOf } from './calendar';

const NOVEMBER = Date.parse('2026-11-01T00:00:00Z');
const PERIODS = [
  { period_start: '2026-11-22T14:00:00Z', status: 'provisional', revision: 3 },
  { period_start: '2026-11-22T13:00:00Z', status: 'final', revision: 1 },
] as const;

it('a month has its days, and begins under its weekday', () => {
  const { days, before } = daysOf(NOVEMBER);
  expect(days).toHaveLength(30);
  expect(before).toBe(6);
});

it('months follow each other over the turn of the year', () => {
  expect(new Date(monthOf(NOVEMBER, 2)).toISOString()).toBe('2027-01-01T00:00:00.000Z');
  expect(monthOf(NOVEMBER, -1)).toBe(Date.parse('2026-10-01T00:00:00Z'));
});

it('a day is charted when any of its hours is', () => {
  const charted = daySlots(daysOf(NOVEMBER).days, [...PERIODS]).filter(({ status }) => status !== null);
  expect(charted.map(({ start }) => new Date(start).getUTCDate())).toEqual([22]);
});

it('of a day only the hours that have a chart can be chosen', () => {
  const hours = hourSlots(Date.parse('2026-11-22T00:00:00Z'), [...PERIODS]);
  expect(hours).toHaveLength(24);
  expect(hours.slice(12, 16).map(({ status }) => status)).toEqual([null, 'final', 'provisional', null]);
});
