import { describe, expect, it } from 'vitest';
import { swipeOf } from './useSwipe';

describe('a swipe', () => {
  const from = { x: 200, y: 400, at: 0 };
  const to = (x: number, y = 400, at = 250) => swipeOf(from, { x, y, at }, 390);

  it('to the left is on, to the right is back', () => {
    expect(to(120)).toBe('next');
    expect(to(290)).toBe('previous');
  });
  it('is none when it is short or slow', () => {
    expect(to(150)).toBeNull();
    expect(to(120, 400, 900)).toBeNull();
  });
  it('is none when it scrolls the page', () => expect(to(120, 450)).toBeNull());
  it('is the phone’s own when it begins at an edge', () => {
    expect(swipeOf({ ...from, x: 10 }, { x: 200, y: 400, at: 250 }, 390)).toBeNull();
    expect(swipeOf({ ...from, x: 380 }, { x: 200, y: 400, at: 250 }, 390)).toBeNull();
  });
});
