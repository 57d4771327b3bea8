import { useCallback, useState } from 'react';
import { fetchChart } from '../../api/client';
import type { Chart, Entry, Granularity, Region } from '../../api/types';
import { count } from '../../chart/numbers';
import { Icon } from '../../chart/parts/Icon';
import { MovementMark } from '../../chart/parts/MovementMark';
import { Rank } from '../../chart/parts/Rank';
import { Artist, Title } from '../../chart/parts/SongName';
import { StatusChip } from '../../chart/parts/StatusChip';
import { TryAgain } from '../../chart/parts/TryAgain';
import { LIVE_SECONDS, type Live } from '../../chart/useLive';
import { usePolled } from '../../chart/usePolled';
import { MOST_COMPARED } from '../address';
import { type Elsewhere, sharedSongs, sharedWords } from '../shared';
import { chartOf } from './TileMap';

interface Props {
  /** Their codes, in the order of the columns. */
  compared: string[];
  granularity: Granularity;
  at: string;
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
          {charts.length < compared.length && !reading.failed && reading.loading && 'Loading the charts…'}
        </p>
        {compared.length < MOST_COMPARED && free && (
          <button type="button" className="button" onClick={() => onChange([...compared, free.region])}>
            Add a region
          </button>
        )}
      </div>
      {reading.failed && (
        <div className="compare-failed" role="alert">
          <p>
            {charts.length === 0
              ? 'The charts did not load. Nothing is lost: only this page could not read them.'
              : 'The charts could not be read again. This is how they were.'}
          </p>
          <TryAgain trying={reading.trying} onTry={reading.retry} />
        </div>
      )}
      <section
        className="compare-columns"
        aria-label="Top 10s side by side"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
        tabIndex={0}
      >
        {compared.map((code, i) => (
          <div className="compare-column" key={code}>
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
                  onClick={() => onChange(compared.toSpliced(i, 1))}
                >
                  <Icon name="cross" />
                </button>
              )}
            </div>
            <TopTen
              chart={reading.charts.get(code)}
              name={nameOf(code)}
              granularity={granularity}
              loading={reading.loading}
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
  loading: boolean;
  shared: Map<string, Elsewhere[]>;
  picked: string | null;
  onPick(song: string): void;
}

function TopTen({ chart, name, granularity, loading, shared, picked, onPick }: TopTenProps) {
  if (!chart) {
    const none = chart === null || !loading;
    return <p className="compare-none">{none && `No chart of ${name} for this ${granularity}.`}</p>;
  }
  return (
    <>
      <p className="compare-state">
        <StatusChip chip={chart.status} />
        <a href={chartOf(chart.region, granularity, chart.period_start)}>
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
              region={chart.region}
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
  region: string;
  /** Of the song in all the charts, if it stands in more than this one. */
  places: Elsewhere[];
  picked: boolean;
  onPick(): void;
}

function Row({ entry, region, places, picked, onPick }: RowProps) {
  const elsewhere = places.filter((place) => place.region !== region);
  return (
    <tr className={`${elsewhere.length > 0 ? 'shared' : ''}${picked ? ' picked' : ''}`}>
      <td className="rank">
        <Rank entry={entry} />
        <MovementMark entry={entry} />
      </td>
      <td className="compare-song">
        {elsewhere.length > 0 ? (
          <button type="button" className="compare-pick" aria-pressed={picked} onClick={onPick}>
            <Title song={entry.song} region={region} />
            <span className="hidden">, mark it in every list</span>
          </button>
        ) : (
          <Title song={entry.song} region={region} />
        )}
        <Artist song={entry.song} region={region} />
        {elsewhere.length > 0 && (
          <span className="also">
            also {elsewhere.map((place) => `${place.region} ${place.rank}`).join(', ')}
          </span>
        )}
      </td>
      <td className="figure">{count(entry.plays)}</td>
    </tr>
  );
}

/** The charts by region; those already read stay while another is added. */
function useCharts(compared: string[], granularity: Granularity, at: string, live: Live) {
  const codes = compared.join(',');
  const place = `${granularity}/${at}`;
  const { answer, failed, trying, retry } = usePolled(
    useCallback(
      (signal: AbortSignal) =>
        Promise.all(
          codes
            .split(',')
            .filter((code) => code !== '')
            .map(async (code) => [code, await fetchChart(code, granularity, at, signal)] as const),
        ),
      [codes, granularity, at],
    ),
    (charts) => (live.open || charts.every(([, chart]) => chart?.status === 'final') ? LIVE_SECONDS : 15),
    live.charts,
  );
  const [last, setLast] = useState<{ place: string; answer: typeof answer }>({ place, answer: null });
  if (answer !== null && answer !== last.answer) setLast({ place, answer });
  const shown = answer ?? (last.place === place ? last.answer : null);
  return { charts: new Map(shown ?? []), loading: answer === null, failed, trying, retry };
}
