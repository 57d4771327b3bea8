import { describe, expect, it } from 'vitest';
import type { Colours } from '../chart/useColours';
import { YELLOW } from './drawing';
import { raceSets } from './raceDrawing';

const COLOURS: Colours = {
  paper: 'paper',
  ink: 'ink',
  rule: 'rule',
  bar: 'bar',
  'bar-end': 'bar-end',
  casing: 'casing',
};
describe('raceSets', () => {
  const songs = [
    { song_id: 'ana', rows: [2, 1] },
    { song_id: 'bo', rows: [1, 2] },
    { song_id: 'cy', rows: [3, null] },
  ];
  const drawn = (chosen: number, at: number) =>
    raceSets(songs, chosen, at, COLOURS).map(({ label, borderColor }) => [label, borderColor]);

  it('has one yellow line, on top, and the leader in ink', () => {
    expect(drawn(2, 0)).toEqual([
      ['cy', YELLOW],
      ['cy casing', 'casing'],
      ['bo', 'ink'],
      ['ana', 'bar-end'],
    ]);
    expect(drawn(0, 1).map(([, colour]) => colour)).toEqual([YELLOW, 'casing', 'bar-end', 'bar-end']);
  });
});
