import { useEffect, useState } from 'react';

/** How long a period is shown at single speed, in milliseconds. */
const STEP = 900;
export const SPEEDS = [1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

export interface Player {
  /** The column that is shown. */
  at: number;
  playing: boolean;
  speed: Speed;
  /** How long a column is shown while it plays. */
  step: number;
  /** From the start again, if it stands at the end. */
  toggle(): void;
  go(column: number): void;
  setSpeed(speed: Speed): void;
}

/** Steps through the periods when it is told to, and stops at the last. Without a choice it stands there, also when a new one comes. */
export function usePlayer(periods: readonly string[]): Player {
  const [chosen, setChosen] = useState<string | null>(null);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);
  const last = periods.length - 1;
  const found = chosen === null ? last : periods.indexOf(chosen);
  const at = found === -1 ? last : found;
  const step = STEP / speed;
  const show = (column: number) => setChosen(column >= last ? null : (periods[Math.max(0, column)] ?? null));

  // biome-ignore lint/correctness/useExhaustiveDependencies: showing the next column is what this waits for.
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      show(at + 1);
      if (at + 1 >= last) setPlaying(false);
    }, step);
    return () => clearTimeout(timer);
  }, [playing, at, last, step]);

  return {
    at,
    playing,
    speed,
    step,
    toggle: () => {
      if (!playing && at >= last) show(0);
      setPlaying(!playing && last > 0);
    },
    go: (column) => {
      setPlaying(false);
      show(column);
    },
    setSpeed,
  };
}
