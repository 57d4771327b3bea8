import type { Chart } from '../../api/types';
import { MovementShape } from './MovementMark';

/** Explains only what the chart above it really shows. */
export function Legend({ chart }: { chart: Chart }) {
  const has = (movement: string) => chart.entries.some((entry) => entry.movement === movement);
  const tied = chart.entries.find((entry) => entry.tied);
  const open = chart.status === 'provisional';
  return (
    <p className="legend">
      <span>
        <i className={`key-bar${open ? ' open' : ''}`} /> plays this {chart.granularity}
        {open && ' so far'}
      </span>
      {!open && (
        <span>
          <i className="key-notch" /> plays the {chart.granularity} before
        </span>
      )}
      {has('new') && (
        <span>
          <MovementShape movement="new" /> never charted before
        </span>
      )}
      {has('re_entry') && (
        <span>
          <MovementShape movement="re_entry" /> back after a gap
        </span>
      )}
      {tied && (
        <span>
          <b>{tied.rank}=</b> tied on plays
        </span>
      )}
    </p>
  );
}
