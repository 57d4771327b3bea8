import type { Balance, Chart } from '../api/types';

type Parts = Pick<Balance, 'received' | 'counted' | 'duplicate' | 'too_short' | 'over_cap' | 'excluded'>;

/** What the parts come to. Computed here, so that a reader checks the books and not a stored claim. */
export function sumOf({ counted, duplicate, too_short, over_cap, excluded = 0 }: Parts): number {
  return counted + duplicate + too_short + over_cap + excluded;
}

/** Received plays that no part accounts for; 0 when the balance holds. */
export function differenceOf(balance: Parts): number {
  return balance.received - sumOf(balance);
}

/** Plays of a chart that no part accounts for; of a chart without a balance, none are known. */
export function unexplained({ balance }: Pick<Chart, 'balance'>): number {
  return balance ? differenceOf(balance) : 0;
}
