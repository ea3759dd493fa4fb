import type { Request } from 'express';
import type { Sample } from '../../contracts/page/index.ts';
import { developmentApiKey } from '../../contracts/unified.ts';
import { defaultCustomFields, defaultFieldsOf } from '../policy/default-fields.ts';
import { findExampleIds } from '../store/queries/example-ids.ts';
import type { Database } from '../store/schema.ts';
import { ownUrl } from './admission.ts';
import { customFieldId } from './general/custom-fields.ts';

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
  };
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  );
}

const secretValues = { integration_id: '$INTEGRATION_ID', 'X-Integration-Id': '$INTEGRATION_ID' };
