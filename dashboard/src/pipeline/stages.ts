import type { PipelineStatus, Stage } from '../api/types';
import { clockWords, dayWords, durationWords, startOf, timeWords, weekdayWords } from '../chart/period';
import { isBeingMade } from '../chart/trouble';

/** A stage as the page draws it, from what the service says and nothing else. */
export interface DrawnStage {
  stage: string;
  name: string;
  does: string;
  /** How far it has come, "14:04:12", and in which sense. */
  reached: string;
  unit: string;
  /** Null where nothing is promised. */
  lag: { words: string; limit: string; part: number } | null;
  late: boolean;
  state: string;
}

const STAGES: Record<string, { name: string; does: string; unit: string }> = {
  stream: {
    name: 'Stream',
    does: 'Checks every play and stores it in the lake',
    unit: 'UTC, plays stored to',
  },
  hour_charts: {
    name: 'Hour charts',
    does: 'Counts, ranks and balances each hour',
    unit: 'UTC, hours settled to',
  },
  day_charts: {
    name: 'Day charts',
    does: 'Counts, ranks and balances each day',
    unit: 'last day settled',
  },
};

export function drawnStages({ stages, now }: PipelineStatus): DrawnStage[] {
  return stages.map((stage) => drawn(stage, Date.parse(now)));
}

function drawn(stage: Stage, now: number): DrawnStage {
  const known = STAGES[stage.stage] ?? { name: stage.stage, does: '', unit: 'UTC' };
  const passed = Date.parse(stage.passed_until);
  return {
    stage: stage.stage,
    ...known,
    reached: reachedWords(stage.stage, passed, now),
    // What is allowed while the first charts are made is no limit to measure by.
    lag: isBeingMade(stage, now) ? null : lagOf(stage, passed),
    late: stage.late,
    state: stateWords(stage, now),
  };
}

function reachedWords(stage: string, passed: number, now: number): string {
  if (stage === 'day_charts') return weekdayWords(passed - 1);
  const time = stage === 'stream' ? timeWords(passed) : clockWords(passed);
  return startOf('day', passed) === startOf('day', now) ? time : `${dayWords(passed)}, ${time}`;
}

/** How far behind the clock, against how far it may be. */
function lagOf({ lag_seconds, due_at }: Stage, passed: number): DrawnStage['lag'] {
  if (due_at === null) return null;
  const limit = (Date.parse(due_at) - passed) / 1000;
  if (limit <= 0) return null;
  return {
    words: durationWords(lag_seconds),
    limit: durationWords(limit).replace(/ 0 (s|min)$/, ''),
    part: Math.min(1, Math.max(0, lag_seconds / limit)),
  };
}

function stateWords(stage: Stage, now: number): string {
  const { late, due_at } = stage;
  if (!late) return isBeingMade(stage, now) ? 'Being made' : 'Flowing';
  if (due_at === null) return 'Late';
  return `Late by ${durationWords((now - Date.parse(due_at)) / 1000)}`;
}

/** "1 stage late, 2 flowing" */
export function stagesWords(stages: DrawnStage[]): string {
  const late = stages.filter((stage) => stage.late).length;
  const flowing = stages.length - late;
  if (stages.length === 0) return 'no stage has run yet';
  if (late === 0) return `all ${stages.length} stages flowing`;
  return `${late} ${late === 1 ? 'stage' : 'stages'} late${flowing > 0 ? `, ${flowing} flowing` : ''}`;
}
