import type { Chart, Race, World } from '../api/types';

/** What is kept, and under which name. */
interface Kept {
  'top-songs.last-good': Chart;
  'top-songs.last-good-world': World;
  'top-songs.last-good-race': Race;
}

/** Keeps what was last read, so that a page which cannot read another still has something to show. */
export function keepLastGood<K extends keyof Kept>(key: K, good: Kept[K]): void {
  try {
    localStorage.setItem(key, JSON.stringify(good));
  } catch {
    // Storage may be full or forbidden; then there is only no saved copy.
  }
}

export function lastGood<K extends keyof Kept>(key: K): Kept[K] | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Kept[K] | null;
  } catch {
    return null;
  }
}
