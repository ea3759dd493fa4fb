// The plain model of who applied and what became of them, and what is held against it.
import type { fc } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { Account, Adapter } from '../../../contracts/harness/adapter.ts';
import type { SteeredWorld } from '../../../mock-server/control/client.ts';

/** What there must be. */
export interface Model {
  people: Map<string, { firstName: string; application: Applied }>;
  /** The labels given so far: a deleted record keeps its own. */
  labels: Set<string>;
}

export interface Applied {
  status: 'active' | 'hired' | 'rejected';
  /** The number of the stage that it stands in. */
  stage: number;
}

/** What there is. */
export interface Real {
  connector: Adapter;
  world: SteeredWorld;
  account: Account;
}

/** Something that somebody does, or a sync. */
export type Command = fc.AsyncCommand<Model, Real>;

/** The stages of the one job, in order. */
export const stages = ['Screening', 'Interview', 'Offer'];
/** How the unified API calls what became of an application. */
export const outcomes = { active: 'PENDING', hired: 'HIRED', rejected: 'DECLINED' } as const;

/** Somebody of the model, by a number that may be any. */
export function choose(
  { people }: Model,
  number: number,
): [label: string, person: { firstName: string; application: Applied }] | undefined {
  return [...people].at(people.size === 0 ? 0 : number % people.size);
}

/** Where somebody's application stands. */
export function appliedOf({ people }: Model, label: string): Applied {
  const person = people.get(label);
  if (!person) throw new Error(`the model knows no ${label}`);
  return person.application;
}

/** Holds what Gem shows against the model. */
export async function expectEmulator(model: Model, { world }: Real): Promise<void> {
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

/** In the order of their labels. */
export function sorted<Item extends { label: string | undefined }>(items: readonly Item[]): Item[] {
  return items.toSorted((left, right) => (left.label ?? '').localeCompare(right.label ?? ''));
}
