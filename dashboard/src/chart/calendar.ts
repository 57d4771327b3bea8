import type { ChartPeriod, Granularity, Status } from '../api/types';
import { endOf, startOf, wireInstant } from './period';

const DAY = 24 * 3_600_000;

export interface Slot {
  start: number;
  /** Null where there is no chart to go to. */
  status: Status | null;
}

/** The first instant of the month that holds the instant, or of one `months` later. */
export function monthOf(instant: number, months = 0): number {
  const date = new Date(instant);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
}

/** Every day of the month, with how many empty places stand before it in a week that begins on Monday. */
export function daysOf(month: number): { days: number[]; before: number } {
  const length = (monthOf(month, 1) - month) / DAY;
  return {
    days: Array.from({ length }, (_, i) => month + i * DAY),
    before: (new Date(month).getUTCDay() + 6) % 7,
  };
}

/** A day counts as charted with its own chart, or in hours with any hour's. */
export function daySlots(days: number[], periods: ChartPeriod[]): Slot[] {
  const byDay = new Map(periods.map((p) => [startOf('day', Date.parse(p.period_start)), p.status]));
  return days.map((start) => ({ start, status: byDay.get(start) ?? null }));
}

export function hourSlots(day: number, periods: ChartPeriod[]): Slot[] {
  const byHour = new Map(periods.map((p) => [Date.parse(p.period_start), p.status]));
  return Array.from({ length: 24 }, (_, hour) => {
    const start = day + (hour * DAY) / 24;
    return { start, status: byHour.get(start) ?? null };
  });
}

/** Where the stepper leads when no chart says what is next: on to the running period, and no further. */
export function neighbours(
  granularity: Granularity,
  start: number,
  now: number,
): { previous: number; next: number | null } {
  const end = endOf(granularity, start);
  return { previous: startOf(granularity, start - 1), next: end <= now ? end : null };
}

/** Where the stepper leads: to the periods that the answer names, or before there is one, to those beside the start. */
export function stepsFrom(
  answer: { previous_period: string | null; next_period: string | null } | null,
  granularity: Granularity,
  start: number | null,
  now: number,
): { previous: string | null; next: string | null } {
  if (start === null) return { previous: null, next: null };
  const { previous, next } = neighbours(granularity, start, now);
  const beyond = next === null ? null : wireInstant(next);
  if (answer) return { previous: answer.previous_period, next: answer.next_period ?? beyond };
  return { previous: wireInstant(previous), next: beyond };
}

/** The same moment at another length: an hour's day, a day's last hour that has begun. Null stays with the latest. */
export function sameMoment(to: Granularity, at: string | null, now: number): string | null {
  if (at === null) return null;
  const start = startOf('day', Date.parse(at));
  return wireInstant(to === 'day' ? start : startOf('hour', Math.min(endOf('day', start) - 1, now)));
}
