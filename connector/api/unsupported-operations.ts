import { actionNotAvailable, modelNotAvailable } from '../errors.ts';

/**
 * The operations that other tools have and Gem does not: they say so, so that a client can tell them from a mistake
 * (kombo-unified-api §2.1, §3.6).
 */
export const unsupportedHandlers = {
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
