import { useState } from 'react';
import type { Chart, Entry } from '../../api/types';
import { type Column, figureColumns, type Sorting, sortEntries } from '../columns';
import { count, share } from '../numbers';
import { MovementMark } from './MovementMark';
import { PlaysFigure, type Tracing } from './PlaysFigure';
import { Rank } from './Rank';
import { Artist, SongLink } from './SongName';
import { SortableHead } from './SortableHead';

interface Props {
  chart: Chart;
  caption: string;
  onTrace: Tracing;
}

/** Every column in full, in any order. Wider than a phone: it scrolls inside its own region. */
export function SongTable({ chart, caption, onTrace }: Props) {
  const [sorting, setSorting] = useState<Sorting>({ key: 'rank', descending: false });
  const columns = figureColumns(chart.granularity);
  const head = (key: string, text: string, descendingFirst = false, className = '') => (
    <SortableHead
      key={key}
      by={key}
      sorting={sorting}
      descendingFirst={descendingFirst}
      className={className}
      onSort={setSorting}
    >
      {text}
    </SortableHead>
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="table-scroll" tabIndex={0} aria-label={caption}>
      <table className="song-table">
        <thead>
          <tr>
            {head('rank', 'Rank')}
            <th scope="col">Move</th>
            {head('title', 'Title')}
            {head('artist', 'Artist')}
            {columns.map((column) => head(column.key, column.head, true, 'figure'))}
          </tr>
        </thead>
        <tbody>
          {sortEntries(chart.entries, columns, sorting).map((entry) => (
            <SongRow
              key={entry.song.song_id}
              entry={entry}
              chart={chart}
              columns={columns}
              onTrace={onTrace}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  entry: Entry;
  chart: Chart;
  columns: Column[];
  onTrace: Tracing;
}

function SongRow({ entry, chart, columns, onTrace }: RowProps) {
  return (
    <tr className={entry.position === 1 ? 'first' : ''} tabIndex={-1} data-row>
      <td className="rank">
        <Rank entry={entry} />
      </td>
      <td>
        <MovementMark entry={entry} />
      </td>
      <td className="full">
        <SongLink song={entry.song} chart={chart} />
      </td>
      <td className="full">
        <Artist song={entry.song} region={chart.region} />
      </td>
      {columns.map(({ key, value }) => (
        <td key={key} className={`figure ${key}`}>
          {key === 'plays' && <PlaysFigure entry={entry} onTrace={onTrace} />}
          {key === 'share' && share(entry.share)}
          {key !== 'plays' && key !== 'share' && count(value(entry))}
        </td>
      ))}
    </tr>
  );
}
