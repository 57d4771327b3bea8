import type { Chart } from '../../api/types';
import { biggestClimb, countMovements, MOVEMENTS } from '../movement';
import { amount } from '../period';
import { MovementMark, MovementShape } from './MovementMark';
import { Title } from './SongName';

const NAMES = { up: 'up', down: 'down', same: 'unchanged', new: 'new', re_entry: 're-entries' };

export function MovementCard({ chart }: { chart: Chart }) {
  const counts = countMovements(chart.entries);
  const climb = biggestClimb(chart.entries);
  return (
    <section className="card movement" aria-labelledby="movement-head">
      <h2 id="movement-head">
        Movement <small>{amount(chart.entries.length, 'song')}</small>
      </h2>
      <ul className="tally">
        {MOVEMENTS.map((movement) => (
          <li key={movement} className={movement}>
            <MovementShape movement={movement} />
            <b>{counts[movement]}</b>
            <span className="hidden"> {NAMES[movement]}</span>
          </li>
        ))}
      </ul>
      <ul className="lines">
        {climb && (
          <li>
            <span className="line-text">
              Biggest climb: <Title song={climb.song} region={chart.region} />
            </span>
            <MovementMark entry={climb} />
          </li>
        )}
        {chart.left.map(({ song, previous_rank }) => (
          <li key={song.song_id} className="gone">
            <span className="line-text">
              Left the ten: <Title song={song} region={chart.region} />
            </span>
            <span className="was-rank">was {previous_rank}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
