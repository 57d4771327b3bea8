import type { Granularity } from '../../api/types';
import { BoardHead } from './Board';

const WIDTHS = [100, 90, 86, 74, 71, 54, 53, 46, 43, 42];

/** The board's shape while the first answer is on its way: the same rows, so that nothing jumps when it comes. */
export function Skeleton({ granularity, breathing }: { granularity: Granularity; breathing: boolean }) {
  return (
    <div className={`board skeleton${breathing ? ' breathing' : ''}`} aria-hidden="true">
      <table>
        <BoardHead granularity={granularity} />
      </table>
      <div className="empty-rows">
        {WIDTHS.map((width, i) => (
          <EmptyRow key={width} rank={i + 1} width={width} />
        ))}
      </div>
    </div>
  );
}

/** Ranks 2 to 10 with nothing behind them. */
export function EmptyRows() {
  return (
    <div className="empty-rows" aria-hidden="true">
      {[2, 3, 4, 5, 6, 7, 8, 9, 10].map((rank) => (
        <EmptyRow key={rank} rank={rank} width={0} />
      ))}
    </div>
  );
}

function EmptyRow({ rank, width }: { rank: number; width: number }) {
  return (
    <div className={`row${rank === 1 ? ' one' : ''}`}>
      <span className="rank">{rank}</span>
      <span className="song">{width > 0 && <i style={{ width: `${width}%` }} />}</span>
    </div>
  );
}
