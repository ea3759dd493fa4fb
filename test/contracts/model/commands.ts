// What recruiters and callers do, and syncs, each with what it makes of the model.
import { fc } from '@fast-check/vitest';
import { expect } from 'vitest';
import { appliedOf, choose, expectEmulator, outcomes, sorted, stages } from './model.ts';
import type { Applied, Command, Model, Real } from './model.ts';

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
    async (label, model, { account, connector, world }) => {
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
export function sync(type: 'FULL' | 'DELTA'): Command {
  return {
    check: () => true,
    async run(model, { account, connector, world }) {
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

const number = fc.nat({ max: 20 });
const firstName = fc.constantFrom('Ada', 'Zoë', '東京', "O'Neil", 'A b');
/** Any of them. */
export const commands = [
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
