import type { ReactNode } from 'react';
import type { Song, World } from '../../api/types';
import { chartOf, songPath } from '../../chart/address';
import { count } from '../../chart/numbers';
import { Column } from '../../chart/parts/Column';
import { MovementMark } from '../../chart/parts/MovementMark';
import { Artist, Title } from '../../chart/parts/SongName';
import { longestOf } from '../leaders';

/** What moves in the regions: who climbed most, who came, who stays. */
export function Lists({ world, dimmed = false }: { world: World; dimmed?: boolean }) {
  const { granularity, climbers, new_entries } = world;
  const longest = longestOf(world.regions);
  return (
    <div className={`world-lists${dimmed ? ' dimmed' : ''}`} inert={dimmed} aria-hidden={dimmed}>
      <List
        id="climbers"
        head="Biggest climbers"
        beside={`places gained this ${granularity}`}
        columns={['Move', 'Song', 'Region', 'From', 'To']}
        empty={climbers.length === 0 && `No song rose within a Top 10 this ${granularity}.`}
      >
        {climbers.map((climber) => (
          <tr key={`${climber.region} ${climber.song.song_id}`}>
            <td>
              <MovementMark entry={{ ...climber, movement: 'up' }} />
            </td>
            <SongCell song={climber.song} region={climber.region} world={world} />
            <RegionCell place={climber} world={world} />
            <td className="figure">{count(climber.previous_rank)}</td>
            <td className="figure strong">{count(climber.rank)}</td>
          </tr>
        ))}
      </List>
      <List
        id="new-entries"
        head="New entries"
        beside="highest first"
        columns={['Rank', 'Song', 'Region', 'Plays']}
        empty={new_entries.length === 0 && `No song came into a Top 10 this ${granularity}.`}
      >
        {new_entries.map((entry) => (
          <tr key={`${entry.region} ${entry.song.song_id}`}>
            <td className="entered">
              <b>{entry.rank}</b> <MovementMark entry={{ ...entry, previous_rank: null }} />
            </td>
            <SongCell song={entry.song} region={entry.region} world={world} />
            <RegionCell place={entry} world={world} />
            <td className="figure strong">{count(entry.plays)}</td>
          </tr>
        ))}
      </List>
      <List
        id="longest"
        head="No. 1s longest on the chart"
        beside={`${granularity}s in a row`}
        columns={['Region', 'Song', granularity === 'hour' ? 'Hours' : 'Days']}
        empty={longest.length === 0 && `No number one was on its chart the ${granularity} before.`}
      >
        {longest.map((place) => (
          <tr key={place.region}>
            <RegionCell place={place} world={world} />
            {place.number_one && (
              <SongCell song={place.number_one.song} region={place.region} world={world} />
            )}
            <td className="figure strong">{count(place.number_one?.streak ?? null)}</td>
          </tr>
        ))}
      </List>
    </div>
  );
}

const FIGURES: readonly string[] = ['From', 'To', 'Plays', 'Hours', 'Days'];

interface ListProps {
  id: string;
  head: string;
  beside: string;
  columns: string[];
  /** What to say where there is nothing to list. */
  empty: string | false;
  children: ReactNode;
}

function List({ id, head, beside, columns, empty, children }: ListProps) {
  return (
    <section className={`world-list ${id}`} aria-labelledby={`${id}-head`}>
      <div className="list-head">
        <h2 id={`${id}-head`}>{head}</h2>
        <small>{beside}</small>
      </div>
      {empty ? (
        <p className="list-empty">{empty}</p>
      ) : (
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <Column key={column} figure={FIGURES.includes(column)}>
                  {column}
                </Column>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      )}
    </section>
  );
}

function SongCell({ song, region, world }: { song: Song; region: string; world: World }) {
  return (
    <td className="list-song">
      <Title song={song} region={region} href={songPath(song.song_id, region, world.granularity)} />{' '}
      <Artist song={song} region={region} />
    </td>
  );
}

interface Place {
  region: string;
  region_name: string;
}

function RegionCell({ place, world }: { place: Place; world: World }) {
  return (
    <td className="list-region">
      <a href={chartOf(place.region, world.granularity, world.period_start)}>{place.region_name}</a>
    </td>
  );
}
