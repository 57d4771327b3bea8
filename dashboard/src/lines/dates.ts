import type { Granularity } from '../api/types';
import { clockWords, dayWords, startOf } from '../chart/period';

const HOUR = 3_600_000;
const STEPS: Record<Granularity, readonly number[]> = { hour: [1, 2, 3, 4, 6, 12, 24], day: [1, 2, 7, 14] };

export interface DateLabel {
  column: number;
  words: string;
}

/** At most `most` of the periods get a label: hours at round times, so that midnight says the day; days back from the last. */
export function dateLabels(granularity: Granularity, starts: number[], most: number): DateLabel[] {
  const labels = STEPS[granularity].map((step) =>
    starts.flatMap((start, column) => {
      const place = granularity === 'hour' ? start / HOUR : starts.length - 1 - column;
      return place % step === 0 ? [{ column, words: words(granularity, start) }] : [];
    }),
  );
  return labels.find(({ length }) => length <= most) ?? [];
}

function words(granularity: Granularity, start: number): string {
  const midnight = startOf('day', start) === start;
  return granularity === 'day' || midnight ? dayWords(start) : clockWords(start);
}
