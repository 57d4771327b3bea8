import { describe, expect, it } from 'vitest';
import { moved, readAddress, writeAddress } from './address';

describe('readAddress', () => {
  it('starts with the world and its latest hour', () => {
    expect(readAddress('')).toEqual({
      region: 'GLOBAL',
      granularity: 'hour',
      at: null,
      view: 'chart',
      revision: null,
      rules: null,
    });
  });

  it('moves a moment to the start of its period', () => {
    expect(readAddress('?region=ca&at=2026-11-22T13:59:59.999Z').at).toBe('2026-11-22T13:00:00Z');
    expect(readAddress('?granularity=day&at=2026-11-22T13:59:59Z').at).toBe('2026-11-22T00:00:00Z');
  });

  it('ignores what it cannot read', () => {
    expect(readAddress('?region=&granularity=week&at=yesterday&view=pie')).toEqual(readAddress(''));
    for (const revision of ['0', '-1', '1.5', 'last', '']) {
      expect(readAddress(`?at=2026-11-22T13:00:00Z&revision=${revision}`).revision).toBeNull();
    }
  });

  it('takes a revision only of a period that is named', () => {
    expect(readAddress('?at=2026-11-22T13:00:00Z&revision=2').revision).toBe(2);
    expect(readAddress('?revision=2').revision).toBeNull();
  });

  it('compares no older revision with other rules', () => {
    expect(readAddress('?at=2026-11-22T13:00:00Z&revision=2&rules=3')).toMatchObject({
      revision: 2,
      rules: null,
    });
    expect(readAddress('?revision=2&rules=3')).toMatchObject({ revision: null, rules: '3' });
  });
});

describe('writeAddress', () => {
  it('is read back as it was', () => {
    for (const last of [
      { revision: 2, rules: null },
      { revision: null, rules: '3' },
    ]) {
      const address = {
        region: 'CA',
        granularity: 'day',
        at: '2026-11-22T00:00:00Z',
        view: 'table',
        ...last,
      } as const;
      expect(readAddress(writeAddress(address))).toEqual(address);
    }
  });

  it('leaves out what goes without saying, and keeps the time readable', () => {
    const address = readAddress('?region=CA&at=2026-11-22T13:00:00Z');
    expect(writeAddress(address)).toBe('?region=CA&granularity=hour&at=2026-11-22T13:00:00Z');
  });
});

describe('moved', () => {
  const older = readAddress('?region=CA&at=2026-11-22T13:00:00Z&revision=1');

  it('leaves the revision behind with the chart that it is of', () => {
    expect(moved(older, { region: 'FR' }).revision).toBeNull();
    expect(moved(older, { at: '2026-11-22T12:00:00Z' }).revision).toBeNull();
    expect(moved(older, { granularity: 'day' }).revision).toBeNull();
    expect(moved(older, { view: 'table' }).revision).toBe(1);
    expect(moved(older, { at: older.at, revision: 2 })).toMatchObject({ at: older.at, revision: 2 });
  });

  it('shows either an older revision or other rules', () => {
    expect(moved(older, { rules: '2' })).toMatchObject({ revision: null, rules: '2' });
    expect(moved(moved(older, { rules: '2' }), { revision: 1 })).toMatchObject({ revision: 1, rules: null });
  });

  it('compares the next period by the same rules', () => {
    expect(moved(moved(older, { rules: '2' }), { at: '2026-11-22T14:00:00Z' }).rules).toBe('2');
  });
});
