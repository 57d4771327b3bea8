import type { Race, RacingSong, Song } from '../api/types';
import type { Moved } from '../chart/movement';

const TEN = 10;

/** A song of the ten in one period. Its row differs from its rank only where songs are tied. */
export interface Runner {
  song: Song;
  row: number;
  rank: number;
  tied: boolean;
  plays: number | null;
  /** Against the period before; null where that has no chart, or is not in this race. */
  move: Moved | null;
}

/** The ten of a period in their order. Songs of one rank keep the order in which the race lists them. */
export function orderAt(race: Race, period: number): Runner[] {
  const standing = race.songs
    .flatMap((racing) => {
      const rank = racing.ranks[period] ?? null;
      return rank !== null && rank <= TEN ? [{ racing, rank }] : [];
    })
    .toSorted((a, b) => a.rank - b.rank);
  return standing.map(({ racing, rank }, i) => ({
    song: racing.song,
    row: i + 1,
    rank,
    tied: standing.some((other) => other.racing !== racing && other.rank === rank),
    plays: racing.plays[period] ?? null,
    move: moveOf(race, racing, rank, period),
  }));
}

/** The row of every song in every period, null where it was not among the ten: the lines of the race, in its order. */
export function rowsOf(race: Race): (number | null)[][] {
  const orders = race.periods.map((_, period) => {
    const rows = new Map<string, number>();
    for (const { song, row } of orderAt(race, period)) rows.set(song.song_id, row);
    return rows;
  });
  return race.songs.map(({ song }) => orders.map((rows) => rows.get(song.song_id) ?? null));
}

/** Where a line is between two periods; null where it has none. `at` counts periods, with a part of the next. */
export function rowBetween(rows: (number | null)[], at: number): number | null {
  const [from, to] = [rows[Math.floor(at)] ?? null, rows[Math.ceil(at)] ?? null];
  return from === null || to === null ? null : from + (to - from) * (at - Math.floor(at));
}

/** What is spoken of a period when the race stands still at it. */
export function orderWords(runners: Runner[]): string {
  if (runners.length === 0) return 'there is no chart';
  const named = runners
    .slice(0, 3)
    .map(({ song, rank, tied }) => `${rank}${tied ? ' tied' : ''} ${song.title ?? song.song_id}`);
  return `${named.join(', ')}${runners.length > 3 ? `, and ${runners.length - 3} more` : ''}`;
}

/** A song that comes in is new if no chart had it before this period, also none from before the race. */
function moveOf(
  { periods }: Race,
  { ranks, first_charted }: RacingSong,
  rank: number,
  at: number,
): Moved | null {
  if (Date.parse(first_charted) === Date.parse(periods[at]?.period_start ?? '')) {
    return { rank, previous_rank: null, movement: 'new' };
  }
  if (!periods[at - 1]?.status) return null;
  const previous = ranks[at - 1] ?? null;
  if (previous === null) return { rank, previous_rank: null, movement: 're_entry' };
  const movement = previous === rank ? 'same' : previous > rank ? 'up' : 'down';
  return { rank, previous_rank: previous, movement };
}
