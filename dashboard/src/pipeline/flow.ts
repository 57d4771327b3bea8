import type { Flow } from '../api/types';
import { count, rate } from '../chart/numbers';
import { amount } from '../chart/period';

/** What passes a stage now, in words, and the line of what passed before. */
export interface DrawnFlow {
  /** Of the last whole step: "12,480". */
  rate: string;
  unit: string;
  /** Null where nothing is known to have passed, nor that nothing did. */
  line: { plays: number[]; caption: string; words: string } | null;
  /** Of the stream: "12 plays wait in Kafka". */
  waiting: string | null;
}

const STEPS: Record<number, { step: string; unit: string; none: string }> = {
  60: { step: 'minute', unit: 'plays/s', none: 'first minute running' },
  3600: { step: 'hour', unit: 'plays an hour', none: 'no hour settled yet' },
  86400: { step: 'day', unit: 'plays a day', none: 'no day settled yet' },
};

export function drawnFlow(flow: Flow | null): DrawnFlow {
  if (flow === null) return { rate: '–', unit: 'rate not known', line: null, waiting: null };
  const { step, unit, none } = STEPS[flow.step_seconds] ?? { step: 'step', unit: 'plays', none: 'none yet' };
  const last = flow.plays.at(-1);
  const waiting = flow.waiting ? `${amountOfPlays(flow.waiting)} in Kafka` : null;
  if (last === undefined) return { rate: '–', unit: none, line: null, waiting };
  return {
    rate: step === 'minute' ? rate(last / flow.step_seconds) : count(last),
    unit,
    line: { plays: flow.plays, ...wordsOf(flow.plays, step) },
    waiting,
  };
}

/** "12 plays wait" */
function amountOfPlays(plays: number): string {
  return plays === 1 ? '1 play waits' : `${count(plays)} plays wait`;
}

/** The caption that is seen, and what the line shows to those who see it. */
function wordsOf(plays: number[], step: string): { caption: string; words: string } {
  const [lowest, highest] = [Math.min(...plays), Math.max(...plays)];
  return {
    caption: plays.length === 1 ? `last ${step}` : `last ${amount(plays.length, step)}`,
    words:
      plays.length === 1
        ? `${count(highest)} plays`
        : `lowest ${count(lowest)}, highest ${count(highest)} plays a ${step}`,
  };
}

/** Plays a second in the last whole step; null where that is not known. */
export function perSecond(flow: Flow | null): number | null {
  const last = flow?.plays.at(-1);
  return flow === null || last === undefined ? null : last / flow.step_seconds;
}

const [THINNEST, THICKEST] = [2, 10];

/**
 * How thick the spine is after each stage, in px: as its rate is to the largest, from 2 where nothing is known to pass to
 * 10, in steps of 2 so that both of its edges fall on whole pixels.
 */
export function thicknesses(rates: (number | null)[]): number[] {
  const largest = Math.max(0, ...rates.map((perSecond) => perSecond ?? 0));
  return rates.map((perSecond) => {
    const part = largest > 0 ? (perSecond ?? 0) / largest : 0;
    return THINNEST + 2 * Math.round((part * (THICKEST - THINNEST)) / 2);
  });
}

/** The line in a field of 100 by 100 that is stretched as wide and high as there is room; zero is its foot. */
export function linePaths(plays: number[]): { line: string; area: string; last: string } {
  const highest = Math.max(1, ...plays);
  const points = plays.map((value, i) => {
    const x = plays.length === 1 ? 100 : (100 * i) / (plays.length - 1);
    return `${round(x)} ${round(100 - (100 * value) / highest)}`;
  });
  const line = `M${points.join('L')}`;
  // A path of no length that ends round: a dot, which is not stretched as a circle would be.
  return { line, area: `${line}V100H${points.length === 1 ? 100 : 0}Z`, last: `M${points.at(-1)}h0` };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
