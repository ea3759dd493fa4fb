import type { Operation } from '../../contracts/description.ts';
import type { RawRequest } from '../../contracts/validator.ts';

/**
 * A query with the words for yes and no as Gem's framework reads them (gem-ats-api §1.1: marshmallow). A parameter that is a
 * text of its own takes its own words alone (§1.6).
 */
export function readWords(operation: Operation | undefined, query: RawRequest['query']): RawRequest['query'] {
  const read: RawRequest['query'] = {};
  for (const { name, schema, in: place } of operation?.parameters ?? []) {
    const written = place === 'query' ? query[name] : undefined;
    if (written === undefined || Reflect.get(schema, 'type') !== 'boolean' || 'x-words' in schema) continue;
    const [word = ''] = [written].flat();
    const meant = yes.has(word) ? 'true' : no.has(word) ? 'false' : word;
    read[name] = meant;
  }
  return Object.keys(read).length > 0 ? { ...query, ...read } : query;
}

const yes = new Set(['t', 'T', 'true', 'True', 'TRUE', 'on', 'On', 'ON', 'y', 'Y', 'yes', 'Yes', 'YES', '1']);
const no = new Set([
  'f',
  'F',
  'false',
  'False',
  'FALSE',
  'off',
  'Off',
  'OFF',
  'n',
  'N',
  'no',
  'No',
  'NO',
  '0',
]);
