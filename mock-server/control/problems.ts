import { InvalidRequest } from '../../contracts/server/layers.ts';
import { MethodNotAllowed, UnknownPath } from '../../contracts/server/mount.ts';
import { UnsupportedContentType } from '../../contracts/server/read-body.ts';
import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import type { Violation } from '../../contracts/validator.ts';
import { InvalidScenario } from '../../seeds/index.ts';
import { ScenarioTooLarge } from '../worlds/build-worker.ts';
import { EditProblem } from '../edits/editing.ts';
import { InvalidFault } from '../faults/fault.ts';
import { BrokenSnapshot } from '../snapshots/check.ts';
import { explain, type Problem } from '../problems/explain.ts';

/** A refusal by the control API. */
export class ControlProblem extends Error {
  readonly status: number;
  readonly problems: readonly Problem[];

  constructor(status: number, message: string, problems: readonly Problem[] = []) {
    super(message);
    this.status = status;
    this.problems = problems;
  }
}

/** 404: nothing has this name. */
export function noSuch(what: string, name: string, advice = ''): ControlProblem {
  return new ControlProblem(404, `There is no ${what} "${name}"${advice}.`);
}

/** 422: a part of the request cannot be what it is. */
export function notValid(path: string, message: string): ControlProblem {
  return new ControlProblem(422, notFitting, [{ path, message }]);
}

/**
 * Turns whatever was thrown into an answer of the control API.
 *
 * @param report is told of every defect: an error that is no refusal
 */
export function translateControlProblem(error: unknown, report: (defect: unknown) => void): AnyAnswer {
  const problem = toControlProblem(error);
  if (problem) {
    const { status, message, problems } = problem;
    return { status, body: { message, ...(problems.length > 0 && { problems }) } };
  }
  report(error);
  return { status: 500, body: { message: 'The emulator has a defect here; its log tells more.' } };
}

function toControlProblem(error: unknown): ControlProblem | undefined {
  if (error instanceof ControlProblem) return error;
  if (error instanceof InvalidRequest)
    return new ControlProblem(422, notFitting, ofRequest(error.violations));
  if (error instanceof EditProblem) {
    const path = ['body', 'edits', error.index, ...error.path].join('.');
    return new ControlProblem(422, 'The edits cannot be made; nothing has changed.', [
      { path, message: error.message },
    ]);
  }
  if (error instanceof InvalidFault) {
    const problems = error.problems.map(({ path, message }) => ({ path: join('body', path), message }));
    return new ControlProblem(422, 'The fault cannot be armed.', problems);
  }
  if (error instanceof BrokenSnapshot) {
    return new ControlProblem(422, `The document ${error.message}.`, error.problems);
  }
  if (error instanceof InvalidScenario) {
    const problems = error.problems.map((message) => ({ path: 'body.document', message }));
    return new ControlProblem(422, 'The scenario cannot be used.', problems);
  }
  if (error instanceof ScenarioTooLarge)
    return new ControlProblem(422, `The world cannot be made: ${error.message}.`);
  if (error instanceof UnknownPath) return new ControlProblem(404, 'The control API has no such path.');
  if (error instanceof MethodNotAllowed) return new ControlProblem(405, 'This path has no such method.');
  if (error instanceof UnsupportedContentType) {
    return new ControlProblem(415, `The body has to be sent as ${error.message}.`);
  }
  return ofBodyParser(error);
}

const notFitting = 'The request does not fit the description.';

const places = {
  path: 'path',
  query: 'query',
  headers: 'headers',
  json: 'body',
  files: 'body',
  answer: 'body',
};

function ofRequest(violations: readonly Violation[]): Problem[] {
  return Object.entries(places).flatMap(([location, place]) => {
    const here = violations.filter((violation) => violation.location === location);
    return explain(here, `the ${place}`).map(({ path, message }) => ({
      path: join(place, path),
      message,
    }));
  });
}

function join(place: string, path: string): string {
  return path === '' ? place : `${place}.${path}`;
}

function ofBodyParser(error: unknown): ControlProblem | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.message.startsWith('Failed to decode param')) return new ControlProblem(404, 'No such path.');
  const type = 'type' in error && typeof error.type === 'string' ? error.type : '';
  if (type === 'entity.too.large') return new ControlProblem(413, 'The body is larger than 256 MiB.');
  if (type === 'entity.parse.failed') return new ControlProblem(400, 'The body is no JSON.');
  if (type.startsWith('encoding.') || type.startsWith('charset.')) {
    return new ControlProblem(415, 'The body has an encoding that is not understood.');
  }
  const isClientFault = 'status' in error && typeof error.status === 'number' && error.status < 500;
  return isClientFault ? new ControlProblem(400, 'The body could not be read.') : undefined;
}
