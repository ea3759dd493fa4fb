import { Serialised } from '../../contracts/serialised.ts';

/**
 * The answer to a deletion: 204 and nothing more (gem-ats-api §1.9). The mount reads every body as JSON, so it is
 * given the shortest one; HTTP keeps it from being sent, and the length has to say so.
 */
export function noContent(): { status: 204; body: Serialised<undefined>; headers: Record<string, string> } {
  return { status: 204, body: new Serialised(Buffer.from('null')), headers: { 'Content-Length': '0' } };
}
