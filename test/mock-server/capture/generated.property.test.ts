// Accounts that nobody has seen: whatever people, jobs and texts are called, whatever form their ids have, and whatever
// recruiters did there.
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { ControlSchemas } from '../../../contracts/control.ts';
import { ControlRefused } from '../../../mock-server/control/client.ts';
import type { SteeredWorld } from '../../../mock-server/control/steered-world.ts';
import { isDeep } from '../../support/deep.ts';
import { useGem } from '../../support/gem.ts';
import { differencesOnceCaptured } from './same-answers.ts';

const gem = useGem({ scenario: 'empty' });

const word = fc
  .string({ unit: 'grapheme', minLength: 2, maxLength: 12 })
  .filter((text) => /\p{L}{2}/u.test(text) && text.trim() === text && !text.includes('${'));
const name = fc.oneof(word, fc.constantFrom('Zoë', 'Ó Briain', '王秀英', 'Björk', 'de la Cruz', 'Ngũgĩ'));
/** A word that many carry, and so stays, or one that nobody else does. */
const title = fc.oneof(word, fc.constantFrom('Engineer', 'Sales Manager'));
const id = fc.oneof(
  fc.constant(undefined),
  fc.uuid(),
  fc.bigInt({ min: 4_000_000_000n, max: 9_999_999_999n }).map(String),
);
/** Also some that are none, as people type and import them. */
const email = fc.oneof(
  fc.emailAddress(),
  fc.constantFrom('typo@@example', 'ada@localhost', 'no.at', ' a@b.example'),
);
const person = fc.record({
  id,
  first_name: name,
  last_name: name,
  title: fc.option(title),
  email_addresses: fc.uniqueArray(email, { maxLength: 2 }),
  tags: fc.uniqueArray(title, { maxLength: 2 }),
  // Few days, so that some were made at the same moment.
  created_at: fc.integer({ min: 1, max: 20 }).map((days) => `${days} days ago`),
});

/** What a recruiter does to whom: numbers choose among those that there are. */
const doing = fc.record({
  verb: fc.constantFrom(
    ...(['advance', 'hire', 'note', 'reject', 'rename', 'retitle', 'transfer', 'unreject'] as const),
    ...(['close', 'delete-application', 'delete-person', 'reopen', 'reorder'] as const),
  ),
  one: fc.nat(),
  other: fc.nat(),
  text: word,
  minutes: fc.constantFrom(0, 0, 7, 3000),
});

const account = fc.record({
  jobs: fc.array(fc.record({ id, name: word, requisition_id: fc.option(word) }), {
    minLength: 1,
    maxLength: 3,
  }),
  people: fc.array(person, { minLength: 1, maxLength: 7 }),
  notes: fc.array(fc.tuple(fc.nat(), fc.nat(), word), { maxLength: 4 }),
  applications: fc.array(fc.tuple(fc.nat(), fc.nat(), id), { maxLength: 6 }),
  doings: fc.array(doing, { maxLength: 8 }),
  /** How much recruiters do besides, by the simulation. */
  events: fc.integer({ min: 1, max: 10 }),
  seed: fc.nat(),
});
type Account = typeof account extends fc.Arbitrary<infer Value> ? Value : never;

/** However slow the machine is, so many are tried; then more, as long as there is time. */
const least = isDeep ? 20 : 2;
const milliseconds = isDeep ? 90_000 : 3000;

test(
  'a captured account answers every list and filter as before, up to renaming',
  async () => {
    const holds = fc.asyncProperty(account, async (made) => {
      const world = await gem().control.openWorld({
        document: documentOf(made),
        switches: { rate_limit: 'off' },
      });
      try {
        await world.clock.freeze();
        for (const one of made.doings) await doIt(world, made, one);
        await world.simulation.start(1, String(made.seed));
        await world.simulation.play(made.events);
        await world.simulation.stop();
        const { differences } = await differencesOnceCaptured(gem(), world, { samples: isDeep ? 2 : 1 });
        expect(differences.slice(0, 5)).toEqual([]);
      } finally {
        await world.drop();
      }
    });
    // What fails is not made smaller: each try takes seconds.
    const { seed = 0 } = fc.readConfigureGlobal();
    await fc.assert(holds, { numRuns: least, endOnFailure: true });
    const more = await fc.check(holds, {
      numRuns: 1000,
      seed: seed + 1,
      interruptAfterTimeLimit: milliseconds,
      endOnFailure: true,
    });
    // None may have come to its end in that time.
    if (more.counterexample !== null)
      throw new Error(fc.defaultReportMessage(more), { cause: more.errorInstance });
  },
  isDeep ? 900_000 : 180_000,
);

