import type { GemSchemas } from '../../contracts/gem.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { applications } from '../../connector/models/applications.ts';
import { candidates } from '../../connector/models/candidates.ts';
import { jobs } from '../../connector/models/jobs.ts';
import type { Model } from '../../connector/models/model.ts';
import { listingOf } from '../../connector/models/listings.ts';

// What the unified API would answer, as far as the mapping alone decides it. A row lacks what only the lists add (nested
// records, constants), and the rules that are given it do not look there: hence the casts.

export function unifiedJob(job: GemSchemas['Job']): UnifiedSchemas['Job'] {
  return map(jobs, job) as unknown as UnifiedSchemas['Job'];
}

export function unifiedCandidate(candidate: GemSchemas['Candidate']): UnifiedSchemas['Candidate'] {
  return map(candidates, candidate) as unknown as UnifiedSchemas['Candidate'];
}

export function unifiedApplication(application: GemSchemas['Application']): UnifiedSchemas['Application'] {
  return map(applications, application) as unknown as UnifiedSchemas['Application'];
}

function map(model: Model, record: unknown): object {
  const context = { integrationId: 'gem:1', jobBoardVanity: 'acme', isRemoteDataEnabled: false };
  const read = listingOf(model.listing).read(record);
  return (read && model.rows(read, context)[0]) ?? {};
}
