import type { Chart, Plugin } from 'chart.js';
import type { Colours } from '../chart/useColours';
import { aloneRadius, cased, EDGE, type LineSet, lineThrough, YELLOW } from './drawing';
import { rowBetween } from './race';

/** What the canvas shows of a race, read by the plugin whenever it draws. */
export interface Running {
  /** The rows of every song, a column each. */
  rows: (number | null)[][];
  /** The song whose line is yellow, by its place in `rows`; -1 for none. */
  chosen: number;
  /** How far the race has come, in columns and parts of one. */
  head: number;
  /** The column has not been settled. */
  open: boolean;
  colours: Colours;
}

/** The lines of all songs, the chosen one on top. The leader's is ink, and who is not among the ten now has a thin one. */
export function raceSets(
  songs: { song_id: string; rows: (number | null)[] }[],
  chosen: number,
  at: number,
  colours: Colours,
): LineSet[] {
  const sets = songs.map(({ song_id, rows }, i) => ({ i, set: lineThrough(song_id, rows), rows }));
  const top = sets.filter(({ i }) => i === chosen);
  const others = sets.filter(({ i }) => i !== chosen);
  return [
    ...top.flatMap(({ set, rows }) => cased(set.label ?? '', rows, colours)),
    // Ink lies over grey.
    ...others
      .toSorted((a, b) => Number(b.rows[at] === 1) - Number(a.rows[at] === 1))
      .map(({ set, rows }) => ({
        ...set,
        borderColor: rows[at] === 1 ? colours.ink : colours['bar-end'],
        borderWidth: rows[at] === 1 ? 2.5 : (rows[at] ?? null) === null ? 1 : 1.75,
        pointRadius: aloneRadius(rows, 2),
        pointBackgroundColor: colours['bar-end'],
        pointBorderWidth: 0,
      })),
  ];
}

/** Draws the lines only as far as the race has come, and leads from there to the names beside the canvas. */
export function raceHead(running: { current: Running }): Plugin<'line'> {
  return {
    id: 'race-head',
    beforeDatasetsDraw(chart) {
      const { ctx, height } = chart;
      ctx.save();
      ctx.beginPath();
      ctx.rect(0, 0, headOf(chart, running.current) + 0.5, height);
      ctx.clip();
    },
    afterDatasetsDraw(chart) {
      chart.ctx.restore();
      drawHead(chart, running.current);
    },
  };
}

function headOf({ scales }: Pick<Chart, 'scales'>, { head }: Running): number {
  return scales.x?.getPixelForValue(head) ?? 0;
}

function drawHead(chart: Chart<'line'>, running: Running): void {
  const { ctx, scales, chartArea, width } = chart;
  const { rows, chosen, colours } = running;
  const x = headOf(chart, running);
  ctx.save();
  ctx.fillStyle = colours.ink;
  ctx.fillRect(x - 0.5, chartArea.top, 1, chartArea.bottom - chartArea.top);
  // The chosen one last, over the others.
  const order = [...rows.keys()].filter((i) => i !== chosen);
  for (const i of chosen >= 0 ? [...order, chosen] : order) {
    const row = rowBetween(rows[i] ?? [], running.head);
    const y = row === null ? null : scales.y?.getPixelForValue(row);
    if (typeof y !== 'number') continue;
    drawLead(ctx, [x, y], width, i === chosen, colours);
    drawPoint(ctx, [x, y], i === chosen, running);
  }
  ctx.restore();
}

type Place = [x: number, y: number];

function drawLead(
  ctx: CanvasRenderingContext2D,
  [x, y]: Place,
  width: number,
  chosen: boolean,
  colours: Colours,
) {
  if (x >= width - 2 * EDGE) return;
  ctx.strokeStyle = chosen ? colours.ink : colours['bar-end'];
  ctx.lineWidth = chosen ? 1.5 : 1;
  ctx.setLineDash([1, 4]);
  ctx.beginPath();
  ctx.moveTo(x + 8, y);
  ctx.lineTo(width, y);
  ctx.stroke();
  ctx.setLineDash([]);
}

function drawPoint(
  ctx: CanvasRenderingContext2D,
  [x, y]: Place,
  chosen: boolean,
  { open, colours }: Running,
) {
  ctx.beginPath();
  ctx.arc(x, y, chosen ? 6 : 4, 0, 2 * Math.PI);
  ctx.fillStyle = open ? colours.paper : chosen ? YELLOW : colours.ink;
  ctx.strokeStyle = chosen ? colours.casing : colours.ink;
  if (chosen && open) ctx.strokeStyle = colours.ink;
  ctx.lineWidth = 2;
  ctx.fill();
  ctx.stroke();
}
