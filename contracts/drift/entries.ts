import { gemDescription } from '../gem.ts';
import type { Entry } from '../report.ts';
import { below, nodeAt } from './document.ts';
import { places, type Place } from './places.ts';
import type { Tally, Observations } from './observations.ts';

/** A place of the description that an observation bore out or contradicted. */
export interface Settled {
  /** A JSON pointer into the description. */
  place: string;
  held: boolean;
}

/** What was found of one promise of Gem's. */
export interface GemEntry extends Entry {
  /** What it says about places of the description. */
  settles: readonly Settled[];
}

/** What the answers said about each place of the description. */
export function entriesOfPlaces(observations: Observations, run: Run): GemEntry[] {
  return [...places.values()].map((place) => entryOf(place, observations.tally(place.pointer), run));
}

/** What was asked for. */
export interface Run {
  writes: boolean;
  /** Why it was given up before its end. */
  incomplete?: string | undefined;
}

function entryOf(place: Place, tally: Tally, run: Run): GemEntry {
  const { kind, name, evidence, pointer } = place;
  const isBroken = tally.contradictions.length > 0;
  const blank = whyNotSeen(place, tally, run);
  const remark = blank ?? partNotSeen(place, tally);
  return {
    name,
    statement: statementOf(place),
    evidence,
    group: groups[kind],
    state: isBroken ? 'broken' : blank === undefined ? 'held' : 'not observed',
    compared: tally.seen,
    ...(!isBroken && remark !== undefined && { remark }),
    contradictions: tally.contradictions,
    settles: isBroken || remark === undefined ? [{ place: pointer, held: !isBroken }] : [],
  };
}

const groups: Readonly<Record<Place['kind'], string>> = {
  operation: 'operations',
  answer: 'answers',
  object: 'objects',
  field: 'fields',
};

function statementOf({ kind, name, pointer }: Place): string {
  switch (kind) {
    case 'operation': {
      const { method = '', path = '' } = gemDescription.operations.get(name) ?? {};
      return `${method.toUpperCase()} ${path} is there and answers in the form that is described`;
    }
    case 'answer':
      return `the answer ${name} has the form that is described`;
    case 'object':
      return `${name} has the fields that are described, of their types, and no others`;
    case 'field': {
      const description = nodeAt(pointer)?.['description'];
      const own =
        typeof description === 'string' ? description.split(/(?<=\.) /)[0]?.replace(/\.$/, '') : undefined;
      return own === undefined ? `${name} is of the type that is described` : `${name}: ${own}`;
    }
  }
}

/** Why nothing can be said of a place; undefined where something can. */
function whyNotSeen({ kind, name }: Place, tally: Tally, { writes, incomplete }: Run): string | undefined {
  if (tally.seen > 0) return undefined;
  const isWrite = kind === 'operation' && gemDescription.operations.get(name)?.method !== 'get';
  return isWrite && !writes ? 'writes are not allowed' : (incomplete ?? 'no answer had it');
}

/** What of a place was not seen. That the rest is right does not prove the whole. */
function partNotSeen({ kind, name, pointer }: Place, tally: Tally): string | undefined {
  if (doubtedMeanings.has(name)) return 'its form is as described, which does not prove what it means';
  const words = nodeAt(pointer)?.['enum'];
  if (Array.isArray(words) && tally.words.size < words.length) {
    return `${tally.words.size} of ${words.length} words were seen`;
  }
  if (kind !== 'field' || !mayBeNull(pointer)) return undefined;
  if (tally.nulls === 0) return 'it was never null';
  return tally.nulls === tally.seen ? 'it was always null' : undefined;
}

/** Fields of which the meaning is doubted, not the form. */
const doubtedMeanings: ReadonlySet<string> = new Set([
  'CrmCandidate.created_by',
  'StoredFile.url',
  'JobPost.active',
  'Scorecard.interview_id',
]);

function mayBeNull(pointer: string): boolean {
  const node = nodeAt(pointer);
  if (!node) return false;
  if (node['type'] === 'null' || [node['type']].flat().includes('null')) return true;
  const reference = node['$ref'];
  if (typeof reference === 'string' && mayBeNull(reference.slice(1))) return true;
  return ['oneOf', 'anyOf'].some((keyword) =>
    [node[keyword] ?? []].flat().some((_branch, index) => mayBeNull(below(pointer, keyword, index))),
  );
}
