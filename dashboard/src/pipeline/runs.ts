import type { Run } from '../api/types';
import { clockWords, durationWords, hourWords, startOf, weekdayWords } from '../chart/period';

/** "4 min 41 s" from start to end; null where the service does not know the start. */
export function tookWords({ started_at, ended_at }: Run): string | null {
  if (started_at === null) return null;
  return durationWords((Date.parse(ended_at) - Date.parse(started_at)) / 1000);
}

/** The hours that a run was over: "13:00–14:00", a day's date, or from when to when. */
export function intervalWords({ interval_start, interval_end }: Run): string | null {
  if (interval_start === null || interval_end === null) return null;
  const [start, end] = [Date.parse(interval_start), Date.parse(interval_end)];
  const day = weekdayWords(start);
  if (end - start === 3_600_000) return `${day}, ${hourWords(start)}`;
  if (end - start === 24 * 3_600_000 && startOf('day', start) === start) return day;
  return `${day}, ${clockWords(start)} to ${weekdayWords(end)}, ${clockWords(end)}`;
}
