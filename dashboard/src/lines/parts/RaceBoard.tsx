import { type CSSProperties, useMemo, useState } from 'react';
import type { Race } from '../../api/types';
import { StatusChip } from '../../chart/parts/StatusChip';
import { clockWords, dateWords, periodWords } from '../../chart/period';
import { PHONE, useMedia } from '../../chart/useMedia';
import { dateLabels } from '../dates';
import { orderAt, orderWords, rowsOf } from '../race';
import { usePlayer } from '../usePlayer';
import { Frame } from './Frame';
import { OrderTable } from './OrderTable';
import { PlayerBar } from './PlayerBar';
import { RaceCanvas } from './RaceCanvas';

const ROW = { wide: 46, phone: 26 };
const GLIDE = 420;

/** The race, where it stands, and what drives it. */
export function RaceBoard({ race }: { race: Race }) {
  const { periods, granularity } = race;
  const starts = useMemo(() => periods.map(({ period_start }) => period_start), [periods]);
  const player = usePlayer(starts);
  const { at, playing, step } = player;
  const rows = useMemo(() => rowsOf(race), [race]);
  const bottom = Math.max(10, ...rows.flatMap((line) => line.map((row) => row ?? 0)));
  const runners = useMemo(() => orderAt(race, at), [race, at]);
  const [pointed, setPointed] = useState<string | null>(null);
  const [followed, setFollowed] = useState<string | null>(null);
  // One line is yellow: the one that is pointed at, or that is followed, or else the leader's.
  const chosen = pointed ?? followed ?? runners[0]?.song.song_id ?? null;
  const phone = useMedia(PHONE);
  const milliseconds = playing ? Math.min(GLIDE, step) : GLIDE / 2;
  const times = starts.map(Date.parse);
  const start = times[at] ?? 0;
  const words = `${periodWords(granularity, start)} UTC`;
  const status = periods[at]?.status ?? null;
  const ranks = Array.from({ length: bottom }, (_, i) => ({ rank: i + 1, row: i + 1 }));
  const dates = dateLabels(granularity, times, phone ? 4 : 7);
  const style = { '--row-height': `${phone ? ROW.phone : ROW.wide}px`, '--rows': bottom } as CSSProperties;
  return (
    <div className="race" style={style}>
      <div className="race-lines">
        <Frame columns={periods.length} bottom={bottom} ranks={ranks} dates={dates}>
          <RaceCanvas
            race={race}
            rows={rows}
            bottom={bottom}
            at={at}
            chosen={chosen}
            milliseconds={milliseconds}
            onPoint={setPointed}
          />
        </Frame>
      </div>
      <div className="race-drive">
        <p className="race-period">
          <b>{words}</b> {status && <StatusChip chip={status} />}
        </p>
        <PlayerBar player={player} count={periods.length} words={words} unit={granularity} />
      </div>
      <div className="race-order">
        <OrderTable
          race={race}
          caption={`The order of ${words}`}
          runners={runners}
          chosen={chosen}
          followed={followed}
          milliseconds={milliseconds}
          onPoint={setPointed}
          onFollow={setFollowed}
        />
        {runners.length === 0 && (
          <p className="note">There is no chart of this {granularity}: the lines have a gap here.</p>
        )}
      </div>
      {/* In silence while it plays: what stands is told when it stops. */}
      <p className="hidden" role="status">
        {!playing && `${words}: ${orderWords(runners)}`}
      </p>
    </div>
  );
}

/** "24 hours, Sat 21 Nov 2026, 14:00 to Sun 22 Nov 2026, 14:00 UTC" */
export function rangeWords({ periods, granularity }: Race): string {
  const [first, last] = [periods[0], periods.at(-1)].map((period) => Date.parse(period?.period_start ?? ''));
  if (!first || !last) return '';
  const point = (instant: number) =>
    granularity === 'day' ? dateWords(instant) : `${dateWords(instant)}, ${clockWords(instant)}`;
  const end = granularity === 'day' ? last : last + 3_600_000;
  return `${periods.length} ${granularity}s, ${point(first)} to ${point(end)} UTC`;
}
