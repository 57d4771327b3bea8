import { expect, it } from 'vitest';
import { regionName } from './regions';

it('a region is called as the service calls it, or else in English, or else by its code', () => {
  const regions = [{ region: 'CA', name: 'Le Canada', latest_hour: null, latest_day: null }];
  expect(regionName(regions, 'CA')).toBe('Le Canada');
  expect(regionName(null, 'CA')).toBe('Canada');
  expect(regionName(regions, 'GLOBAL')).toBe('Global');
  expect(regionName(regions, 'XQ')).toBe('XQ');
});
