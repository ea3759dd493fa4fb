import { fc, test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { jobStatus, remoteWorkStatus } from '../../../connector/policy/jobs.ts';
import { outcomeOf } from '../../../connector/models/applications.ts';
import { setupStatusOf } from '../../../connector/store/queries/integration-state.ts';

/** Words that every object of JavaScript knows. */
const inherited = fc.constantFrom('constructor', '__proto__', 'toString', 'hasOwnProperty');

describe('a job (kombo-unified-api §5.7)', () => {
  test.each([
    ['open', 'OPEN'],
    ['closed', 'CLOSED'],
    ['draft', 'DRAFT'],
    ['pending_approval', 'DRAFT'],
    ['approved', 'DRAFT'],
  ])('that is %s has the status %s', (status, expected) => {
    expect(jobStatus(status)).toBe(expected);
  });

  law.prop([fc.oneof(fc.stringMatching(/^[A-Z ]+$/), inherited)])(
    'keeps a status that Gem added',
    (status) => {
      expect(jobStatus(status)).toBe(status);
    },
  );

  test('without a status has none', () => {
    expect(jobStatus(undefined)).toBeNull();
  });

  test.each([
    ['in_office', 'ON_SITE'],
    ['hybrid', 'HYBRID'],
    ['remote', 'REMOTE'],
    ['on the moon', null],
    ['', null],
    ['constructor', null],
    [undefined, null],
  ])('with the location type %j has the remote work status %j', (type, expected) => {
    expect(remoteWorkStatus(type)).toBe(expected);
  });
});

test.each([
  ['active', 'PENDING'],
  ['hired', 'HIRED'],
  ['rejected', 'DECLINED'],
  ['converted', null],
  ['constructor', null],
  [undefined, null],
])('an application that is %s has the outcome %s', (status, expected) => {
  expect(outcomeOf(status)).toBe(expected);
});

describe('the setup of an integration', () => {
  const at = '2026-03-01T09:00:00.000Z';

  test.each([
    [null, null, 'INCOMPLETE'],
    [null, at, 'INCOMPLETE'],
    ['user', null, 'FINAL_SYNC_PENDING'],
    ['user', at, 'COMPLETED'],
  ])('with the acting user %j and a first sync at %j is %s', (actingUserId, firstSyncedAt, expected) => {
    expect(setupStatusOf({ actingUserId, firstSyncedAt })).toBe(expected);
  });
});
