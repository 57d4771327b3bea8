import type { PipelineStatus, Stage } from '../api/types';
import { clockWords, dayWords, durationWords, startOf, timeWords, weekdayWords } from '../chart/period';
import { isBeingMade } from '../chart/trouble';
import { type DrawnFlow, drawnFlow, perSecond, thicknesses } from './flow';

/** Quiet is on time, though nothing passed; late still flows, or nobody knows whether it does. */
export type Mood = 'flowing' | 'quiet' | 'late' | 'stopped';

/** A stage as the page draws it, from what the service says and nothing else. */
export interface DrawnStage {
  stage: string;
  name: string;
  does: string;
  flow: DrawnFlow;
  /** Of the spine from here to the next stage, in px. */
  thickness: number;
  /** How far it has come, "14:04:12 UTC", and in which sense. */
  reached: string;
  sense: string;
  /** Null where nothing is promised. */
  lag: { sense: string; words: string; limit: string; part: number } | null;
  mood: Mood;
  state: string;
}

const BEHIND = 'Behind';
const STAGES: Record<string, { name: string; does: string; sense: string; behind: string }> = {
  ingestion: {
    name: 'Ingestion',
    does: 'Accepts plays over HTTP',
    sense: 'Answered at',
    behind: 'Silent for',
  },
  stream: {
    name: 'Stream',
    does: 'Checks every play and stores it in the lake',
    sense: 'Plays stored to',
    behind: BEHIND,
  },
  hour_charts: {
    name: 'Hour charts',
    does: 'Counts, ranks and balances each hour',
    sense: 'Hours settled to',
    behind: BEHIND,
  },
  day_charts: {
    name: 'Day charts',
    does: 'Counts, ranks and balances each day',
    sense: 'Last day settled',
    behind: BEHIND,
  },
};

export function drawnStages({ stages, now }: PipelineStatus): DrawnStage[] {
  const widths = thicknesses(stages.map((stage) => perSecond(flowOf(stage))));
  return stages.map((stage, i) => drawn(stage, Date.parse(now), widths[i] ?? 0));
}

function drawn(stage: Stage, now: number, thickness: number): DrawnStage {
  const known = STAGES[stage.stage] ?? { name: stage.stage, does: '', sense: 'Reached', behind: BEHIND };
  const passed = Date.parse(stage.passed_until);
  const mood = moodOf(stage);
  return {
    stage: stage.stage,
    name: known.name,
    does: known.does,
    flow: drawnFlow(flowOf(stage)),
    thickness,
    reached: reachedWords(stage.stage, passed, now),
    sense: known.sense,
    // What is allowed while the first charts are made is no limit to measure by.
    lag: isBeingMade(stage, now) ? null : lagOf(stage, passed, known.behind),
    mood,
    state: stateWords(stage, mood, now),
  };
}

/** While an update is rolled out, a service of the version before answers without. */
function flowOf({ flow }: Stage): Stage['flow'] {
  return flow ?? null;
}

function moodOf(stage: Stage): Mood {
  const rate = perSecond(flowOf(stage));
  if (!stage.late) return rate === 0 ? 'quiet' : 'flowing';
  // Ingestion is late when it does not answer, and then nobody can tell its rate.
  return rate === 0 || (stage.stage === 'ingestion' && rate === null) ? 'stopped' : 'late';
}

function reachedWords(stage: string, passed: number, now: number): string {
  if (stage === 'day_charts') return weekdayWords(passed - 1);
  const precise = stage === 'stream' || stage === 'ingestion';
  const time = `${precise ? timeWords(passed) : clockWords(passed)} UTC`;
  return startOf('day', passed) === startOf('day', now) ? time : `${dayWords(passed)}, ${time}`;
}

/** How far behind the clock, against how far it may be. */
function lagOf({ lag_seconds, due_at }: Stage, passed: number, sense: string): DrawnStage['lag'] {
  if (due_at === null) return null;
  const limit = (Date.parse(due_at) - passed) / 1000;
  if (limit <= 0) return null;
  return {
    sense,
    words: durationWords(lag_seconds),
    limit: durationWords(limit).replace(/ 0 (s|min)$/, ''),
    part: Math.min(1, Math.max(0, lag_seconds / limit)),
  };
}

function stateWords(stage: Stage, mood: Mood, now: number): string {
  const { late, due_at } = stage;
  if (late && stage.stage === 'ingestion') return 'Does not answer';
  if (!late && isBeingMade(stage, now)) return 'Being made';
  if (mood === 'flowing') return 'Flowing';
  if (mood === 'quiet') return 'On time, no plays';
  const by = due_at === null ? '' : ` by ${durationWords((now - Date.parse(due_at)) / 1000)}`;
  return mood === 'stopped' ? `Stopped, late${by}` : `Late${by}`;
}

/** "1 stage stopped, 1 late, 2 flowing" */
export function stagesWords(stages: DrawnStage[]): string {
  if (stages.length === 0) return 'no stage has run yet';
  const number = (mood: Mood) => stages.filter((stage) => stage.mood === mood).length;
  const well = number('flowing') + number('quiet');
  const goingWell = number('quiet') > 0 ? 'on time' : 'flowing';
  if (well === stages.length) return well === 1 ? `1 stage ${goingWell}` : `all ${well} stages ${goingWell}`;
  const groups: [number: number, words: string][] = [
    [number('stopped'), 'stopped'],
    [number('late'), 'late'],
    [well, goingWell],
  ];
  return groups
    .filter(([many]) => many > 0)
    .map(([many, words], i) =>
      i > 0 ? `${many} ${words}` : `${many} ${many === 1 ? 'stage' : 'stages'} ${words}`,
    )
    .join(', ');
}
