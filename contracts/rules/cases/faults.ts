// Actions during which Gem fails.
import * as fc from 'fast-check';
import type { Action, Case, Fault } from '../../harness/case.ts';
import { links, move } from '../support/allowed-writes.ts';
import { creates } from '../support/create-input.ts';
import type { ActionResult } from '../../harness/run.ts';
import { create, file } from './creates.ts';
import { applicant } from './stages.ts';

/** Every action that writes. */
export const writes: readonly string[] = [...creates, move, ...links];

type Failure = Exclude<Fault, { fault: 'edit' | 'page_repeated' | 'attachment_link_expired' | 'rate_limit' }>;

/** The same failure for every kind of write: which of them a connector makes is its own affair. */
export function onWrites(failure: Failure): readonly Fault[] {
  return (['POST', 'PUT', 'PATCH'] as const).map((method) =>
    Object.assign({}, failure, { match: { method } }),
  );
}

/** The same failure for uploads. */
export function onUploads(failure: Failure): readonly Fault[] {
  return [Object.assign({}, failure, { match: { operation: 'uploadResume' } })];
}

/**
 * One action of each kind that writes, each about somebody else.
 *
 * @param word a word that no other case in the world uses: the name of the rule
 * @param faults draws what goes wrong during an action
 */
export function writesUnder(word: string, faults: fc.Arbitrary<readonly Fault[]>): fc.Arbitrary<Case> {
  return fc.tuple(...writes.map(() => faults)).map((drawn): Case => ({
    records: applicant,
    actions: writes.map((operation, index) =>
      Object.assign(actionOf(operation, word), { faults: drawn[index] ?? [] }),
    ),
  }));
}

/** Creations with a file each, by either operation. */
export function uploadsUnder(word: string, faults: fc.Arbitrary<readonly Fault[]>): fc.Arbitrary<Case> {
  return fc.tuple(...creates.map(() => faults)).map((drawn): Case => ({
    records: applicant,
    actions: creates.map((operation, index) => {
      const attachments = [{ name: `${word}.pdf`, type: 'CV', ...file(word) }];
      const person = {
        first_name: 'Renée',
        last_name: 'X',
        email_address: `${operation}.file.${word}@applicants.example`,
      };
      return Object.assign(create(operation, person, { more: { attachments } }), {
        faults: drawn[index] ?? [],
      });
    }),
  }));
}

function actionOf(operation: string, word: string): Action {
  const creating = creates.find((one) => one === operation);
  if (creating) {
    const person = {
      first_name: 'Renée',
      last_name: 'X',
      email_address: `${operation}.${word}@applicants.example`,
    };
    return create(creating, person);
  }
  if (operation === move) {
    return {
      operation,
      path: { application_id: 'application-1' },
      body: { stage_id: { unified: 'stage-2' } },
    };
  }
  const isOfApplication = operation === 'addAtsApplicationResultLink';
  const path = isOfApplication ? { application_id: 'application-1' } : { candidate_id: 'person-1' };
  return { operation, path, body: { label: `${operation} ${word}`, url: 'https://results.example/1' } };
}

/** Whether Gem did fail during an action. */
export function wasStruck({ requests }: ActionResult): boolean {
  return requests.some(({ faults }) => faults.length > 0);
}
