import { fc, test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import {
  isLive,
  postingStatus,
  postingUrl,
  postingVisibility,
} from '../../../connector/policy/posting-status.ts';
import { described } from '../../support/arbitraries/described.ts';
import { postRecord } from '../../support/gem-records.ts';

const published = '2026-03-01T09:00:00Z';

describe('a posting (kombo-unified-api §5.7)', () => {
  test.each([
    [true, true, published, 'ACTIVE'],
    [true, true, null, 'ACTIVE'],
    [false, true, published, 'INACTIVE'],
    [true, false, published, 'INACTIVE'],
    [false, false, published, 'INACTIVE'],
    [false, true, null, 'DRAFT'],
    [true, false, null, 'DRAFT'],
    // It is deleted, and else it is published, only when Gem says so.
    [true, undefined, published, 'ACTIVE'],
    [undefined, false, published, 'INACTIVE'],
    [undefined, true, published, null],
    [undefined, undefined, null, null],
  ])(
    'that is live: %j, active: %j and was published at %j has the status %s',
    (live, active, first, expected) => {
      expect(postingStatus({ live, active, first_published_at: first })).toBe(expected);
      expect(isLive({ live, active })).toBe(expected === null ? null : expected === 'ACTIVE');
    },
  );

  test.each([
    [true, true, true, 'PUBLIC'],
    [true, false, true, 'PUBLIC'],
    [true, false, false, 'UNLISTED'],
    [true, true, false, 'UNLISTED'],
    [false, true, true, 'INTERNAL'],
    [false, true, false, 'INTERNAL'],
    [false, false, true, null],
    [false, false, false, null],
    [true, undefined, undefined, 'PUBLIC'],
    [undefined, true, true, 'INTERNAL'],
    [undefined, undefined, true, null],
  ])(
    'on the public board: %j, on the internal one: %j, listed: %j is %s',
    (external, internal, listed, expected) => {
      expect(postingVisibility({ external, internal, listed })).toBe(expected);
    },
  );
});

describe('the address of a posting (gem-ats-api §14 #20)', () => {
  test('is made of the word of the job board and of its id', () => {
    expect(postingUrl(postRecord('post', 'job'), 'acme')).toBe('https://jobs.gem.com/acme/post');
    expect(postingUrl(postRecord('a/b', 'job'), 'a cme')).toBe('https://jobs.gem.com/a%20cme/a%2Fb');
    expect(postingUrl(postRecord('a\uD800', 'job'), 'acme')).toBe('https://jobs.gem.com/acme/a%EF%BF%BD');
  });

  // It is not on the public board, was taken down, or was deleted.
  test.each([{ external: false }, { live: false }, { active: false }])('is not told of %j', (more) => {
    expect(postingUrl(postRecord('post', 'job', more), 'acme')).toBeNull();
  });

  test('is not told while the word of the job board is not known', () => {
    expect(postingUrl(postRecord('post', 'job'), null)).toBeNull();
  });

  law.prop([described('JobPost'), fc.webSegment()])('is one, or null', (post, vanity) => {
    expect(URL.canParse(postingUrl(post, vanity) ?? 'https://jobs.gem.com')).toBe(true);
  });
});
