import type { Entry } from '../../api/types';

/** "6=" where plays are equal. */
export function Rank({ entry }: { entry: Pick<Entry, 'rank' | 'tied'> }) {
  return (
    <>
      {entry.rank}
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
