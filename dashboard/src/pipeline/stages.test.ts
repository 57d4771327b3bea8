import { describe, expect, it } from 'vitest';
import { allWell, failedEverywhere, late, making, QUARTER_PAST } from '../../e2e/fixtures/status';
import { drawnStages, stagesWords } from './stages';

const NOW = '2026-11-22T14:04:40Z';

describe('drawnStages', () => {
  it('says how far each has come and how far behind it may be', () => {
    const [stream, hours, days] = drawnStages(allWell(NOW));
    expect(stream).toMatchObject({ name: 'Stream', reached: '14:04:12', late: false, state: 'Flowing' });
    expect(stream?.lag).toEqual({ words: '28 s', limit: '15 min', part: 28 / 900 });
    expect(hours).toMatchObject({ reached: '14:00', lag: { words: '4 min 40 s', limit: '1 h 15 min' } });
    expect(days).toMatchObject({ reached: 'Sat 21 Nov', lag: { words: '14 h 4 min', limit: '25 h' } });
  });

  it('says by how much one is late', () => {
    const hours = drawnStages(late())[1];
    expect(hours).toMatchObject({ late: true, state: 'Late by 5 min 12 s' });
    expect(hours?.lag?.part).toBe(1);
  });

  it('says of the first charts that they are being made, against no limit', () => {
    expect(drawnStages(making())[0]).toMatchObject({ late: false, state: 'Being made', lag: null });
  });

  it('names the date of what was reached on another day', () => {
    const [stream, hours] = drawnStages(failedEverywhere());
    expect(stream?.reached).toBe('21 Nov, 22:10:00');
    expect(hours?.reached).toBe('20 Nov, 23:00');
  });

  it('draws no meter where nothing is promised, and a stage that it does not know by its name', () => {
    const [stream] = allWell(NOW).stages;
    if (!stream) throw new Error('the fixture has three stages');
    const [stage] = drawnStages({ ...allWell(NOW), stages: [{ ...stream, stage: 'archive', due_at: null }] });
    expect(stage).toMatchObject({ name: 'archive', reached: '14:04', lag: null, state: 'Flowing' });
  });
});

it('the page’s head counts them', () => {
  expect(stagesWords(drawnStages(allWell(NOW)))).toBe('all 3 stages flowing');
  expect(stagesWords(drawnStages(late()))).toBe('1 stage late, 2 flowing');
  expect(stagesWords(drawnStages(failedEverywhere()))).toBe('3 stages late');
  expect(stagesWords(drawnStages({ ...allWell(QUARTER_PAST), stages: [] }))).toBe('no stage has run yet');
});
