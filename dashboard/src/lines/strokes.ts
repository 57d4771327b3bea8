import type { Colours } from '../chart/useColours';
import { cased, type LineSet, lineThrough, YELLOW } from './drawing';

/** How three lines are told apart, whatever their colours: cased, with discs, dashed with squares. */
export type Stroke = 'cased' | 'discs' | 'squares';
export const STROKES: readonly Stroke[] = ['cased', 'discs', 'squares'];

interface Line {
  region: string;
  rows: (number | null)[];
  /** The first column whose points may still change, and so are hollow. */
  settled: number;
}

/**
 * What Chart.js draws for these lines, the first on top.
 *
 * @param radius of a point
 */
export function strokeSets(lines: Line[], radius: number, colours: Colours): LineSet[] {
  return lines.flatMap((line, i) => {
    if (STROKES[i] === 'cased') return casedSets(line, colours);
    return STROKES[i] === 'discs'
      ? [withPoints(line, radius, colours.ink, colours)]
      : [{ ...withPoints(line, radius, colours['bar-end'], colours), ...SQUARES }];
  });
}

const SQUARES: Partial<LineSet> = { borderDash: [5, 4], borderCapStyle: 'butt', pointStyle: 'rect' };

function withPoints(
  { region, rows, settled }: Line,
  radius: number,
  colour: string,
  colours: Colours,
): LineSet {
  return {
    ...lineThrough(region, rows),
    borderColor: colour,
    borderWidth: 2,
    pointRadius: radius,
    pointBorderColor: colour,
    pointBorderWidth: 1.5,
    pointBackgroundColor: rows.map((_, column) => (column < settled ? colour : colours.paper)),
  };
}

function casedSets({ region, rows, settled }: Line, colours: Colours): LineSet[] {
  const [inner, casing] = cased(region, rows, colours);
  const open = rows.map((row, column) => row !== null && column >= settled);
  const radii = inner.pointRadius as number[];
  return [
    {
      ...inner,
      pointRadius: radii.map((radius, column) => (open[column] ? 5 : radius)),
      pointBackgroundColor: open.map((hollow) => (hollow ? colours.paper : YELLOW)),
      pointBorderColor: colours.ink,
      pointBorderWidth: open.map((hollow) => (hollow ? 2 : 0)),
    },
    casing,
  ];
}
