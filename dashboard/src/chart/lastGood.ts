import type { Chart } from '../api/types';

const KEY = 'top-songs.last-good';

/** Keeps the chart last read, so that a page which cannot read another still has something to show. */
export function keepLastGood(chart: Chart): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(chart));
  } catch {
    // Storage may be full or forbidden; then there is only no saved copy.
  }
}

export function lastGood(): Chart | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null') as Chart | null;
  } catch {
    return null;
  }
}
