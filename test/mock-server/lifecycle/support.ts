// An emulator whose clock stands still, and calls to it by the words of its description.
import { expect } from 'vitest';
import { fixedClock, type FixedClock } from '../../../contracts/clock.ts';
import type { GemSchemas } from '../../../contracts/gem.ts';
import type { MockGem, MockGemOptions } from '../../../mock-server/server.ts';
import type { RecordTypes, ResourceName } from '../../../seeds/index.ts';
import { read, startGem } from '../../support/gem.ts';

export type Application = GemSchemas['Application'];
export type Candidate = GemSchemas['Candidate'];

/** The instant that the clock of these tests shows. */
export const now = '2026-11-20T08:00:00.000Z';

export interface Scene {
  gem: MockGem;
  clock: FixedClock;
  /** The user who acts. */
  user_id: string;
  /** Sends a body as the acting user, unless the body names one. */
  send(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: object): Promise<Sent>;
  /** One step in the life of an application. */
  step(application: { id: string }, step: string, body?: object): Promise<Sent>;
  /** The first living record that fits; the scenario has one. */
  find<Name extends ResourceName>(
    name: Name,
    fits?: (record: RecordTypes[Name]) => boolean,
  ): RecordTypes[Name];
  /** Somebody new with an active application in the first stage of a job. */
  applicant(job: { id: string }): Promise<Application>;
  application(id: string): Promise<Application>;
  candidate(id: string): Promise<Candidate>;
  /** The stages of a job that can be entered, in order. */
  stages(job: { id: string }): GemSchemas['NamedReference'][];
}

interface Sent {
  status: number;
  body: Record<string, unknown>;
}

/** Sets the scene: the default scenario at {@link now}. */
export async function setScene(options: MockGemOptions = {}): Promise<Scene> {
  const clock = fixedClock(now);
  const gem = await startGem({ clock, ...options });
  const find: Scene['find'] = (name, fits = () => true) => {
    for (const { record } of gem.world.store.collection(name).entries())
      if (record.deleted_at === null && fits(record)) return record;
    throw new Error(`the scenario has no such record among its ${name}`);
  };
  const user_id = find('users').id;

  const send: Scene['send'] = async (method, path, body) => {
    const response = await fetch(`${gem.url}${path}`, {
      method,
      headers: { 'X-API-Key': gem.apiKey, ...(body && { 'Content-Type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Sent['body']) };
  };

  let people = 0;
  const scene: Scene = {
    gem,
    clock,
    user_id,
    send,
    find,
    step: ({ id }, step, body = {}) => {
      const method = step === 'change' ? 'PATCH' : 'POST';
      const path = step === 'change' ? 'reject' : step;
      return send(method, `/ats/v0/applications/${id}/${path}`, { user_id, ...body });
    },
    async applicant(job) {
      people += 1;
      const person = { first_name: 'Ada', last_name: 'Lovelace', email: `ada.${people}@example.com` };
      const { status, body } = await send('POST', '/ats/v0/candidates/', { ...person, job_id: job.id });
      expect(status).toBe(201);
      // The emulator of these tests holds each answer against the description, so a 201 is a candidate.
      const [application] = (body as unknown as Candidate).applications;
      if (!application) throw new Error('nobody applied');
      return application;
    },
    application: (id) => read(gem, `/ats/v0/applications/${id}`),
    candidate: (id) => read(gem, `/ats/v0/candidates/${id}`),
    stages: (job) =>
      gem.world.store
        .collection('job_stages')
        .by('job_id', job.id)
        .filter(({ active, deleted_at }) => active && deleted_at === null)
        .sort((one, other) => one.priority - other.priority)
        .map(({ id, name }) => ({ id, name })),
  };
  return scene;
}

/** Expects a refusal after which every record of the world is what it was. */
export async function expectRefusal(
  { gem }: Scene,
  status: number,
  call: () => Promise<Sent>,
): Promise<Sent['body']> {
  const before = structuredClone(gem.world.store.records());
  const refused = await call();
  expect(refused.status, JSON.stringify(refused.body)).toBe(status);
  expect(gem.world.store.records()).toEqual(before);
  return refused.body;
}

/** Expects an application as it is answered to be the one that is read, alone and inside its candidate. */
export async function expectEverywhere(scene: Scene, { body }: Sent): Promise<void> {
  const application = body as unknown as Application;
  expect(await scene.application(application.id)).toEqual(application);
  const candidate = await scene.candidate(application.candidate_id);
  expect(candidate.applications).toContainEqual(application);
  expect(candidate).toMatchObject({
    last_activity: application.last_activity_at,
    updated_at: application.last_activity_at,
  });
}

/** The scenario's job of exactly this name. */
export function jobNamed({ find }: Scene, wanted: string): RecordTypes['jobs'] {
  return find('jobs', ({ name }) => name === wanted);
}
