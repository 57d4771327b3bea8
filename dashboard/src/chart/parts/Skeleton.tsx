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
      <EmptyRows widths={WIDTHS} />
    </div>
  );
}

/** Ranks with nothing behind them. */
export function EmptyRows({ widths }: { widths: number[] }) {
  const ranks = widths.length === 10 ? 1 : 2;
  return (
    <div className="empty-rows" aria-hidden="true">
      {widths.map((width, i) => (
        <div key={i} className={`row${i + ranks === 1 ? ' one' : ''}`}>
          <span className="rank">{i + ranks}</span>
          <span className="song">{width > 0 && <i style={{ width: `${width}%` }} />}</span>
        </div>
      ))}
    </div>
  );
}
