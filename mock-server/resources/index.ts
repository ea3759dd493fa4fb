import type { GemOperations } from '../../contracts/gem.ts';
import type { Handlers } from '../../contracts/server/mount.ts';
import type { World } from '../world/world.ts';
import { addApplicationAttachment, addCandidateAttachment } from './ats/add-attachment.ts';
import { getApplication, listApplications } from './ats/applications.ts';
import { getCandidate, listCandidates } from './ats/candidates.ts';
import { listCloseReasons } from './ats/close-reasons.ts';
import { createApplication } from './ats/create-application.ts';
import { createCandidate } from './ats/create-candidate.ts';
import { listCustomFields } from './ats/custom-fields.ts';
import { getCurrentOffer, updateCurrentOffer } from './ats/current-offer.ts';
import { deleteCandidate } from './ats/delete-candidate.ts';
import { getDepartment, listDepartments } from './ats/departments.ts';
import { getJobPost, listJobPosts, listJobPostsOfJob } from './ats/job-posts.ts';
import { getJobStage, listJobStages, listStagesOfJob } from './ats/job-stages.ts';
import { getJob, listJobs } from './ats/jobs.ts';
import { hireApplication } from './ats/lifecycle/hire.ts';
import { changeRejection, rejectApplication, unrejectApplication } from './ats/lifecycle/rejection.ts';
import { advanceApplication, moveApplication } from './ats/lifecycle/stages.ts';
import { transferApplication } from './ats/lifecycle/transfer.ts';
import { createNote, getActivityFeed } from './ats/notes.ts';
import { getOffer, listOffers, listOffersOfApplication } from './ats/offers.ts';
import { getOffice, listOffices } from './ats/offices.ts';
import { getOpening, listOpenings, listOpeningsOfJob } from './ats/openings.ts';
import { listRejectionReasons } from './ats/rejection-reasons.ts';
import {
  getScheduledInterview,
  listInterviewsOfApplication,
  listScheduledInterviews,
} from './ats/scheduled-interviews.ts';
import { getScorecard, listScorecards, listScorecardsOfApplication } from './ats/scorecards.ts';
import { listSources } from './ats/sources.ts';
import { updateApplication } from './ats/update-application.ts';
import { updateCandidate } from './ats/update-candidate.ts';
import { getUser, listUsers } from './ats/users.ts';
import {
  createScheduledInterview,
  deleteScheduledInterview,
  updateScheduledInterview,
} from './ats/write-interviews.ts';
import { createOpenings, deleteOpenings, getOpeningOfJob, updateOpening } from './ats/write-openings.ts';
import { getCrmCandidate, listCrmCandidates } from './crm/candidates.ts';
import { getCrmCustomField, listCrmCustomFields } from './crm/custom-fields.ts';
import { createCrmNote, deleteNote, getNote, listNotes } from './crm/notes.ts';
import { listTeamUsers } from './crm/team-users.ts';
import { listUploadedResumes, uploadResume } from './crm/uploaded-resumes.ts';
import { createCrmCandidate, deleteCrmCandidate, updateCrmCandidate } from './crm/write-candidates.ts';
import { applyToJobPost } from './job-board/apply.ts';
import { getBoardJobPost, listBoardJobPosts } from './job-board/job-posts.ts';

/** The handler of every operation that the description of Gem's APIs has. */
export const handlers: Handlers<GemOperations, World> = {
  listCandidates,
  getCandidate,
  createCandidate,
  updateCandidate,
  deleteCandidate,
  createApplication,
  addCandidateAttachment,
  getActivityFeed,
  createNote,
  listApplications,
  getApplication,
  updateApplication,
  moveApplication,
  advanceApplication,
  rejectApplication,
  changeRejection,
  unrejectApplication,
  hireApplication,
  transferApplication,
  addApplicationAttachment,
  listOffersOfApplication,
  getCurrentOffer,
  updateCurrentOffer,
  listScorecardsOfApplication,
  listInterviewsOfApplication,
  listJobs,
  getJob,
  listStagesOfJob,
  listJobPostsOfJob,
  listOpeningsOfJob,
  createOpenings,
  deleteOpenings,
  getOpeningOfJob,
  updateOpening,
  listJobPosts,
  getJobPost,
  listJobStages,
  getJobStage,
  listOffices,
  getOffice,
  listDepartments,
  getDepartment,
  listUsers,
  getUser,
  listScheduledInterviews,
  createScheduledInterview,
  getScheduledInterview,
  updateScheduledInterview,
  deleteScheduledInterview,
  listScorecards,
  getScorecard,
  listOffers,
  getOffer,
  listOpenings,
  getOpening,
  listSources,
  listRejectionReasons,
  listCloseReasons,
  listCustomFields,
  listTeamUsers,
  listCrmCandidates,
  createCrmCandidate,
  getCrmCandidate,
  updateCrmCandidate,
  deleteCrmCandidate,
  listCrmCustomFields,
  getCrmCustomField,
  uploadResume,
  listUploadedResumes,
  listNotes,
  createCrmNote,
  getNote,
  deleteNote,
  listBoardJobPosts,
  getBoardJobPost,
  applyToJobPost,
};
