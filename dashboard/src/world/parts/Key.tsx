import type { World } from '../../api/types';
import { songPath } from '../../chart/address';
import { Artist, Title } from '../../chart/parts/SongName';
import { type Leaders, othersWords } from '../leaders';

/** What the tiles' fills and edges mean, and how many there are of each. */
export function Key({ world, leaders: { filled, others, fresh } }: { world: World; leaders: Leaders }) {
  const count = (status: World['status']) =>
    world.regions.filter((region) => region.status === status).length;
  const [open, held] = [count('provisional'), count('held')];
  return (
    <ul className="world-key" aria-label="Key of the map">
      {filled.map(({ song, region, regions, fill }) => (
        <Line key={song.song_id} count={regions} swatch={fill}>
          <Title song={song} region={region} href={songPath(song.song_id, region, world.granularity)} />{' '}
          <Artist song={song} region={region} />
        </Line>
      ))}
      {others.regions > 0 && (
        <Line count={others.regions} swatch="plain">
          {othersWords(others)}
        </Line>
      )}
      <Line count={fresh} swatch="plain fresh">
        new No. 1 this {world.granularity}
      </Line>
      {open > 0 && (
        <Line count={open} swatch="plain provisional">
          not settled yet
        </Line>
      )}
      {held > 0 && (
        <Line count={held} swatch="plain held">
          held: does not add up
        </Line>
      )}
    </ul>
  );
}

function Line({ count, swatch, children }: { count: number; swatch: string; children: React.ReactNode }) {
  return (
    <li>
      <b>{count}</b>
      <span className={`tile swatch ${swatch}`} aria-hidden="true" />
      <span className="key-words">{children}</span>
    </li>
  );
}
