import type { Entry } from '../../api/types';
import { count } from '../numbers';

interface Props {
  entry: Pick<Entry, 'rank' | 'tied'>;
  /** As large as the number one's, which is part of the look whatever the reader's digits. */
  slab?: boolean;
}

/** "6=" where plays are equal. */
export function Rank({ entry, slab = false }: Props) {
  return (
    <>
      {slab ? entry.rank : count(entry.rank)}
      {entry.tied && (
        <>
          <span className="tie" aria-hidden="true">
            =
          </span>
          <span className="hidden"> tied</span>
        </>
      )}
    </>
  );
}
