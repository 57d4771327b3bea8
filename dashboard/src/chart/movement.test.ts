import { describe, expect, it } from 'vitest';
import { finalChart, provisionalChart } from '../../e2e/fixtures/charts';
import type { Entry, Movement } from '../api/types';
import { biggestClimb, countMovements, movementWords, numberOneSentence, rankChanges } from './movement';

const entries = finalChart().entries;

describe('movement', () => {
  it('is counted over all entries', () => {
    expect(countMovements(entries)).toEqual({ up: 2, down: 5, same: 1, new: 1, re_entry: 1 });
  });

  it('has words for those who do not see the mark', () => {
    expect(entries.slice(0, 5).map(movementWords)).toEqual(['up 1', 'down 1', 'up 4', 'unchanged', 'new']);
  });

  it('finds the song that rose most', () => expect(biggestClimb(entries)?.song.title).toBe('밤의 주파수'));
  it('finds none where none rose', () => expect(biggestClimb(entries.slice(3))).toBeNull());
});

describe('the sentence of No. 1', () => {
  it.each([
    ['up', 'Up from 2 to No. 1.'],
    ['same', 'Stays at No. 1.'],
    ['new', 'First hour on the chart, at No. 1.'],
    ['re_entry', 'Back on the chart, at No. 1.'],
  ] as [Movement, string][])('of a song that is %s is: %s', (movement, sentence) => {
    const first = { ...(entries[0] as Entry), movement };
    expect(numberOneSentence({ ...finalChart(), entries: [first] })).toBe(sentence);
  });

  it('decides nothing while the hour is open', () => {
    expect(numberOneSentence(provisionalChart())).toBe('Leading, not decided.');
  });
});

describe('a later revision', () => {
  const swapped = () => {
    const chart = finalChart();
    const [one, two, three, four, five, ...rest] = chart.entries as [Entry, Entry, Entry, Entry, Entry];
    return { ...chart, entries: [one, two, three, { ...five, rank: 4 }, { ...four, rank: 5 }, ...rest] };
  };
  it('names two ranks that swapped', () => {
    expect(rankChanges(finalChart(), swapped())).toBe('#4 and #5 swapped');
  });
  it('says nothing when every song kept its rank', () =>
    expect(rankChanges(finalChart(), finalChart())).toBeNull());
});
