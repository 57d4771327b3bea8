import { describe, expect, it } from 'vitest';
import { finalChart, heldChart } from '../../e2e/fixtures/charts';
import { differenceOf, sumOf } from './balance';
import { balanceShare, change, count, rate, share } from './numbers';

describe('numbers', () => {
  it('group thousands from 1,000', () => expect(count(9816).replace(/\D/g, '|')).toBe('9|816'));
  it('say that something is missing rather than 0', () => expect(count(null)).toBe('–'));
  it('give shares two decimals', () => expect(share(0.045726)).toMatch(/^4.57/));
  it('compare with the period before', () => {
    expect(change(119, 100)).toBe('+19%');
    expect(change(81, 100)).toBe('−19%');
    expect(change(5, null)).toBeNull();
    expect(change(5, 0)).toBeNull();
  });
});

describe('rates', () => {
  it('have a decimal below 10 alone', () => {
    expect([13.5, 9.96, 9.94, 0.6].map(rate)).toEqual(['14', '10', '9.9', '0.6']);
  });
  it('are 0 only when nothing passes', () => {
    expect(rate(1 / 60)).toBe('<0.1');
    expect(rate(0)).toBe('0');
  });
});

describe('shares of the balance', () => {
  it('do not round what is there to nothing', () => expect(balanceShare(41, 96_214)).toMatch(/^<0.1/));
  it('are 0.0 only when nothing is there', () => expect(balanceShare(0, 96_214)).toMatch(/^0.0/));
  it('are missing when nothing was received', () => expect(balanceShare(0, 0)).toBe('–'));
});

describe('the balance', () => {
  it('holds when the parts make up what was received', () => {
    expect(sumOf(finalChart().balance)).toBe(412_903);
    expect(differenceOf(finalChart().balance)).toBe(0);
  });
  it('shows the plays that no part accounts for', () => expect(differenceOf(heldChart().balance)).toBe(12));
});
