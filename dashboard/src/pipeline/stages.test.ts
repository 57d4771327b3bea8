import { describe, expect, it } from 'vitest';
import {
  allWell,
  failedEverywhere,
  late,
  making,
  QUARTER_PAST,
  rateNotKnown,
  stopped,
} from '../../e2e/fixtures/status';
import type { PipelineStatus, Stage } from '../api/types';
import { drawnStages, stagesWords } from './stages';

const NOW = '2026-11-22T14:04:40Z';
const withStream = (differences: Partial<Stage>): PipelineStatus => ({
  ...allWell(NOW),
  stages: allWell(NOW).stages.map((s) => (s.stage === 'stream' ? { ...s, ...differences } : s)),
});

describe('drawnStages', () => {
  it('says how far each has come and how far behind it may be', () => {
    const [ingestion, stream, hours, days] = drawnStages(allWell(NOW));
    expect(ingestion).toMatchObject({ name: 'Ingestion', sense: 'Answered at', reached: '14:04:38 UTC' });
    expect(ingestion?.lag).toMatchObject({ sense: 'Silent for', words: '2 s', limit: '1 min' });
    expect(stream).toMatchObject({
      name: 'Stream',
      reached: '14:04:12 UTC',
      mood: 'flowing',
      state: 'Flowing',
    });
    expect(stream?.lag).toEqual({ sense: 'Behind', words: '28 s', limit: '2 min', part: 28 / 120 });
    expect(hours).toMatchObject({ reached: '14:00 UTC', lag: { words: '4 min 40 s', limit: '1 h 15 min' } });
    expect(days).toMatchObject({ reached: 'Sat 21 Nov', lag: { words: '14 h 4 min', limit: '25 h' } });
  });

  it('says what flows through each, and draws the spine as thick', () => {
    const stages = drawnStages(allWell(NOW));
    expect(stages.map(({ flow }) => `${flow.rate} ${flow.unit}`)).toEqual([
      '12,480 plays/s',
      '12,471 plays/s',
      '44,928,114 plays an hour',
      '902,114,720 plays a day',
    ]);
    expect(stages.map(({ thickness }) => thickness)).toEqual([10, 10, 10, 8]);
    expect(drawnStages(stopped(NOW)).map(({ thickness }) => thickness)).toEqual([10, 2, 10, 8]);
  });

  it('says by how much one is late', () => {
    const hours = drawnStages(late())[2];
    expect(hours).toMatchObject({ mood: 'late', state: 'Late by 5 min 12 s' });
    expect(hours?.lag?.part).toBe(1);
  });

  it('calls what is late stopped only when nothing passes', () => {
    const [ingestion, stream] = drawnStages(stopped(NOW));
    expect(ingestion?.mood).toBe('flowing');
    expect(stream).toMatchObject({
      mood: 'stopped',
      state: 'Stopped, late by 8 min 0 s',
      flow: { rate: '0' },
    });
    expect(drawnStages(withStream({ late: true, flow: null }))[1]).toMatchObject({ mood: 'late' });
  });

  it('says of ingestion, whose rate nobody knows then, that it does not answer', () => {
    expect(drawnStages(failedEverywhere())[0]).toMatchObject({ mood: 'stopped', state: 'Does not answer' });
  });

  it('does not say that plays flow where none pass', () => {
    const { flow } = allWell(NOW).stages[1] ?? {};
    const quiet = withStream({ flow: flow ? { ...flow, plays: [12, 0] } : null });
    expect(drawnStages(quiet)[1]).toMatchObject({ mood: 'quiet', state: 'On time, no plays' });
    expect(stagesWords(drawnStages(quiet))).toBe('all 4 stages on time');
  });

  it('is calm about a rate that is not known, though a service of the version before knows none', () => {
    const [, stream, , days] = drawnStages(rateNotKnown(NOW));
    expect(stream).toMatchObject({ state: 'Flowing', flow: { rate: '–', unit: 'rate not known' } });
    expect(days?.flow).toMatchObject({ rate: '–', unit: 'no day settled yet' });
    const before = allWell(NOW).stages.map(({ flow: _, ...stage }) => stage);
    const drawn = drawnStages({ ...allWell(NOW), stages: before } as PipelineStatus);
    expect(drawn.map(({ flow }) => flow.unit)).toEqual(Array(4).fill('rate not known'));
  });

  it('says of the first charts that they are being made, against no limit', () => {
    expect(drawnStages(making())[0]).toMatchObject({ mood: 'flowing', state: 'Being made', lag: null });
  });

  it('names the date of what was reached on another day', () => {
    const [, stream, hours] = drawnStages(failedEverywhere());
    expect(stream?.reached).toBe('21 Nov, 22:10:00 UTC');
    expect(hours?.reached).toBe('20 Nov, 23:00 UTC');
  });

  it('draws no meter where nothing is promised, and a stage that it does not know by its name', () => {
    const [, stream] = allWell(NOW).stages;
    if (!stream) throw new Error('the fixture has four stages');
    const [stage] = drawnStages({ ...allWell(NOW), stages: [{ ...stream, stage: 'archive', due_at: null }] });
    expect(stage).toMatchObject({ name: 'archive', reached: '14:04 UTC', lag: null, state: 'Flowing' });
  });
});

it('the page’s head counts them', () => {
  expect(stagesWords(drawnStages(allWell(NOW)))).toBe('all 4 stages flowing');
  expect(stagesWords(drawnStages(late()))).toBe('1 stage late, 3 flowing');
  expect(stagesWords(drawnStages(stopped(NOW)))).toBe('1 stage stopped, 3 flowing');
  expect(stagesWords(drawnStages(failedEverywhere()))).toBe('2 stages stopped, 2 late');
  expect(stagesWords(drawnStages({ ...allWell(QUARTER_PAST), stages: [] }))).toBe('no stage has run yet');
});
