import { useCallback, useMemo } from 'react';
import { fetchHistory } from '../../api/client';
import type { Granularity, RankPoint, Region } from '../../api/types';
import { periodWords, startOf } from '../../chart/period';
import { LIVE_SECONDS, type Live } from '../../chart/useLive';
import { usePolled } from '../../chart/usePolled';
import { useWaiting } from '../../chart/useWaiting';
import { askedRange, historyOf, lineWords, PERIODS, type SongHistory } from '../history';
import type { SongAddress } from '../songAddress';
import { useLast } from '../useLast';
import { HistoryTable } from './HistoryTable';
import { Panel } from './Panel';
import { PlaysBars } from './PlaysBars';
import { RankLines } from './RankLines';
import { RegionSlots } from './RegionSlots';
import { Unread } from './Unread';

interface Props {
  song: string;
  /** The regions to draw. */
  drawn: string[];
  granularity: Granularity;
  /** The end of the last settled period. */
  settledEnd: string;
  /** Where a region's periods begin that are not settled. */
  openFrom: Map<string, string>;
  regions: Region[];
  nameOf(region: string): string;
  view: SongAddress['view'];
  /** It charts now, so there will be lines: their place is kept until they come. */
  charted: boolean;
  live: Live;
  go(change: Partial<SongAddress>): void;
}

interface Read {
  granularity: Granularity;
  settledEnd: string;
  regions: { region: string; points: RankPoint[] }[];
}

/** Rank and plays over time, as lines or as a table. */
export function SongHistoryPanel({
  song,
  drawn,
  granularity,
  settledEnd,
  openFrom,
  regions,
  nameOf,
  view,
  charted,
  live,
  go,
}: Props) {
  const asked = drawn.join();
  const reading = usePolled(
    useCallback(
      async (signal: AbortSignal): Promise<Read> => {
        const { from, to } = askedRange(granularity, settledEnd);
        const read = async (region: string) => ({
          region,
          points: await fetchHistory(song, region, granularity, from, to, signal),
        });
        return { granularity, settledEnd, regions: await Promise.all(asked.split(',').map(read)) };
      },
      [song, asked, granularity, settledEnd],
    ),
    live.open ? LIVE_SECONDS : 30,
    live.charts,
  );
  const waiting = useWaiting(`${asked} ${granularity}`, reading.answer !== null || reading.failed);
  const last = useLast(reading.answer);
  const shown = reading.answer ?? (reading.failed ? null : last);
  const history = useMemo(
    () =>
      shown &&
      historyOf(
        shown.granularity,
        shown.settledEnd,
        shown.regions.map((line) => ({
          ...line,
          name: nameOf(line.region),
          openFrom: openFrom.get(line.region) ?? null,
        })),
      ),
    [shown, nameOf, openFrom],
  );
  // The slots name what was picked: what was drawn before it is none of that, and steps back until it comes.
  const stale = reading.answer === null && waiting !== 'briefly';
  const end = periodWords(granularity, startOf(granularity, Date.parse(settledEnd) - 1));
  const head = `Rank by ${granularity}, ${PERIODS[granularity]} ${granularity}s up to ${end} UTC`;
  return (
    <Panel id="over-time" head={head} aside="a gap means off the chart, hollow means not settled">
      <div className="slots-bar">
        <RegionSlots
          drawn={drawn.map((region) => ({ region, name: nameOf(region) }))}
          regions={regions}
          onPick={(picked) => go({ regions: picked })}
        />
        <fieldset className="toggle">
          <legend className="hidden">View</legend>
          {(['lines', 'table'] as const).map((option) => (
            <button
              key={option}
              type="button"
              aria-pressed={view === option}
              onClick={() => go({ view: option })}
            >
              {option === 'lines' ? 'Lines' : 'Table'}
            </button>
          ))}
        </fieldset>
      </div>
      <div className={`over-time-body${charted ? ' kept' : ''}`}>
        {reading.failed && <Unread what="history" reading={reading} shown={history !== null} />}
        {stale && !reading.failed && (
          <p className={`note breathing${history ? ' over' : ''}`} role="status">
            Loading the history…
          </p>
        )}
        {history && shown && (
          <div className={stale ? 'dimmed' : ''} inert={stale} aria-hidden={stale}>
            <Drawn history={history} granularity={shown.granularity} view={view} />
          </div>
        )}
      </div>
    </Panel>
  );
}

interface DrawnProps {
  history: SongHistory;
  granularity: Granularity;
  view: SongAddress['view'];
}

function Drawn({ history, granularity, view }: DrawnProps) {
  const nothing = history.lines.every(({ points }) => points.every((point) => point === null));
  if (nothing) {
    const names = history.lines.map(({ name }) => name).join(', ');
    return (
      <p className="note" role="status">
        Nothing to draw: it was not among the 100 of {names} in these {granularity}s. Pick another region
        {granularity === 'hour' ? ', or look at its days' : ''}.
      </p>
    );
  }
  if (view === 'table') return <HistoryTable history={history} granularity={granularity} />;
  return (
    <>
      <RankLines history={history} granularity={granularity} />
      <ul className="hidden">
        {history.lines.map((line) => (
          <li key={line.region}>
            {line.name}: {lineWords(line, granularity)}
          </li>
        ))}
      </ul>
      <h3>Plays by {granularity}</h3>
      <p className="beside">
        Each from zero, by its own scale. Yellow is {granularity === 'hour' ? 'an hour' : 'a day'} at No. 1.
      </p>
      <PlaysBars history={history} granularity={granularity} />
    </>
  );
}
