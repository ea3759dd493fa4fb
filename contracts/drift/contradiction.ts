import type { Contradiction } from '../report.ts';
import type { Violation } from '../validator.ts';
import { enumerated, shape } from './shape.ts';

/**
 * Says what is wrong with a place in an answer, without its value.
 *
 * @param about the request, in words
 */
export function contradictionOf(about: string, violation: Violation): Contradiction {
  const { path, keyword, value } = violation;
  const [first, ...rest] = path;
  const isRow = first !== undefined && /^\d+$/.test(first);
  return {
    about: isRow ? `${about}, record ${Number(first) + 1}` : about,
    what: nameOf(isRow ? rest : path) || 'the whole',
    expected: expectedOf(violation),
    got:
      keyword === 'enum'
        ? enumerated(value)
        : shape(keyword === 'additionalProperties' ? inside(violation) : value),
  };
}

/** `applications[2].source` */
function nameOf(path: readonly string[]): string {
  return path.reduce(
    (name, key) => (/^\d+$/.test(key) ? `${name}[${key}]` : name ? `${name}.${key}` : key),
    '',
  );
}

function expectedOf({ keyword, params, message }: Violation): string {
  switch (keyword) {
    case 'required':
      return 'to be there';
    case 'additionalProperties':
      return 'nothing: the field is not described';
    case 'type':
      return [params['type']].flat().join(' or ');
    case 'enum':
      return `one of ${[params['allowedValues']].flat().map(String).join(', ')}`;
    case 'format':
      return `${String(params['format'])}`;
    default:
      return message;
  }
}

/** The validator hands over the object that has the field too many. */
function inside({ path, value }: Violation): unknown {
  const key = path.at(-1) ?? '';
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : value;
}
