import type { Granularity } from '../api/types';
import { dateFormats } from './dateFormats';

// Instants are milliseconds since 1970 in UTC; nothing here knows the reader's own zone.

const HOUR = 3_600_000;
const LENGTH: Record<Granularity, number> = { hour: HOUR, day: 24 * HOUR };

const formats = dateFormats(new Intl.DateTimeFormat().resolvedOptions().locale);

/** The start of the period that holds the instant. */
export function startOf(granularity: Granularity, instant: number): number {
  return Math.floor(instant / LENGTH[granularity]) * LENGTH[granularity];
}

export function endOf(granularity: Granularity, start: number): number {
  return start + LENGTH[granularity];
}

/** As the API takes it: `2026-11-22T13:00:00Z`. */
export function wireInstant(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

/** "Sun 22 Nov 2026", as the reader's language writes it. */
export const dateWords = formats.date;

/** "Sun 22 Nov", for days of which the year goes without saying. */
export const weekdayWords = formats.weekday;

/** "Sun" */
export const weekdayAlone = formats.weekdayAlone;

/** "22 Nov" */
export const dayWords = formats.day;

/** "November 2026" */
export const monthWords = formats.month;

/** "13:52" */
export function clockWords(instant: number): string {
  return new Date(instant).toISOString().slice(11, 16);
}

/** "14:04:32.118" */
export function millisecondWords(instant: number): string {
  return new Date(instant).toISOString().slice(11, 23);
}

/** "14:04:32" */
export function timeWords(instant: number): string {
  return new Date(instant).toISOString().slice(11, 19);
}

/** "13:00–14:00"; the last hour of a day ends at 24:00. */
export function hourWords(start: number): string {
  return `${clockWords(start)}–${clockWords(start + HOUR).replace('00:00', '24:00')}`;
}

/** "Sun 22 Nov 2026, 13:00–14:00", or the date alone. The caller adds the zone. */
export function periodWords(granularity: Granularity, start: number): string {
  return granularity === 'day' ? dateWords(start) : `${dateWords(start)}, ${hourWords(start)}`;
}

/** As short as it can be in a sentence: "the 13:00 hour", "the day Sun 22 Nov 2026". */
export function periodInSentence(granularity: Granularity, start: number): string {
  return granularity === 'day' ? `day ${dateWords(start)}` : `${clockWords(start)} hour`;
}

/** "Sun 22 Nov 2026, 14:00:38 UTC" */
export function exactWords(instant: number): string {
  return `${dateWords(instant)}, ${timeWords(instant)} UTC`;
}

/** "just now", "4 minutes ago", "3 hours ago", then the date. */
export function ageWords(instant: number, now: number): string {
  const minutes = Math.floor((now - instant) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${amount(minutes, 'minute')} ago`;
  if (minutes < 24 * 60) return `${amount(Math.floor(minutes / 60), 'hour')} ago`;
  return `on ${dateWords(instant)}`;
}

/** "12 s", "5 min 12 s", "14 h 10 min" */
export function durationWords(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const minutes = Math.floor(whole / 60);
  if (minutes < 1) return `${whole} s`;
  if (minutes < 60) return `${minutes} min ${whole % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** "1 minute", "4 minutes" */
export function amount(count: number, unit: string): string {
  return `${count} ${units(count, unit)}`;
}

/** "minute" of one, "minutes" of any other number */
export function units(count: number, unit: string): string {
  return count === 1 ? unit : `${unit}s`;
}
