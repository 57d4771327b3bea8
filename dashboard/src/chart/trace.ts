import type { Chart, ChartOfPlay, Trace } from '../api/types';
import { count } from './numbers';
import { amount } from './period';

export const OUTCOMES: Record<ChartOfPlay['outcome'], string> = {
  counted: 'counted',
  too_short: 'too short',
  over_cap: 'over cap',
  excluded: 'excluded',
  not_charted: 'not charted',
};

/** A line of the subtraction from what was received to what was counted. */
export interface Deduction {
  name: string;
  plays: number;
}

/** What did not count, and why; excluded plays only where there are any, for most rules exclude none. */
export function deductionsOf({ duplicate, too_short, over_cap, excluded }: Trace): Deduction[] {
  return [
    { name: 'Duplicate', plays: duplicate },
    { name: 'Too short', plays: too_short },
    { name: 'Over cap', plays: over_cap },
    ...(excluded ? [{ name: 'Excluded', plays: excluded }] : []),
  ];
}

/** What is left of the received. Worked out here, to be held against what the service says was counted. */
export function remainderOf(trace: Trace): number {
  return deductionsOf(trace).reduce((left, { plays }) => left - plays, trace.received);
}

/** "9c41…e07b" */
export function shortChecksum(checksum: string): string {
  return checksum.length <= 12 ? checksum : `${checksum.slice(0, 4)}…${checksum.slice(-4)}`;
}

/** "3.1 MB", in thousands as disks are sold. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return amount(bytes, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  const step = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  return `${(bytes / 1000 ** step).toFixed(1)} ${units[step - 1]}`;
}

/** "14 files, 3.1 MB" */
export function filesWords({ file_count, bytes }: Trace): string {
  return `${count(file_count)} ${file_count === 1 ? 'file' : 'files'}, ${sizeWords(bytes)}`;
}

/** The lake keeps plays for a time only; a chart outlives them. */
export function isGone(trace: Trace, charted: number): boolean {
  return trace.received === 0 && charted > 0;
}

/** How the lake's figures stand to those of the chart on the page; null where they are the same. */
export function disagreement(trace: Trace, { revision }: Chart, charted: number): string | null {
  if (trace.revision > revision && trace.agrees) {
    return `The chart is revision ${trace.revision} by now: it counts ${count(trace.plays)}. This page shows revision ${revision}.`;
  }
  if (trace.plays !== charted) {
    return `The lake now counts ${count(trace.plays)}: other plays have come, and the chart is about to be revised.`;
  }
  if (trace.agrees) return null;
  return 'The plays are the same, but its place in the lake is another: the chart is about to be revised.';
}

/** "3 min 21 s", with tenths under a minute: short plays are told apart by them. */
export function heardWords(ms: number): string {
  if (ms < 60_000) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
