import { describe, expect, it } from 'vitest';
import { REGIONS } from '../../e2e/fixtures/service';
import { ServiceFailure } from '../api/client';
import { noticeOf } from './notice';

const now = Date.parse('2026-11-22T14:02:10Z');
const missing = {
  region: 'CA',
  granularity: 'hour',
  start: Date.parse('2026-11-22T14:00:00Z'),
  revision: null,
  now,
  online: true,
  regions: REGIONS,
  failure: null,
} as const;

describe('where there is no chart, the notice says why', () => {
  it('running hour', () => {
    const notice = noticeOf(missing);
    expect(notice.title).toBe('No plays yet this hour');
    expect(notice.text).toContain('The 14:00 hour opened 2 minutes ago.');
  });

  it('future hour', () => {
    const notice = noticeOf({ ...missing, start: Date.parse('2026-11-22T15:00:00Z') });
    expect(notice.title).toBe('This hour has not started');
    expect(notice.text).toBe('It opens at 15:00 UTC.');
  });

  it('future day', () => {
    const notice = noticeOf({ ...missing, granularity: 'day', start: Date.parse('2026-11-23T00:00:00Z') });
    expect(notice.text).toBe('It opens at 00:00 UTC on Mon 23 Nov 2026.');
  });

  it('hour that was left out', () => {
    const notice = noticeOf({ ...missing, start: Date.parse('2026-11-20T03:00:00Z') });
    expect(notice.text).toBe('Fri 20 Nov 2026, 03:00–04:00 UTC was not counted, or not yet.');
  });

  it('revision that is not kept', () => {
    const notice = noticeOf({ ...missing, revision: 7 });
    expect(notice.title).toBe('There is no revision 7');
    expect(notice.action).toBe('see-last');
  });

  it('no such region', () => {
    expect(noticeOf({ ...missing, region: 'XQ' }).title).toBe('There is no region XQ');
    expect(noticeOf({ ...missing, region: 'NOWHERE' }).title).toBe('There is no region NOWHERE');
  });

  it('region without charts', () => {
    expect(noticeOf({ ...missing, region: 'IS' }).title).toBe('No charts from Iceland yet');
  });

  it('stack that has only just started', () => {
    expect(noticeOf({ ...missing, regions: [] }).title).toBe('No charts yet');
  });
});

describe('where the chart could not be read, the notice says what happened', () => {
  const failed = (kind: ServiceFailure['kind'], online = true) =>
    noticeOf({ ...missing, online, failure: new ServiceFailure(kind, 'GET /v1/charts/CA/hour', 503) });

  it('silence', () =>
    expect(failed('silent').text).toContain('did not answer in 10 seconds. Nothing is lost'));
  it('refusal', () => expect(failed('refused').text).toContain('answered with an error (503)'));
  it('reference to quote', () => expect(failed('unreachable').reference).toBe('GET /v1/charts/CA/hour'));
  it('offline', () =>
    expect(failed('unreachable', false)).toMatchObject({ tone: 'plain', title: 'You are offline' }));
});
