import { useCallback, useRef, useState } from 'react';
import { fetchChart, ServiceFailure } from '../../api/client';
import type { Chart, Entry, Granularity, Region } from '../../api/types';
import { chartOf, songPath } from '../../chart/address';
import { count } from '../../chart/numbers';
import { Icon } from '../../chart/parts/Icon';
import { MovementMark } from '../../chart/parts/MovementMark';
import { Rank } from '../../chart/parts/Rank';
import { Artist, Title } from '../../chart/parts/SongName';
import { StatusChip } from '../../chart/parts/StatusChip';
import { TryAgain } from '../../chart/parts/TryAgain';
import { useFocusNext } from '../../chart/useFocusNext';
import { LIVE_SECONDS, type Live } from '../../chart/useLive';
import { RETRY_SECONDS, usePolled } from '../../chart/usePolled';
import { useWaiting } from '../../chart/useWaiting';
import { MOST_COMPARED } from '../address';
import { type Elsewhere, sharedSongs, sharedWords } from '../shared';

interface Props {
  /** Their codes, in the order of the columns. */
  compared: string[];
  granularity: Granularity;
  /** Null while it is not known which is the latest. */
  at: string | null;
  regions: Region[];
  nameOf(code: string): string;
  live: Live;
  onChange(compared: string[]): void;
}

/** The Top 10s of two to four regions side by side; a song that more than one of them has says where else it stands. */
export function Compare({ compared, granularity, at, regions, nameOf, live, onChange }: Props) {
  const reading = useCharts(compared, granularity, at, live);
  const [picked, pick] = useState<string | null>(null);
  const charts = compared.flatMap((code) => reading.charts.get(code) ?? []);
  const shared = sharedSongs(charts);
  const unread = reading.failed.filter((code) => !reading.charts.get(code));
  const columns = useRef<HTMLElement>(null);
  const focusNext = useFocusNext(columns, 'select');
  const add = (code: string) => {
    focusNext(compared.length);
    onChange([...compared, code]);
  };
  const leaveOut = (i: number) => {
    focusNext(Math.min(i, compared.length - 2));
    onChange(compared.toSpliced(i, 1));
  };
  const replace = (i: number, code: string) => onChange(compared.with(i, code));
  const free = regions.find(({ region }) => region !== 'GLOBAL' && !compared.includes(region));
  return (
    <section className="compare" aria-labelledby="compare-head">
      <h2 id="compare-head" className="hidden" tabIndex={-1}>
        Compared
      </h2>
      <div className="compare-note">
        <p role="status">
          {compared.length < 2
            ? 'Choose two to four regions to see their Top 10s side by side.'
            : charts.length === compared.length && sharedWords(charts)}
          {charts.length < compared.length && reading.loading && 'Loading the charts…'}
        </p>
        {compared.length < MOST_COMPARED && free && (
          <button type="button" className="button" onClick={() => add(free.region)}>
            Add a region
          </button>
        )}
      </div>
      {reading.failed.length > 0 && (
        <div className="failed-note" role="alert">
          <p>
            {unread.length > 0
              ? `${unread.map(nameOf).join(', ')} did not load. Nothing is lost: only this page could not read ${unread.length > 1 ? 'them' : 'it'}.`
              : `${reading.failed.map(nameOf).join(', ')} could not be read again. This is how it was.`}
          </p>
          <TryAgain trying={reading.trying} onTry={reading.retry} />
        </div>
      )}
      <section
        className="compare-columns"
        aria-label="Top 10s side by side"
        ref={columns}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
      >
        {compared.map((code, i) => (
          <div className="compare-column" key={COLUMNS[i]}>
            <div className="compare-column-head">
              <label className="region-select">
                <span className="hidden">Region {i + 1}</span>
                <select value={code} onChange={(event) => replace(i, event.target.value)}>
                  {!regions.some(({ region }) => region === code) && (
                    <option value={code}>{nameOf(code)}</option>
                  )}
                  {regions
                    .filter(({ region }) => region === code || !compared.includes(region))
                    .map(({ region, name }) => (
                      <option key={region} value={region}>
                        {name}
                      </option>
                    ))}
                </select>
              </label>
              {compared.length > 2 && (
                <button
                  type="button"
                  className="icon-button"
                  aria-label={`Leave out ${nameOf(code)}`}
                  onClick={() => leaveOut(i)}
                >
                  <Icon name="cross" />
                </button>
              )}
            </div>
            <TopTen
              chart={reading.charts.get(code)}
              name={nameOf(code)}
              granularity={granularity}
              none={!reading.loading && !reading.failed.includes(code)}
              shared={shared}
              picked={picked}
              onPick={(song) => pick(song === picked ? null : song)}
            />
          </div>
        ))}
      </section>
    </section>
  );
}

interface TopTenProps {
  /** Null where there is none, undefined while it has not been read. */
  chart: Chart | null | undefined;
  name: string;
  granularity: Granularity;
  /** It has been read that there is none. */
  none: boolean;
  shared: Map<string, Elsewhere[]>;
  picked: string | null;
  onPick(song: string): void;
}

