// Made-up candidates for promises that write. They are created at the subject and deleted at the end.
import type { GemSchemas } from '../../gem.ts';
import type { Answer } from '../../drift/seen.ts';
import type { Caller } from './caller.ts';
import { NothingToCheck } from './outcome.ts';

/** A made-up candidate with an application. */
export interface Person {
  candidateId: string;
  applicationId: string;
  email: string;
  /** The job of the application. */
  jobId: string;
  /** The stages of the job, first to last. */
  stageIds: readonly string[];
  /** The candidate as it was answered. */
  candidate: GemSchemas['Candidate'];
}

/** Creates made-up people, and deletes them. */
export interface People {
  /** A person whom several promises share; none of them rejects, hires or deletes them. */
  one(): Promise<Person>;
  /** A person for one promise alone. @throws NothingToCheck when none can be created */
  another(fields?: Partial<GemSchemas['CreateCandidateBody']>): Promise<Person>;
  /** Tries to create a person, and remembers them on success. */
  create(body: object): Promise<{ answer: Answer; candidate: GemSchemas['Candidate'] | undefined }>;
  /** A body that creates a person. */
  body(): Promise<GemSchemas['CreateCandidateBody']>;
  /** The Gem user in whose name is written. */
  userId(): string;
  /** An open job with at least two stages, and where there is one, another. */
  jobs(): Promise<{ id: string; stageIds: readonly string[] }[]>;
  /** Remembers a candidate that has to be deleted in the end. */
  remember(candidateId: string): void;
  /** Deletes all of them. @param by a caller that still works after an interruption @returns how many could not be deleted */
  clear(by: Caller): Promise<number>;
}

/** @param users the subject's users; @param mark sets these people apart from those of another verification */
export function createPeople(caller: Caller, users: readonly GemSchemas['User'][], mark: string): People {
  const made: string[] = [];
  let count = 0;
  let shared: Promise<Person> | undefined;
  let known: Promise<{ id: string; stageIds: readonly string[] }[]> | undefined;

  const userId = (): string => {
    const user = users.find(({ disabled, deleted_at }) => !disabled && !deleted_at);
    if (!user) throw new NothingToCheck('the account has no user to write in the name of');
    return user.id;
  };

  const jobs = () => (known ??= findJobs(caller));

  const body: People['body'] = async () => {
    const [job] = await jobs();
    if (!job) throw new NothingToCheck('the account has no open job with two stages');
    count += 1;
    return {
      first_name: 'Verification',
      last_name: `Mock-Gem ${count}`,
      email: `mock-gem-${mark}-${count}@example.com`,
      job_id: job.id,
    };
  };

  const create: People['create'] = async (sent) => {
    const answer = await caller.call('createCandidate', { body: sent });
    if (answer.status !== 201) return { answer, candidate: undefined };
    // Another promise judges its form; where that is wrong, there is nothing to check here.
    const candidate = answer.body as GemSchemas['Candidate'];
    made.push(candidate.id);
    return { answer, candidate };
  };

  const another: People['another'] = async (fields = {}) => {
    const sent = { ...(await body()), ...fields };
    const { candidate } = await create(sent);
    if (!candidate) throw new NothingToCheck('no candidate could be created');
    const stageIds = (await jobs()).find(({ id }) => id === sent.job_id)?.stageIds ?? [];
    const [applicationId = ''] = candidate.application_ids;
    return {
      candidateId: candidate.id,
      applicationId,
      email: sent.email,
      jobId: sent.job_id,
      stageIds,
      candidate,
    };
  };

  return {
    one: () => (shared ??= another()),
    another,
    create,
    body,
    userId,
    jobs,
    remember: (candidateId) => void made.push(candidateId),
    async clear(by) {
      let left = 0;
      for (const candidateId of new Set(made)) {
        // The server may be out of reach by now.
        const isGone = await deletePerson(by, candidateId, userId()).catch(() => false);
        if (!isGone) left += 1;
      }
      return left;
    },
  };
}

async function findJobs(caller: Caller): Promise<{ id: string; stageIds: readonly string[] }[]> {
  const { body } = await caller.call('listJobs', { query: { status: 'open', per_page: 50 } });
  const found: { id: string; stageIds: readonly string[] }[] = [];
  for (const { id, is_template: isTemplate } of body as GemSchemas['Job'][]) {
    if (isTemplate) continue;
    const answer = await caller.call('listStagesOfJob', { path: { job_id: id } });
    const stages = (answer.body as GemSchemas['JobStage'][]).filter(({ active }) => active);
    if (stages.length < 2) continue;
    const inOrder = stages.toSorted((one, other) => one.priority - other.priority);
    found.push({ id, stageIds: inOrder.map((stage) => stage.id) });
    if (found.length === 2) break;
  }
  return found;
}

/** The call of the ATS is only inherited; that of the CRM is documented (gem-ats-api §2.1 #5). */
async function deletePerson(caller: Caller, candidate_id: string, userId: string): Promise<boolean> {
  const { status } = await caller.call('deleteCandidate', { path: { candidate_id } });
  if (status === 204) return true;
  const again = await caller.call('getCandidate', { path: { candidate_id } });
  if (again.status === 404) return true;
  const crm = await caller.call('deleteCrmCandidate', {
    path: { candidate_id },
    body: { on_behalf_of_user_id: userId },
  });
  return crm.status === 204;
}
