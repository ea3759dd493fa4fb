import type { GemSchemas } from '../../contracts/gem.ts';
import { existingApplication } from '../errors.ts';
import { GemRefusedInput, GemUnavailable } from '../gem/errors.ts';
import type { GemClient } from '../gem/client.ts';
import {
  activeApplicationOf,
  findNewApplication,
  newApplicationOf,
  type FoundApplication,
  type KnownApplications,
} from './applications-of-person.ts';
import { readCandidate, type SeenCandidate } from './gem-answers.ts';
import { writeOnce, WrittenUnseen } from './write-once.ts';

/** What is known from before an application is created, to tell the new one from others. */
export interface Before {
  /** What Gem showed of the person; undefined where it does not let that be asked. */
  shown: KnownApplications | undefined;
  /** An instant before which nothing new can have been made, by Gem's clock. */
  since: string;
  /** The uploaded files of the person, by Gem's ids. */
  files: readonly string[];
}

/**
 * Creates a candidate with an application at Gem. When Gem's answer got lost, or does not name the application, it is
 * looked up what is there now and was not before.
 *
 * @throws UnifiedProblem when the person has applied to the job already; WrittenUnseen when the application exists and
 *   Gem does not show it; GemError for all else
 */
export async function createAtGem(
  gem: GemClient,
  body: GemSchemas['CreateCandidateBody'],
  before: Before,
): Promise<FoundApplication> {
  let answered: SeenCandidate | undefined;
  const ofAnswered = async () => answered && newApplicationOf(gem, answered, body, before.shown);
  try {
    return await writeOnce(gem, {
      write: async () => {
        answered = readCandidate(await send(gem, body));
        const created = await ofAnswered();
        if (created) return created;
        throw new WrittenUnseen('createCandidate', 'Gem answered the creation of an application without one');
      },
      find: async () => (await ofAnswered()) ?? (await findNewApplication(gem, body, before)),
    });
  } catch (error) {
    // Where Gem answers with an application that was there before, it has made no second one.
    const same = error instanceof WrittenUnseen && answered && activeApplicationOf(answered, body.job_id);
    if (same) return same;
    throw error;
  }
}

/** Whether Gem refused a body because of the source that it names. */
export function isRefusalOfSource(error: unknown): boolean {
  const fields = error instanceof GemRefusedInput ? error.problem?.errors?.['json'] : undefined;
  return typeof fields === 'object' && fields !== null && 'source_id' in fields;
}

async function send(gem: GemClient, body: GemSchemas['CreateCandidateBody']): Promise<unknown> {
  try {
    return await gem.send('createCandidate', { body });
  } catch (error) {
    const errors = error instanceof GemRefusedInput ? error.problem?.errors : undefined;
    throw errors && 'duplicate_candidate' in errors ? existingApplication(error) : error;
  }
}

/** Whether it is unknown if an application was created, so that it has to be looked for later. */
export function isUncertain(error: unknown): boolean {
  return error instanceof GemUnavailable || error instanceof WrittenUnseen;
}

// What a pending creation keeps of its call, as text that is sealed.

/** What was asked for, and what was known before. */
export interface CreationInput {
  body: GemSchemas['CreateCandidateBody'];
  before: Before;
}

/** Writes it as a value that JSON holds. */
export function writeCreationInput({ body, before: { shown, since, files } }: CreationInput): object {
  return {
    body,
    since,
    files,
    shown: shown && { applications: [...shown.applications], candidates: [...shown.candidates] },
  };
}

/**
 * Reads it again.
 *
 * @throws Error when another version of the connector wrote it
 */
export function readCreationInput(asked: unknown): CreationInput {
  if (!isCreationInput(asked)) throw new Error('a pending creation cannot be read');
  const { body, since, files, shown } = asked;
  return {
    body,
    before: {
      since,
      files,
      shown: shown && {
        applications: new Set(shown.applications),
        candidates: new Set(shown.candidates),
        since,
      },
    },
  };
}

interface StoredInput {
  body: GemSchemas['CreateCandidateBody'];
  since: string;
  files: string[];
  shown?: { applications: string[]; candidates: string[] };
}

function isCreationInput(asked: unknown): asked is StoredInput {
  return typeof asked === 'object' && asked !== null && 'body' in asked && 'files' in asked;
}
