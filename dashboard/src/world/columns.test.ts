import { describe, expect, it } from 'vitest';
import { world } from '../../e2e/fixtures/world';
import { sortRegions } from './columns';

const regions = world().regions.filter(({ region }) => ['CA', 'US', 'DE', 'EE', 'FO'].includes(region));
const codes = (key: string, descending = false) =>
  sortRegions(regions, { key, descending }).map(({ region }) => region);

describe('sortRegions', () => {
  it('sorts by name, both ways', () => {
    expect(codes('region')).toEqual(['CA', 'EE', 'FO', 'DE', 'US']);
    expect(codes('region', true)).toEqual(['US', 'DE', 'FO', 'EE', 'CA']);
  });

  it('sorts by figures, and equals stand by their names', () => {
    // Canada, Estonia, the Faroe Islands and Germany begin their songs' lists: all have the same plays.
    expect(codes('plays')).toEqual(['US', 'CA', 'EE', 'FO', 'DE']);
    expect(codes('plays', true)).toEqual(['CA', 'EE', 'FO', 'DE', 'US']);
  });

  it('leaves what is missing last either way', () => {
    expect(codes('artist').at(-1)).toBe('FO');
    expect(codes('artist', true).at(-1)).toBe('FO');
  });
});
