import { describe, expect, it } from 'vitest';
import { songNow } from '../../e2e/fixtures/lines';
import { askedRange, historyOf, lineWords, openFromOf, settledEndOf } from './history';
import { headlineOf, mostPlays } from './standings';

const END = '2026-11-22T14:00:00Z';
const point = (period_start: string, rank: number, plays = 100) => ({ period_start, rank, plays });
const history = (points: ReturnType<typeof point>[]) =>
  historyOf('hour', END, [{ region: 'CA', name: 'Canada', points }]);

describe('settledEndOf', () => {
  it('is where the period ends that the service answers of', () => expect(settledEndOf(songNow())).toBe(END));

  it('is where it begins, as long as no chart of it is settled', () => {
    const charts = songNow().charts.map((chart) => ({ ...chart, status: 'provisional' as const }));
    expect(settledEndOf({ ...songNow(), charts })).toBe('2026-11-22T13:00:00Z');
    const [first, ...others] = charts;
    if (!first) throw new Error('the song charts somewhere');
    expect(settledEndOf({ ...songNow(), charts: [{ ...first, status: 'final' }, ...others] })).toBe(END);
    const none = { ...songNow(), charts: [], period_start: null, period_end: null };
    expect(settledEndOf(none)).toBeNull();
  });
});

describe('askedRange', () => {
  it('goes back from the last settled period, and on to what may be running', () => {
    expect(askedRange('hour', END)).toEqual({ from: '2026-11-20T14:00:00Z', to: '2026-11-22T16:00:00Z' });
    expect(askedRange('day', '2026-11-22T00:00:00Z')).toEqual({
      from: '2026-10-23T00:00:00Z',
      to: '2026-11-24T00:00:00Z',
    });
  });
});

describe('historyOf', () => {
  it('has a column for every settled period, and a gap where the song was off the chart', () => {
    const { periods, settled, lines } = history([
      point('2026-11-20T14:00:00Z', 3),
      point('2026-11-22T13:00:00Z', 1),
    ]);
    expect(periods).toHaveLength(48);
    expect(settled).toBe(48);
    const ranks = lines[0]?.points.map((p) => p?.rank ?? null);
    expect(ranks?.[0]).toBe(3);
    expect(ranks?.[1]).toBeNull();
    expect(ranks?.at(-1)).toBe(1);
  });

  it('goes on as far as some line does, and says from where it is not settled', () => {
    const { periods, settled } = history([point('2026-11-22T14:00:00Z', 2)]);
    expect(periods).toHaveLength(49);
    expect(periods[settled]).toBe(Date.parse(END));
  });

  it('ends each line with its own last period: another may have gone on', () => {
    const { lines } = historyOf('hour', END, [
      { region: 'CA', name: 'Canada', points: [point('2026-11-22T13:00:00Z', 4)] },
      { region: 'US', name: 'United States', points: [point(END, 2)] },
      { region: 'DE', name: 'Germany', points: [point('2026-11-22T12:00:00Z', 9)] },
    ]);
    expect(lines.map(({ end }) => end)).toEqual([47, 48, null]);
    expect(lines.map((line) => lineWords(line, 'hour').split(',')[0])).toEqual([
      '4 now',
      '2 now',
      'off the chart now',
    ]);
  });

  it('says of each line from where it is not settled', () => {
    const now = songNow();
    const charts = now.charts.map((chart) =>
      chart.region === 'CA' ? { ...chart, status: 'held' as const } : chart,
    );
    const openFrom = openFromOf({ ...now, charts });
    expect([...openFrom]).toEqual([['CA', '2026-11-22T13:00:00Z']]);
    const { lines } = historyOf(
      'hour',
      END,
      ['CA', 'DE'].map((region) => ({
        region,
        name: region,
        points: [point('2026-11-22T13:00:00Z', 4)],
        openFrom: openFrom.get(region) ?? null,
      })),
    );
    expect(lines.map(({ settled }) => settled)).toEqual([47, 48]);
  });

  it('leaves out what was not asked for', () => {
    expect(history([point('2026-11-19T14:00:00Z', 2)]).lines[0]?.points.every((p) => p === null)).toBe(true);
  });
});

describe('lineWords', () => {
  const words = (points: ReturnType<typeof point>[]) => {
    const [line] = history(points).lines;
    if (!line) throw new Error('the history has a line');
    return lineWords(line, 'hour');
  };

  it('tell how a line ends, its best and how long it was among the ten', () => {
    const points = [12, 10, 3, 4].map((rank, i) => point(`2026-11-22T1${i}:00:00Z`, rank));
    expect(words(points)).toBe('4 now, best 3, in the Top 10 in 3 of 48 hours');
    expect(words(points.slice(0, 3))).toBe('off the chart now, best 3, in the Top 10 in 2 of 48 hours');
  });

  it('tell that there is none', () => expect(words([])).toBe('not on the chart in these 48 hours'));
});

describe('headlineOf', () => {
  it('counts regions, and never the world among them', () => {
    const headline = headlineOf(songNow().charts);
    expect(headline).toMatchObject({ first: 2, ten: 5, regions: 6, plays: 312_004 });
    expect(headline.streak).toMatchObject({ region: 'GB', streak: 42 });
    expect(headline.best?.rank).toBe(1);
    expect(headline.best?.regions.map(({ region }) => region)).toEqual(['GB', 'CA', 'US']);
  });

  it('knows nothing of a song that charts nowhere', () => {
    expect(headlineOf([])).toEqual({ first: 0, ten: 0, regions: 0, streak: null, plays: null, best: null });
  });
});

describe('mostPlays', () => {
  it('is that of a region: the world would dwarf them all', () => {
    expect(mostPlays(songNow().charts)).toBe(88_412);
    expect(mostPlays([])).toBe(0);
  });
});
