import { describe, expect, test } from 'vitest';
import { komboId } from '../../../connector/identifiers.ts';
import { interviews } from '../../../connector/models/interviews.ts';
import { interviewRecord } from '../../support/gem-records.ts';
import { rowOf, testCopies } from './support/mapping.ts';

describe('an interview (kombo-unified-api §2.5)', () => {
  testCopies(
    { model: interviews, listing: 'listScheduledInterviews' },
    {
      remote_id: 'id',
      video_conferencing_url: 'video_conferencing_url',
      remote_created_at: 'created_at',
      remote_updated_at: 'updated_at',
      interview_item_id: 'job_stage_interview_item_id',
    },
  );

  test('is called as the interview that it was planned as', () => {
    const call = interviewRecord('one', 'application', {
      interview: { id: 'definition', name: 'Phone call' },
    });
    expect(rowOf(interviews, call)['title']).toBe('Phone call');
  });

  test.each([null, undefined, {}, 7])('has no title where it was planned as %j', (interview) => {
    const call = { ...interviewRecord('one', 'application'), interview };
    expect(rowOf(interviews, call)['title']).toBeNull();
  });

  test('starts and ends when Gem says', () => {
    const call = interviewRecord('one', 'application', {
      start: { date_time: '2026-03-01T09:00:00+01:00' },
      end: { date_time: '2026-03-01T10:30:00+01:00' },
    });
    expect(rowOf(interviews, call)).toMatchObject({
      starting_at: '2026-03-01T08:00:00.000Z',
      ending_at: '2026-03-01T09:30:00.000Z',
    });
  });

  test('belongs to its application', () => {
    const { application_id: id } = rowOf(interviews, interviewRecord('one', 'application'));
    expect(id).toBe(komboId('gem:1', 'application'));
  });

  test('counts as canceled only once that is known', () => {
    expect(rowOf(interviews, interviewRecord('one', 'application', { status: 'complete' }))['canceled']).toBe(
      false,
    );
    expect(
      rowOf(interviews, interviewRecord('one', 'application', { status: 'scheduled' }))['canceled'],
    ).toBeNull();
  });

  test('has a stage that the mapping does not see: Gem names only the place in it', () => {
    expect(Object.keys(interviews.derivedColumns)).toEqual(['stage_id']);
    expect(rowOf(interviews, interviewRecord('one', 'application'))).not.toHaveProperty('stage_id');
  });
});
