import { sql, type RawBuilder } from 'kysely';
import { toInstant } from '../../contracts/clock.ts';
import { Serialised } from '../../contracts/server/serialised.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { applicationKeys } from '../api/lists/application-keys.ts';
import { candidateItem, candidateKeys } from '../api/lists/candidate-item.ts';
import { jobSummary, stageSummary } from '../api/lists/summaries.ts';
import type { Database } from '../store/schema.ts';
import { toWarnings } from './done.ts';
import type { Services } from './services.ts';
import { unstored } from './unstored-answer.ts';

/**
 * Reads a new application as its create call answers it (kombo-unified-api §3.2).
 *
 * @returns undefined when it, or its candidate, is not stored
 */
export function readCreatedApplication(
  database: Database,
  id: string,
): Promise<Serialised<UnifiedSchemas['CreatedApplication']> | undefined> {
  return readOne(
    database,
    sql`
      select json_build_object(${applicationKeys},
        'current_stage', ${stageSummary},
        'job', ${jobSummary},
        'candidate', json_build_object(${candidateKeys}, 'tags', '[]'::json)
      )::text as json
      from ats_applications as application
      join ats_candidates as candidate on candidate.id = application.candidate_id
      where application.id = ${id}::text`,
  );
}

/**
 * Reads a new candidate as its create call answers it: as the list shows it (kombo-unified-api §3.2).
 *
 * @returns undefined when they are not stored
 */
export function readCreatedCandidate(
  database: Database,
  id: string,
): Promise<Serialised<UnifiedSchemas['CreatedCandidate']> | undefined> {
  return readOne(
    database,
    sql`select ${candidateItem}::text as json from ats_candidates as candidate where candidate.id = ${id}::text`,
  );
}

/**
 * Puts the answer of a create call together (kombo-unified-api §1.2). It was created: whatever fails from here on fails
 * nothing.
 *
 * @param data.read reads it as it is stored
 * @param data.make makes it where it is not stored, at an instant
 */
export async function answerCreated<Data>(
  { clock, log }: Pick<Services, 'clock' | 'log'>,
  warnings: readonly string[],
  data: {
    read: () => Promise<Serialised<Data> | undefined>;
    make: (at: string) => Serialised<Data>;
  },
): Promise<Serialised<{ status: 'success'; data: Data; warnings: UnifiedSchemas['Warnings'] }>> {
  const stored = await data.read().catch((error: unknown) => {
    log('could not read what was created', error);
    return undefined;
  });
  const told = stored ? warnings : [...warnings, unstored];
  return new Serialised([
    Buffer.from('{"status":"success","data":'),
    (stored ?? data.make(toInstant(clock.now()))).bytes,
    Buffer.from(`,"warnings":${JSON.stringify(toWarnings(told))}}`),
  ]);
}

async function readOne<Data>(
  database: Database,
  statement: RawBuilder<unknown>,
): Promise<Serialised<Data> | undefined> {
  const { rows } = await sql<{ json: string }>`${statement}`.execute(database);
  const [row] = rows;
  return row && new Serialised(Buffer.from(row.json));
}
