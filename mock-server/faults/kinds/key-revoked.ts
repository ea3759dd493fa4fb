import type { FaultKind } from '../fault.ts';
import { gemsWords } from './status.ts';

/** Refuses the key as the gateway does after its owner has disabled it. */
export const keyRevoked: FaultKind<'key_revoked'> = () => ({ strike: async () => gemsWords(403) });
