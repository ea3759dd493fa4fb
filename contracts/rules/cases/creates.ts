// Create calls, and the jobs that they are about.
import * as fc from 'fast-check';
import { creates } from '../support/create-input.ts';
import type { Action, Case, CaseRecord, LabelIn } from '../../harness/case.ts';
import { name } from './texts.ts';
import type { GemSchemas } from '../../gem.ts';
import type { RightConnector } from '../support/mutants.ts';

/** What a create call is to hold. */
export interface CreateFields {
  /** A label; `job-1` when left out. */
  job?: string | LabelIn<'prefixed'>;
  /** The label of a stage. */
  stage?: string;
  candidate?: object;
  /** What stands beside the candidate. */
  more?: object;
}

/** A create call, in one of the two ways. */
export function create(
  operation: (typeof creates)[number],
  person: object,
  { job = 'job-1', stage, candidate = {}, more = {} }: CreateFields = {},
): Action {
  const body = { candidate: { ...person, ...candidate }, ...more };
  const place = stage === undefined ? {} : { stage_id: { unified: stage } };
  return operation === 'createAtsApplication'
    ? { operation, path: { job_id: job }, body: { ...body, ...place } }
    : { operation, body: { ...body, application: { job_id: { unified: job }, ...place } } };
}

/**
 * Somebody whom Gem does not know yet.
 *
 * @param word what no other case in the world says: the name of the rule
 */
export function newPerson(word: string): fc.Arbitrary<Person> {
  return fc
    .record({ first_name: name, last_name: name })
    .map((names) => Object.assign(names, { email_address: `${word}@applicants.example` }));
}

export interface Person {
  first_name: string;
  last_name: string;
  email_address: string;
}

/**
 * People created one after the other, in either way.
 *
 * @param word what no other case in the world says: the name of the rule
 * @param wishes what they are created with: one or more
 * @param records what the calls are about; one open job when left out
 */
export function createCases(
  word: string,
  wishes: fc.Arbitrary<CreateFields | readonly CreateFields[]>,
  records: Readonly<Record<string, readonly CaseRecord[]>> = oneJob,
): fc.Arbitrary<Case> {
  return fc
    .record({
      wishes,
      person: newPerson(word),
      ways: fc.shuffledSubarray([...creates], { minLength: creates.length }),
    })
    .map(({ wishes: wanted, person, ways: [first = creates[0], second = first] }) => ({
      records,
      actions: [wanted].flat().map((wish, index) => {
        const email_address = `${index}.${person.email_address}`;
        return create(index % 2 === 0 ? first : second, { ...person, email_address }, wish);
      }),
    }));
}

/** An open job with the stages that jobs have. */
export const oneJob = { jobs: [{ as: 'job-1', name: 'Lens Grinder' }] };

/** A file in base64 as create calls carry it. */
export function file(content: string): { content_type: string; data: string } {
  return { content_type: 'application/pdf', data: Buffer.from(content).toString('base64') };
}

// Sources of applications, and calls that name them.

/**
 * Two sources whose names no other case has, and people created with one of them.
 *
 * @param word what no other case in the world says: the name of the rule
 * @param naming makes what a call says of a source of the label and the name
 */
export function sourceCases(
  word: string,
  how: (source: { label: string; name: string; otherName: string }) => object,
): fc.Arbitrary<Case> {
  return fc
    .record({
      first: fc.constantFrom('Campus Fair', 'Freunde & Familie', '東京'),
      second: fc.constantFrom('Job Board', 'Größte Messe'),
    })
    .chain(({ first, second }) => {
      const names = [`${first} ${word}`, `${second} ${word}`] as const;
      const wish = fc.constantFrom(...([0, 1] as const)).map((index) => ({
        more: {
          source: how({
            label: `source-${index + 1}`,
            name: names[index],
            otherName: names[1 - index] ?? '',
          }),
        },
      }));
      const sources = names.map((public_name, index) => ({ as: `source-${index + 1}`, public_name }));
      return createCases(word, wish, { ...oneJob, sources });
    });
}

/** All sources of an account. */
export async function sourcesOf({ gem }: RightConnector): Promise<GemSchemas['SourceItem'][]> {
  const answer = await gem('listSources');
  // Gem's answers are held against their description elsewhere.
  return (await answer.json()) as GemSchemas['SourceItem'][];
}
