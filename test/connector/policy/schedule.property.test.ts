import { fc, test } from '@fast-check/vitest';
import { describe, expect, test as example } from 'vitest';
import type { SyncHistory } from '../../../connector/store/queries/syncs.ts';
import {
  deltaInterval,
  dueSync,
  fullInterval,
  isInvalid,
  patience,
} from '../../../connector/work/schedule.ts';

const now = Date.parse('2026-06-01T00:00:00.000Z');
const before = (milliseconds: number) => new Date(now - milliseconds).toISOString();
const age = fc.integer({ min: 0, max: 3 * fullInterval });
const history = fc.record<SyncHistory>({
  hasData: fc.boolean(),
  lastFull: fc.option(age.map(before)),
  lastDelta: fc.option(age.map(before)),
  isBusy: fc.boolean(),
  failingSince: fc.constant(null),
});

const fresh: SyncHistory = {
  hasData: true,
  lastFull: before(0),
  lastDelta: null,
  isBusy: false,
  failingSince: null,
};

describe('what is due', () => {
  test.prop([history])('is nothing while a sync runs or waits', (given) => {
    expect(dueSync({ ...given, isBusy: true }, now)).toBeNull();
  });

  test.prop([history])('is never a delta before a sync has brought data', (given) => {
    expect(dueSync({ ...given, hasData: false }, now)).not.toBe('DELTA');
  });

  test.prop([history])('is nothing within three hours of any sync, unless a full one is overdue', (given) => {
    const recent = { ...given, lastDelta: before(deltaInterval - 1) };
    const isFullOverdue =
      given.hasData && (given.lastFull === null || given.lastFull <= before(fullInterval));
    expect(dueSync(recent, now)).toBe(isFullOverdue && !given.isBusy ? 'FULL' : null);
  });

  test.prop([history])('stays due until a sync begins, or becomes more', (given) => {
    const due = dueSync(given, now);
    const later = dueSync(given, now + deltaInterval);
    expect(due === null || later === due || later === 'FULL').toBe(true);
  });

  test.prop([history])('comes at the latest after three hours', (given) => {
    expect(dueSync({ ...given, isBusy: false }, now + deltaInterval)).not.toBeNull();
  });

  example('of a new integration is a full sync at once', () => {
    expect(dueSync({ ...fresh, hasData: false, lastFull: null }, now)).toBe('FULL');
  });

  example('of a first sync that failed is another try after three hours', () => {
    expect(dueSync({ ...fresh, hasData: false }, now + deltaInterval - 1)).toBeNull();
    expect(dueSync({ ...fresh, hasData: false }, now + deltaInterval)).toBe('FULL');
  });

  example('is a delta after three hours and a full sync after ten', () => {
    expect(dueSync(fresh, now + deltaInterval - 1)).toBeNull();
    expect(dueSync(fresh, now + deltaInterval)).toBe('DELTA');
    expect(dueSync(fresh, now + fullInterval)).toBe('FULL');
    expect(dueSync({ ...fresh, lastFull: before(fullInterval - 1), lastDelta: before(0) }, now)).toBeNull();
  });
});

example('credentials are given up after three days of failing, and not before', () => {
  expect(isInvalid({ failingSince: null }, now)).toBe(false);
  expect(isInvalid({ failingSince: before(patience - 1) }, now)).toBe(false);
  expect(isInvalid({ failingSince: before(patience) }, now)).toBe(true);
});
