import type { Movement } from '../../api/types';
import { type Moved, movementWords, places } from '../movement';
import { count } from '../numbers';

/** Shape, colour and hidden words together: "up 4". */
export function MovementMark({ entry }: { entry: Moved }) {
  const moved = places(entry);
  return (
    <span className={`mark ${entry.movement}`}>
      <MovementShape movement={entry.movement} />
      {moved > 0 && <span aria-hidden="true">{count(moved)}</span>}
      <span className="hidden">{movementWords(entry)}</span>
    </span>
  );
}

export function MovementShape({ movement }: { movement: Movement }) {
  if (movement === 'new' || movement === 're_entry') {
    return (
      <span className={`tag ${movement}`} aria-hidden="true">
        {movement === 'new' ? 'NEW' : 'RE'}
      </span>
    );
  }
  return (
    <svg className={`shape ${movement}`} viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
      <path
        d={{ up: 'M5 1 10 9H0z', down: 'M5 9 0 1h10z', same: 'M0 4h10v2.4H0z' }[movement]}
        fill="currentColor"
      />
    </svg>
  );
}
