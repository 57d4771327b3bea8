import type { CSSProperties, ReactNode } from 'react';
import { EDGE } from '../drawing';

interface Props {
  /** How many columns the canvas has. */
  columns: number;
  /** The last row that it draws. */
  bottom: number;
  ranks: { rank: number; row: number }[];
  /** Labels at the foot. */
  dates: { column: number; words: string }[];
  children: ReactNode;
}

/** A canvas of lines, with its ranks and dates around it in letters that can be selected and found. */
export function Frame({ columns, bottom, ranks, dates, children }: Props) {
  const part = (column: number) => (columns > 1 ? column / (columns - 1) : 0);
  return (
    <div
      className="frame"
      aria-hidden="true"
      style={{ '--rows': bottom, '--edge': `${EDGE}px` } as CSSProperties}
    >
      <div className="frame-ranks">
        {ranks.map(({ rank, row }) => (
          <span
            key={rank}
            className={rank === 1 ? 'one' : ''}
            style={{ top: `${(100 * (row - 0.5)) / bottom}%` }}
          >
            {rank}
          </span>
        ))}
      </div>
      <div className="frame-canvas">{children}</div>
      <div className="frame-dates">
        {dates.map(({ column, words }) => (
          <span
            key={column}
            className={column === 0 ? 'first' : column === columns - 1 ? 'last' : ''}
            style={{ left: `calc(var(--edge) + (100% - 2 * var(--edge)) * ${part(column)})` }}
          >
            {words}
          </span>
        ))}
      </div>
    </div>
  );
}
