import { fc, test as law } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { isCanceled } from '../../../connector/policy/interview-canceled.ts';
import { interviewTime } from '../../../connector/models/interviews.ts';
import { described } from '../../support/arbitraries/described.ts';

const answering = (...answers: ('accepted' | 'declined' | 'needs_action' | 'tentative')[]) =>
  answers.map((response_status, place) => ({
    email: 'uma@example.com',
    employee_id: null,
    id: `user-${place}`,
    name: 'Uma',
    response_status,
    scorecard_id: null,
  }));

describe('an interview is canceled', () => {
  test.each(['scheduled', 'awaiting_feedback', 'complete'] as const)(
    'when all interviewers declined, also while it is %s',
    (status) => {
      expect(isCanceled({ interviewers: answering('declined', 'declined'), status })).toBe(true);
      expect(isCanceled({ interviewers: answering('declined'), status })).toBe(true);
    },
  );

  test.each(['accepted', 'tentative', 'needs_action'] as const)('not while one answered %s', (answer) => {
    const interviewers = answering('declined', answer);
    expect(isCanceled({ interviewers, status: 'scheduled' })).toBe(false);
  });

  test('not, without interviewers, once it took place', () => {
    expect(isCanceled({ interviewers: [], status: 'awaiting_feedback' })).toBe(false);
    expect(isCanceled({ interviewers: [], status: 'complete' })).toBe(false);
  });

  test.each(['scheduled', 'a word that Gem added', undefined])(
    'perhaps, without interviewers, while it is %s',
    (status) => {
      expect(isCanceled({ interviewers: [], status })).toBeNull();
    },
  );

  test.each(['canceled', 'cancelled'])('when Gem says that it is %s, whoever accepted', (status) => {
    expect(isCanceled({ interviewers: [], status })).toBe(true);
    expect(isCanceled({ interviewers: answering('accepted'), status })).toBe(true);
  });

  test('not while one answered in a word that Gem added, and perhaps while the answer of one is not known', () => {
    const known = answering('declined');
    const added = { response_status: 'proposed_new_time' };
    expect(isCanceled({ interviewers: [...known, added], status: 'scheduled' })).toBe(false);
    expect(isCanceled({ interviewers: [...known, {}], status: 'scheduled' })).toBeNull();
    expect(isCanceled({ interviewers: [{}, added], status: 'scheduled' })).toBe(false);
  });

  law.prop([fc.array(described('Interviewer'), { minLength: 1 })])(
    'whatever else interviewers are',
    (interviewers) => {
      const answers = new Set(interviewers.map(({ response_status }) => response_status));
      const isAll = answers.size === 1 && answers.has('declined');
      expect(isCanceled({ interviewers, status: 'complete' })).toBe(isAll);
    },
  );
});

describe('the time of an interview', () => {
  test('is a moment, or the date of a whole day', () => {
    expect(interviewTime({ date_time: '2026-03-01T09:00:00Z' })).toBe('2026-03-01T09:00:00Z');
    expect(interviewTime({ date: '2026-03-01' })).toBe('2026-03-01');
    expect(interviewTime({ date_time: '2026-03-01T09:00:00Z', date: '2026-03-01' })).toBe(
      '2026-03-01T09:00:00Z',
    );
  });

  test.each([undefined, {}])('is open in %j', (time) => {
    expect(interviewTime(time)).toBeNull();
  });
});
