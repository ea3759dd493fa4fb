import type { Handlers } from '../../contracts/mount.ts';
import type { UnifiedOperations } from '../../contracts/unified.ts';
import { createApplication } from '../actions/create-application.ts';
import { createCandidate } from '../actions/create-candidate.ts';
import type { Services } from '../actions/services.ts';
import type { Caller } from './admission.ts';
import { listApplicationStages } from './lists/application-stages.ts';
import { listApplications } from './lists/applications.ts';
import { listCandidates } from './lists/candidates.ts';
import { listInterviews } from './lists/interviews.ts';
import { listJobs } from './lists/jobs.ts';
import type { List } from './lists/list.ts';
import { listUsers } from './lists/users.ts';
import { unsupportedHandlers } from './unsupported.ts';

/** One handler for each operation of the unified API. */
export function createHandlers(services: Services): Handlers<UnifiedOperations, Caller> {
  return {
    getAtsUsers: answerWith(listUsers, services),
    getAtsJobs: answerWith(listJobs, services),
    getAtsCandidates: answerWith(listCandidates, services),
    getAtsApplications: answerWith(listApplications, services),
    getAtsInterviews: answerWith(listInterviews, services),
    getAtsApplicationStages: answerWith(listApplicationStages, services),
    createAtsCandidate: async ({ body }, caller) => ({
      status: 200,
      body: await createCandidate(services, caller.integration(), body),
    }),
    createAtsApplication: async ({ path, body }, caller) => ({
      status: 200,
      body: await createApplication(services, caller.integration(), path.job_id, body),
    }),
    ...unsupportedHandlers,
    checkApiKey: (_, caller) => ({
      status: 200,
      body: { status: 'success', data: { environment_id: caller.environmentId } },
    }),
  };
}

function answerWith<Query, Item>(list: List<Query, Item>, { database }: Services) {
  return async ({ query }: { query: Query }, caller: Caller) => ({
    status: 200 as const,
    body: await list(database, caller.integration().id, query),
  });
}
