/**
 * The world on a grid, a tile for a region, each about where it lies. Row by row; a dot is sea. The upper left is kept
 * free for the key.
 */
const GRID = [
  'CA . . . . IS . NO SE FI EE . . . .',
  'US . . . . IE GB NL DK PL LV LT RU . .',
  'MX . . . . . BE LU DE CZ SK UA KZ . JP',
  'GT CU DO . PT ES FR CH AT HU RO GE . CN KR',
  'EC CO VE . . . . IT HR RS BG TR PK . TW',
  '. PE BR . . MA DZ MT GR CY IL IQ IN BD HK',
  '. CL AR UY . SN CI TN EG . SA AE LK TH VN',
  '. . . . . . GH NG ET KE . . MY SG PH',
  '. . . . . . . AO ZA . . . ID AU NZ',
].map((row) => row.split(' '));

export const COLUMNS = 15;

export interface Place {
  row: number;
  column: number;
}

export interface Tile<T> extends Place {
  region: T;
}

const PLACES = new Map(
  GRID.flatMap((codes, row) =>
    codes.map((code, column) => [code, { row: row + 1, column: column + 1 }] as const),
  ).filter(([code]) => code !== '.'),
);

/** Every region on its tile, in reading order; one that the grid does not know comes after it, in rows of its own. */
export function tilesOf<T extends { region: string }>(regions: T[]): Tile<T>[] {
  let unknown = 0;
  const next = (): Place => {
    const place = { row: GRID.length + 1 + Math.floor(unknown / COLUMNS), column: (unknown % COLUMNS) + 1 };
    unknown += 1;
    return place;
  };
  return regions
    .map((region) => ({ region, ...(PLACES.get(region.region) ?? next()) }))
    .toSorted((a, b) => a.row - b.row || a.column - b.column);
}

/** The places of the grid that none of these regions takes. */
export function emptyPlaces(regions: { region: string }[]): (Place & { code: string })[] {
  const taken = new Set(regions.map(({ region }) => region));
  return [...PLACES].filter(([code]) => !taken.has(code)).map(([code, place]) => ({ code, ...place }));
}

const STEPS: Record<string, Place> = {
  ArrowLeft: { row: 0, column: -1 },
  ArrowRight: { row: 0, column: 1 },
  ArrowUp: { row: -1, column: 0 },
  ArrowDown: { row: 1, column: 0 },
};

/** Which of the places an arrow key leads to: the nearest that way, those straight ahead first. Null at the coast. */
export function placeBy<P extends Place>(places: P[], from: Place, key: string): P | null {
  const step = STEPS[key];
  if (!step) return null;
  const distance = (to: Place) => {
    const [down, right] = [to.row - from.row, to.column - from.column];
    const ahead = down * step.row + right * step.column;
    const aside = Math.abs(down * step.column) + Math.abs(right * step.row);
    return ahead > 0 ? ahead + 3 * aside : Number.POSITIVE_INFINITY;
  };
  const reachable = places.filter((to) => Number.isFinite(distance(to)));
  return reachable.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
}
