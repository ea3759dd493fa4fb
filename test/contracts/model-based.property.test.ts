// Recruiters and callers do things in any order, and syncs run in between. A plain model says what must be there; the
// emulator is held against it after every step, the connector after every sync.
import { fc } from '@fast-check/vitest';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account, Adapter } from '../../contracts/harness/adapter.ts';
import type { SteeredWorld } from '../../mock-server/control/client.ts';
import { startMockGem, type MockGem } from '../../mock-server/server.ts';
import { startOwnConnector } from '../support/own-connector.ts';

const runs = Number(process.env['DEEP_RUNS'] ?? 4);

let gem: MockGem;
let connector: Adapter;

beforeAll(async () => {
  gem = await startMockGem({ port: 0, switches: { rate_limit: 'off' } });
  connector = await startOwnConnector();
});
afterAll(async () => {
  await connector?.close?.();
  await gem?.close();
});

/** What there must be. */
interface Model {
  people: Map<string, { firstName: string; application: Applied }>;
  /** The labels given so far: a deleted record keeps its own. */
  labels: Set<string>;
}

interface Applied {
  status: 'active' | 'hired' | 'rejected';
  /** The number of the stage that it stands in. */
  stage: number;
}

/** What there is. */
interface Real {
  world: SteeredWorld;
  account: Account;
}

type Command = fc.AsyncCommand<Model, Real>;

const stages = ['Screening', 'Interview', 'Offer'];
const outcomes = { active: 'PENDING', hired: 'HIRED', rejected: 'DECLINED' } as const;

/** Somebody of the model, by a number that may be any. */
function choose(
  { people }: Model,
  number: number,
): [label: string, person: { firstName: string; application: Applied }] | undefined {
  return [...people].at(people.size === 0 ? 0 : number % people.size);
}

/** A command about one person's application; it can be given while `suits` says so. */
function command(
  name: string,
  number: number,
  suits: (applied: Applied) => boolean,
  run: (label: string, model: Model, real: Real) => Promise<void>,
): Command {
  return {
    check: (model) => {
      const chosen = choose(model, number);
      return chosen !== undefined && suits(chosen[1].application);
    },
    async run(model, real) {
      const [label] = choose(model, number) ?? [];
      if (label === undefined) throw new Error('nobody is there');
      await run(label, model, real);
      await expectEmulator(model, real);
    },
    toString: () => `${name}(${number})`,
  };
}

function appliedOf({ people }: Model, label: string): Applied {
  const person = people.get(label);
  if (!person) throw new Error(`the model knows no ${label}`);
  return person.application;
}

const edits = {
  rename: (number: number, firstName: string) =>
    command(
      `rename to ${JSON.stringify(firstName)}`,
      number,
      () => true,
      async (label, model, { world }) => {
        await world.edit({
          do: 'change',
          resource: 'candidates',
          record: label,
          set: { first_name: firstName },
        });
        model.people.set(label, { firstName, application: appliedOf(model, label) });
      },
    ),
  reject: (number: number) =>
    command(
      'reject',
      number,
      ({ status }) => status === 'active',
      async (label, model, { world }) => {
        await world.edit({ do: 'reject', application: `${label}-application` });
        appliedOf(model, label).status = 'rejected';
      },
    ),
  unreject: (number: number) =>
    command(
      'unreject',
      number,
      ({ status }) => status === 'rejected',
      async (label, model, { world }) => {
        await world.edit({ do: 'unreject', application: `${label}-application` });
        appliedOf(model, label).status = 'active';
      },
    ),
  hire: (number: number) =>
    command(
      'hire',
      number,
      ({ status }) => status === 'active',
      async (label, model, { world }) => {
        await world.edit({ do: 'hire', application: `${label}-application` });
        appliedOf(model, label).status = 'hired';
      },
    ),
  remove: (number: number) =>
    command(
      'delete',
      number,
      () => true,
      async (label, model, { world }) => {
        await world.edit({ do: 'delete', resource: 'candidates', record: label });
        model.people.delete(label);
      },
    ),
};

/** Somebody applies in Gem's own app. */
function apply(number: number, firstName: string): Command {
  const label = `person-${number}`;
  return {
    check: (model) => !model.labels.has(label),
    async run(model, real) {
      await real.world.edit(
        { do: 'create', resource: 'candidates', as: label, set: { first_name: firstName } },
        {
          do: 'create',
          resource: 'applications',
          as: `${label}-application`,
          set: { candidate_id: label, job_id: 'job-1' },
        },
      );
      model.people.set(label, { firstName, application: { status: 'active', stage: 0 } });
      model.labels.add(label);
      await expectEmulator(model, real);
    },
    toString: () => `apply(${number}, ${JSON.stringify(firstName)})`,
  };
}

