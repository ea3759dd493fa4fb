// Finds records by what a person typed.
import document from '../../contracts/generated/control.json' with { type: 'json' };
import type { ResourceName } from '../../seeds/index.ts';
import { nearest } from '../../seeds/nearest.ts';
import { readSearch, SearchProblem, type SearchTerm } from '../requests/search-terms.ts';

/**
 * Makes a test of a search: words and quoted texts are looked for in all that a record holds, `field:value` in one field; a
 * minus in front turns each round.
 *
 * @param labels what each record is called
 * @throws SearchProblem where a field is named that these records do not have
 */
export function searchRecords(
  text: string,
  resource: ResourceName,
  labels: ReadonlyMap<string, string>,
): (record: { id: string }) => boolean {
  const fields = fieldsOf(resource);
  const tests = readSearch(text).map((term) => testOf(term, fields, labels));
  return (record) => tests.every((fits) => fits(record));
}

function testOf(
  { operator, value, isNegated }: SearchTerm,
  fields: readonly string[],
  labels: ReadonlyMap<string, string>,
): (record: { id: string }) => boolean {
  const wanted = value.toLowerCase();
  if (operator === undefined) {
    return (record) => (holds(record, wanted) || holds(labels.get(record.id), wanted)) !== isNegated;
  }
  if (!fields.includes(operator)) {
    const meant = nearest(operator, fields);
    const advice = meant === undefined ? `; there are: ${fields.join(', ')}` : `; did you mean "${meant}"?`;
    throw new SearchProblem(`these records have no field "${operator}"${advice}`);
  }
  return (record) => holds(Reflect.get(record, operator), wanted) !== isNegated;
}

/** Whether a text stands anywhere in a value. */
function holds(value: unknown, wanted: string): boolean {
  if (typeof value === 'string') return value.toLowerCase().includes(wanted);
  if (typeof value === 'object' && value !== null) {
    return Object.values(value).some((one) => holds(one, wanted));
  }
  return value !== undefined && String(value).includes(wanted);
}

/** The fields that the records of a resource have. */
function fieldsOf(resource: ResourceName): string[] {
  const schema = Object.values(document.components.schemas).find(
    (one) => 'x-resource' in one && one['x-resource'] === resource,
  );
  return schema && 'properties' in schema ? Object.keys(schema.properties) : [];
}
