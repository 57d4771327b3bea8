import { describe, expect, it } from 'vitest';
import { concerns } from './useLive';

describe('a change', () => {
  const change = (period_start: string) => ({
    region: 'CA',
    granularity: 'hour' as const,
    period_start,
    status: 'final' as const,
    revision: 3,
  });
  const shown = '2026-11-22T13:00:00Z';

  it('of the period that is shown concerns the page', () =>
    expect(concerns(change('2026-11-22T13:00:00.000Z'), 'hour', shown)).toBe(true));
  it('of the next one does too: there is a step to it now', () => {
    expect(concerns(change('2026-11-22T14:00:00Z'), 'hour', shown)).toBe(true);
    expect(concerns(change('2026-11-23T00:00:00Z'), 'day', '2026-11-22T00:00:00Z')).toBe(true);
  });
  it('of another period does not', () => {
    expect(concerns(change('2026-11-22T12:00:00Z'), 'hour', shown)).toBe(false);
    expect(concerns(change('2026-11-22T15:00:00Z'), 'hour', shown)).toBe(false);
  });
  it('of any of the periods that are shown together concerns the page', () => {
    const day = (period_start: string) => concerns(change(period_start), 'hour', shown, 24);
    expect(day('2026-11-21T14:00:00Z')).toBe(true);
    expect(day('2026-11-21T13:00:00Z')).toBe(false);
    expect(day('2026-11-22T14:00:00Z')).toBe(true);
    expect(day('2026-11-22T15:00:00Z')).toBe(false);
  });
  it('of any period concerns a page that follows the latest', () =>
    expect(concerns(change('2026-11-22T14:00:00Z'), 'hour', null)).toBe(true));
});
