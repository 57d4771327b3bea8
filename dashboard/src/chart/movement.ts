import type { Chart, Entry, Movement } from '../api/types';

/** What tells where a song comes from. */
export type Moved = Pick<Entry, 'movement' | 'rank' | 'previous_rank'>;

export const MOVEMENTS: readonly Movement[] = ['up', 'down', 'same', 'new', 're_entry'];

/** How many places an entry rose or fell; 0 for the others. */
export function places({ movement, rank, previous_rank }: Moved): number {
  if (previous_rank === null || (movement !== 'up' && movement !== 'down')) return 0;
  return Math.abs(previous_rank - rank);
}

export function movementWords(entry: Moved): string {
  switch (entry.movement) {
    case 'up':
    case 'down':
      return `${entry.movement} ${places(entry)}`;
    case 'same':
      return 'unchanged';
    case 'new':
      return 'new';
    case 're_entry':
      return 're-entry';
  }
}

export function countMovements(entries: Entry[]): Record<Movement, number> {
  const counts: Record<Movement, number> = { up: 0, down: 0, same: 0, new: 0, re_entry: 0 };
  for (const { movement } of entries) counts[movement] += 1;
  return counts;
}

/** The entry that rose most; of equal ones the best ranked. Null when none rose. */
export function biggestClimb(entries: Entry[]): Entry | null {
  const climbers = entries.filter(({ movement }) => movement === 'up');
  return climbers.reduce<Entry | null>((best, e) => (!best || places(e) > places(best) ? e : best), null);
}

/** The sentence in the No. 1 block. */
export function numberOneSentence({ status, granularity, entries }: Chart): string {
  const first = entries[0];
  if (!first) return '';
  if (status === 'provisional') return 'Leading, not decided.';
  if (first.movement === 'new') return `First ${granularity} on the chart, at No. 1.`;
  if (first.movement === 're_entry') return 'Back on the chart, at No. 1.';
  if (first.movement === 'same') return 'Stays at No. 1.';
  return `Up from ${first.previous_rank} to No. 1.`;
}

/**
 * What a later revision did to the ten, in words; null when every song kept its rank.
 */
export function rankChanges(before: Chart, after: Chart): string | null {
  const was = new Map(before.entries.map((e) => [e.song.song_id, e.rank]));
  const changed = after.entries.filter((e) => was.get(e.song.song_id) !== e.rank).map((e) => e.rank);
  const [first, second] = changed;
  if (first === undefined) return null;
  if (changed.length === 2) return `#${first} and #${second} swapped`;
  return changed.length === 1 ? `#${first} changed` : `${changed.length} ranks changed`;
}