function TopTen({ chart, name, granularity, none, shared, picked, onPick }: TopTenProps) {
  if (!chart) {
    return <p className="compare-none">{none && `No chart of ${name} for this ${granularity}.`}</p>;
  }
  return (
    <>
      <p className="compare-state">
        <StatusChip chip={chart.status} />
        <a href={chartOf(chart.region, chart.granularity, chart.period_start)}>
          Chart<span className="hidden"> of {name}</span>
        </a>
      </p>
      <table className="compare-table">
        <caption className="hidden">
          Top {chart.entries.length} of {name}
        </caption>
        <colgroup>
          <col className="rank-column" />
          <col />
          <col className="plays-column" />
        </colgroup>
        <thead className="hidden">
          <tr>
            <th scope="col">Rank</th>
            <th scope="col">Song</th>
            <th scope="col">Plays</th>
          </tr>
        </thead>
        <tbody>
          {chart.entries.map((entry) => (
            <Row
              key={entry.song.song_id}
              entry={entry}
              chart={chart}
              places={shared.get(entry.song.song_id) ?? []}
              picked={picked === entry.song.song_id}
              onPick={() => onPick(entry.song.song_id)}
            />
          ))}
        </tbody>
      </table>
      {chart.entries.length === 0 && <p className="compare-none">No plays this {granularity}.</p>}
    </>
  );
}

interface RowProps {
  entry: Entry;
  chart: Chart;
  /** Of the song in all the charts, if it stands in more than this one. */
  places: Elsewhere[];
  picked: boolean;
  onPick(): void;
}

function Row({ entry, chart: { region, granularity }, places, picked, onPick }: RowProps) {
  const elsewhere = places.filter((place) => place.region !== region);
  return (
    <tr className={`${elsewhere.length > 0 ? 'shared' : ''}${picked ? ' picked' : ''}`}>
      <td className="rank">
        <Rank entry={entry} />
        <MovementMark entry={entry} />
      </td>
      <td className="compare-song">
        <Title song={entry.song} region={region} href={songPath(entry.song.song_id, region, granularity)} />
        <Artist song={entry.song} region={region} />
        {elsewhere.length > 0 && (
          <button type="button" className="also" aria-pressed={picked} onClick={onPick}>
            also {elsewhere.map((place) => `${place.region} ${place.rank}`).join(', ')}
            <span className="hidden">: mark {entry.song.title ?? entry.song.song_id} in every list</span>
          </button>
        )}
      </td>
      <td className="figure">{count(entry.plays)}</td>
    </tr>
  );
}

/** A column keeps its place, and its field the focus, whatever region is picked in it. */
const COLUMNS = ['first', 'second', 'third', 'fourth'] as const;

interface Read {
  place: string;
  charts: (readonly [string, Chart | null])[];
  /** Those that could not be read: one that fails hides none of the others. */
  failed: string[];
}

/** The last that was read, with what of the same period was read before it. */
interface Kept extends Read {
  of: Read;
}

/** The charts by region; those already read stay while another is added, and for the first moments of another period. */
function useCharts(compared: string[], granularity: Granularity, at: string | null, live: Live) {
  const codes = compared.join(',');
  const place = `${granularity}/${at}`;
  const { answer, trying, retry } = usePolled(
    useCallback(
      async (signal: AbortSignal): Promise<Read> => {
        const wanted = at === null ? [] : codes.split(',').filter((code) => code !== '');
        const read = await Promise.all(
          wanted.map(async (code) => [code, await chartOrFailure(code, granularity, at, signal)] as const),
        );
        return {
          place: `${granularity}/${at}`,
          charts: read.flatMap(([code, chart]) => (chart === 'failed' ? [] : [[code, chart] as const])),
          failed: read.flatMap(([code, chart]) => (chart === 'failed' ? [code] : [])),
        };
      },
      [codes, granularity, at],
    ),
    ({ charts, failed }) => {
      if (failed.length > 0) return RETRY_SECONDS;
      return live.open || charts.every(([, chart]) => chart?.status === 'final') ? LIVE_SECONDS : 15;
    },
    live.charts,
  );
  const loading = answer === null || at === null;
  const waiting = useWaiting(`${codes} ${place}`, !loading);
  const [last, setLast] = useState<Kept | null>(null);
  // What could not be read again stays as it was.
  const kept = last && (last.place === place || waiting === 'briefly') ? last.charts : [];
  if (answer !== null && !loading && answer !== last?.of) {
    const same = last?.place === place ? last.charts : [];
    setLast({ ...answer, of: answer, charts: [...new Map([...same, ...answer.charts])] });
  }
  return {
    charts: new Map([...kept, ...(loading ? [] : answer.charts)]),
    loading,
    failed: answer?.failed ?? [],
    trying,
    retry,
  };
}

async function chartOrFailure(
  code: string,
  granularity: Granularity,
  at: string | null,
  signal: AbortSignal,
) {
  try {
    return await fetchChart(code, granularity, at, signal);
  } catch (failure) {
    if (failure instanceof ServiceFailure) return 'failed';
    throw failure;
  }
}
