import { useRef } from 'react';
import type { Race } from '../../api/types';
import { songPath } from '../../chart/address';
import { count } from '../../chart/numbers';
import { Column } from '../../chart/parts/Column';
import { MovementMark } from '../../chart/parts/MovementMark';
import { Rank } from '../../chart/parts/Rank';
import { Artist, Title } from '../../chart/parts/SongName';
import { useGlide } from '../../chart/useGlide';
import type { Runner } from '../race';
import { LineSample } from './LineSample';

interface Props {
  race: Race;
  caption: string;
  runners: Runner[];
  /** The song whose line is yellow. */
  chosen: string | null;
  /** The song that is followed until another is. */
  followed: string | null;
  milliseconds: number;
  /** The pointer or the focus is on a song, or on none. */
  onPoint(song: string | null): void;
  onFollow(song: string | null): void;
}

/** The order at the chosen period: the names at the ends of the lines, and what the lines say in words. */
export function OrderTable({
  race,
  caption,
  runners,
  chosen,
  followed,
  milliseconds,
  onPoint,
  onFollow,
}: Props) {
  const table = useRef<HTMLTableElement>(null);
  useGlide(table, runners, { rows: 'tr[data-song]', milliseconds });
  const unit = race.granularity;
  return (
    <table className="order" ref={table}>
      <caption className="hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="hidden">Line</span>
          </th>
          <Column>Rank</Column>
          <Column>Move</Column>
          <Column>Song</Column>
          <Column figure>Plays</Column>
        </tr>
      </thead>
      <tbody onPointerLeave={() => onPoint(null)}>
        {runners.map((runner) => {
          const { song } = runner;
          const id = song.song_id;
          return (
            <tr
              key={id}
              data-song={id}
              className={chosen === id ? 'chosen' : ''}
              onPointerEnter={() => onPoint(id)}
              onFocus={() => onPoint(id)}
              onBlur={() => onPoint(null)}
            >
              <td>
                <button
                  type="button"
                  className="follow"
                  aria-pressed={followed === id}
                  aria-label={`Follow ${song.title ?? id}`}
                  onClick={() => onFollow(followed === id ? null : id)}
                >
                  <LineSample stroke={chosen === id ? 'cased' : 'plain'} />
                </button>
              </td>
              <td className="rank">
                <Rank entry={runner} />
              </td>
              <td>{runner.move ? <MovementMark entry={runner.move} /> : <span className="mark">–</span>}</td>
              <td className="name">
                <Title song={song} region={race.region} href={songPath(id, race.region, unit)} />{' '}
                <Artist song={song} region={race.region} />
              </td>
              <td className="figure">{count(runner.plays)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
