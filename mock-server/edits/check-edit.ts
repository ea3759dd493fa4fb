import { suggest, toProblem, violationsOf } from '../../seeds/fields.ts';
import { follow, namedSchema } from '../../seeds/record-schemas.ts';
import { refusal, type Editing } from './editing.ts';

/**
 * Holds an edit against its description: edits come from files and tests as well as through the control API.
 *
 * @throws EditProblem with the nearest right word
 */
export function checkEdit(editing: Editing, edit: unknown): void {
  const verb: unknown = typeof edit === 'object' && edit !== null ? Reflect.get(edit, 'do') : undefined;
  const schema = typeof verb === 'string' ? schemas.get(verb) : undefined;
  if (schema === undefined) {
    const meant = typeof verb === 'string' ? suggest(verb, schemas.keys()).suggestion : undefined;
    const advice =
      meant === undefined ? `do one of: ${[...schemas.keys()].join(', ')}` : `did you mean "${meant}"?`;
    throw refusal(editing, ['do'], `no edit is called ${JSON.stringify(verb) ?? 'nothing'}; ${advice}`);
  }
  const [violation] = violationsOf(schema, edit);
  if (!violation) return;
  const { path, message, suggestion } = toProblem(violation, `the edit ${String(verb)}`, edit);
  throw refusal(
    editing,
    path,
    suggestion === undefined ? message : `${message}; did you mean "${suggestion}"?`,
  );
}

/** The schema of each edit, by the word that says what it does. */
const schemas = new Map(
  (namedSchema('Edit').oneOf ?? []).map((option) => [
    String(follow(option).properties?.['do']?.const),
    option.$ref?.split('/').at(-1) ?? '',
  ]),
);
