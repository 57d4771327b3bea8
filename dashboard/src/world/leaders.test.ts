import { describe, expect, it } from 'vitest';
import { openWorld, world } from '../../e2e/fixtures/world';
import { fillOf, leadersOf, longestOf, othersWords, settledWords } from './leaders';

describe('the songs that lead', () => {
  const { regions } = world();
  const leaders = leadersOf(regions);

  it('have fills in the order of how many regions they lead, from five on', () => {
    expect(leaders.filled.map(({ song, regions, fill }) => [song.title, regions, fill])).toEqual([
      ['Copper Weather', 12, 'first'],
      ['ليل الميناء', 6, 'second'],
      ['밤의 주파수', 5, 'third'],
      ['Cidade de Vidro', 5, 'fourth'],
    ]);
  });

  it('are counted with all the others: the key adds up', () => {
    const filled = leaders.filled.reduce((sum, leader) => sum + leader.regions, 0);
    expect(filled + leaders.others.regions).toBe(regions.length);
    expect(othersWords(leaders.others)).toBe('other songs, 1 to 4 regions each');
  });

  it('fill the tiles that the key counts', () => {
    const fills = regions.map((region) => fillOf(region, leaders));
    expect(fills.filter((fill) => fill === 'first')).toHaveLength(12);
    expect(fills.filter((fill) => fill === 'plain')).toHaveLength(leaders.others.regions);
  });

  it('are many with two regions where there are few', () => {
    const few = leadersOf(regions.filter(({ region }) => ['CA', 'US', 'DE', 'AT', 'JP'].includes(region)));
    expect(few.filled.map(({ song }) => song.title)).toEqual(['Copper Weather', 'Kein Netz im Tal']);
    expect(othersWords(few.others)).toBe('another song');
  });

  it('are new where they were not number one before', () => expect(leaders.fresh).toBe(8));

  it('are none where no region has plays', () => {
    const silent = leadersOf(regions.map((region) => ({ ...region, number_one: null })));
    expect(silent).toEqual({ filled: [], others: { regions: 0, fewest: 0, most: 0 }, fresh: 0 });
  });
});

describe('how settled the world is', () => {
  it('says which regions lag', () => {
    expect(settledWords(world())).toBe('56 of 58 regions, 2 provisional');
    expect(settledWords(openWorld())).toBe('8 of 9 regions, 1 held');
  });

  it('only counts them where all stand alike', () => {
    expect(settledWords(world({ regions: world().regions.slice(0, 1) }))).toBe('1 region');
  });
});

it('the longest runs come first, ten of them', () => {
  const streaks = longestOf(world().regions).map(({ number_one }) => number_one?.streak ?? 0);
  expect(streaks).toHaveLength(10);
  expect(streaks).toEqual(streaks.toSorted((a, b) => b - a));
});
