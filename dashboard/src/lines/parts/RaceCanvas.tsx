import { Chart, LinearScale, LineController, LineElement, PointElement } from 'chart.js';
import { type PointerEvent, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { Line } from 'react-chartjs-2';
import type { Race } from '../../api/types';
import { useColours } from '../../chart/useColours';
import { STILL, useMedia } from '../../chart/useMedia';
import { EDGE, lineOptions } from '../drawing';
import { type Running, raceHead, raceSets } from '../raceDrawing';

Chart.register(LineController, LineElement, PointElement, LinearScale);

interface Props {
  race: Race;
  rows: (number | null)[][];
  /** The last row. */
  bottom: number;
  at: number;
  /** The song whose line is yellow. */
  chosen: string | null;
  /** How long the way to another column takes. */
  milliseconds: number;
  /** The pointer is over the line of a song, or of none. */
  onPoint(song: string | null): void;
}

/** The lines of a race as far as it has come. Between two periods they grow, unless the reader wants stillness. */
export function RaceCanvas({ race, rows, bottom, at, chosen, milliseconds, onPoint }: Props) {
  const colours = useColours();
  const still = useMedia(STILL);
  const chart = useRef<Chart<'line', { x: number; y: number }[]>>(null);
  const chosenAt = race.songs.findIndex(({ song }) => song.song_id === chosen);
  const status = race.periods[at]?.status ?? null;
  const open = status !== null && status !== 'final';
  const running = useRef<Running>({ rows, chosen: chosenAt, head: at, open, colours });
  const plugins = useMemo(() => [raceHead(running)], []);

  const data = useMemo(() => {
    const songs = race.songs.map(({ song }, i) => ({ song_id: song.song_id, rows: rows[i] ?? [] }));
    return { datasets: raceSets(songs, chosenAt, at, colours) };
  }, [race, rows, chosenAt, at, colours]);
  const options = useMemo(() => {
    const ticks = Array.from({ length: bottom }, (_, i) => ({ row: i + 1 }));
    return lineOptions(race.periods.length, bottom, ticks, colours);
  }, [race, bottom, colours]);

  useLayoutEffect(() => {
    running.current = { ...running.current, rows, chosen: chosenAt, open, colours };
    chart.current?.draw();
  }, [rows, chosenAt, open, colours]);
  useEffect(() => {
    const from = running.current.head;
    if (from === at) return;
    if (still) {
      running.current.head = at;
      chart.current?.draw();
      return;
    }
    let frame = 0;
    const begin = performance.now();
    const move = (time: number) => {
      const part = Math.min(1, Math.max(0, (time - begin) / milliseconds));
      running.current.head = part === 1 ? at : from + (at - from) * (1 - (1 - part) ** 3);
      chart.current?.draw();
      if (part < 1) frame = requestAnimationFrame(move);
    };
    frame = requestAnimationFrame(move);
    return () => cancelAnimationFrame(frame);
  }, [at, still, milliseconds]);

  const point = (event: PointerEvent<HTMLDivElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    const part = (event.clientX - left - EDGE) / (width - 2 * EDGE);
    const column = Math.min(at, Math.max(0, Math.round(part * (race.periods.length - 1))));
    const row = Math.ceil(((event.clientY - top) / height) * bottom);
    const found = rows.findIndex((line) => line[column] === row);
    onPoint(race.songs[found]?.song.song_id ?? null);
  };
  return (
    <div className="race-canvas" onPointerMove={point} onPointerLeave={() => onPoint(null)}>
      <Line ref={chart} data={data} options={options} plugins={plugins} />
    </div>
  );
}
