import { noRecords, settleActivity } from '../scenario.ts';
import type { Records, ResourceName } from '../records.ts';
import type { Made } from './make-records.ts';

/**
 * Makes follow what in Gem follows from new or changed records: scorecards stand with their interviewers, people and users
 * know of each other, and activity moves the times of applications and people. Times that the file tells stay.
 */
export function followUp(records: Records, made: readonly Made[]): void {
  const touched = noRecords();
  const known = new Map<ResourceName, Map<string, object>>();
  const recordOf = (resource: ResourceName, id: string): object | undefined => {
    const byId = known.get(resource) ?? new Map(records[resource].map((record) => [record.id, record]));
    known.set(resource, byId);
    return byId.get(id);
  };
  for (const { resource, id } of made) {
    const record = recordOf(resource, id);
    // The list and the record are of one resource.
    if (record) (touched[resource] as unknown[]).push(record);
  }
  linkScorecards(records, touched);
  linkColleagues(records, touched);
  const told = touchedTimes(recordOf, made);
  addOwners(records, touched);
  settleActivity(touched);
  for (const restore of told) restore();
}

function linkScorecards(records: Records, touched: Records): void {
  const interviews = new Map(records.scheduled_interviews.map((interview) => [interview.id, interview]));
  for (const scorecard of touched.scorecards) {
    if (scorecard.submitted_at === null || scorecard.deleted_at !== null) continue;
    const interviewer = interviews
      .get(scorecard.interview_id)
      ?.interviewers.find(({ user_id }) => user_id === scorecard.interviewer_id);
    if (interviewer) interviewer.scorecard_id ??= scorecard.id;
  }
}

function linkColleagues(records: Records, touched: Records): void {
  const users = new Map(records.users.map((user) => [user.id, user]));
  for (const { id, linked_user_ids } of touched.candidates) {
    for (const user of linked_user_ids) {
      const linked = users.get(user)?.linked_candidate_ids;
      if (linked && !linked.includes(id)) linked.push(id);
    }
  }
}

/** Adds the applications and people that the touched records belong to. */
function addOwners(records: Records, touched: Records): void {
  const applicationIds = new Set(touched.scheduled_interviews.map(({ application_id }) => application_id));
  for (const { id } of touched.applications) applicationIds.add(id);
  touched.applications = records.applications.filter(({ id }) => applicationIds.has(id));
  const people = new Set([...touched.applications, ...touched.notes].map(({ candidate_id }) => candidate_id));
  for (const { id } of touched.candidates) people.add(id);
  touched.candidates = records.candidates.filter(({ id }) => people.has(id));
}

/** Puts back, one function a record, the times that were told. */
function touchedTimes(
  recordOf: (resource: ResourceName, id: string) => object | undefined,
  made: readonly Made[],
): (() => void)[] {
  return made.flatMap(({ resource, id, told }) => {
    const times = Object.entries(told).filter(([field]) => settled.has(field));
    if (times.length === 0 || (resource !== 'candidates' && resource !== 'applications')) return [];
    const record = recordOf(resource, id);
    return record ? [() => void Object.assign(record, Object.fromEntries(times))] : [];
  });
}

const settled = new Set(['updated_at', 'last_activity', 'last_activity_at']);
