// What a connector can say that it covers.
import { unifiedDescription } from '../unified.ts';
import { listNames, type Adapter, type ListName } from './adapter.ts';

/** The words that stand for what concerns all lists. */
const words = ['filters', 'include_deleted', 'changed_at', 'whole items'];

/** Every name that `covers` may have: fields of lists, actions, and what concerns all lists. */
export function knownNeeds(): string[] {
  return [...listNames.flatMap(fieldsOf), ...actionNames(), ...words];
}

/** The `operationId` of every action. */
export function actionNames(): string[] {
  return [...unifiedDescription.operations.values()]
    .filter(({ method, path }) => method !== 'get' && path.startsWith('/ats/'))
    .map(({ id }) => id);
}

/**
 * What a connector says that it covers, although nothing is called so: a rule would be left out in silence.
 *
 * @returns the first such word, and all that there are; undefined where every word is known
 */
export function unknownCover({
  covers = [],
}: Pick<Adapter, 'covers'>): { word: string; known: string[] } | undefined {
  const known = knownNeeds();
  const word = covers.find((one) => !known.includes(one));
  return word === undefined ? undefined : { word, known };
}

function fieldsOf(list: ListName): string[] {
  const { properties = {} } = schemas[itemSchemas[list]] ?? {};
  return Object.keys(properties).map((field) => `${list}.${field}`);
}

// A description's document is any JSON; that its schemas are schemas was checked when it was generated.
const { schemas } = (
  unifiedDescription.document as {
    components: { schemas: Record<string, { properties?: Record<string, unknown> }> };
  }
).components;

const itemSchemas: Readonly<Record<ListName, string>> = {
  users: 'User',
  jobs: 'Job',
  candidates: 'Candidate',
  applications: 'Application',
  interviews: 'Interview',
  'application-stages': 'ApplicationStage',
};
