// The operations that a request can be for: Gem's own, and the file behind a link.
import type { Operation } from '../../contracts/description.ts';
import { gemDescription } from '../../contracts/gem.ts';

/** Gem's links lead to a file store outside its API, so no description speaks of it. */
export const attachmentOperation: Operation = {
  id: 'attachment',
  method: 'get',
  path: '/attachments/{world}/{attachment}/{filename}',
  summary: 'The file behind a link',
  tags: [],
  isAnonymous: true,
  parameters: [],
  body: undefined,
  answers: new Map([
    [200, undefined],
    [403, undefined],
    [404, undefined],
  ]),
  evidence: { grade: 'lineage', source: 'gem-ats-api §9' },
};

/** Whether an operation has this name. */
export function isOperation(name: string): boolean {
  return name === attachmentOperation.id || gemDescription.operations.has(name);
}

/** The names of all operations. */
export function operationNames(): string[] {
  return [...gemDescription.operations.keys(), attachmentOperation.id];
}
