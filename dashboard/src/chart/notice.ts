import type { ServiceFailure } from '../api/client';
import type { Chart, Granularity, Region } from '../api/types';
import { ageWords, clockWords, dateWords, endOf, hourWords, periodWords, startOf } from './period';
import { placeName } from './regions';

/** What stands in the place of No. 1 when there is no chart to show. */
export interface Notice {
  tone: 'plain' | 'alert';
  title: string;
  text: string;
  action: 'none' | 'see-last' | 'pick-region' | 'try-again';
  reference?: string;
  /** When the attempt failed, in milliseconds. */
  failedAt?: number;
}

/** What did not come, as each page calls it. */
const CALLED = {
  chart: 'This chart',
  world: 'The world chart',
  race: 'This race',
  song: 'This song',
  history: 'The history',
} as const;
export type Page = keyof typeof CALLED;

interface Situation {
  region: string;
  granularity: Granularity;
  /** The start of the period that was asked for; null for the latest. */
  start: number | null;
  /** An older revision was asked for. */
  revision: number | null;
  now: number;
  online: boolean;
  regions: Region[] | null;
  failure: ServiceFailure | null;
  /** What the page shows, if it is not one chart. */
  page?: Page;
}

export function noticeOf(situation: Situation): Notice {
  if (situation.failure) return failureNotice(situation.failure, situation.online, situation.page);
  const known = situation.regions?.some(({ region }) => region === situation.region) ?? true;
  if (situation.regions?.length === 0) return nothingYet();
  if (!known) return unknownRegion(situation.region);
  if (situation.revision !== null) return missingRevision(situation.revision, situation.granularity);
  return missingPeriod(situation);
}

/** Of a chart that is there, and has no song in it. */
export function emptyNotice({ status, granularity, region_name }: Chart): Notice {
  return {
    tone: 'plain',
    title: `No song charts this ${granularity}`,
    text:
      status === 'provisional'
        ? `Nothing that counts was played in ${region_name} so far. This page updates by itself.`
        : `Nothing that counts was played in ${region_name}. The balance of the ${granularity} says what was received.`,
    action: 'none',
  };
}

function missingRevision(revision: number, granularity: Granularity): Notice {
  return {
    tone: 'plain',
    title: `There is no revision ${revision}`,
    text: `This ${granularity} has no chart of that number, or it is no longer kept.`,
    action: 'see-last',
  };
}

/** Why something did not load, and that nothing is lost. */
export function failureNotice(failure: ServiceFailure, online: boolean, page: Page = 'chart'): Notice {
  if (!online) {
    return {
      tone: 'plain',
      title: 'You are offline',
      text: `${CALLED[page]} was not read before the connection went. It loads by itself when you are back.`,
      action: 'try-again',
      failedAt: failure.at,
    };
  }
  const what = {
    silent: 'The chart service did not answer in 10 seconds.',
    unreachable: 'The chart service could not be reached.',
    refused: `The chart service answered with an error (${failure.status}).`,
  }[failure.kind];
  return {
    tone: 'alert',
    title: `${CALLED[page]} did not load`,
    text: `${what} Nothing is lost: the numbers are stored, only this page could not read them.`,
    action: 'try-again',
    reference: failure.reference,
    failedAt: failure.at,
  };
}

function nothingYet(): Notice {
  return {
    tone: 'plain',
    title: 'No charts yet',
    text: 'The first chart appears when the first plays have been counted, usually a few minutes after they arrive. This page updates by itself.',
    action: 'none',
  };
}

function unknownRegion(region: string): Notice {
  const name = placeName(region);
  return {
    tone: 'plain',
    title: name ? `No charts from ${name} yet` : `There is no region ${region}`,
    text: name
      ? 'They begin with the first plays from there. Pick another region from the list meanwhile.'
      : 'Pick one from the list.',
    action: 'pick-region',
  };
}

function missingPeriod({ granularity, start, now }: Situation): Notice {
  if (start === null) {
    return {
      tone: 'plain',
      title: `No ${granularity} has been counted yet`,
      text: `The first ${granularity} chart appears here when it has been counted. This page updates by itself.`,
      action: 'none',
    };
  }
  const opens = granularity === 'hour' ? `${clockWords(start)} UTC` : `00:00 UTC on ${dateWords(start)}`;
  const sameDay = startOf('day', start) === startOf('day', now);
  if (start > now) {
    const date = sameDay || granularity === 'day' ? '' : ` on ${dateWords(start)}`;
    return {
      tone: 'plain',
      title: `This ${granularity} has not started`,
      text: `It opens at ${opens}${date}.`,
      action: 'see-last',
    };
  }
  if (now < endOf(granularity, start)) {
    const name = granularity === 'hour' ? `The ${clockWords(start)} hour` : 'This day';
    return {
      tone: 'plain',
      title: `No plays yet this ${granularity}`,
      text: `${name} opened ${ageWords(start, now)}. Its first plays appear here within minutes of being counted. This page updates by itself.`,
      action: 'see-last',
    };
  }
  return {
    tone: 'plain',
    title: `There is no chart for this ${granularity}`,
    text: `${periodWords(granularity, start)} UTC was not counted, or not yet.`,
    action: 'see-last',
  };
}

/** What a notice can lead to: a chart, or the world in a period. */
export type Shown = Pick<Chart, 'region_name' | 'granularity' | 'period_start' | 'status'>;

/** "See 13:00–14:00, final": where a notice leads. */
export function seeWords({ granularity, period_start, status }: Shown): string {
  const start = Date.parse(period_start);
  return `See ${granularity === 'hour' ? hourWords(start) : dateWords(start)}, ${status}`;
}
