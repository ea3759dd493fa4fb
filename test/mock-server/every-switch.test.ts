// Every choice that a world can make, and what a client sees of it.
import { describe, expect, test } from 'vitest';
import { switchDescriptions, type Switches } from '../../mock-server/world/switches.ts';
import { jobNamed, setScene, type Scene } from './lifecycle/support.ts';

interface Observed {
  /** What a client does, and what it sees. */
  look: (scene: Scene) => Promise<unknown>;
  /** What it sees with each choice. */
  shows: Record<string, unknown>;
}

/** The switches that say more than one of a few words, and those of the emulator itself, are tested where they work. */
type Elsewhere = 'checking' | 'assumptions' | 'rate_limit' | 'attachment_link_seconds' | 'variation';
const elsewhere: readonly string[] = [
  'checking',
  'assumptions',
  'rate_limit',
  'attachment_link_seconds',
  'variation',
] satisfies Elsewhere[];

const observed: Record<Exclude<keyof Switches, Elsewhere>, Observed> = {
  same_person: {
    async look(scene) {
      const [first, second] = [
        await create(scene, 'Product Designer'),
        await create(scene, 'Account Executive '),
      ];
      return [second.status, first.body['id'] === second.body['id'], second.body['errors'] !== undefined];
    },
    shows: { reuse: [201, true, false], create: [201, false, false], refuse: [400, false, true] },
  },
  second_application: {
    async look(scene) {
      await create(scene, 'Product Designer');
      return (await create(scene, 'Product Designer')).status;
    },
    shows: { refuse: 400, allow: 201 },
  },
  deprecated_create: {
    look: async (scene) => (await create(scene, 'Product Designer')).status,
    shows: { work: 201, gone: 405 },
  },
  stage_to_move_from: {
    async look(scene) {
      const job = jobNamed(scene, 'Product Designer');
      const application = await scene.applicant(job);
      const sent = await scene.step(application, 'move', { to_stage_id: scene.stages(job)[1]?.id });
      return [sent.status, sent.body['errors']];
    },
    shows: {
      optional: [200, undefined],
      required: [422, { json: { from_stage_id: ['Missing data for required field.'] } }],
    },
  },
  attachment_type: {
    look: async (scene) => (await attach(scene, { content: pdf })).body['type'],
    shows: { resume: 'resume', as_named: 'cover_letter' },
  },
  attachment_url: {
    look: async (scene) => (await attach(scene, { url: `data:application/pdf;base64,${pdf}` })).status,
    shows: { take: 201, refuse: 422 },
  },
  pagination_header: {
    look: async (scene) => (await get(scene, '/ats/v0/offices/')).headers.has('X-Pagination'),
    shows: { sent: true, left_out: false },
  },
  unproven_lists: {
    look: (scene) =>
      statuses(scene, [
        '/ats/v0/departments/',
        `/ats/v0/departments/${scene.find('departments').id}`,
        '/ats/v0/sources/',
      ]),
    shows: { exist: [200, 200, 200], missing: [404, 404, 404] },
  },
  deleted_item: {
    async look(scene) {
      const { candidate_id } = await scene.applicant(jobNamed(scene, 'Product Designer'));
      await scene.send('DELETE', `/ats/v0/candidates/${candidate_id}`);
      return statuses(scene, [`/ats/v0/candidates/${candidate_id}`]);
    },
    shows: { hidden: [404], shown: [200] },
  },
  undecodable_id: {
    look: (scene) =>
      statuses(scene, [
        '/ats/v0/candidates/nothing',
        '/v0/notes/nothing',
        '/ats/v0/candidates/Q2FuZGlkYXRlOjE',
        '/ats/v0/jobs/1',
        '/ats/v0/jobs/7f1d2c4e-58a3-4b96-8e2f-0a9b6c3d5e17',
      ]),
    shows: { not_found: [404, 404, 404, 404, 404], refuse: [422, 422, 404, 404, 404] },
  },
  unknown_status: {
    look: (scene) =>
      bodies(scene, ['applications', 'jobs', 'offers', 'openings'], '?status=nonesuch', (body) =>
        Array.isArray(body) ? body : 'refused',
      ),
    shows: { refuse: ['refused', 'refused', 'refused', 'refused'], empty: [[], [], [], []] },
  },
  wrong_secret: {
    look: async (scene) =>
      (await get(scene, '/ats/v0/offices/', { 'X-Application-Secret': 'another' })).status,
    shows: { refuse: 403, ignore: 200 },
  },
  candidate_activity: {
    async look(scene) {
      const { id, updated_at } = scene.find('candidates');
      const moved = async () => (await scene.candidate(id)).updated_at !== updated_at;
      const note = { user_id: scene.user_id, body: 'Called.', visibility: 'public' };
      await scene.send('POST', `/ats/v0/candidates/${id}/activity_feed/notes`, note);
      const byNote = await moved();
      await scene.send('PATCH', `/ats/v0/candidates/${id}`, { title: 'Countess' });
      return [byNote, await moved()];
    },
    shows: { everything: [true, true], profile: [false, true] },
  },
  candidate_ids_limit: {
    look: (scene) =>
      statuses(
        scene,
        [20, 21, 50, 51].map((count) => {
          const ids = Array.from({ length: count }, (_, index) => String(index));
          return `/ats/v0/candidates/?candidate_ids=${ids.join(',')}`;
        }),
      ),
    shows: { 50: [200, 200, 200, 422], 20: [200, 422, 422, 422] },
  },
  custom_field_shape: {
    async look(scene) {
      const job = scene.find('jobs', ({ custom_fields }) => 'Salary band' in custom_fields);
      const { body } = await item(scene, `jobs/${job.id}`);
      return [Object.keys(body).includes('keyed_custom_fields'), body['keyed_custom_fields'] ?? {}];
    },
    shows: {
      plain: [false, {}],
      keyed: [
        true,
        expect.objectContaining({
          salary_band: { name: 'Salary band', type: 'single_select', value: expect.any(String) },
        }),
      ],
    },
  },
  assigned_user_shape: {
    async look(scene) {
      const { id } = scene.find('applications', ({ recruiter_id }) => recruiter_id !== null);
      return Object.keys((await scene.application(id)).recruiter ?? {});
    },
    shows: {
      id_and_email: ['email', 'id'],
      user: ['employee_id', 'first_name', 'id', 'last_name', 'name'],
    },
  },
  job_place_fields: {
    look: (scene) =>
      bodies(scene, ['jobs', 'job_posts'], '', (rows) => JSON.stringify(rows).includes('"location_type"')),
    shows: { sent: [true, true], left_out: [false, false] },
  },
  absolute_url: {
    async look(scene) {
      const post = scene.find('job_posts');
      return (await item(scene, `job_posts/${post.id}`)).body['absolute_url'] !== undefined;
    },
    shows: { left_out: false, sent: true },
  },
  activity_feed: {
    look: (scene) => statuses(scene, [`/ats/v0/candidates/${scene.find('candidates').id}/activity_feed`]),
    shows: { exist: [200], missing: [404] },
  },
  list_order: {
    async look(scene) {
      const rows = async (query: string) =>
        (await (await get(scene, `/ats/v0/candidates/?${query}`)).json()) as { created_at: string }[];
      const times = (await rows('per_page=500')).map(({ created_at }) => created_at);
      const ofPages = [...(await rows('per_page=7')), ...(await rows('per_page=7&page=2'))];
      expect(ofPages.map(({ created_at }) => created_at)).toEqual(times.slice(0, 14));
      const ofOne = (await (
        await get(
          scene,
          `/ats/v0/applications/${scene.find('scheduled_interviews').application_id}/scorecards`,
        )
      ).json()) as unknown[];
      expect(ofOne).toBeInstanceOf(Array);
      const sorted = times.toSorted();
      if (times.join() === sorted.join()) return 'oldest first';
      return times.join() === sorted.toReversed().join() ? 'newest first' : 'in no order';
    },
    shows: { oldest_first: 'oldest first', newest_first: 'newest first' },
  },
  crm_candidate_order: {
    async look(scene) {
      const rows = async (query: string) => {
        const people = (await (await get(scene, `/v0/candidates?page_size=100${query}`)).json()) as {
          id: string;
        }[];
        return people.map(({ id }) => id).join();
      };
      const oldest = await rows('&sort=asc');
      const newest = await rows('&sort=desc');
      expect(oldest).not.toBe(newest);
      return { [oldest]: 'as asc', [newest]: 'as desc' }[await rows('')];
    },
    shows: { newest_first: 'as desc', oldest_first: 'as asc' },
  },
  stage_after_hire: {
    async look(scene) {
      const application = await scene.applicant(jobNamed(scene, 'Product Designer'));
      return (await scene.step(application, 'hire')).body['current_stage'] === null;
    },
    shows: { keep: false, clear: true },
  },
};

