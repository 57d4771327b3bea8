import type { Flag } from '../api/types';
import { count } from '../chart/numbers';
import { flagWords } from '../chart/rules';

/** As many as the service gives: there may be more. */
export const MOST_FLAGS = 1000;

/** "2 impossible listening, 1 over the cap": how many of each kind, the most first. */
export function kindsWords(flags: Flag[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of flags) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const words = [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([kind, times]) => `${count(times)} ${flagWords(kind)}`)
    .join(', ');
  return flags.length < MOST_FLAGS ? words : `At least ${words}`;
}

/** The flags of one kind in one hour. */
export interface FlagGroup {
  hour: string;
  kind: string;
  flags: Flag[];
  /** The service's answer ended within it. */
  cut: boolean;
}

/** By hour and kind, in the order that they come in, so that no kind hides another. */
export function flagGroups(flags: Flag[]): FlagGroup[] {
  const groups: FlagGroup[] = [];
  for (const flag of flags) {
    const last = groups.at(-1);
    if (last?.hour === flag.hour && last.kind === flag.kind) last.flags.push(flag);
    else groups.push({ hour: flag.hour, kind: flag.kind, flags: [flag], cut: false });
  }
  const last = groups.at(-1);
  if (last) last.cut = flags.length >= MOST_FLAGS;
  return groups;
}
