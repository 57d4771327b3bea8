import type { BalanceRow, RulesVersion } from '../api/types';
import { differenceOf, sumOf } from '../chart/balance';

export interface SheetRow extends BalanceRow {
  sum: number;
  difference: number;
  /** It does not add up, or the service keeps it back. */
  held: boolean;
}

/** The hours as the sheet lists them, newest first, each added up here. */
export function sheetRows(rows: BalanceRow[]): SheetRow[] {
  return rows
    .map((row) => {
      const difference = differenceOf(row);
      return { ...row, sum: sumOf(row), difference, held: row.status === 'held' || difference !== 0 };
    })
    .toSorted((a, b) => b.period_start.localeCompare(a.period_start));
}

export interface Totals {
  received: number;
  counted: number;
  duplicate: number;
  too_short: number;
  over_cap: number;
  excluded: number;
  sum: number;
  difference: number;
  /** Hours that do not add up: differences of two of them can cancel each other out. */
  odd: number;
  /** Null where the service does not say, as for a region by itself. */
  rejected: number | null;
}

export function totalsOf(rows: SheetRow[]): Totals {
  const total = (part: (row: SheetRow) => number | undefined) =>
    rows.reduce((sum, row) => sum + (part(row) ?? 0), 0);
  return {
    received: total((row) => row.received),
    counted: total((row) => row.counted),
    duplicate: total((row) => row.duplicate),
    too_short: total((row) => row.too_short),
    over_cap: total((row) => row.over_cap),
    excluded: total((row) => row.excluded),
    sum: total((row) => row.sum),
    difference: total((row) => row.difference),
    odd: rows.filter((row) => row.difference !== 0).length,
    rejected: rows.some((row) => row.rejected !== null) ? total((row) => row.rejected ?? 0) : null,
  };
}

export interface Reason {
  name: string;
  why: string;
  plays: number;
  /** Of the largest reason, 0 to 1: how long its bar is. */
  part: number;
}

/** Why received plays were not counted. The figures of the rules are told only where the service tells them. */
export function reasonsOf(totals: Totals, rules: RulesVersion | null): Reason[] {
  const reasons = [
    { name: 'Duplicate', why: 'the same play sent again', plays: totals.duplicate },
    {
      name: 'Too short',
      why: rules ? `under ${rules.min_ms_played / 1000} seconds of a longer song` : 'not heard long enough',
      plays: totals.too_short,
    },
    {
      name: 'Over cap',
      why: rules
        ? `one listener, same song, over ${rules.max_plays_per_hour} an hour`
        : 'one listener, same song, too often within the hour',
      plays: totals.over_cap,
    },
    ...(totals.excluded
      ? [{ name: 'Excluded', why: 'flagged, and left out by the rules', plays: totals.excluded }]
      : []),
  ];
  const largest = Math.max(1, ...reasons.map(({ plays }) => plays));
  return reasons.map((reason) => ({ ...reason, part: reason.plays / largest }));
}
