// What a pending creation keeps of its call, as text that is sealed.
import type { GemSchemas } from '../../contracts/gem.ts';
import type { Before } from './create-at-gem.ts';

/** What was asked for, and what was known before. */
export interface AskedCreation {
  body: GemSchemas['CreateCandidateBody'];
  before: Before;
}

/** Writes it as a value that JSON holds. */
export function writeAskedCreation({ body, before: { shown, since, files } }: AskedCreation): object {
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
export function readAskedCreation(asked: unknown): AskedCreation {
  if (!isAsked(asked)) throw new Error('a pending creation cannot be read');
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

interface Written {
  body: GemSchemas['CreateCandidateBody'];
  since: string;
  files: string[];
  shown?: { applications: string[]; candidates: string[] };
}

function isAsked(asked: unknown): asked is Written {
  return typeof asked === 'object' && asked !== null && 'body' in asked && 'files' in asked;
}
