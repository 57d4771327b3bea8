import { describe, expect, it } from 'vitest';
import { readAddress, writeAddress } from './address';

describe('readAddress', () => {
  it('starts with the world and its latest hour', () => {
    expect(readAddress('')).toEqual({ region: 'GLOBAL', granularity: 'hour', at: null, view: 'chart' });
  });

  it('moves a moment to the start of its period', () => {
    expect(readAddress('?region=ca&at=2026-11-22T13:59:59.999Z').at).toBe('2026-11-22T13:00:00Z');
    expect(readAddress('?granularity=day&at=2026-11-22T13:59:59Z').at).toBe('2026-11-22T00:00:00Z');
  });

  it('ignores what it cannot read', () => {
    expect(readAddress('?region=&granularity=week&at=yesterday&view=pie')).toEqual(readAddress(''));
  });
});

describe('writeAddress', () => {
  it('is read back as it was', () => {
    const address = { region: 'CA', granularity: 'day', at: '2026-11-22T00:00:00Z', view: 'table' } as const;
    expect(readAddress(writeAddress(address))).toEqual(address);
  });

  it('leaves out what goes without saying, and keeps the time readable', () => {
    const address = { region: 'CA', granularity: 'hour', at: '2026-11-22T13:00:00Z', view: 'chart' } as const;
    expect(writeAddress(address)).toBe('?region=CA&granularity=hour&at=2026-11-22T13:00:00Z');
  });
});
