import type { Handlers } from '../../contracts/server/mount.ts';
import type { UnifiedOperations } from '../../contracts/unified.ts';
import { addApplicationResultLink, addCandidateResultLink } from '../actions/add-result-link.ts';
import { getApplicationAttachments, getCandidateAttachments } from '../actions/get-attachments.ts';
import { moveApplicationToStage } from '../actions/move-application-to-stage.ts';
import type { Services } from '../actions/services.ts';
import { sendPassthrough } from '../passthrough/send-passthrough.ts';
import { actionNotAvailable, modelNotAvailable } from '../errors.ts';
import { createApplication, createCandidate } from './create-answers.ts';
import type { Caller } from './admission.ts';
import { explainRecord } from './explain.ts';
import { generalHandlers } from './general/handlers.ts';
import { listHandlers } from './lists/index.ts';
import { webhookHandlers } from './webhooks/handlers.ts';

/** One handler for each operation of the unified API. */
export function createHandlers(services: Services): Handlers<UnifiedOperations, Caller> {
  return {
    ...listHandlers(services),
    createAtsCandidate: async ({ body }, caller) => ({
      status: 200,
      body: await createCandidate(services, caller.integration(), body),
    }),
    createAtsApplication: async ({ path, body }, caller) => ({
      status: 200,
      body: await createApplication(services, caller.integration(), path.job_id, body),
    }),
    moveAtsApplicationToStage: async ({ path, body }, caller) => ({
      status: 200,
      body: await moveApplicationToStage(services, caller.integration(), path.application_id, body),
    }),
    addAtsApplicationResultLink: async ({ path, body }, caller) => ({
      status: 200,
      body: await addApplicationResultLink(services, caller.integration(), path.application_id, body),
    }),
    addAtsCandidateResultLink: async ({ path, body }, caller) => ({
      status: 200,
      body: await addCandidateResultLink(services, caller.integration(), path.candidate_id, body),
    }),
    getAtsApplicationAttachments: async ({ path }, caller) => ({
      status: 200,
      body: await getApplicationAttachments(
        services,
        caller.integration(),
        path.application_id,
        caller.publicUrl,
      ),
    }),
    getAtsCandidateAttachments: async ({ path }, caller) => ({
      status: 200,
      body: await getCandidateAttachments(
        services,
        caller.integration(),
        path.candidate_id,
        caller.publicUrl,
      ),
    }),
    sendPassthroughRequest: async ({ path, body }, caller) => ({
      status: 200,
      body: await sendPassthrough(services, caller.integration(), path, body),
    }),
    ...unsupportedHandlers,
    explainRecord: async ({ path, query }, caller) => ({
      status: 200,
      body: await explainRecord(services, caller, {
        word: path.model,
        id: path.record_id,
        asksGem: query.ask_gem ?? true,
      }),
    }),
    ...generalHandlers(services),
    ...webhookHandlers(services),
    checkApiKey: (_, caller) => ({
      status: 200,
      body: { status: 'success', data: { environment_id: caller.environmentId } },
    }),
  };
}

/**
 * The operations that other tools have and Gem does not: they say so, so that a client can tell them from a mistake
 * (kombo-unified-api §2.1, §3.6).
 */
const unsupportedHandlers = {
  getAtsTags: refuseModel('tags'),
  getAtsOffers: refuseModel('offers'),
  getAtsRejectionReasons: refuseModel('rejection reasons'),
  getAtsRoles: refuseModel('roles'),
  getAtsNotes: refuseModel('notes'),
  createAtsApplicationNote: refuseAction('adding a note to an application'),
  createAtsApplicationAttachment: refuseAction('adding an attachment to an application'),
  rejectAtsApplication: refuseAction('rejecting an application'),
  createAtsApplicationInterview: refuseAction('scheduling an interview'),
  updateAtsApplicationInterview: refuseAction('changing an interview'),
  createAtsCandidateAttachment: refuseAction('adding an attachment to a candidate'),
  createAtsCandidateTag: refuseAction('adding a tag to a candidate'),
  deleteAtsCandidateTag: refuseAction('removing a tag from a candidate'),
  importTrackedAtsApplication: refuseAction('importing a tracked application'),
};

function refuseModel(words: string): () => never {
  return () => {
    throw modelNotAvailable(words);
  };
}

function refuseAction(words: string): () => never {
  return () => {
    throw actionNotAvailable(words);
  };
}
