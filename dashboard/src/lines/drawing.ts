import type { ChartDataset, ChartOptions } from 'chart.js';
import type { Colours } from '../chart/useColours';

/** Room at both ends of a canvas, for half a point. */
export const EDGE = 9;
/** Yellow is no token of a theme: it is the same on light and dark. */
export const YELLOW = '#ffd91a';

export type LineSet = ChartDataset<'line', { x: number; y: number }[]>;

/** Columns from left to right, rows from the top: 1 is the first. Only `ticks` get a line, and that of rank 1 is ink. */
export function lineOptions(
  columns: number,
  bottom: number,
  ticks: { row: number }[],
  colours: Colours,
): ChartOptions<'line'> {
  return {
    animation: false,
    events: [],
    maintainAspectRatio: false,
    layout: { padding: { left: EDGE, right: EDGE }, autoPadding: false },
    scales: {
      x: { type: 'linear', display: false, min: 0, max: Math.max(columns - 1, 1) },
      y: {
        type: 'linear',
        reverse: true,
        min: 0.5,
        max: bottom + 0.5,
        border: { display: false },
        ticks: { display: false },
        grid: {
          drawTicks: false,
          color: ({ tick }) => (tick?.value === 1 ? colours.ink : colours.rule),
        },
        afterBuildTicks: (scale) => {
          scale.ticks = ticks.map(({ row }) => ({ value: row }));
        },
        afterFit: (scale) => {
          scale.width = 0;
        },
      },
    },
  };
}

/**
 * A line through the rows; broken where there is none. Says also what is as usual: a line that takes another's place in a
 * canvas keeps what the new one does not say.
 */
export function lineThrough(label: string, rows: (number | null)[]): LineSet {
  return {
    label,
    data: rows.map((row, x) => ({ x, y: row ?? Number.NaN })),
    borderJoinStyle: 'round',
    borderCapStyle: 'round',
    borderDash: [],
    pointStyle: 'circle',
    pointHitRadius: 0,
    clip: false,
  };
}

/** Yellow is nothing on light paper: its line has a casing. The first of the two is drawn on top. */
export function cased(label: string, rows: (number | null)[], colours: Colours): [LineSet, LineSet] {
  const alone = aloneRadius(rows, 4);
  const inner = {
    ...lineThrough(label, rows),
    borderColor: YELLOW,
    borderWidth: 4.5,
    pointRadius: alone,
    pointBackgroundColor: YELLOW,
    pointBorderWidth: 0,
  };
  const casing = {
    ...lineThrough(`${label} casing`, rows),
    borderColor: colours.casing,
    borderWidth: 8,
    pointRadius: alone.map((radius) => (radius > 0 ? radius + 1.75 : 0)),
    pointBackgroundColor: colours.casing,
    pointBorderWidth: 0,
  };
  return [inner, casing];
}

/** A point by itself makes no line: it gets a dot. */
export function aloneRadius(rows: (number | null)[], radius: number): number[] {
  return rows.map((row, i) =>
    row !== null && (rows[i - 1] ?? null) === null && (rows[i + 1] ?? null) === null ? radius : 0,
  );
}
