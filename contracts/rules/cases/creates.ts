// Create calls, with the jobs and the sources that they name.
import * as fc from 'fast-check';
import { creates } from '../support/create-input.ts';
import type { Action, Case, CaseRecord, LabelIn } from '../../harness/case.ts';
import { name } from './texts.ts';
import type { GemSchemas } from '../../gem.ts';
import type { RightConnector } from '../support/mutants.ts';

/** The fields of a create call. */
export interface CreateFields {
  /** A label; `job-1` when left out. */
  job?: string | LabelIn<'prefixed'>;
  /** The label of a stage. */
  stage?: string;
  candidate?: object;
  /** Fields beside the candidate. */
  more?: object;
}

/** A create call by one of the two operations. */
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
 * A person who is new to Gem.
 *
 * @param word a word that no other case in the world uses: the name of the rule
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
 * People who are created one after the other, by either operation.
 *
 * @param word a word that no other case in the world uses: the name of the rule
 * @param calls the fields of one or more calls
 * @param records the records of the world; one open job when left out
 */
export function createCases(
  word: string,
  calls: fc.Arbitrary<CreateFields | readonly CreateFields[]>,
  records: Readonly<Record<string, readonly CaseRecord[]>> = oneJob,
): fc.Arbitrary<Case> {
  return fc
    .record({
      calls,
      person: newPerson(word),
      ways: fc.shuffledSubarray([...creates], { minLength: creates.length }),
    })
    .map(({ calls: all, person, ways: [first = creates[0], second = first] }) => ({
      records,
      actions: [all].flat().map((fields, index) => {
        const email_address = `${index}.${person.email_address}`;
        return create(index % 2 === 0 ? first : second, { ...person, email_address }, fields);
      }),
    }));
}

/** An open job with the stages that jobs have. */
export const oneJob = { jobs: [{ as: 'job-1', name: 'Lens Grinder' }] };

/** A file in base64 as create calls carry it. */
export function file(content: string | Uint8Array): { content_type: string; data: string } {
  return { content_type: 'application/pdf', data: Buffer.from(content).toString('base64') };
}

/**
 * Two sources whose names no other case has, and people created with one of them.
 *
 * @param word a word that no other case in the world uses: the name of the rule
 * @param how makes the `source` of a call that names one of them
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
      const call = fc.constantFrom(...([0, 1] as const)).map((index) => ({
        more: {
          source: how({
            label: `source-${index + 1}`,
            name: names[index],
            otherName: names[1 - index] ?? '',
          }),
        },
      }));
      const sources = names.map((public_name, index) => ({ as: `source-${index + 1}`, public_name }));
      return createCases(word, call, { ...oneJob, sources });
    });
}

/** All sources of an account. */
export async function sourcesOf({ gem }: RightConnector): Promise<GemSchemas['SourceItem'][]> {
  const answer = await gem('listSources');
  // Other tests check Gem's answers against their description.
  return (await answer.json()) as GemSchemas['SourceItem'][];
}
