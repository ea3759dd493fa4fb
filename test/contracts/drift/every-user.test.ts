// A Gem that departs in fifteen ways is told in fifteen lines, whoever looks at it: all who do so share one engine.
import { expect, test } from 'vitest';
import { readDrift } from '../../../connector/store/queries/drift.ts';
import { places } from '../../../contracts/drift/places.ts';
import { capture } from '../../../mock-server/capture/capture.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import { captureOptions } from '../../support/captured.ts';
import { useStore } from '../../support/connected.ts';
import { useGem } from '../../support/gem.ts';
import { departingGem, watch, type Reply } from '../../mock-server/watch/watched.ts';
import { verify } from '../verify-gem/support.ts';

/** A record of a list as Gem sends it. */
type Sent = Record<string, unknown>;

/** What is wrong with one record of a list, and the field that a report names. */
const deviations: [list: string, operation: string, field: string, change: (record: Sent) => unknown][] = [
  ['users', 'listUsers', 'nickname', (user) => (user['nickname'] = 'Um')],
  ['users', 'listUsers', 'disabled', (user) => (user['disabled'] = 'no')],
  ['users', 'listUsers', 'name', (user) => (user['name'] = null)],
  ['jobs', 'listJobs', 'zone', (job) => (job['zone'] = { name: 'Bern' })],
  ['jobs', 'listJobs', 'status', (job) => (job['status'] = 'paused')],
  ['jobs', 'listJobs', 'created_at', (job) => (job['created_at'] = 'yesterday')],
  ['job_stages', 'listJobStages', 'priority', (stage) => (stage['priority'] = '1')],
  ['job_stages', 'listJobStages', 'colour', (stage) => (stage['colour'] = 7)],
  ['job_posts', 'listJobPosts', 'live', (post) => (post['live'] = 'yes')],
  ['job_posts', 'listJobPosts', 'updated_at', (post) => (post['updated_at'] = '2026-02-30')],
  ['candidates', 'listCandidates', 'email_addresses', (person) => (person['email_addresses'] = 'none')],
  ['candidates', 'listCandidates', 'last_name', (person) => (person['last_name'] = null)],
  ['applications', 'listApplications', 'status', (application) => (application['status'] = 'gone')],
  ['applications', 'listApplications', 'score', (application) => (application['score'] = 5)],
  ['scheduled_interviews', 'listScheduledInterviews', 'status', (one) => (one['status'] = 'maybe')],
];

const emulator = useGem({ scenario: 'every-promise' });
const { store, connect } = useStore();

/** A Gem that departs in all of these ways, in the first record of each list, wherever that list shows it. */
async function departing(): Promise<Pick<MockGem, 'url' | 'apiKey'>> {
  const world = await emulator().control.world();
  const first = new Map<string, string>();
  for (const [list] of deviations) {
    const answer = await world.fetch(`/ats/v0/${list}/?per_page=1`);
    const [record] = (await answer.json()) as { id: string }[];
    first.set(list, record?.id ?? '');
  }
  const depart = ({ body }: Reply, path: string) => {
    const [, list = ''] = /^\/ats\/v0\/(\w+)\/?(?:\?|$)/.exec(path) ?? [];
    const record = Array.isArray(body) && (body as Sent[]).find(({ id }) => id === first.get(list));
    if (!record) return;
    for (const [name, , , change] of deviations) if (name === list) change(record);
    // The order of its keys is as it was.
    const entries = Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1));
    for (const [key] of entries) delete record[key];
    Object.assign(record, Object.fromEntries(entries));
  };
  const url = await departingGem(emulator(), depart, { wantsKey: true });
  return { url, apiKey: emulator().apiKey };
}

/** Who uses the engine: each looks at a Gem and gives its report, a line for each departure, as `listJobs zone`. */
const users: Readonly<Record<string, (gem: Pick<MockGem, 'url' | 'apiKey'>) => Promise<string[]>>> = {
  async 'verify gem'(gem) {
    const forms = [...places.values()].map(({ name }) => name);
    const { entries } = await verify({ ...emulator(), ...gem }, { promises: forms });
    return entries
      .flatMap(({ contradictions }) => contradictions)
      .map(({ about, what }) => `${about.replace(/, record \d+$/, '')} ${what}`);
  },
  async capture(gem) {
    const { drift } = await capture(captureOptions({ ...emulator(), ...gem }, undefined));
    // Behind its departures it tells what was learnt about guesses.
    return drift.text
      .split('\n')
      .filter((line) => /^ {2}\w+ (answer|behaviour|request): |: not so: /.test(line))
      .map((line) => line.replace(/^ {2}(\w+) answer: ([\w.]+): .* \(\d+ times\)$/, '$1 $2'));
  },
  async watch(gem) {
    const watched = await watch(gem.url);
    for (const list of new Set(deviations.map(([name]) => name)))
      await (
        await fetch(`${watched.url}/ats/v0/${list}/?per_page=500`, { headers: { 'X-API-Key': gem.apiKey } })
      ).text();
    const { stdout } = await watched.stop();
    const [lines = ''] = stdout.split('\n\n');
    return lines
      .trim()
      .split('\n')
      .map((line) => line.replace(/^(\w+) answer: ([\w.]+): .*$/, '$1 $2'));
  },
  async connector(gem) {
    const { sync, integration } = await connect(gem);
    await sync();
    const drift = await readDrift(store().database, integration.id);
    return drift.map(({ listing, path }) => `${listing} ${path}`);
  },
};

test.each(Object.entries(users))('%s tells each departure in one line, and no other', async (_name, look) => {
  expect(deviations).toHaveLength(15);
  const lines = await look(await departing());
  expect(lines.toSorted()).toEqual(
    deviations.map(([, operation, field]) => `${operation} ${field}`).toSorted(),
  );
});
