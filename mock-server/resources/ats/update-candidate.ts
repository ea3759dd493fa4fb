import type { GemSchemas } from '../../../contracts/gem.ts';
import { recordProfileChange } from '../../records/activity.ts';
import { invalidField } from '../../problems/problems.ts';
import type { GemHandler } from '../handler.ts';
import { living } from '../references.ts';
import { itemOf } from '../resource.ts';
import { candidates } from './candidates.ts';

/** Changes the fields of a candidate that are sent, and no others (gem-ats-api §2.1 #4, §10). */
export const updateCandidate: GemHandler<'updateCandidate'> = ({ path, body }, world) => {
  const candidate = living(world, 'candidates', path.candidate_id);
  const { email_addresses: written, ...changes } = body;
  const email_addresses = written ? readAddresses(written) : candidate.email_addresses;
  world.store.put('candidates', { ...candidate, ...changes, email_addresses });
  recordProfileChange(world, candidate.id, world.now());
  return itemOf(world, candidates, candidate.id);
};

/** Personal addresses are the only ones that Gem lets an integration write; one is primary (gem-ats-api §9). */
function readAddresses(written: readonly GemSchemas['EmailAddressBody'][]): GemSchemas['EmailAddress'][] {
  const primaries = written.filter(({ is_primary }) => is_primary === true);
  if (primaries.length > 1) {
    throw invalidField(['email_addresses'], 'Only one e-mail address can be the primary one.');
  }
  const [primary = written[0]] = primaries;
  return written.map((address) => ({
    is_primary: address === primary,
    type: 'personal',
    value: address.value,
  }));
}
