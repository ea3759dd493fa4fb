import { TokenBucket } from '../../world/token-bucket.ts';
import type { FaultKind } from '../fault.ts';
import { gemsWords } from './status.ts';

/** Refuses with 429 whatever finds a bucket of its own empty. */
export const rateLimit: FaultKind<'rate_limit'> = ({ per_second, burst }, { world }) => {
  const bucket = new TokenBucket(world.clock, { per_second, burst });
  return {
    isDue: () => !bucket.take(),
    strike: async () => gemsWords(429),
  };
};
