import { created, filters, updated } from '../listing/filters.ts';
import { listPage } from '../listing/pages.ts';
import { itemOf, type GemHandler, type Resource } from '../resource.ts';
import { living } from '../references.ts';
import { presentUser } from './users.ts';

/** What interviewers handed in (gem-ats-api §3.8). */
export const scorecards: Resource<'scorecards'> = {
  name: 'scorecards',
  label: 'Scorecard',
  present: (scorecard, { store }) => ({
    application_id: scorecard.application_id,
    candidate_id: store.get('applications', scorecard.application_id)?.candidate_id ?? '',
    created_at: scorecard.created_at,
    deleted_at: scorecard.deleted_at,
    id: scorecard.id,
    interview: scorecard.interview,
    interview_id: scorecard.interview_id,
    interview_step: scorecard.interview_step,
    interviewed_at: scorecard.interviewed_at,
    interviewer: presentUser(store, scorecard.interviewer_id),
    overall_feedback: scorecard.overall_feedback,
    overall_recommendation: scorecard.overall_recommendation,
    questions: scorecard.questions,
    submitted_at: scorecard.submitted_at,
    submitted_by: presentUser(store, scorecard.submitted_by_id),
    updated_at: scorecard.updated_at,
  }),
};

export const listScorecards: GemHandler<'listScorecards'> = ({ query }, world) =>
  listPage(world, scorecards, query, filters(created(query), updated(query)));

export const listScorecardsOfApplication: GemHandler<'listScorecardsOfApplication'> = (
  { path, query },
  world,
) => {
  living(world, 'applications', path.application_id);
  const found = world.store.collection('scorecards').entriesBy('application_id', path.application_id);
  return listPage(world, scorecards, query, filters(created(query), updated(query)), found);
};

export const getScorecard: GemHandler<'getScorecard'> = ({ path, query }, world) =>
  itemOf(world, scorecards, path.scorecard_id, query);
