import { validateHeaderName, validateHeaderValue } from 'node:http';
import { suggest, violationsOf } from '../../seeds/fields.ts';
import { explain } from '../problems/explain.ts';
import { operationNames } from '../requests/operations.ts';
import { type Fault, InvalidFault } from './fault.ts';

/**
 * Holds a fault against its description, and against what no schema can see: faults come from tests as well as through
 * the control API.
 *
 * @throws InvalidFault with the nearest right words
 */
export function checkFault(fault: Fault): void {
  const violations = violationsOf('Fault', fault);
  if (violations.length > 0) throw new InvalidFault(explain(violations, 'the fault'));
  const problems = [...wrongMatches(fault), ...wrongHeaders(fault)];
  if (problems.length > 0) throw new InvalidFault(problems);
}

type Problems = InvalidFault['problems'];

/** What would never match: better said now than waited for. */
function wrongMatches({ match = {} }: Fault): Problems {
  const { operation, status } = match;
  const names = operationNames();
  const isUnknown = operation !== undefined && !names.includes(operation);
  const { suggestion } = isUnknown ? suggest(operation, names) : {};
  const advice = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
  return [
    ...(isUnknown
      ? [{ path: 'match.operation', message: `there is no operation "${operation}"${advice}` }]
      : []),
    ...(status === undefined
      ? []
      : [{ path: 'match.status', message: 'a fault meets requests before they have a status' }]),
  ];
}

/** Headers that could not be sent, or would take the answer apart. */
function wrongHeaders(fault: Fault): Problems {
  const headers = {
    ...(fault.fault === 'status' && fault.headers),
    ...(fault.fault === 'wrong_content_type' &&
      fault.content_type !== undefined && { 'content-type': fault.content_type }),
  };
  return Object.entries(headers).flatMap(([name, value]) => {
    const message = wrongHeader(name, value);
    const path = fault.fault === 'status' ? `headers.${name}` : 'content_type';
    return message === undefined ? [] : [{ path, message }];
  });
}

function wrongHeader(name: string, value: string): string | undefined {
  if (framing.has(name.toLowerCase())) return `${name} frames the answer and cannot be chosen`;
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const framing = new Set([
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'trailer',
]);
