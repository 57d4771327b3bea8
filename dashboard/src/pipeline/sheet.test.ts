import { describe, expect, it } from 'vitest';
import { rules } from '../../e2e/fixtures/evidence';
import { balanceRows } from '../../e2e/fixtures/pipeline';
import { reasonsOf, sheetRows, totalsOf } from './sheet';

describe('sheetRows', () => {
  it('adds up every hour, newest first', () => {
    const rows = sheetRows(balanceRows());
    expect(rows.map((row) => row.period_start).slice(0, 2)).toEqual([
      '2026-11-22T14:00:00Z',
      '2026-11-22T13:00:00Z',
    ]);
    expect(rows.filter((row) => row.held).map((row) => [row.period_start, row.difference])).toEqual([
      ['2026-11-22T09:00:00Z', 12],
    ]);
  });

  it('holds a row that does not add up, whatever the service calls it', () => {
    const rows = balanceRows().map((row) => ({ ...row, status: 'final' as const }));
    expect(sheetRows(rows).filter((row) => row.held)).toHaveLength(1);
    const kept = balanceRows().map((row) => ({
      ...row,
      counted: row.received,
      duplicate: 0,
      too_short: 0,
      over_cap: 0,
    }));
    expect(
      sheetRows(kept)
        .map((row) => row.held)
        .indexOf(true),
    ).toBe(5);
  });
});

describe('totalsOf', () => {
  it('is the sum of the hours, excluded plays included', () => {
    const totals = totalsOf(sheetRows(balanceRows(77)));
    expect(totals.excluded).toBe(77);
    expect(totals.difference).toBe(12);
    expect(totals.sum + 12).toBe(totals.received);
  });

  it('does not let two differences cancel each other out', () => {
    const [first, second, ...rest] = balanceRows().filter((row) => row.status === 'final');
    if (!first || !second) throw new Error('the fixture has 24 hours');
    const more = { ...first, received: first.received + 12 };
    const fewer = { ...second, received: second.received - 12 };
    expect(totalsOf(sheetRows([more, fewer, ...rest]))).toMatchObject({ difference: 0, odd: 2 });
    expect(totalsOf(sheetRows([first, second, ...rest])).odd).toBe(0);
  });

  it('knows no rejected plays where the service does not say', () => {
    expect(totalsOf(sheetRows(balanceRows())).rejected).toBe(24 * 448 + 276);
    const region = balanceRows().map((row) => ({ ...row, rejected: null }));
    expect(totalsOf(sheetRows(region)).rejected).toBeNull();
  });
});

describe('reasonsOf', () => {
  const totals = totalsOf(sheetRows(balanceRows()));

  it('takes the limits from the rules, and names none without them', () => {
    expect(reasonsOf(totals, rules().versions[0] ?? null).map(({ why }) => why)).toEqual([
      'the same play sent again',
      'under 30 seconds of a longer song',
      'one listener, same song, over 10 an hour',
    ]);
    expect(
      reasonsOf(totals, null)
        .map(({ why }) => why)
        .join(),
    ).not.toMatch(/\d/);
  });

  it('draws the largest in full and the others against it', () => {
    const [duplicate, short] = reasonsOf(totals, null);
    expect(duplicate?.part).toBe(1);
    expect(short?.part).toBeCloseTo(totals.too_short / totals.duplicate);
  });

  it('lists excluded plays where there are any', () => {
    expect(reasonsOf({ ...totals, excluded: 77 }, null).at(-1)).toMatchObject({
      name: 'Excluded',
      plays: 77,
    });
  });
});
