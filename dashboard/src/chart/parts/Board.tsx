import { type CSSProperties, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { Chart, Entry } from '../../api/types';
import { barsOf, barWidth } from '../bars';
import { widthInLetters } from '../languages';
import { count, share } from '../numbers';
import { useGlide } from '../useGlide';
import { PHONE, useMedia } from '../useMedia';
import type { WordEnds } from './BarCanvas';
import { Legend } from './Legend';
import { MovementMark } from './MovementMark';
import { NumberOne } from './NumberOne';
import { PlaysFigure, type Tracing } from './PlaysFigure';
import { Rank } from './Rank';
import { Artist, SongLink } from './SongName';
import { useCanvases } from './useCanvases';

const LONG_TITLE = 36;

interface Props {
  chart: Chart;
  /** In words, for those who hear the table. */
  caption: string;
  /** Shown as a reminder of the last good chart, behind a notice: it can be neither used nor heard. */
  dimmed?: boolean;
  onTrace?: Tracing;
}

/**
 * The Top 10: a real table, with one canvas of bars lined up behind its song column.
 * It is laid out as a grid, by which browsers may drop a table's roles: so they are all written out.
 */
export function Board({ chart, caption, dimmed = false, onTrace = null }: Props) {
  const bars = useMemo(() => barsOf(chart), [chart]);
  const table = useRef<HTMLTableElement>(null);
  const wordEnds = useWordEnds(table, chart);
  const canvases = useCanvases();
  useGlide(table, chart, {
    rows: '.row[data-song]:not(.one)',
    of: `${chart.region}/${chart.granularity}/${chart.period_start}`,
    milliseconds: 420,
  });
  const rowHeight = useMedia(PHONE) ? 68 : 52;
  const entries = dimmed ? chart.entries.slice(1) : chart.entries;
  return (
    <div className={`board${dimmed ? ' dimmed' : ''}`} inert={dimmed} aria-hidden={dimmed}>
      {canvases && bars.notches.length > 0 && (
        <canvases.BarCanvas
          bars={bars}
          wordEnds={wordEnds}
          provisional={chart.status === 'provisional'}
          rowHeight={rowHeight}
        />
      )}
      <table role="table" aria-label={caption} ref={table}>
        {!dimmed && <BoardHead granularity={chart.granularity} />}
        <tbody role="rowgroup">
          {entries.map((entry) => (
            <Row key={entry.song.song_id} entry={entry} chart={chart} max={bars.max} onTrace={onTrace} />
          ))}
        </tbody>
      </table>
      {entries.length > 0 && <Axis ticks={bars.ticks} max={bars.max} />}
      {!dimmed && <Legend chart={chart} />}
    </div>
  );
}

export function BoardHead({ granularity }: { granularity: Chart['granularity'] }) {
  const unit = granularity === 'hour' ? 'Hours' : 'Days';
  return (
    <thead role="rowgroup">
      <tr role="row" className="row head">
        <Head className="rank">Rank</Head>
        <Head className="move">Move</Head>
        <Head className="song">Song, bar length is plays</Head>
        <Head className="figure">Plays</Head>
        <Head className="figure wide">Share</Head>
        <Head className="figure wide">Listeners</Head>
        <Head className="figure mid">Prev.</Head>
        <Head className="figure mid">Peak</Head>
        <Head className="figure mid">{unit}</Head>
        <Head className="figure wide">Streak</Head>
      </tr>
    </thead>
  );
}

function Head({ className, children }: { className: string; children: string }) {
  return (
    <th role="columnheader" className={className}>
      {children}
    </th>
  );
}

interface RowProps {
  entry: Entry;
  chart: Chart;
  max: number;
  onTrace: Tracing;
}

function Row({ entry, chart, max, onTrace }: RowProps) {
  const first = entry.position === 1;
  const bar = { '--bar-part': max === 0 ? 0 : entry.plays / max } as CSSProperties;
  return (
    <tr
      role="row"
      className={`row${first ? ' one' : ''}`}
      tabIndex={-1}
      data-row
      data-song={entry.song.song_id}
      style={bar}
    >
      <Cell className="rank">
        <Rank entry={entry} slab={first} />
      </Cell>
      <Cell className="move">
        <MovementMark entry={entry} />
        {first && entry.previous_rank !== null && entry.movement !== 'same' && (
          <span className="from">from {count(entry.previous_rank)}</span>
        )}
      </Cell>
      <Cell className={`song${isLong(entry) ? ' long' : ''}`}>
        {first ? <NumberOne chart={chart} entry={entry} /> : <SongText entry={entry} chart={chart} />}
      </Cell>
      <Cell className={`figure plays${entry.plays > 999_999 ? ' many' : ''}`}>
        <PlaysFigure entry={entry} onTrace={onTrace} />
        <span className="was">{wasWords(entry, chart.granularity)}</span>
      </Cell>
      <Cell className="figure wide">{share(entry.share)}</Cell>
      <Cell className="figure wide">{count(entry.listeners)}</Cell>
      <Cell className="figure mid">{count(entry.previous_rank)}</Cell>
      <Cell className="figure mid">{count(entry.peak_rank)}</Cell>
      <Cell className="figure mid">{count(entry.periods_on_chart)}</Cell>
      <Cell className="figure wide">{count(entry.streak)}</Cell>
    </tr>
  );
}

function Cell({ className, children }: { className: string; children: React.ReactNode }) {
  return (
    <td role="cell" className={className}>
      {children}
    </td>
  );
}

function SongText({ entry, chart }: { entry: Entry; chart: Chart }) {
  return (
    <span className="song-text">
      <SongLink song={entry.song} chart={chart} /> <Artist song={entry.song} region={chart.region} />
    </span>
  );
}

function Axis({ ticks, max }: { ticks: number[]; max: number }) {
  return (
    <div className="axis" aria-hidden="true">
      {ticks.map((tick) => (
        <span key={tick} className={edgeOf(tick, max)} style={{ left: barWidth(tick, max) }}>
          {count(tick)}
        </span>
      ))}
    </div>
  );
}

function edgeOf(tick: number, max: number): string {
  if (tick === 0) return 'first';
  return tick / max > 0.94 ? 'last' : '';
}

function isLong({ song }: Entry): boolean {
  return widthInLetters(song.title ?? song.song_id) > LONG_TITLE;
}

function wasWords(entry: Entry, granularity: Chart['granularity']): string {
  if (entry.movement === 'new') return `first ${granularity}`;
  return entry.previous_rank === null ? 're-entry' : `was ${count(entry.previous_rank)}`;
}

/** Where the words of each row below No. 1 end, to keep the canvas's marks off them. */
function useWordEnds(table: RefObject<HTMLTableElement | null>, chart: Chart): WordEnds[] {
  const [ends, setEnds] = useState<WordEnds[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new chart sets other words, to be measured again.
  useEffect(() => {
    const element = table.current;
    if (!element) return;
    const measure = () => setEnds((before) => keepIfEqual(before, measureWords(element)));
    // Both also tell what there is to begin with. Asked before the paint, either would have the page laid out for itself alone.
    const size = new ResizeObserver(measure);
    size.observe(element);
    void document.fonts.ready.then(measure);
    return () => size.disconnect();
  }, [table, chart]);
  return ends;
}

function measureWords(table: HTMLTableElement): WordEnds[] {
  return [...table.querySelectorAll<HTMLElement>('.row:not(.head, .one) .song')].map((song) => {
    const left = song.getBoundingClientRect().left;
    const end = (words: string) => (song.querySelector(words)?.getBoundingClientRect().right ?? left) - left;
    return { title: end('.title'), artist: end('.artist') };
  });
}

function keepIfEqual(before: WordEnds[], after: WordEnds[]): WordEnds[] {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}
