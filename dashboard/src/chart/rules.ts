import type { Chart, Place, RulesVersion, WhatIf } from '../api/types';
import { count } from './numbers';

/** The other rules that the chart is to be compared with; its own are none. */
export function otherRules(asked: string | null, chart: Chart | null): string | null {
  return asked === chart?.rules_version ? null : asked;
}

/** What one version asks otherwise than another, "at most 50 plays an hour instead of 10". */
export function ruleDifferences(base: RulesVersion, other: RulesVersion): string[] {
  const figure = (key: 'max_plays_per_hour' | 'max_plays_per_day', unit: string) =>
    other[key] === base[key]
      ? []
      : [
          `at most ${count(other[key])} plays of a song by one listener ${unit} instead of ${count(base[key])}`,
        ];
  const short =
    other.min_ms_played === base.min_ms_played
      ? []
      : [`plays from ${other.min_ms_played / 1000} s instead of ${base.min_ms_played / 1000} s`];
  const excluded = other.exclude_flagged.filter((kind) => !base.exclude_flagged.includes(kind));
  const kept = base.exclude_flagged.filter((kind) => !other.exclude_flagged.includes(kind));
  return [
    ...short,
    ...figure('max_plays_per_hour', 'in an hour chart'),
    ...figure('max_plays_per_day', 'in a day chart'),
    ...(excluded.length > 0 ? [`without plays flagged as ${excluded.map(flagWords).join(' or ')}`] : []),
    ...(kept.length > 0 ? [`with plays flagged as ${kept.map(flagWords).join(' or ')}`] : []),
  ];
}

/** The name of a kind of flag in a sentence; one that is not known goes by its own. */
export function flagWords(kind: string): string {
  return (
    { over_cap: 'over the cap', impossible: 'impossible listening', loop: 'looped' }[kind] ??
    kind.replaceAll('_', ' ')
  );
}

export type Shift = 'up' | 'down' | 'same' | 'enters' | 'leaves';

/** How a song's rank under the other rules stands to its published one; only the ten are compared. */
export function shiftOf(base: Place | null, other: Place | null): { shift: Shift; places: number } {
  const inBase = base !== null && base.position <= 10;
  const inOther = other !== null && other.position <= 10;
  if (!inBase || !inOther) return { shift: inBase ? 'leaves' : 'enters', places: 0 };
  const places = base.rank - other.rank;
  if (places === 0) return { shift: 'same', places: 0 };
  return { shift: places > 0 ? 'up' : 'down', places: Math.abs(places) };
}

/** "Under rules 2 the ten change: 3 would have another rank, 1 would leave." */
export function shiftWords({ other, entries }: WhatIf): string {
  const shifts = entries.filter(isOfTheTen).map(({ base, other }) => shiftOf(base, other).shift);
  const numberOf = (...wanted: Shift[]) => shifts.filter((shift) => wanted.includes(shift)).length;
  const changes = [
    [numberOf('up', 'down'), 'have another rank'],
    [numberOf('enters'), 'enter'],
    [numberOf('leaves'), 'leave'],
  ] as const;
  const told = changes.filter(([songs]) => songs > 0).map(([songs, what]) => `${songs} would ${what}`);
  const rules = `Under rules ${other.rules_version}`;
  if (told.length === 0) return `${rules}, every song of the ten keeps its rank.`;
  return `${rules} the ten change: ${told.join(', ')}.`;
}

function isOfTheTen({ base, other }: WhatIf['entries'][number]): boolean {
  return [base, other].some((place) => place !== null && place.position <= 10);
}

/** "+412", "−7", "0" */
export function signed(difference: number): string {
  if (difference === 0) return '0';
  return `${difference > 0 ? '+' : '−'}${count(Math.abs(difference))}`;
}
