import { sql } from 'kysely';
import type { ModelName } from '../../models/model.ts';
import { oneOf } from './filters.ts';
import { listApplications } from './applications.ts';
import { listCandidates } from './candidates.ts';
import { listInterviews } from './interviews.ts';
import { listJobs } from './jobs.ts';
import { defineList, type List, type ListOperation, type QueryOf } from './list.ts';
import type { Services } from '../../actions/services.ts';
import type { Caller } from '../admission.ts';

/** A handler for each list. Lists whose items hold other records have files of their own. */
export function listHandlers(services: Pick<Services, 'database'>) {
  return {
    getAtsUsers: answerWith(listUsers, services),
    getAtsJobs: answerWith(listJobs, services),
    getAtsCandidates: answerWith(listCandidates, services),
    getAtsApplications: answerWith(listApplications, services),
    getAtsInterviews: answerWith(listInterviews, services),
    getAtsApplicationStages: answerWith(listApplicationStages, services),
  };
}

/** The model of each list. */
export const listedModels: Readonly<Record<string, ModelName | undefined>> = {
  getAtsUsers: 'ats_users',
  getAtsJobs: 'ats_jobs',
  getAtsCandidates: 'ats_candidates',
  getAtsApplications: 'ats_applications',
  getAtsInterviews: 'ats_interviews',
  getAtsApplicationStages: 'ats_application_stages',
} satisfies Record<keyof ReturnType<typeof listHandlers>, ModelName>;

function answerWith<Id extends ListOperation>(list: List<Id>, { database }: Pick<Services, 'database'>) {
  return async ({ query }: { query: QueryOf<Id> }, caller: Caller) => ({
    status: 200 as const,
    body: await list(database, caller.integration().id, query),
  });
}

/** `GET /ats/users` (kombo-unified-api §2.6). */
const listUsers = defineList('getAtsUsers', {
  model: 'ats_users',
  row: 'person',
  filters: ({ emails }) => [
    oneOf(
      sql`lower(person.email)`,
      emails?.map((email) => email.toLowerCase()),
    ),
  ],
  nestedChanges: () => [],
  item: () => sql`json_build_object(
      'id', person.id,
      'remote_id', person.remote_id,
      'first_name', person.first_name,
      'last_name', person.last_name,
      'email', person.email,
      'status', person.status,
      'remote_data', person.remote_data,
      'changed_at', instant(person.changed_at),
      'remote_deleted_at', instant(person.remote_deleted_at),
      'system_roles', '[]'::json
    )`,
});

/** `GET /ats/application-stages` (kombo-unified-api §2.6). */
const listApplicationStages = defineList('getAtsApplicationStages', {
  model: 'ats_application_stages',
  row: 'stage',
  filters: () => [],
  nestedChanges: () => [],
  item: () => sql`json_build_object(
      'id', stage.id,
      'remote_id', stage.remote_id,
      'name', stage.name,
      'status', null,
      'custom_fields', null,
      'remote_data', stage.remote_data,
      'changed_at', instant(stage.changed_at),
      'remote_deleted_at', instant(stage.remote_deleted_at)
    )`,
});
