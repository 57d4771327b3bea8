import { describe, expect, it } from 'vitest';
import { guessOf } from './NotFound';

describe('a path that is no page', () => {
  it('may mean a region by its code', () => {
    expect(guessOf('/ca')).toEqual({ href: '/?region=CA', words: 'the chart of Canada' });
    expect(guessOf('/charts/global')).toEqual({ href: '/?region=GLOBAL', words: 'the chart of Global' });
    expect(guessOf('/xq')).toBeNull();
  });
  it('may mean a song', () =>
    expect(guessOf('/songs/s-0001')).toEqual({ href: '/song/s-0001', words: 'the page of that song' }));
  it('may mean a page that is written otherwise', () =>
    expect(guessOf('/World/')).toEqual({ href: '/world', words: 'the page World' }));
  it('may mean nothing', () => expect(guessOf('/nowhere/at/all')).toBeNull());
});