function documentOf({ jobs, people, notes, applications }: Account): string {
  const given = new Set<string>();
  const withId = <Item extends { id: string | undefined }>({ id: own, ...rest }: Item) => {
    if (own === undefined || given.has(own)) return rest;
    given.add(own);
    return { ...rest, id: own };
  };
  const labelled = (items: readonly { id: string | undefined }[], label: string) =>
    items.map((item, place) => ({ as: `${label}-${place}`, ...withId(item) }));
  const pairs = new Map(
    applications.map(([job, candidate, own]) => {
      const [job_id, candidate_id] = [jobOf(jobs, job), personOf(people, candidate)];
      return [`${job_id} ${candidate_id}`, { job_id, candidate_id, id: own }];
    }),
  );
  // What people are called may look like a parameter.
  const plain = (_key: string, value: unknown) =>
    typeof value === 'string' ? value.replaceAll(/\$(?=\{\w+\})/g, '${dollar}') : value;
  const document = {
    purpose: 'made up',
    extends: 'team',
    parameters: { dollar: { type: 'string', default: '$', description: 'the letter itself' } },
    records: {
      jobs: labelled(jobs, 'made-job'),
      candidates: labelled(people, 'made-person'),
      applications: labelled([...pairs.values()], 'made-application'),
      notes: notes.map(([of, about, text]) => {
        const { first_name = '', last_name = '' } = people[about % people.length] ?? {};
        const body = `${text}: spoke with ${first_name} ${last_name}`;
        return { candidate_id: personOf(people, of), user_id: 'paula', body };
      }),
    },
  };
  return JSON.stringify(document, plain);
}

function jobOf({ length }: readonly unknown[], number: number): string {
  return `made-job-${number % length}`;
}

function personOf({ length }: readonly unknown[], number: number): string {
  return `made-person-${number % length}`;
}

/** Does one thing; what cannot be done there, such as moving somebody who was hired, is not done. */
async function doIt(world: SteeredWorld, made: Account, doing: Account['doings'][number]): Promise<void> {
  const { one, other, text, minutes } = doing;
  if (minutes > 0) await world.clock.advance(`${minutes} minutes`);
  const application = `made-application-${one % Math.max(1, made.applications.length)}`;
  const [record, job] = [personOf(made.people, one), jobOf(made.jobs, other)];
  const edits: Readonly<Record<typeof doing.verb, ControlSchemas['Edit']>> = {
    advance: { do: 'advance', application },
    hire: { do: 'hire', application },
    reject: { do: 'reject', application, note: text },
    unreject: { do: 'unreject', application },
    transfer: { do: 'transfer', application, job },
    close: { do: 'close', resource: 'jobs', record: job },
    reopen: { do: 'reopen', resource: 'jobs', record: job },
    rename: { do: 'change', resource: 'candidates', record, set: { last_name: text } },
    retitle: { do: 'change', resource: 'candidates', record, set: { title: text, tags: [text] } },
    reorder: { do: 'reorder', resource: 'jobs', record: job, list: 'office_ids', order: [1, 0] },
    note: { do: 'create', resource: 'notes', set: { candidate_id: record, user_id: 'paula', body: text } },
    'delete-application': { do: 'delete', resource: 'applications', record: application },
    'delete-person': { do: 'delete', resource: 'candidates', record },
  };
  try {
    await world.edit(edits[doing.verb]);
  } catch (error) {
    if (!(error instanceof ControlRefused)) throw error;
  }
}
