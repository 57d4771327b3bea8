import type { CSSProperties } from 'react';
import type { Chart, Entry } from '../../api/types';
import { widthInLetters } from '../languages';
import { numberOneSentence } from '../movement';
import { change } from '../numbers';
import { amount } from '../period';
import { useNow } from '../useNow';
import { Artist, SongLink } from './SongName';
import { useCanvases } from './useCanvases';

/** The yellow block: it is also the scale, 100 % of the width. */
export function NumberOne({ chart, entry }: { chart: Chart; entry: Entry }) {
  const open = chart.status === 'provisional';
  const canvases = useCanvases();
  const letters = widthInLetters(entry.song.title ?? entry.song.song_id);
  const style = { '--letters': letters } as CSSProperties;
  return (
    <div className={`number-one ${sizeOf(letters)}${open ? ' open' : ''}`} style={style}>
      <SongLink song={entry.song} chart={chart} />
      <Artist song={entry.song} region={chart.region} />
      <div className="number-one-foot">
        <p>
          <strong>{numberOneSentence(chart)}</strong>
          <span>{open ? <TimeLeft chart={chart} /> : <Against chart={chart} entry={entry} />}</span>
        </p>
        <div className="day-line" aria-hidden="true">
          {canvases && <canvases.DayLine history={chart.number_one_history} open={open} />}
        </div>
      </div>
    </div>
  );
}

function Against({ chart, entry }: { chart: Chart; entry: Entry }) {
  const changed = change(entry.plays, entry.previous_plays);
  return (
    <>
      Plays over 24 {chart.granularity}s{changed && ', '}
      {changed && (
        <span className="nowrap">
          <b>{changed}</b> on the {chart.granularity} before
        </span>
      )}
    </>
  );
}

function TimeLeft({ chart }: { chart: Chart }) {
  const minutes = Math.ceil((Date.parse(chart.period_end) - useNow()) / 60_000);
  if (minutes <= 0) return <>The {chart.granularity} has ended and is being settled</>;
  const left = minutes < 120 ? amount(minutes, 'minute') : amount(Math.round(minutes / 60), 'hour');
  return (
    <>
      {left} of this {chart.granularity} {minutes === 1 ? 'is' : 'are'} still to come
    </>
  );
}

function sizeOf(letters: number): string {
  if (letters <= 22) return 'short';
  return letters <= 44 ? 'medium' : 'long';
}
