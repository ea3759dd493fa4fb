import type { GemOperations } from '../../contracts/gem.ts';
import type { Handlers } from '../../contracts/mount.ts';
import type { World } from '../world.ts';
import { getApplication, listApplications, moveApplication, updateApplication } from './ats/applications.ts';
import { getCandidate, listCandidates } from './ats/candidates.ts';
import { createCandidate } from './ats/create-candidate.ts';
import { createNote } from './ats/create-note.ts';
import { listJobPosts } from './ats/job-posts.ts';
import { listJobStages, listStagesOfJob } from './ats/job-stages.ts';
import { getJob, listJobs } from './ats/jobs.ts';
import { listOffers } from './ats/offers.ts';
import { listOffices } from './ats/offices.ts';
import { listOpenings } from './ats/openings.ts';
import { listScheduledInterviews } from './ats/scheduled-interviews.ts';
import { listScorecards } from './ats/scorecards.ts';
import { listUsers } from './ats/users.ts';
import { listTeamUsers } from './crm/team-users.ts';
import { listUploadedResumes, uploadResume } from './crm/uploaded-resumes.ts';
import { getBoardJobPost, listBoardJobPosts } from './job-board/job-posts.ts';

/** The handler of every operation that the description of Gem's APIs has. */
export const handlers: Handlers<GemOperations, World> = {
  listCandidates,
  getCandidate,
  createCandidate,
  createNote,
  listApplications,
  getApplication,
  updateApplication,
  moveApplication,
  listJobs,
  getJob,
  listStagesOfJob,
  listJobPosts,
  listJobStages,
  listOffices,
  listUsers,
  listScheduledInterviews,
  listScorecards,
  listOffers,
  listOpenings,
  listTeamUsers,
  uploadResume,
  listUploadedResumes,
  listBoardJobPosts,
  getBoardJobPost,
};
