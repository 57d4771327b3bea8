import type { PipelineStatus, Run, Stage } from '../api/types';
import { ageWords, clockWords, dateWords, hourWords, startOf } from './period';

/** Something behind the charts that is not as it should be. */
export interface Trouble {
  /** 'making' is none: only slower than in an hour of every day. */
  kind: 'making' | 'late' | 'failed';
  /** The stage or the pipeline. */
  name: string;
  what: string;
  text: string;
  /** Where the log is, if that can be opened. */
  log: string | null;
}

export interface Troubles {
  shown: Trouble[];
  /** How many failures more there are than a notice has room for. */
  more: number;
}

const MINUTE = 60_000;
const MOST_FAILURES = 2;
/** The rest of a stack trace is in the log. */
const MOST_CHARACTERS = 240;

/** What is late, then what failed, the newest first. */
export function troublesOf(status: PipelineStatus): Troubles {
  const now = Date.parse(status.now);
  // While an update is rolled out, a service of the version before answers without runs.
  const failed = (status.runs ?? []).filter((run) => run.latest && run.status === 'failed');
  return {
    shown: [
      ...status.stages.flatMap((stage) => making(stage, now) ?? lateness(stage, now) ?? []),
      ...failed.slice(0, MOST_FAILURES).map((run) => failure(run, now)),
    ],
    more: Math.max(0, failed.length - MOST_FAILURES),
  };
}

/** The service allows more than this only while charts are loaded one after the other, as the first ones are. */
const EXPECTED: Record<string, number> = { hour_charts: 75 * MINUTE, day_charts: 25 * 60 * MINUTE };

export function isBeingMade({ stage, passed_until, late }: Stage, now: number): boolean {
  const expected = EXPECTED[stage];
  return !late && expected !== undefined && now > Date.parse(passed_until) + expected;
}

/** What says how far the charts are while the first ones are made, when there is nothing to be afraid of. */
function making(stage: Stage, now: number): Trouble | null {
  if (!isBeingMade(stage, now)) return null;
  const what = stage.stage === 'day_charts' ? 'Day charts are being made:' : 'Charts are being made:';
  const text = `counted up to ${timeWords(Date.parse(stage.passed_until), now)} so far.`;
  return { kind: 'making', name: stage.stage, what, text, log: null };
}

function lateness({ stage, passed_until, updated_at, due_at, late }: Stage, now: number): Trouble | null {
  if (!late || due_at === null) return null;
  const passed = Date.parse(passed_until);
  // Of what comes hour by hour after an outage, the last came just now.
  const coming = stage !== 'stream' && stage !== 'ingestion' && now - Date.parse(updated_at) < 15 * MINUTE;
  const catchingUp = coming
    ? ` Catching up: the one before came ${ageWords(Date.parse(updated_at), now)}.`
    : '';
  const due = `was due at ${timeWords(Date.parse(due_at), now)}.`;
  const words: Record<string, [what: string, text: string]> = {
    ingestion: ['Ingestion does not answer:', `it last did at ${timeWords(passed, now)}.`],
    stream: ['Plays are late:', `stored only up to ${timeWords(passed, now)}.`],
    hour_charts: ['Hour charts are late:', `${hourWords(passed)} ${due}`],
    day_charts: ['Day charts are late:', `${dateWords(passed)} ${due}`],
  };
  const [what, text] = words[stage] ?? [`${stage} is late:`, `it ${due}`];
  return { kind: 'late', name: stage, what, text: text + catchingUp, log: null };
}

function failure({ pipeline, ended_at, task, message, url }: Run, now: number): Trouble {
  const where = task ? ` in ${task}` : '';
  const why = message?.trim() ? `: ${shortened(message.trim())}` : '.';
  return {
    kind: 'failed',
    name: pipeline,
    what: `${pipeline} failed`,
    text: `at ${timeWords(Date.parse(ended_at), now)}${where}${why}`,
    log: logOf(url),
  };
}

/** Where a log can be opened; null for an address that is none. */
export function logOf(url: string | null): string | null {
  return url && /^https?:\/\//i.test(url) ? url : null;
}

/** "15:03 UTC", with the date if it is not today's. */
function timeWords(instant: number, now: number): string {
  const today = startOf('day', instant) === startOf('day', now);
  return `${clockWords(instant)} UTC${today ? '' : ` on ${dateWords(instant)}`}`;
}

function shortened(message: string): string {
  const characters = [...message];
  return characters.length <= MOST_CHARACTERS ? message : `${characters.slice(0, MOST_CHARACTERS).join('')}…`;
}
