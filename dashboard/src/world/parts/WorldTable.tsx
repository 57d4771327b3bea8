import { useState } from 'react';
import type { World, WorldRegion } from '../../api/types';
import { chartOf, songPath } from '../../chart/address';
import type { Sorting } from '../../chart/columns';
import { count, share } from '../../chart/numbers';
import { Column } from '../../chart/parts/Column';
import { MovementShape } from '../../chart/parts/MovementMark';
import { Artist, Title } from '../../chart/parts/SongName';
import { SortableHead } from '../../chart/parts/SortableHead';
import { type Chip, StatusChip } from '../../chart/parts/StatusChip';
import { sortRegions } from '../columns';
import { isFresh } from '../leaders';

/** The map's figures in full, a row for a region. Wider than a phone: it scrolls inside its own region. */
export function WorldTable({ world, caption }: { world: World; caption: string }) {
  const [sorting, setSorting] = useState<Sorting>({ key: 'region', descending: false });
  const text = (by: string, words: string) => (
    <SortableHead by={by} sorting={sorting} onSort={setSorting}>
      {words}
    </SortableHead>
  );
  const figure = (by: string, words: string) => (
    <SortableHead by={by} sorting={sorting} onSort={setSorting} descendingFirst className="figure">
      {words}
    </SortableHead>
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="table-scroll" tabIndex={0} aria-label={caption}>
      <table className="song-table world-table">
        <thead>
          <tr>
            {text('region', 'Region')}
            {text('title', 'No. 1')}
            {text('artist', 'Artist')}
            <Column>Move</Column>
            {figure('plays', 'Plays')}
            {figure('share', 'Share')}
            {figure('streak', world.granularity === 'hour' ? 'Hours on chart' : 'Days on chart')}
            {figure('all', 'All plays')}
            <Column>State</Column>
          </tr>
        </thead>
        <tbody>
          {sortRegions(world.regions, sorting).map((region) => (
            <Row key={region.region} region={region} world={world} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Row({ region, world }: { region: WorldRegion; world: World }) {
  const { number_one: first, plays, region: code } = region;
  return (
    <tr data-row tabIndex={-1}>
      <th scope="row">
        <a href={chartOf(code, world.granularity, world.period_start)}>{region.region_name}</a>
      </th>
      <td className="full">
        {first ? (
          <Title
            song={first.song}
            region={code}
            href={songPath(first.song.song_id, code, world.granularity)}
          />
        ) : (
          '–'
        )}
      </td>
      <td className="full">{first ? <Artist song={first.song} region={code} /> : '–'}</td>
      <td>{first && <Since region={region} />}</td>
      <td className="figure plays">{count(first?.plays ?? null)}</td>
      <td className="figure">{first && plays > 0 ? share(first.plays / plays) : '–'}</td>
      <td className="figure">{count(first?.streak ?? null)}</td>
      <td className="figure">{count(plays)}</td>
      <td>
        <StatusChip chip={region.status satisfies Chip} />
      </td>
    </tr>
  );
}

function Since({ region }: { region: WorldRegion }) {
  const was = region.number_one?.previous_rank ?? null;
  if (!isFresh(region)) return <span className="since">stays</span>;
  return (
    <span className="mark">
      <MovementShape movement={was === null ? (region.number_one?.movement ?? 'new') : 'up'} />
      <span className="since">{was === null ? 'new at No. 1' : `from ${was}`}</span>
    </span>
  );
}
