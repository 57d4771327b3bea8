import { describe, expect, it } from 'vitest';
import { world } from '../../e2e/fixtures/world';
import { COLUMNS, emptyPlaces, placeBy, tilesOf } from './tiles';

const codes = (...regions: string[]) => regions.map((region) => ({ region }));
const at = (places: { row: number; column: number }[]) => places.map(({ row, column }) => `${row}/${column}`);

describe('the grid', () => {
  it('has a place of its own for every region, within fifteen columns', () => {
    const all = emptyPlaces([]);
    expect(new Set(at(all)).size).toBe(all.length);
    expect(new Set(all.map(({ code }) => code)).size).toBe(all.length);
    expect(Math.max(...all.map(({ column }) => column))).toBe(COLUMNS);
  });

  it('leaves the place of the key free', () => {
    const beneath = emptyPlaces([]).filter(({ row, column }) => row <= 3 && column >= 2 && column <= 5);
    expect(beneath).toEqual([]);
  });

  it('reads from the upper left, with regions it does not know at the end', () => {
    const tiles = tilesOf(codes('NZ', 'FO', 'JP', 'CA', 'AQ'));
    expect(tiles.map(({ region }) => region.region)).toEqual(['CA', 'JP', 'NZ', 'FO', 'AQ']);
    expect(at(tiles.slice(3))).toEqual(['10/1', '10/2']);
  });

  it('puts no two regions on one tile', () => {
    const tiles = tilesOf(world().regions);
    expect(new Set(at(tiles)).size).toBe(world().regions.length);
    expect(tiles.length + emptyPlaces(world().regions).length).toBe(emptyPlaces([]).length + 1);
  });
});

describe('an arrow key', () => {
  const tiles = tilesOf(codes('CA', 'US', 'IS', 'GB', 'AU', 'NZ'));
  const from = (region: string, key: string) => {
    const place = tiles.find((tile) => tile.region.region === region);
    if (!place) throw new Error(`Cannot start from ${region}: it has no tile`);
    return placeBy(tiles, place, key)?.region.region ?? null;
  };

  it('leads to the next that way', () => {
    expect(from('CA', 'ArrowDown')).toBe('US');
    expect(from('AU', 'ArrowRight')).toBe('NZ');
    expect(from('IS', 'ArrowLeft')).toBe('CA');
  });

  it('rather goes straight far than near aside', () => expect(from('CA', 'ArrowRight')).toBe('IS'));
  it('leads nowhere beyond the edge', () => expect(from('NZ', 'ArrowRight')).toBeNull());
  it('is one of the four', () => expect(from('CA', 'Enter')).toBeNull());
});
