import { describe, expect, it } from 'vitest';
import { finalChart } from '../../e2e/fixtures/charts';
import { REGIONS } from '../../e2e/fixtures/service';
import { figureColumns, sortEntries } from './columns';
import { languageOf, widthInLetters } from './languages';
import { findRegions } from './regions';
import { fileName } from './save';

describe('regions are found', () => {
  const names = (typed: string) => findRegions(REGIONS, typed).map(({ name }) => name);
  it('all of them while nothing is typed', () => expect(names('')).toHaveLength(REGIONS.length));
  it('by code', () => expect(names('gb')).toEqual(['United Kingdom']));
  it('without their accents', () => expect(names('turk')).toEqual(['Türkiye']));
  it('beginnings before middles', () => expect(names('an')[0]).toBe('Canada'));
  it('by the beginning of a later word', () => expect(names('king')).toEqual(['United Kingdom']));
});

describe('entries are sorted', () => {
  const { entries } = finalChart();
  const columns = figureColumns('hour');
  const ids = (key: string, descending: boolean) =>
    sortEntries(entries, columns, { key, descending }).map((e) => e.position);
  it('by rank, as they come', () => expect(ids('rank', false)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
  it('by plays, equals in the order of the chart', () =>
    expect(ids('plays', false).slice(3, 5)).toEqual([6, 7]));
  it('with what is missing last, whichever way', () => {
    expect(ids('prev', false).slice(-2)).toEqual([5, 8]);
    expect(ids('prev', true).slice(-2)).toEqual([5, 8]);
  });
});

describe('the language of a title', () => {
  it.each([
    ['ليل الميناء', 'CA', 'ar'],
    ['밤의 주파수', 'CA', 'ko'],
    ['青い切符', 'CA', 'ja'],
    ['晴天', 'TW', 'zh-Hant'],
    ['晴天', 'CA', 'zh'],
    ['Північний потяг', 'CA', 'uk'],
    ['Copper Weather', 'CA', undefined],
  ])('%s in %s is %s', (title, region, language) => expect(languageOf(title, region)).toBe(language));

  it('East Asian letters are nearly twice as wide', () =>
    expect(widthInLetters('青い切符')).toBeCloseTo(7.6));
});

it('a file of an older revision says so in its name', () => {
  expect(fileName(finalChart())).toBe('top-songs-CA-hour-2026-11-22T13');
  expect(fileName(finalChart(), 1)).toBe('top-songs-CA-hour-2026-11-22T13-rev1');
});
