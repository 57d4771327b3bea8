import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { finalChart } from '../../e2e/fixtures/charts';
import { play, plays, revisions, trace } from '../../e2e/fixtures/evidence';
import { race, songNow } from '../../e2e/fixtures/lines';
import { world } from '../../e2e/fixtures/world';
import {
  ABSENT,
  fetchAudit,
  fetchBalance,
  fetchChart,
  fetchChartCsv,
  fetchFlags,
  fetchHistory,
  fetchPlay,
  fetchPlays,
  fetchPlaysCsv,
  fetchRace,
  fetchRegions,
  fetchRevisions,
  fetchRules,
  fetchSong,
  fetchTrace,
  fetchWhatIf,
  fetchWorld,
  ServiceFailure,
} from './client';

// A real service in front of the client: only the address before its paths is put in.
let service: Server;
const asked: string[] = [];

beforeAll(async () => {
  service = createServer((request, response) => {
    asked.push(`${request.headers.accept} ${request.url}`);
    const json = (answer: unknown) =>
      response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
    if (request.url?.startsWith('/v1/world/hour')) return json(world());
    if (request.url?.includes('/revisions?')) return json({ revisions: revisions() });
    if (request.url?.includes('/trace?')) return json(trace());
    if (request.url?.includes('/s-none/')) return response.writeHead(404).end('{}');
    if (request.url?.includes('/plays?') && request.headers.accept !== 'text/csv')
      return json({ plays: plays() });
    if (request.url?.startsWith('/v1/plays/known')) return json(play());
    if (/what-if|world|rules|v1.plays|audit|flags|balance/.test(request.url ?? ''))
      return response.writeHead(404).end('{}');
    if (request.url?.includes('/CA/hour/race')) return json(race());
    if (request.url?.startsWith('/v1/songs/s-0001?')) return json(songNow());
    if (request.url?.startsWith('/v1/songs/s-0001/history')) return json({ points: [POINT] });
    if (request.url?.startsWith('/v1/songs/')) return response.writeHead(404).end('{}');
    if (request.url?.includes('/CA/')) {
      if (request.headers.accept === 'text/csv') return response.end('rank,title\n');
      return response.setHeader('Content-Type', 'application/json').end(JSON.stringify(finalChart()));
    }
    if (request.url?.includes('/XQ/')) return response.writeHead(404).end('{}');
    if (request.url?.includes('/regions')) return response.end('<!doctype html>');
    return response.writeHead(503).end();
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const { port } = service.address() as AddressInfo;
  const fetchFromNode = globalThis.fetch;
  vi.stubGlobal('fetch', (path: string, init: RequestInit) =>
    fetchFromNode(`http://127.0.0.1:${port}${path}`, init),
  );
});

afterAll(() => {
  vi.unstubAllGlobals();
  service.close();
});

const signal = new AbortController().signal;
const POINT = { period_start: '2026-11-22T13:00:00Z', rank: 3, plays: 120 };

describe('the client', () => {
  it('reads a chart of ten', async () => {
    const chart = await fetchChart('CA', 'hour', '2026-11-22T13:00:00Z', signal);
    expect(chart?.entries).toHaveLength(10);
    expect(asked.at(-1)).toBe('application/json /v1/charts/CA/hour?at=2026-11-22T13%3A00%3A00Z&limit=10');
  });

  it('asks for the latest by not saying when', async () => {
    await fetchChart('CA', 'day', null, signal);
    expect(asked.at(-1)).toBe('application/json /v1/charts/CA/day?limit=10');
  });

  it('takes 404 for an answer: there is no such chart', async () => {
    expect(await fetchChart('XQ', 'hour', null, signal)).toBeNull();
  });

  it('tells with which status the service refused', async () => {
    const refusal = await fetchChart('DE', 'hour', null, signal).catch((failure: unknown) => failure);
    expect(refusal).toBeInstanceOf(ServiceFailure);
    expect(refusal).toMatchObject({
      kind: 'refused',
      status: 503,
      reference: 'GET /v1/charts/DE/hour?limit=10, 503',
    });
  });

  it('does not take another page for an answer', async () => {
    await expect(fetchRegions(signal)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('fetches the same chart as CSV', async () => {
    const csv = await fetchChartCsv('CA', 'hour', '2026-11-22T13:00:00Z', null);
    expect(await csv.text()).toBe('rank,title\n');
  });

  it('asks for the world of a period, and of the latest', async () => {
    expect(await fetchWorld('hour', '2026-11-22T13:00:00Z', signal)).toEqual(world());
    expect(asked.at(-1)).toBe('application/json /v1/world/hour?at=2026-11-22T13%3A00%3A00Z');
    expect(await fetchWorld('day', null, signal)).toBeNull();
    expect(asked.at(-1)).toBe('application/json /v1/world/day');
  });

  it('asks for one revision', async () => {
    await fetchChart('CA', 'hour', '2026-11-22T13:00:00Z', signal, 2);
    expect(asked.at(-1)).toBe(
      'application/json /v1/charts/CA/hour?at=2026-11-22T13%3A00%3A00Z&revision=2&limit=10',
    );
    expect(await fetchRevisions('CA', 'hour', '2026-11-22T13:00:00Z', signal)).toEqual(revisions());
  });

  it('asks where a figure comes from, whatever the song is called', async () => {
    expect(await fetchTrace('CA', 'day', 'a/b ?', '2026-11-22T00:00:00Z', signal)).toEqual(trace());
    expect(asked.at(-1)).toBe(
      'application/json /v1/charts/CA/day/songs/a%2Fb%20%3F/trace?at=2026-11-22T00%3A00%3A00Z',
    );
    expect(await fetchPlays('CA', 'hour', 's-1', '2026-11-22T13:00:00Z', signal)).toHaveLength(100);
    await fetchPlaysCsv('CA', 'hour', 's-1', '2026-11-22T13:00:00Z');
    expect(asked.at(-1)).toBe(
      'text/csv /v1/charts/CA/hour/songs/s-1/plays?at=2026-11-22T13%3A00%3A00Z&limit=1000',
    );
  });

  it('follows one play by what tells it from others', async () => {
    expect(await fetchPlay('known', '2026-11-22T13:00:03.980Z', signal)).toEqual(play());
    expect(asked.at(-1)).toBe('application/json /v1/plays/known?played_at=2026-11-22T13%3A00%3A03.980Z');
    expect(await fetchPlay('other', '2026-11-22T13:00:03.980Z', signal)).toBe(ABSENT);
  });

  it('takes 404 for the answer that the lake has no plays of a song', async () => {
    expect(await fetchPlays('CA', 'hour', 's-none', '2026-11-22T13:00:00Z', signal)).toBe(ABSENT);
  });

  it('takes 404 of a service of the version before for not knowing', async () => {
    const [from, to] = ['2026-11-21T15:00:00Z', '2026-11-22T15:00:00Z'];
    expect(await fetchRules(signal)).toBe(ABSENT);
    expect(await fetchWhatIf('CA', 'hour', from, '2', signal)).toBe(ABSENT);
    expect(await fetchAudit(signal)).toBe(ABSENT);
    expect(await fetchFlags(from, to, signal)).toBe(ABSENT);
    expect(await fetchBalance('XQ', from, to, signal)).toBe(ABSENT);
  });

  it('asks for a song, and for its history once a region', async () => {
    expect(await fetchSong('s-0001', 'hour', signal)).toEqual(songNow());
    expect(asked.at(-1)).toBe('application/json /v1/songs/s-0001?granularity=hour');
    const [from, to] = ['2026-11-20T14:00:00Z', '2026-11-22T16:00:00Z'];
    expect(await fetchHistory('s-0001', 'CA', 'hour', from, to, signal)).toEqual([POINT]);
    expect(asked.at(-1)).toBe(
      'application/json /v1/songs/s-0001/history?region=CA&granularity=hour&from=2026-11-20T14%3A00%3A00Z&to=2026-11-22T16%3A00%3A00Z',
    );
  });

  it('takes 404 for the answer that nothing knows a song, or that a region never charted it', async () => {
    expect(await fetchSong('a/b', 'day', signal)).toBe(ABSENT);
    expect(asked.at(-1)).toBe('application/json /v1/songs/a%2Fb?granularity=day');
    expect(await fetchHistory('a/b', 'CA', 'day', '', '', signal)).toEqual([]);
  });

  it('asks for the race of a day or a month', async () => {
    expect(await fetchRace('CA', 'hour', '2026-11-22T13:00:00Z', signal)).toEqual(race());
    expect(asked.at(-1)).toBe(
      'application/json /v1/charts/CA/hour/race?at=2026-11-22T13%3A00%3A00Z&periods=24',
    );
    expect(await fetchRace('XQ', 'day', null, signal)).toBe(ABSENT);
    expect(asked.at(-1)).toBe('application/json /v1/charts/XQ/day/race?periods=30');
  });
});
