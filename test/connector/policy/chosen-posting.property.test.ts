import { describe, expect, test } from 'vitest';
import { choosePosting } from '../../../connector/policy/posting-text.ts';

const posting = (id: string, first_published_at: string | null, more: object = {}) => ({
  id,
  is_live: true,
  first_published_at,
  remote_created_at: null as string | null,
  ...more,
});

const early = '2026-03-01T09:00:00.000Z';
const late = '2026-03-02T09:00:00.000Z';

describe("the posting that a job's text comes from (kombo-unified-api §8 #12)", () => {
  test('is the one that was published last', () => {
    const both = [posting('b', early), posting('a', late)];
    expect(choosePosting(both)?.id).toBe('a');
    expect(choosePosting(both.toReversed())?.id).toBe('a');
  });

  test('is never one that is not live', () => {
    expect(choosePosting([posting('a', early), posting('b', late, { is_live: false })])?.id).toBe('a');
    expect(choosePosting([posting('b', late, { is_live: false })])).toBeUndefined();
    expect(choosePosting([])).toBeUndefined();
  });

  test('is judged by its creation where its publication is unknown', () => {
    const created = posting('a', null, { remote_created_at: late });
    expect(choosePosting([created, posting('b', early)])?.id).toBe('a');
    expect(choosePosting([posting('c', null, { remote_created_at: early }), posting('b', late)])?.id).toBe(
      'b',
    );
    // The publication counts where both are known.
    expect(choosePosting([posting('a', early, { remote_created_at: late }), posting('b', late)])?.id).toBe(
      'b',
    );
  });

  test('is the oldest of all where nothing is known of it', () => {
    expect(choosePosting([posting('b', null), posting('a', early)])?.id).toBe('a');
    expect(choosePosting([posting('a', early), posting('b', null)])?.id).toBe('a');
  });

  test('has the greater id of two at the same moment', () => {
    expect(choosePosting([posting('a', early), posting('b', early)])?.id).toBe('b');
    expect(choosePosting([posting('b', early), posting('a', early)])?.id).toBe('b');
    expect(choosePosting([posting('b', null), posting('a', null)])?.id).toBe('b');
  });

  test('is the first of two that are the same', () => {
    const copy = posting('a', early, { is_copy: true });
    expect(choosePosting([posting('a', early), copy])).not.toHaveProperty('is_copy');
  });
});
