import type { Entry } from '../../api/types';
import { count } from '../numbers';

/** Opens where a figure comes from; null where the service cannot say. */
export type Tracing = ((entry: Entry) => void) | null;

/** The plays of an entry, with a dotted line under them where they can be traced. */
export function PlaysFigure({ entry, onTrace }: { entry: Entry; onTrace: Tracing }) {
  if (!onTrace) return count(entry.plays);
  return (
    <button
      type="button"
      className="traced"
      data-trace={entry.song.song_id}
      aria-haspopup="dialog"
      aria-label={`${count(entry.plays)} plays, trace them`}
      onClick={() => onTrace(entry)}
    >
      {count(entry.plays)}
    </button>
  );
}
