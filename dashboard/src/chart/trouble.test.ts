import { describe, expect, it } from 'vitest';
import {
  allWell,
  catchingUp,
  failed,
  failedAtLength,
  failedEverywhere,
  failedRun,
  late,
  making,
  QUARTER_PAST,
} from '../../e2e/fixtures/status';
import type { PipelineStatus, Run } from '../api/types';
import { troublesOf } from './trouble';

const words = (status: PipelineStatus) => troublesOf(status).shown.map(({ what, text }) => `${what} ${text}`);
const ofRun = (differences: Partial<Run>) =>
  troublesOf({ ...allWell(QUARTER_PAST), runs: [failedRun(differences)] }).shown[0];

describe('trouble behind the charts', () => {
  it('is not there when all is well', () => {
    expect(troublesOf(allWell(QUARTER_PAST))).toEqual({ shown: [], more: 0 });
  });

  it('is not there when nothing has run yet', () => {
    const status = { now: QUARTER_PAST, healthy: true, stages: [], runs: [] };
    expect(troublesOf(status).shown).toEqual([]);
  });

  it('is not seen in an answer without runs', () => {
    const { now, stages } = allWell(QUARTER_PAST);
    expect(troublesOf({ now, stages } as unknown as PipelineStatus).shown).toEqual([]);
  });

  it('names the hour that is missing', () => {
    expect(words(late())).toEqual(['Hour charts are late: 14:00–15:00 was due at 15:15 UTC.']);
  });

  it('does not call the first charts of a new stack late while they are made', () => {
    expect(words(making())).toEqual(['Charts are being made: counted up to 02:00 UTC so far.']);
    const [hours] = making().stages;
    const stages = hours ? [{ ...hours, late: true, updated_at: '2026-11-22T15:00:00Z' }] : [];
    expect(words({ ...making(), stages })[0]).toMatch(/^Hour charts are late: 02:00–03:00 was due at /);
  });

  it('says that what is late is catching up', () => {
    expect(words(catchingUp())).toEqual([
      'Hour charts are late: 12:00–13:00 was due at 13:15 UTC. Catching up: the one before came 2 minutes ago.',
    ]);
  });

  it('says which run failed, when, where and why, after what is late', () => {
    expect(words(failed())).toEqual([
      'Hour charts are late: 14:00–15:00 was due at 15:15 UTC.',
      'top_songs_hourly failed at 15:03 UTC in load: Cannot load charts: the database does not answer, 127.0.0.1:5432',
    ]);
  });

  it('says the date when it is not today, and how many more failed', () => {
    expect(words(failedEverywhere()).slice(0, 4)).toEqual([
      'Ingestion does not answer: it last did at 22:09 UTC on Sat 21 Nov 2026.',
      'Plays are late: stored only up to 22:10 UTC on Sat 21 Nov 2026.',
      'Hour charts are late: 23:00–24:00 was due at 00:15 UTC on Sat 21 Nov 2026.',
      'Day charts are late: Fri 20 Nov 2026 was due at 01:00 UTC on Sat 21 Nov 2026.',
    ]);
    expect(words(failedEverywhere())).toHaveLength(6);
    expect(troublesOf(failedEverywhere()).more).toBe(3);
  });

  it('is over when a later run went well', () => {
    expect(ofRun({ latest: false })).toBeUndefined();
  });

  it('needs neither task nor message', () => {
    expect(ofRun({ task: null, message: null })?.text).toBe('at 15:03 UTC.');
  });

  it('leaves the rest of a long message to the log', () => {
    const text = words(failedAtLength())[1] ?? '';
    expect(text).toMatch(/^top_songs_hourly failed at 15:03 UTC in load: Cannot read s3a:.*…$/);
    expect(text.length).toBeLessThan(300);
  });

  it('links to a log only where a browser should follow', () => {
    expect(ofRun({ url: 'HTTPS://airflow.example.org/log' })?.log).toBe('HTTPS://airflow.example.org/log');
    for (const url of ['javascript:alert(1)', ' http://x', 'data:text/html,x', '/log', '', null]) {
      expect(ofRun({ url })?.log).toBeNull();
    }
  });

  it('is told of a stage that came later than this page', () => {
    const [stage] = late().stages.filter((s) => s.late);
    const stages = stage ? [{ ...stage, stage: 'artist_charts' }] : [];
    expect(words({ ...late(), stages })).toEqual(['artist_charts is late: it was due at 15:15 UTC.']);
  });
});
