// Rows that say which record belongs to which (kombo-unified-api §2.1, §5.4).
import { describe, expect, test } from 'vitest';
import { komboId } from '../../../connector/identifiers.ts';
import {
  joinInterviewsUsers,
  joinJobsApplicationStages,
  joinJobsUsers,
} from '../../../connector/models/joins.ts';
import { interviewRecord, jobRecord, stageRecord, userLite } from '../../support/gem-records.ts';
import { rowOf, rowsOf } from './support/mapping.ts';

const id = (remoteId: string) => komboId('gem:1', remoteId);

describe('a stage of a job', () => {
  test('names the stage, its one job, and its place among the stages', () => {
    expect(rowOf(joinJobsApplicationStages, stageRecord('stage', 'job', [], { priority: 3 }))).toMatchObject({
      remote_id: 'job/stage',
      job_id: id('job'),
      stage_id: id('stage'),
      index: 3,
    });
  });
});

describe('a hiring team', () => {
  const team = { recruiters: [userLite('uma')], sourcers: [userLite('uma'), userLite('ben')] };

  test('becomes one row for each person, with all roles of that person', () => {
    expect(rowsOf(joinJobsUsers, jobRecord('job', { hiring_team: team }))).toMatchObject([
      { remote_id: 'job/uma', job_id: id('job'), user_id: id('uma'), roles: ['RECRUITER', 'SOURCER'] },
      { remote_id: 'job/ben', job_id: id('job'), user_id: id('ben'), roles: ['SOURCER'] },
    ]);
  });

  test('of nobody becomes no row', () => {
    expect(rowsOf(joinJobsUsers, jobRecord('job'))).toEqual([]);
  });
});

describe('the interviewers of an interview', () => {
  const person = (userId: string) => ({
    email: `${userId}@example.com`,
    employee_id: null,
    id: userId,
    name: 'Uma User',
    response_status: 'accepted' as const,
    scorecard_id: null,
  });

  test('become one row each', () => {
    const interview = interviewRecord('call', 'application', {
      interviewers: [person('uma'), person('ben')],
    });
    expect(rowsOf(joinInterviewsUsers, interview)).toMatchObject([
      { remote_id: 'call/uma', interview_id: id('call'), user_id: id('uma') },
      { remote_id: 'call/ben', interview_id: id('call'), user_id: id('ben') },
    ]);
  });
});
