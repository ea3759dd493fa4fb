import type { Request } from 'express';
import { sql } from 'kysely';
import type { Sample } from '../../contracts/page/index.ts';
import { developmentApiKey } from '../../contracts/unified.ts';
import { defaultCustomFields, defaultFieldsOf } from '../policy/default-fields.ts';
import type { Database } from '../store/schema.ts';
import { ownUrl } from './admission.ts';
import { customFieldId } from './general/fields.ts';

/**
 * What the examples of the API's page are made with. Anybody may read that page, so it shows the key and ids of records
 * only where the key is the one of development; elsewhere the shell fills in `$CONNECTOR_API_KEY` and `$INTEGRATION_ID`.
 *
 * @param from the environment that the key belongs to
 */
export function sampleWith(
  database: Database,
  from: { environmentId: string; apiKey: string } | undefined,
  publicUrl: string | undefined,
): (request: Request) => Promise<Sample> {
  const isOpen = from?.apiKey === developmentApiKey;
  return async (request) => {
    const values = isOpen ? await knownValues(database, from.environmentId) : secretValues;
    return {
      url: `${publicUrl ?? ownUrl(request)}/v1`,
      headers: { Authorization: `Bearer ${isOpen ? developmentApiKey : '$CONNECTOR_API_KEY'}` },
      query: { page_size: 2 },
      valuesOf: () => values,
    };
  };
}

async function knownValues(database: Database, environmentId: string): Promise<Record<string, unknown>> {
  const found = await findExampleIds(database, environmentId);
  const integration = found?.['integration_id'];
  if (found === undefined || typeof integration !== 'string') return secretValues;
  const [customField] = defaultCustomFields;
  const [field] = defaultFieldsOf(integration);
  const values = {
    ...found,
    'X-Integration-Id': integration,
    custom_field_id: customField && customFieldId(environmentId, customField),
    integration_field_id: field?.id,
    // Of the model that the example names.
    record_id: found['job_id'],
  };
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  );
}

const secretValues = { integration_id: '$INTEGRATION_ID', 'X-Integration-Id': '$INTEGRATION_ID' };

/** Ids with which calls of the API do something, by the names of parameters and fields. */
type ExampleIds = Readonly<Record<string, string | null>>;

/**
 * Looks for ids in the oldest integration of an environment that has data.
 *
 * @returns undefined when there is none yet
 */
async function findExampleIds(database: Database, environmentId: string): Promise<ExampleIds | undefined> {
  const { rows } = await sql<Record<string, string | null>>`
    select integration.id as integration_id,
      (select id from ats_jobs where integration_id = integration.id and status = 'OPEN' and remote_deleted_at is null
        order by number limit 1) as job_id,
      application.id as application_id, application.candidate_id,
      (select stage_id from ats_join_jobs_application_stages where integration_id = integration.id
        and job_id = application.job_id and remote_deleted_at is null order by index limit 1) as stage_id,
      (select id from webhooks where environment_id = integration.environment_id order by created_at limit 1) as webhook_id
    from integrations as integration left join lateral (
      select id, candidate_id, job_id from ats_applications
      where integration_id = integration.id and outcome = 'PENDING' and remote_deleted_at is null
      order by number limit 1
    ) as application on true
    where integration.environment_id = ${environmentId} and integration.first_synced_at is not null
      and integration.deleted_at is null and integration.is_enabled
    order by integration.created_at, integration.id limit 1
  `.execute(database);
  return rows[0];
}
