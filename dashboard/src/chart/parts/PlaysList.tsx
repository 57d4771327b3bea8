import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { ABSENT, fetchPlays, fetchPlaysCsv, MOST_PLAYS } from '../../api/client';
import type { SongPlay, Trace } from '../../api/types';
import { count } from '../numbers';
import { exactWords, millisecondWords } from '../period';
import { fileName, save } from '../save';
import { heardWords, OUTCOMES } from '../trace';
import { useAnswer } from '../useAnswer';
import { Column } from './Column';
import { PlayView } from './PlayView';
import { TryAgain } from './TryAgain';

/** The single plays behind a figure, on the page or as a file. They name no listener. */
export function PlaysList({ trace }: { trace: Trace }) {
  const [seen, setSeen] = useState(false);
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
          <button type="button" className="button solid" onClick={() => setSeen(true)}>
            See the plays
          </button>
        )}
        <button type="button" className="button" onClick={saveCsv}>
          {playsOf(trace) > MOST_PLAYS ? `First ${count(MOST_PLAYS)} as CSV` : 'Download CSV'}
        </button>
        <span role="status">{said}</span>
      </div>
    </>
  );
}

/** Each once, however often it was sent. */
function playsOf({ received, duplicate }: Trace): number {
  return received - duplicate;
}

function Plays({ trace }: { trace: Trace }) {
  const { region, granularity, song, period_start } = trace;
  const { answer, failure, trying, retry } = useAnswer(
    useCallback(
      (signal: AbortSignal) => fetchPlays(region, granularity, song.song_id, period_start, signal),
      [region, granularity, song.song_id, period_start],
    ),
  );
  if (failure) {
    return (
      <div className="trace-note" role="alert">
        <p>The plays did not load.</p>
        <TryAgain trying={trying} onTry={retry} />
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
  if (answer === ABSENT) {
    return (
      <p className="trace-note" role="status">
        The lake holds no plays of this song in this {granularity}.
      </p>
    );
  }
  return <Listed plays={answer} all={playsOf(trace)} />;
}

/** The list, or one play of it in its place. */
function Listed({ plays, all }: { plays: SongPlay[]; all: number }) {
  const [one, setOne] = useState<SongPlay | null>(null);
  const list = useFocusAfter(one);
  return (
    <>
      {one && <PlayView play={one} onBack={() => setOne(null)} />}
      <section
        className="plays-scroll"
        aria-label="Plays"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
        ref={list}
        hidden={one !== null}
      >
        <table className="plays">
          <caption>
            {plays.length < all
              ? `The first ${count(plays.length)} of ${count(all)} plays`
              : `All ${count(plays.length)} plays`}
            , each once
          </caption>
          <thead>
            <tr>
              <Column>Played, UTC</Column>
              <Column figure>Heard</Column>
              <Column>On</Column>
              <Column figure>Sent</Column>
              <Column>Outcome</Column>
            </tr>
          </thead>
          <tbody>
            {plays.map((play) => (
              <PlayRow key={playKey(play)} play={play} onSee={() => setOne(play)} />
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

/** Brings the focus to the list when it comes, and back to the play that was looked at. */
function useFocusAfter(one: SongPlay | null): RefObject<HTMLElement | null> {
  const list = useRef<HTMLElement>(null);
  const seen = useRef<SongPlay | null>(null);
  useEffect(() => {
    const row = seen.current && `[data-play="${CSS.escape(playKey(seen.current))}"]`;
    if (one === null) (row ? list.current?.querySelector<HTMLElement>(row) : list.current)?.focus();
    seen.current = one;
  }, [one]);
  return list;
}

/** A play is told from others by both. */
function playKey({ event_id, played_at }: SongPlay): string {
  return `${event_id} ${played_at}`;
}

function PlayRow({ play, onSee }: { play: SongPlay; onSee(): void }) {
  const { event_id, played_at, ms_played, platform, deliveries, outcome } = play;
  const at = Date.parse(played_at);
  return (
    <tr className={outcome}>
      <td>
        <button
          type="button"
          className="link"
          data-play={playKey(play)}
          title={`${exactWords(at)}, play ${event_id}`}
          onClick={onSee}
        >
          {millisecondWords(at)}
          <span className="hidden">, see this play alone</span>
        </button>
      </td>
      <td className="figure">{heardWords(ms_played)}</td>
      <td>{platform ?? '–'}</td>
      <td className="figure">{deliveries}×</td>
      <td>{OUTCOMES[outcome] ?? outcome}</td>
    </tr>
  );
}
