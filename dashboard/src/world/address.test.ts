import { describe, expect, it } from 'vitest';
import { readWorldAddress, writeWorldAddress } from './address';

describe('the world’s address', () => {
  it('is the map of the latest hour without a word', () => {
    expect(readWorldAddress('')).toEqual({ granularity: 'hour', at: null, view: 'map', compare: null });
  });

  it('says again what it read', () => {
    const search = '?granularity=day&at=2026-11-22T00:00:00Z&view=table&compare=CA,US';
    expect(writeWorldAddress(readWorldAddress(search))).toBe(search);
  });

  it('means the period that a moment lies in', () => {
    expect(readWorldAddress('?at=2026-11-22T13:37:00Z').at).toBe('2026-11-22T13:00:00Z');
    expect(readWorldAddress('?at=yesterday').at).toBeNull();
  });

  it('compares each region once, and no more than four', () => {
    expect(readWorldAddress('?compare=ca, us,CA,,mx,jp,de').compare).toEqual(['CA', 'US', 'MX', 'JP']);
  });

  it('knows a comparison that has not begun from none', () => {
    expect(readWorldAddress('?compare=').compare).toEqual([]);
    expect(readWorldAddress(writeWorldAddress(readWorldAddress('?compare='))).compare).toEqual([]);
  });
});
