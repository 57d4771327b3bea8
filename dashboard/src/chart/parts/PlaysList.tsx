import { useCallback, useState } from 'react';
import { fetchPlays, fetchPlaysCsv } from '../../api/client';
import type { SongPlay, Trace } from '../../api/types';
import { count } from '../numbers';
import { exactWords } from '../period';
import { fileName, save } from '../save';
import { heardWords, OUTCOMES } from '../trace';
import { useAnswer } from '../useAnswer';

interface Props {
  trace: Trace;
  seen: boolean;
  onSee(): void;
}

/** The single plays behind a figure, on the page or as a file. They name no listener. */
export function PlaysList({ trace, seen, onSee }: Props) {
  const [said, setSaid] = useState('');
  const { region, granularity, song, period_start } = trace;
  const saveCsv = async () => {
    setSaid('Making the CSV…');
    try {
      const file = await fetchPlaysCsv(region, granularity, song.song_id, period_start);
      save(file, `${fileName(trace)}-${song.song_id}-plays.csv`);
      setSaid('CSV saved');
    } catch {
      setSaid('The CSV was not made. Try again.');
    }
  };
  return (
    <>
      {seen && <Plays trace={trace} />}
      <div className="trace-actions">
        {!seen && (
          <button type="button" className="button solid" onClick={onSee}>
            See the plays
          </button>
        )}
        <button type="button" className="button" onClick={saveCsv}>
          Download CSV
        </button>
        <span role="status">{said}</span>
      </div>
    </>
  );
}

function Plays({ trace }: { trace: Trace }) {
  const { region, granularity, song, period_start } = trace;
  const { answer, failure, retry } = useAnswer(
    useCallback(
      (signal: AbortSignal) => fetchPlays(region, granularity, song.song_id, period_start, signal),
      [region, granularity, song.song_id, period_start],
    ),
  );
  if (failure) {
    return (
      <div className="trace-note" role="alert">
        <p>The plays did not load.</p>
        <button type="button" className="button" onClick={retry}>
          Try again
        </button>
        <small>{failure.reference}</small>
      </div>
    );
  }
  if (!answer) {
    return (
      <p className="trace-note" role="status">
        Loading the plays…
      </p>
    );
  }
  if (answer.length === 0) {
    return (
      <p className="trace-note" role="status">
        The lake holds no plays of this song in this {granularity}.
      </p>
    );
  }
  const all = trace.received - trace.duplicate;
  return (
    <section
      className="plays-scroll"
      aria-label="Plays"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
      tabIndex={0}
      ref={(region) => region?.focus()}
    >
      <table className="plays">
        <caption>
          {answer.length < all
            ? `The first ${count(answer.length)} of ${count(all)} plays`
            : `All ${count(answer.length)} plays`}
          , each once
        </caption>
        <thead>
          <tr>
            <th scope="col">Played, UTC</th>
            <th scope="col" className="figure">
              Heard
            </th>
            <th scope="col">On</th>
            <th scope="col" className="figure">
              Sent
            </th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {answer.map((play) => (
            <PlayRow key={`${play.event_id} ${play.played_at}`} play={play} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function PlayRow({ play }: { play: SongPlay }) {
  const { event_id, played_at, ms_played, platform, deliveries, outcome } = play;
  const at = new Date(played_at);
  return (
    <tr className={outcome}>
      <td>
        <a
          href={`/v1/plays/${encodeURIComponent(event_id)}?${new URLSearchParams({ played_at })}`}
          target="_blank"
          rel="noopener"
          title={`${exactWords(at.getTime())}, play ${event_id}`}
        >
          {at.toISOString().slice(11, 23)}
          <span className="hidden">, this play alone, opens in a new tab</span>
        </a>
      </td>
      <td className="figure">{heardWords(ms_played)}</td>
      <td>{platform ?? '–'}</td>
      <td className="figure">{deliveries}×</td>
      <td>{OUTCOMES[outcome] ?? outcome}</td>
    </tr>
  );
}
