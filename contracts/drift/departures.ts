import { gemDescription } from '../gem.ts';
import { createValidator, type Validator, type Violation } from '../validator.ts';

/**
 * How a value departs: a record lacks what the mapping needs, a value is of another form than described, a list of words does
 * not have the word, a moment is none, a field is not described, a value is null where none is described. What is missing is none
 * of these.
 */
export type DepartureKind =
  | 'missing-needed'
  | 'other-form'
  | 'unknown-word'
  | 'bad-time'
  | 'unknown-field'
  | 'unexpected-null';

/** A way of departing from the description of Gem, which says nothing of what a record holds. */
export interface Departure {
  /** The names of the fields that lead to the value, such as `phone_numbers.type`. */
  path: string;
  kind: DepartureKind;
}

/** Holds values against the description of Gem, with no field too many. */
export function againstDescription(): Validator {
  return createValidator(gemDescription, { unknownFields: 'refuse' });
}

/**
 * The ways in which a value departs, by what is wrong with it.
 *
 * @param isMoment whether a value can be read as a moment, in whatever form
 */
export function departuresOf(
  violations: readonly Violation[],
  isMoment: (value: unknown) => boolean = canBeParsed,
): Departure[] {
  const nulls = new Set<string>();
  return violations.flatMap((violation) => {
    const kind = kindOf(violation, isMoment);
    if (!kind) return [];
    if (kind === 'unexpected-null') {
      // A null is complained of once for each form that the value could have had.
      const place = violation.path.join('/');
      if (nulls.has(place)) return [];
      nulls.add(place);
    }
    return [{ path: pathOf(violation), kind }];
  });
}

function canBeParsed(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function kindOf(
  { keyword, value, params }: Violation,
  isMoment: (value: unknown) => boolean,
): DepartureKind | undefined {
  if (keyword === 'additionalProperties') return 'unknown-field';
  // Of a choice of forms, the forms themselves tell; that a value is not null is no departure.
  if (value === null) return keyword === 'type' ? 'unexpected-null' : undefined;
  const isOther = keyword === 'required' || keyword.endsWith('Of');
  if (isOther || params['type'] === 'null') return undefined;
  // A word of another form departs by its type, too.
  if (keyword === 'enum') return typeof value === 'string' ? 'unknown-word' : undefined;
  return keyword === 'format' && !isMoment(value) ? 'bad-time' : 'other-form';
}

function pathOf({ path }: Violation): string {
  const names = path.filter((name) => !/^\d+$/.test(name));
  return names.map(harmlessName).join('.');
}

/** A name that is none may be something of a person. */
export function harmlessName(name: string): string {
  return /^\w{1,60}$/.test(name) ? name : '?';
}
