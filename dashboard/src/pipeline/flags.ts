import type { Flag } from '../api/types';

const KINDS: Record<string, string> = {
  over_cap: 'Over the cap',
  impossible: 'Impossible listening',
  loop: 'Looped by a cluster',
};

/** A kind that the page does not know yet goes by its own name. */
export function kindWords(kind: string): string {
  return KINDS[kind] ?? kind.replaceAll('_', ' ');
}

/** "2 impossible listening, 1 over the cap": how many of each kind, the most first. */
export function kindsWords(flags: Flag[]): string {
  const counts = new Map<string, number>();
  for (const { kind } of flags) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .map(([kind, times]) => `${times} ${kindWords(kind).toLowerCase()}`)
    .join(', ');
}
