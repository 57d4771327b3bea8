import { describe, expect, it } from 'vitest';
import type { Colours } from '../chart/useColours';
import { YELLOW } from './drawing';
import { strokeSets } from './strokes';

const COLOURS: Colours = {
  paper: 'paper',
  ink: 'ink',
  rule: 'rule',
  bar: 'bar',
  'bar-end': 'bar-end',
  casing: 'casing',
};
const line = (region: string, settled = 2) => ({ region, rows: [1, null, 2], settled });

describe('strokeSets', () => {
  const sets = strokeSets([line('CA'), line('GLOBAL'), line('DE', 3)], 3, COLOURS);

  it('tells three lines apart by their shape', () => {
    expect(sets.map(({ label }) => label)).toEqual(['CA', 'CA casing', 'GLOBAL', 'DE']);
    expect(sets.map(({ borderColor }) => borderColor)).toEqual([YELLOW, 'casing', 'ink', 'bar-end']);
    expect(sets.map(({ borderDash }) => borderDash)).toEqual([[], [], [], [5, 4]]);
    expect(sets.map(({ pointStyle }) => pointStyle)).toEqual(['circle', 'circle', 'circle', 'rect']);
  });

  it('breaks a line where the song was off the chart', () => {
    expect(sets[2]?.data.map(({ y }) => y)).toEqual([1, Number.NaN, 2]);
    expect(sets[2]?.spanGaps).toBeFalsy();
  });

  it('draws hollow what is not settled', () => {
    expect(sets[0]?.pointBackgroundColor).toEqual([YELLOW, YELLOW, 'paper']);
    expect(sets[2]?.pointBackgroundColor).toEqual(['ink', 'ink', 'paper']);
    // Of this one, all is settled.
    expect(sets[3]?.pointBackgroundColor).toEqual(['bar-end', 'bar-end', 'bar-end']);
  });
});
