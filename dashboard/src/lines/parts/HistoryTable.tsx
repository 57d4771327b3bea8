import type { Granularity } from '../../api/types';
import { count } from '../../chart/numbers';
import { Column } from '../../chart/parts/Column';
import { hourWords, weekdayWords } from '../../chart/period';
import type { SongHistory } from '../history';

interface Props {
  history: SongHistory;
  granularity: Granularity;
}

/** What the lines and bars draw, in figures, newest first. */
export function HistoryTable({ history: { periods, settled, lines }, granularity }: Props) {
  const newestFirst = periods.map((start, column) => ({ start, column })).reverse();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="table-scroll" tabIndex={0} aria-label={`Table of rank by ${granularity}`}>
      <table className="figures history">
        <thead>
          <tr>
            <th scope="col" rowSpan={2}>
              {granularity === 'hour' ? 'Hour' : 'Day'}, UTC
            </th>
            {lines.map(({ region, name }) => (
              <th key={region} scope="colgroup" colSpan={2}>
                {name}
              </th>
            ))}
          </tr>
          <tr>
            {lines.flatMap(({ region }) => [
              <Column key={`${region} rank`} figure>
                Rank
              </Column>,
              <Column key={`${region} plays`} figure>
                Plays
              </Column>,
            ])}
          </tr>
        </thead>
        <tbody>
          {newestFirst.map(({ start, column }) => (
            <tr key={start} className={column < settled ? '' : 'provisional'}>
              <th scope="row">
                {weekdayWords(start)}
                {granularity === 'hour' && `, ${hourWords(start)}`}
                {column >= settled && <small> not settled</small>}
              </th>
              {lines.flatMap(({ region, points, settled: own }) => {
                const point = points[column] ?? null;
                const open = point !== null && column >= own && column < settled;
                return [
                  <td key={`${region} rank`} className="figure rank">
                    {count(point?.rank ?? null)}
                    {open && <small> not settled</small>}
                  </td>,
                  <td key={`${region} plays`} className="figure">
                    {count(point?.plays ?? null)}
                  </td>,
                ];
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
