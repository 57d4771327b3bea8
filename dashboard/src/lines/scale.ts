/** Ranks 1 to 10 each have a row; the ninety below them share what is left. */
const TEN = 10;
const HUNDRED = 100;
const ROWS_BELOW = 2;
/** How far apart lines are that hold the same rank, in rows: else one would hide the other. */
const LANE = 0.21;

export interface RankScale {
  /** The lowest row that is drawn. */
  bottom: number;
  /** Ranks that get a line and a number. */
  ticks: number[];
  /** The row of a rank, counted from 1 at the top. */
  rowOf(rank: number): number;
}

/** A scale for these ranks: the Top 10 alone where none is below it. */
export function rankScale(ranks: number[]): RankScale {
  const below = ranks.some((rank) => rank > TEN);
  const ten = Array.from({ length: TEN }, (_, i) => i + 1);
  return {
    bottom: below ? TEN + ROWS_BELOW : TEN,
    ticks: below ? [...ten, 50, HUNDRED] : ten,
    rowOf: (rank) => (rank <= TEN ? rank : TEN + (ROWS_BELOW * (rank - TEN)) / (HUNDRED - TEN)),
  };
}

/** How far a line keeps beside its rank's row, so that three of the same rank are seen as three. */
export function laneOf(line: number, lines: number): number {
  return (line - (lines - 1) / 2) * LANE;
}

/** Labels that stand at these heights, moved apart just enough not to cover each other; in the order they came. */
export function spread(heights: number[], gap: number, bottom: number): number[] {
  const order = heights.map((_, i) => i).toSorted((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  const placed: number[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const i of order) {
    const height = Math.max(heights[i] ?? 0, free);
    placed[i] = height;
    free = height + gap;
  }
  // What was pushed out at the foot pushes back.
  let limit = bottom;
  for (const i of order.toReversed()) {
    placed[i] = Math.min(placed[i] ?? 0, limit);
    limit = (placed[i] ?? 0) - gap;
  }
  return placed;
}