describe.each(Object.entries(observed))('the switch %s', (name, { look, shows }) => {
  test.each(Object.entries(shows))('set to %s', async (choice, shown) => {
    const value = /^\d+$/.test(choice) ? Number(choice) : choice;
    const scene = await setScene({ switches: { [name]: value } });
    expect(await look(scene)).toEqual(shown);
  });
});

test('every choice of every switch is looked at', () => {
  const described = switchDescriptions
    .filter(({ name }) => !elsewhere.includes(name))
    .map(({ name }) => [name, choicesOf(name).map(String).toSorted()]);
  expect(Object.entries(observed).map(([name, { shows }]) => [name, Object.keys(shows).toSorted()])).toEqual(
    expect.arrayContaining(described),
  );
  expect(Object.keys(observed)).toHaveLength(described.length);
});

test.each(Object.keys(observed))('%s stands at its first choice and says why', (name) => {
  const one = switchDescriptions.find((description) => description.name === name);
  expect(one?.default).toBe(choicesOf(name)[0]);
  expect(one?.evidence.source).toMatch(/^gem-ats-api §/);
});

function choicesOf(name: string): readonly (string | number)[] {
  return switchDescriptions.find((one) => one.name === name)?.values ?? [];
}

const pdf = Buffer.from('%PDF-1.4').toString('base64');

function create(scene: Scene, job: string) {
  const person = { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.com' };
  return scene.send('POST', '/ats/v0/candidates/', { ...person, job_id: jobNamed(scene, job).id });
}

function attach(scene: Scene, file: object) {
  const body = { user_id: scene.user_id, filename: 'letter.pdf', type: 'cover_letter', ...file };
  return scene.send('POST', `/ats/v0/candidates/${scene.find('candidates').id}/attachments`, body);
}

function get({ gem }: Scene, path: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${gem.url}${path}`, { headers: { 'X-API-Key': gem.apiKey, ...headers } });
}

function statuses(scene: Scene, paths: string[]): Promise<number[]> {
  return Promise.all(paths.map(async (path) => (await get(scene, path)).status));
}

function bodies<Seen>(
  scene: Scene,
  lists: string[],
  query: string,
  see: (body: unknown) => Seen,
): Promise<Seen[]> {
  return Promise.all(
    lists.map(async (list) => see(await (await get(scene, `/ats/v0/${list}/${query}`)).json())),
  );
}

async function item(scene: Scene, path: string): Promise<{ body: Record<string, unknown> }> {
  return { body: (await (await get(scene, `/ats/v0/${path}`)).json()) as Record<string, unknown> };
}