/** A caller of the unified API moves an application, which the connector has synced just before. */
function move(number: number, to: number): Command {
  return command(
    `move to ${stages[to]}`,
    number,
    ({ status }) => status === 'active',
    async (label, model, { account, world }) => {
      await connector.sync(account, 'DELTA');
      const { id } = await world.record('applications', `${label}-application`);
      const [application] = await connector.list(account, 'applications', { remote_ids: String(id) });
      const [job] = await connector.list(account, 'jobs', {});
      const stage = job?.stages.find(({ name }) => name === stages[to]);
      const { status } = await connector.act(account, {
        operation: 'moveAtsApplicationToStage',
        method: 'PUT',
        path: `/ats/applications/${application?.id}/stage`,
        body: { stage_id: stage?.id },
      });
      expect(status).toBe(200);
      appliedOf(model, label).stage = to;
    },
  );
}

/** After a full sync all is as the model says; after a delta sync all that is still there. */
function sync(type: 'FULL' | 'DELTA'): Command {
  return {
    check: () => true,
    async run(model, { account, world }) {
      await connector.sync(account, type);
      const labels = new Map(
        Object.entries(await world.labels()).map(([label, { id }]) => [id, label] as const),
      );
      const shown = (await connector.list(account, 'applications', {})).map((application) => ({
        label: labels.get(application.candidate?.remote_id ?? ''),
        firstName: application.candidate?.first_name,
        outcome: application.outcome,
        stage: application.current_stage?.name,
      }));
      const there = shown.filter(({ label }) => type === 'FULL' || model.people.has(label ?? ''));
      const expected = [...model.people].map(
        ([
          label,
          {
            firstName,
            application: { status, stage },
          },
        ]) => ({
          label,
          firstName,
          outcome: outcomes[status],
          stage: stages[stage],
        }),
      );
      expect(sorted(there)).toEqual(sorted(expected));
    },
    toString: () => `sync(${type})`,
  };
}

async function expectEmulator(model: Model, { world }: Real): Promise<void> {
  const response = await world.fetch('/ats/v0/applications/?per_page=500');
  // The emulator's answers are held against their description elsewhere.
  const applications = (await response.json()) as {
    id: string;
    status: string;
    current_stage: { name: string } | null;
  }[];
  const labels = new Map(Object.entries(await world.labels()).map(([label, { id }]) => [id, label] as const));
  const got = applications.map(({ id, status, current_stage: stage }) => ({
    label: labels.get(id),
    status,
    stage: stage?.name,
  }));
  const expected = [...model.people].map(
    ([
      label,
      {
        application: { status, stage },
      },
    ]) => ({
      label: `${label}-application`,
      status,
      stage: stages[stage],
    }),
  );
  expect(sorted(got)).toEqual(sorted(expected));
}

function sorted<Item extends { label: string | undefined }>(items: readonly Item[]): Item[] {
  return items.toSorted((left, right) => (left.label ?? '').localeCompare(right.label ?? ''));
}

const number = fc.nat({ max: 20 });
const firstName = fc.constantFrom('Ada', 'Zoë', '東京', "O'Neil", 'A b');
const commands = [
  fc.tuple(number, firstName).map(([who, name]) => apply(who, name)),
  fc.tuple(number, firstName).map(([who, name]) => apply(who, name)),
  fc.tuple(number, firstName).map(([who, name]) => edits.rename(who, name)),
  number.map(edits.reject),
  number.map(edits.unreject),
  number.map(edits.hire),
  number.map(edits.remove),
  fc.tuple(number, fc.nat({ max: stages.length - 1 })).map(([who, to]) => move(who, to)),
  fc.constantFrom('FULL' as const, 'DELTA' as const).map(sync),
];

// What is expected stands in the commands.
// oxlint-disable-next-line vitest/expect-expect
test(
  'whatever is done, Gem and the unified API show what the model says',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 25, size: 'max' }), async (given) => {
        const world = await gem.control.openWorld({
          document: JSON.stringify({
            purpose: 'one job with three stages',
            extends: 'team',
            remove: ['backend'],
            records: {
              jobs: [{ as: 'job-1', name: 'Lens Grinder' }],
              job_stages: stages.map((name, priority) => ({
                as: `stage-${priority}`,
                job_id: 'job-1',
                name,
                priority,
              })),
            },
          }),
        });
        const { company } = await world.state();
        const { id: actingUserId } = await world.record('users', 'paula');
        const account: Account = {
          url: gem.url,
          apiKey: world.key,
          applicationSecret: gem.applicationSecret,
          jobBoard: company.vanity,
          actingUserId: String(actingUserId),
        };
        await connector.sync(account, 'FULL');
        await fc.asyncModelRun(
          () => ({ model: { people: new Map(), labels: new Set<string>() }, real: { world, account } }),
          [...given, sync('DELTA'), sync('FULL')],
        );
        await world.drop();
      }),
      { numRuns: runs },
    );
  },
  60_000 + runs * 5000,
);
