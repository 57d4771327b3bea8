import { describe, expect, it } from 'vitest';
import { songNow, songOffTheCharts } from '../../e2e/fixtures/lines';
import { songPath } from '../chart/address';
import { drawnRegions, readSongAddress, writeSongAddress } from './songAddress';

describe('readSongAddress', () => {
  it('is read back as it was written', () => {
    const address = { song: 'a/b ?', regions: ['CA', 'GLOBAL'], granularity: 'day', view: 'table' } as const;
    const search = writeSongAddress({ ...address, regions: [...address.regions] });
    expect(search).toBe('?regions=CA,GLOBAL&granularity=day&view=table');
    expect(readSongAddress('/song/a%2Fb%20%3F', search)).toEqual(address);
  });

  it('is where a chart leads to', () => {
    const [path, search] = songPath('a/b ?', 'CA', 'hour').split(/(?=\?)/) as [string, string];
    expect(readSongAddress(path, search)).toEqual({
      song: 'a/b ?',
      regions: ['CA', 'GLOBAL'],
      granularity: 'hour',
      view: 'lines',
    });
    expect(songPath('s-1', 'GLOBAL', 'day')).toBe('/song/s-1?regions=GLOBAL&granularity=day');
  });

  it('takes three regions, each once, however they are written', () => {
    expect(readSongAddress('/song/s-1', '?regions=ca,CA,,Canada,de, fr,us').regions).toEqual([
      'CA',
      'DE',
      'FR',
    ]);
  });

  it('ignores what it cannot read', () => {
    expect(readSongAddress('/song/100%', '?granularity=week&view=pie')).toEqual({
      song: '100%',
      regions: [],
      granularity: 'hour',
      view: 'lines',
    });
  });
});

describe('drawnRegions', () => {
  const address = readSongAddress('/song/s-1', '');

  it('are those where the song stands best, if none are asked for', () => {
    expect(drawnRegions(address, songNow())).toEqual(['GLOBAL', 'GB', 'CA']);
    expect(drawnRegions({ ...address, regions: ['JP'] }, songNow())).toEqual(['JP']);
  });

  it('are the world where it charts nowhere', () => {
    expect(drawnRegions(address, songOffTheCharts())).toEqual(['GLOBAL']);
  });
});
