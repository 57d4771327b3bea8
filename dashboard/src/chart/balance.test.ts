import { expect, it } from 'vitest';
import { finalChart, heldChart } from '../../e2e/fixtures/charts';
import { differenceOf, sumOf, unexplained } from './balance';

const { balance } = finalChart();

it('every part is in the sum, excluded plays too', () => {
  expect(sumOf(balance)).toBe(412_903);
  expect(sumOf({ ...balance, excluded: 9 })).toBe(412_912);
  for (const part of ['counted', 'duplicate', 'too_short', 'over_cap', 'excluded'] as const) {
    expect(differenceOf({ ...balance, excluded: 0, [part]: (balance[part] ?? 0) + 1 })).toBe(-1);
  }
});

it('a service that does not know excluded plays has none', () => {
  expect(balance.excluded).toBeUndefined();
  expect(differenceOf(balance)).toBe(0);
});

it('of a chart without a balance, no play is known to lack a reason', () => {
  expect(unexplained(heldChart())).toBe(12);
  expect(unexplained({ ...heldChart(), balance: null })).toBe(0);
});
