import type { Evidence } from '../description.ts';
import { gemDescription } from '../gem.ts';
import { below, isNode, nodeAt, referenceOf } from './document.ts';

/** A part of the description that carries evidence and that an answer can bear out or contradict. */
export interface Place {
  /** A JSON pointer into the description. */
  pointer: string;
  kind: 'operation' | 'answer' | 'object' | 'field';
  /** What the report calls it: `listJobs`, `createNote 201`, `NotFound`, `Job`, `Job.status`. */
  name: string;
  evidence: Evidence;
}

/** Every such part, by its pointer: operations, their answers, and the objects and doubtful fields in these. */
export const places: ReadonlyMap<string, Place> = findPlaces();

function findPlaces(): Map<string, Place> {
  const found = new Map<string, Place>();
  const seen = new Set<string>();

  const note = (pointer: string, kind: Place['kind'], name: string): void => {
    const evidence = nodeAt(pointer)?.['x-evidence'];
    if (isEvidence(evidence)) found.set(pointer, { pointer, kind, name, evidence });
  };

  const descend = (pointer: string, name: string): void => {
    if (seen.has(pointer)) return;
    seen.add(pointer);
    const node = nodeAt(pointer);
    if (!node) return;
    const reference = referenceOf(node);
    if (reference !== undefined) {
      const own = reference.split('/').at(-1) ?? name;
      note(reference, 'object', own);
      return descend(reference, own);
    }
    for (const [key, field] of Object.entries(isNode(node['properties']) ? node['properties'] : {})) {
      if (!isNode(field)) continue;
      const here = below(pointer, 'properties', key);
      note(here, 'field', `${name}.${key}`);
      descend(here, `${name}.${key}`);
    }
    for (const keyword of ['oneOf', 'anyOf']) {
      const branches = node[keyword];
      if (Array.isArray(branches)) {
        branches.forEach((_branch, index) => descend(below(pointer, keyword, index), name));
      }
    }
    if (isNode(node['items'])) descend(below(pointer, 'items'), name);
  };

  for (const operation of gemDescription.operations.values()) {
    const here = below('/paths', operation.path, operation.method);
    note(here, 'operation', operation.id);
    for (const status of operation.answers.keys()) {
      const answer = answerPointer(operation, status);
      const isShared = answer.startsWith('/components/');
      note(answer, 'answer', isShared ? (answer.split('/').at(-1) ?? '') : `${operation.id} ${status}`);
      descend(below(answer, 'content', 'application/json', 'schema'), operation.id);
    }
  }
  return found;
}

/** Where an operation's answer is described, with its `$ref` followed. */
export function answerPointer({ path, method }: { path: string; method: string }, status: number): string {
  const here = below('/paths', path, method, 'responses', status);
  const node = nodeAt(here);
  return (node && referenceOf(node)) ?? here;
}

function isEvidence(value: unknown): value is Evidence {
  return isNode(value) && typeof value['grade'] === 'string' && typeof value['source'] === 'string';
}
