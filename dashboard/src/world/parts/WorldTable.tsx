import type { World, WorldRegion } from '../../api/types';
import { count, share } from '../../chart/numbers';
import { Column } from '../../chart/parts/Column';
import { MovementShape } from '../../chart/parts/MovementMark';
import { Artist, Title } from '../../chart/parts/SongName';
import { type Chip, StatusChip } from '../../chart/parts/StatusChip';
import { isFresh } from '../leaders';
import { chartOf } from './TileMap';

/** The map's figures in full, a row for a region. Wider than a phone: it scrolls inside its own region. */
export function WorldTable({ world, caption }: { world: World; caption: string }) {
  const byName = world.regions.toSorted((a, b) => a.region_name.localeCompare(b.region_name));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="table-scroll" tabIndex={0} aria-label={caption}>
      <table className="song-table world-table">
        <thead>
          <tr>
            <Column>Region</Column>
            <Column>No. 1</Column>
            <Column>Artist</Column>
            <Column>Move</Column>
            <Column figure>Plays</Column>
            <Column figure>Share</Column>
            <Column figure>{world.granularity === 'hour' ? 'Hours' : 'Days'} on chart</Column>
            <Column figure>All plays</Column>
            <Column>State</Column>
          </tr>
        </thead>
        <tbody>
          {byName.map((region) => (
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
      <td className="full">{first ? <Title song={first.song} region={code} /> : '–'}</td>
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
