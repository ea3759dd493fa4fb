import type { GemOperations } from '../../contracts/gem.ts';
import type { Handlers } from '../../contracts/server/mount.ts';
import type { World } from '../world/world.ts';
import { addApplicationAttachment, addCandidateAttachment } from './ats/add-attachment.ts';
import { getApplication, listApplications } from './ats/applications.ts';
import { getCandidate, listCandidates } from './ats/candidates.ts';
import {
  listCloseReasons,
  listRejectionReasons,
  listSources,
  getDepartment,
  listDepartments,
  getOffice,
  listOffices,
} from './ats/lookups.ts';
import { createApplication, updateApplication } from './ats/write-applications.ts';
import { createCandidate, deleteCandidate, updateCandidate } from './ats/write-candidates.ts';
import { listCustomFields } from './ats/custom-fields.ts';
import {
  getCurrentOffer,
  updateCurrentOffer,
  getOffer,
  listOffers,
  listOffersOfApplication,
} from './ats/offers.ts';
import { getJobPost, listJobPosts, listJobPostsOfJob } from './ats/job-posts.ts';
import { getJobStage, listJobStages, listStagesOfJob } from './ats/job-stages.ts';
import { getJob, listJobs } from './ats/jobs.ts';
import { hireApplication } from './ats/lifecycle/hire.ts';
import { changeRejection, rejectApplication, unrejectApplication } from './ats/lifecycle/rejection.ts';
import { advanceApplication, moveApplication, transferApplication } from './ats/lifecycle/moves.ts';
import { createNote, getActivityFeed } from './ats/notes.ts';
import {
  getOpening,
  listOpenings,
  listOpeningsOfJob,
  createOpenings,
  deleteOpenings,
  getOpeningOfJob,
  updateOpening,
} from './ats/openings.ts';
import {
  getScheduledInterview,
  listInterviewsOfApplication,
  listScheduledInterviews,
} from './ats/scheduled-interviews.ts';
import { getScorecard, listScorecards, listScorecardsOfApplication } from './ats/scorecards.ts';
import { getUser, listUsers } from './ats/users.ts';
import {
  createScheduledInterview,
  deleteScheduledInterview,
  updateScheduledInterview,
} from './ats/write-interviews.ts';
import { getCrmCandidate, listCrmCandidates } from './crm/candidates.ts';
import { getCrmCustomField, listCrmCustomFields } from './crm/custom-fields.ts';
import { createCrmNote, deleteNote, getNote, listNotes } from './crm/notes.ts';
import { listTeamUsers } from './crm/team-users.ts';
import { listUploadedResumes, uploadResume } from './crm/uploaded-resumes.ts';
import { createCrmCandidate, deleteCrmCandidate, updateCrmCandidate } from './crm/write-candidates.ts';
import { applyToJobPost, getBoardJobPost, listBoardJobPosts } from './job-board/job-posts.ts';

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
