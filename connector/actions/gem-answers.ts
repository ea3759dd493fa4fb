// The parts of Gem's answers that actions need. An answer may lack everything else.
import type { GemSchemas } from '../../contracts/gem.ts';
import { identifier, isDeleted } from '../models/forms.ts';
import { toInstant } from '../models/moment.ts';

/** An application as far as it can be read. */
export interface SeenApplication {
  id: string;
  candidateId: string | undefined;
  /** Undefined where the answer does not say it. */
  job: { id: string; name: string | null } | undefined;
  /** Null where it is in no stage, or the answer does not name the stage. */
  stageId: string | null;
  status: string | undefined;
  /** An instant with milliseconds and `Z`; null where there is none that can be read. */
  appliedAt: string | null;
  /** As it came. */
  record: object;
}

/** A candidate as far as it can be read. */
export interface SeenCandidate {
  id: string;
  /** Those that came with it. */
  applications: SeenApplication[];
  /** The ids of all that it names, those of `applications` included. */
  applicationIds: string[];
  /** Whether it says at all which applications there are. */
  namesApplications: boolean;
  /** Lower-case; undefined where the answer does not say them. */
  emails: string[] | undefined;
  /** Addresses of accounts elsewhere, lower-case. */
  links: string[];
  /** As it came. */
  record: object;
}

/** @returns undefined when not even an id can be read */
export function readCandidate(answer: unknown): SeenCandidate | undefined {
  const id = idOf(answer);
  if (id === undefined || !isObject(answer)) return undefined;
  const applications = listOf(answer, 'applications').flatMap((one) => readApplication(one) ?? []);
  const named = listOf(answer, 'application_ids').flatMap((one) => identifier(one) ?? []);
  const emails = field(answer, 'email_addresses');
  return {
    id,
    applications,
    applicationIds: [...new Set([...applications.map((one) => one.id), ...named])],
    namesApplications: ['applications', 'application_ids'].some((name) => Array.isArray(field(answer, name))),
    emails: Array.isArray(emails) ? valuesOf(answer, 'email_addresses') : undefined,
    links: valuesOf(answer, 'social_media_addresses'),
    record: answer,
  };
}

/** @returns undefined when not even an id can be read */
export function readApplication(answer: unknown): SeenApplication | undefined {
  const id = idOf(answer);
  if (id === undefined || !isObject(answer)) return undefined;
  const [job] = listOf(answer, 'jobs');
  const jobId = idOf(job);
  const status = field(answer, 'status');
  return {
    id,
    candidateId: identifier(field(answer, 'candidate_id')),
    job: jobId === undefined ? undefined : { id: jobId, name: textOf(job, 'name') },
    stageId: idOf(field(answer, 'current_stage')) ?? null,
    status: typeof status === 'string' ? status : undefined,
    appliedAt: toInstant(field(answer, 'applied_at')),
    record: answer,
  };
}

/** A job as far as it can be read: whether it takes applications. */
export interface SeenJob {
  id: string;
  isClosed: boolean;
  isDeleted: boolean;
}

/** @returns undefined when not even an id can be read */
export function readJob(answer: unknown): SeenJob | undefined {
  const id = idOf(answer);
  if (id === undefined) return undefined;
  const status = textOf(answer, 'status');
  return { id, isClosed: status?.toLowerCase() === 'closed', isDeleted: isDeleted(answer) };
}

/** The stages of a list of them that are not deleted. */
export function readStages(answer: unknown): { id: string; name: string | null }[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((stage: unknown) => {
    const id = idOf(stage);
    return id === undefined || isDeleted(stage) ? [] : [{ id, name: textOf(stage, 'name') }];
  });
}

/** An uploaded file as far as it can be read. */
export interface SeenResume {
  id: string;
  userId: string | undefined;
  filename: string;
}

/** @returns undefined when not even an id can be read */
export function readResume(answer: unknown): SeenResume | undefined {
  const id = idOf(answer);
  if (id === undefined) return undefined;
  return { id, userId: identifier(field(answer, 'user_id')), filename: textOf(answer, 'filename') ?? '' };
}

/** Who wrote a note, and what it says. */
export function readNote(answer: unknown): { userId: string | undefined; text: string } {
  const userId = identifier(field(answer, 'user_id')) ?? idOf(field(answer, 'user'));
  return { userId, text: textOf(answer, 'content') ?? textOf(answer, 'body') ?? '' };
}

/** The mapping judges each field of the record by itself. */
export function isCandidate(record: object): record is GemSchemas['Candidate'] {
  return idOf(record) !== undefined;
}

/** The mapping judges each field of the record by itself. */
export function isApplication(record: object): record is GemSchemas['Application'] {
  return idOf(record) !== undefined;
}

/** A text that is not empty; null where there is none. */
export function textOf(answer: unknown, name: string): string | null {
  const value = field(answer, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

function field(answer: unknown, name: string): unknown {
  return isObject(answer) && Object.hasOwn(answer, name) ? Reflect.get(answer, name) : undefined;
}

function listOf(answer: unknown, name: string): unknown[] {
  const value = field(answer, name);
  return Array.isArray(value) ? value : [];
}

function valuesOf(answer: object, name: string): string[] {
  return listOf(answer, name).flatMap((one) => textOf(one, 'value')?.trim().toLowerCase() ?? []);
}

function idOf(answer: unknown): string | undefined {
  return identifier(field(answer, 'id'));
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
