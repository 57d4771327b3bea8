import { useCallback, useEffect, useRef } from 'react';
import { ABSENT, fetchPlay } from '../../api/client';
import type { ChartOfPlay, Delivery, Play, SongPlay } from '../../api/types';
import { count } from '../numbers';
import { dateWords, exactWords, millisecondWords, periodWords } from '../period';
import { placeName } from '../regions';
import { heardWords, OUTCOMES } from '../trace';
import { useAnswer } from '../useAnswer';
import { Column } from './Column';
import { TryAgain } from './TryAgain';

/** One play: how it reached the lake, and what became of it in each chart that could count it. */
export function PlayView({ play: { event_id, played_at }, onBack }: { play: SongPlay; onBack(): void }) {
  const { answer, failure, trying, retry } = useAnswer(
    useCallback((signal: AbortSignal) => fetchPlay(event_id, played_at, signal), [event_id, played_at]),
  );
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => head.current?.focus(), []);
  const at = Date.parse(played_at);
  return (
    <section className="play" aria-labelledby="play-head">
      <div className="play-head">
        <h3 id="play-head" ref={head} tabIndex={-1}>
          Played at {millisecondWords(at)} UTC
        </h3>
        <button type="button" className="link" onClick={onBack}>
          Back to the plays
        </button>
      </div>
      <p className="play-id">
        {dateWords(at)}, play <code>{event_id}</code>
      </p>
      {failure && (
        <div className="trace-note" role="alert">
          <p>
            {failure.status === 503
              ? 'The lake could not be read just now. Nothing is lost.'
              : 'This play did not load.'}
          </p>
          <TryAgain trying={trying} onTry={retry} />
          <small>{failure.reference}</small>
        </div>
      )}
      <div role="status">
        {answer === null && !failure && <p className="trace-note">Looking for this play in the lake…</p>}
        {answer === ABSENT && (
          <p className="trace-note">The lake no longer holds this play. The charts that counted it stand.</p>
        )}
      </div>
      {answer !== null && answer !== ABSENT && <Found play={answer} />}
    </section>
  );
}

function Found({ play }: { play: Play }) {
  const times = play.deliveries.length;
  return (
    <>
      <p>
        Heard for {heardWords(play.ms_played)} in {placeName(play.region) ?? play.region}
        {play.platform && `, on ${play.platform}`}
      </p>
      <table className="plays deliveries">
        <caption>{times === 1 ? 'Received once' : `Received ${times} times`}</caption>
        <thead>
          <tr>
            <Column>Received, UTC</Column>
            <Column figure>Partition</Column>
            <Column figure>Offset</Column>
            <Column>Use</Column>
          </tr>
        </thead>
        {play.deliveries.map((delivery) => (
          <DeliveryRows key={`${delivery.kafka_partition} ${delivery.kafka_offset}`} delivery={delivery} />
        ))}
      </table>
      <ul className="play-charts">
        {play.charts.map((chart) => (
          <Outcome key={`${chart.region} ${chart.granularity}`} chart={chart} />
        ))}
      </ul>
    </>
  );
}

/** The file has a line of its own: its path is longer than a popover is wide. */
function DeliveryRows({ delivery }: { delivery: Delivery }) {
  const { received_at, kafka_partition, kafka_offset, file, kept } = delivery;
  const at = Date.parse(received_at);
  return (
    <tbody>
      <tr>
        <td title={exactWords(at)}>{millisecondWords(at)}</td>
        <td className="figure">{kafka_partition}</td>
        <td className="figure">{count(kafka_offset)}</td>
        <td>{kept ? 'kept' : 'duplicate'}</td>
      </tr>
      <tr>
        <td colSpan={4} className="file">
          in {file}
        </td>
      </tr>
    </tbody>
  );
}

function Outcome({ chart }: { chart: ChartOfPlay }) {
  const { region, granularity, period_start, revision, outcome, why } = chart;
  const name = `${placeName(region) ?? region}, ${periodWords(granularity, Date.parse(period_start))} UTC`;
  const address = `/?region=${region}&granularity=${granularity}&at=${period_start}`;
  return (
    <li>
      <p>
        {revision === null ? name : <a href={address}>{name}</a>}: <b>{OUTCOMES[outcome] ?? outcome}</b>
      </p>
      <p className="why">
        {why}
        {revision !== null && `; revision ${revision}`}
      </p>
    </li>
  );
}
