// Connectors that perform actions wrongly.
import type { GemSchemas } from '../../gem.ts';
import type { ActionAnswer, ActionCall } from '../../harness/adapter.ts';
import type { CreateInput } from './create-input.ts';
import { creates } from './create-input.ts';
import { actsWrong, type RightConnector } from './mutants.ts';
import type { Mutant } from '../../harness/rule.ts';
import { answerOf } from './results.ts';

/** A connector that creates an application with changed input. */
export function createsWrong(
  name: string,
  change: (input: CreateInput, right: RightConnector, call: ActionCall) => CreateInput | Promise<CreateInput>,
): Mutant {
  return actsWrong(name, creates, async (call, right) => {
    // All cases send bodies of the unified API.
    const body = await change(structuredClone(call.body) as CreateInput, right, call);
    return right.act({ ...call, body });
  });
}

/** A connector that leaves a field of the candidate out. */
export function leavesOut(name: string, field: keyof CreateInput['candidate']): Mutant {
  return createsWrong(name, ({ candidate, ...body }) => {
    const kept = Object.entries(candidate).filter(([key]) => key !== field);
    // The field may be left out.
    return { ...body, candidate: Object.fromEntries(kept) as unknown as typeof candidate };
  });
}

/** A connector that answers with a wrong code. */
export function answersWrongCode(
  name: string,
  operations: readonly string[],
  { code, inPlaceOf, when = () => true }: WrongCode,
): Mutant {
  return actsWrong(name, operations, async (call, right) => {
    const answer = await right.act();
    return problemOf(answer) === inPlaceOf && when(call) ? refusal(code) : answer;
  });
}

interface WrongCode {
  code: string;
  inPlaceOf: string;
  /** The calls that it gets wrong. */
  when?: (call: ActionCall) => boolean;
}

/** The code of a problem; undefined for a success. */
export function problemOf(answer: ActionAnswer): unknown {
  return answer.status === 200 ? undefined : answerOf({ answer: answer.body }).error?.code;
}

/** The answer of a connector that refuses an action. */
export function refusal(code: string, status = 400): ActionAnswer {
  return {
    status,
    body: { status: 'error', error: { code, title: null, message: 'made up by a mutant', log_url: null } },
  };
}

/** The answer of an action without data. */
export const doneAnswer: ActionAnswer = { status: 200, body: { status: 'success', data: {}, warnings: [] } };

/** How a call names its job: by unified id, or by `remote:` and the id at Gem. */
export function jobOfCall({ path, body }: ActionCall): string {
  const inPath = /^\/ats\/jobs\/([^/]+)\/applications$/.exec(path)?.[1];
  // All cases send bodies of the unified API.
  return inPath === undefined
    ? ((body as CreateInput).application?.job_id ?? '')
    : decodeURIComponent(inPath);
}

/** The id in a call's path, the one after the name of a list. */
export function idOfCall({ path }: ActionCall): string {
  return decodeURIComponent(path.split('/')[3] ?? '');
}

/** Gem's id of the person whom a create call made or found. */
export function personOf(answer: ActionAnswer): string | undefined {
  if (answer.status !== 200) return undefined;
  const { data = {} } = answerOf({ answer: answer.body });
  const person = data['candidate'] ?? data;
  return typeof person === 'object' && 'remote_id' in person && typeof person.remote_id === 'string'
    ? person.remote_id
    : undefined;
}

/** The person whom a create call made or found, as Gem shows them. */
export async function personAtGem(
  answer: ActionAnswer,
  { gem }: RightConnector,
): Promise<GemSchemas['Candidate'] | undefined> {
  const candidate_id = personOf(answer);
  if (candidate_id === undefined) return undefined;
  const found = await gem('getCandidate', { path: { candidate_id } });
  // Other tests check Gem's answers against their description.
  return (await found.json()) as GemSchemas['Candidate'];
}
