import type { Chart, Revision } from '../api/types';
import { dayWords, startOf, timeWords } from './period';

const DAY = 24 * 3_600_000;

/** What the page says for a day after a settled chart's ranks changed; null while there is nothing to say. */
export function revisedWords(
  { status, change, computed_at }: Pick<Chart, 'status' | 'change' | 'computed_at'>,
  now: number,
): string | null {
  if (status !== 'final' || !change?.ranks) return null;
  return now - Date.parse(computed_at) < DAY ? change.words : null;
}

/** A line of the card: what this revision brought. */
export function revisionWords({ status, change }: Revision, unit: Chart['granularity']): string {
  if (change) return change.words;
  if (status === 'provisional') return `Counted while the ${unit} was open`;
  return status === 'held' ? 'Does not balance' : `${unit === 'hour' ? 'Hour' : 'Day'} closed and balanced`;
}

/** "14:00:38 UTC", with the date where that is not the day on which the period ended. */
export function revisedAtWords(computedAt: number, periodEnd: number): string {
  const sameDay = startOf('day', computedAt) === startOf('day', periodEnd);
  return `${sameDay ? '' : `${dayWords(computedAt)}, `}${timeWords(computedAt)} UTC`;
}

/** "You see revision 1 of 3"; null when it is the newest, or is not the one asked for. `newest` is null where it cannot be known. */
export function olderWords(asked: number | null, shown: number, newest: number | null): string | null {
  if (asked === null || asked !== shown || shown === newest) return null;
  return newest === null ? `You see revision ${shown}` : `You see revision ${shown} of ${newest}`;
}

/** The revisions that say something: a running day is counted every few minutes, and only its newest count matters. */
export function tellingRevisions(revisions: Revision[], shown: number): Revision[] {
  const latest = revisions.find(({ status }) => status === 'provisional');
  return revisions.filter((one) => one.status !== 'provisional' || one === latest || one.revision === shown);
}
