import { describe, expect, it } from 'vitest';
import { dateLabels } from './dates';

const HOUR = 3_600_000;
const from = (start: string, count: number, length: number) =>
  Array.from({ length: count }, (_, i) => Date.parse(start) + i * length);
const words = (labels: ReturnType<typeof dateLabels>) => labels.map((label) => label.words);

describe('dateLabels', () => {
  it('stand at round hours, and at midnight say the day', () => {
    const hours = from('2026-11-20T14:00:00Z', 49, HOUR);
    expect(words(dateLabels('hour', hours, 9))).toEqual([
      '18:00',
      '21 Nov',
      '06:00',
      '12:00',
      '18:00',
      '22 Nov',
      '06:00',
      '12:00',
    ]);
    expect(words(dateLabels('hour', hours, 4))).toEqual(['21 Nov', '12:00', '22 Nov', '12:00']);
  });

  it('count days back from the last', () => {
    const days = from('2026-10-23T00:00:00Z', 30, 24 * HOUR);
    expect(words(dateLabels('day', days, 7))).toEqual(['24 Oct', '31 Oct', '7 Nov', '14 Nov', '21 Nov']);
    expect(dateLabels('day', days, 7).at(-1)?.column).toBe(29);
  });

  it('take few periods, and none', () => {
    expect(words(dateLabels('hour', from('2026-11-20T14:00:00Z', 2, HOUR), 7))).toEqual(['14:00', '15:00']);
    expect(dateLabels('day', [], 7)).toEqual([]);
  });
});
