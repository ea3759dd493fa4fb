import { sql, type RawBuilder } from 'kysely';
import { Serialised } from '../../contracts/serialised.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { applicationKeys } from '../api/lists/application-keys.ts';
import { candidateItem, candidateKeys } from '../api/lists/candidate-item.ts';
import { jobSummary, stageSummary } from '../api/lists/summaries.ts';
import { GemAnswerUnreadable } from '../gem/index.ts';
import type { Database } from '../store/index.ts';

/**
 * Reads a new application as its create call answers it (kombo-unified-api §3.2).
 *
 * @throws GemAnswerUnreadable when it was not stored, because what Gem answered is no record of Gem's
 */
export function readCreatedApplication(
  database: Database,
  id: string,
): Promise<Serialised<UnifiedSchemas['CreatedApplication']>> {
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
 * @throws GemAnswerUnreadable when it was not stored, because what Gem answered is no record of Gem's
 */
export function readCreatedCandidate(
  database: Database,
  id: string,
): Promise<Serialised<UnifiedSchemas['CreatedCandidate']>> {
  return readOne(
    database,
    sql`select ${candidateItem}::text as json from ats_candidates as candidate where candidate.id = ${id}::text`,
  );
}

/** Puts the answer of a create call together (kombo-unified-api §1.2). */
export function toCreatedAnswer<Data>(
  data: Serialised<Data>,
  warnings: readonly string[],
): Serialised<{ status: 'success'; data: Data; warnings: UnifiedSchemas['Warnings'] }> {
  const messages = warnings.map((message) => ({ message }));
  return new Serialised(
    Buffer.concat([
      Buffer.from('{"status":"success","data":'),
      data.bytes,
      Buffer.from(`,"warnings":${JSON.stringify(messages)}}`),
    ]),
  );
}

async function readOne<Data>(database: Database, statement: RawBuilder<unknown>): Promise<Serialised<Data>> {
  const { rows } = await sql<{ json: string }>`${statement}`.execute(database);
  const [row] = rows;
  if (!row) throw new GemAnswerUnreadable('createCandidate', 'Gem created a record that cannot be stored');
  return new Serialised(Buffer.from(row.json));
}
