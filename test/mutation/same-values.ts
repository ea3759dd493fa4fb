// Mutation testing runs every test hundreds of times: always with the same few values, so that a rerun gives the same
// score, and without looking for the smallest value that fails.
import { fc } from '@fast-check/vitest';

fc.configureGlobal({ seed: 1, numRuns: 15, endOnFailure: true });
