import type { Balance } from '../api/types';

/** What the parts come to. Computed here, so that a reader checks the books and not a stored claim. */
export function sumOf({ counted, duplicate, too_short, over_cap }: Balance): number {
  return counted + duplicate + too_short + over_cap;
}

/** Received plays that no part accounts for; 0 when the balance holds. */
export function differenceOf(balance: Balance): number {
  return balance.received - sumOf(balance);
}
