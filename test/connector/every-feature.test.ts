// Walks the features that `GET /tools/ats` names, each from end to end: an official client, the connector and Gem.
import { expect, test } from 'vitest';
import { features } from '../../connector/actions/coverage.ts';
import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { useRecruiting } from './actions/support/recruiting.ts';
import { askForLink, newConnection, open, submit } from './connect/support/link.ts';

const { both, kombo, atGem, notesAbout, job, application, apply } = useRecruiting({
  environmentName: 'Referral (Prod)',
  isWorker: true,
});

/** What each feature does, seen where it takes effect. */
const checks: Readonly<Record<string, () => Promise<void>>> = {
  automatic_source_writing: async () => {
    const { id: jobId } = await job('Product Designer');
    const manual = atGem('sources').find(({ public_name: name }) => name !== 'Referral');
    await both.connector.connect({ gem: both.gem, automaticSource: true });
    const automatic = await apply(jobId);
    expect(sourceAtGem(automatic)).toBe('Referral');
    expect(automatic.custom_fields?.['source']).toBe('Referral');
    const chosen = await apply(jobId, { source: { name: manual?.public_name } });
    expect(sourceAtGem(chosen)).toBe(manual?.public_name);
    expect(chosen.custom_fields?.['source']).toBe(manual?.public_name);
  },

  sync_only_created_applications: async () => {
    const world = await both.gem.openWorld();
    const gem = { url: both.gem.url, apiKey: world.key, applicationSecret: both.gem.applicationSecret };
    const { id } = await both.connector.connect({ gem, isCreatedOnly: true });
    await both.connector.sync(id);
    const { ats } = kombo(id);
    const listed = async () => [
      ...(await first(ats.getCandidates())),
      ...(await first(ats.getApplications())),
    ];
    expect(await listed()).toEqual([]);
    const [anyJob] = await first(ats.getJobs({ name_contains: 'Product Designer' }));
    const { data: created } = await ats.createApplication({
      job_id: anyJob?.id ?? '',
      body: { candidate: { first_name: 'Mary', last_name: 'Shaw', email_address: 'mary@example.com' } },
    });
    await world.edit({ do: 'reject', application: created.remote_id ?? '' });
    await both.connector.sync(id);
    expect(await listed()).toMatchObject([{ first_name: 'Mary' }, { id: created.id, outcome: 'DECLINED' }]);
  },

  connection_guide: async () => {
    const { data } = await kombo().general.getTools({ category: 'ats' });
    const guide = await open(data.tools[0]?.connection_guide_url ?? '');
    expect(guide.status).toBe(200);
    expect(guide.text).toContain('Third party applications');
  },

  create_credentials: async () => {
    const world = await both.gem.openWorld();
    const link = await askForLink(both, '/connect/create-link', newConnection);
    expect((await open(link)).text).toContain('What this connection may do');
    const refused = await submit(link, 'key', { key: 'NoSuchKey' });
    expect([refused.status, refused.text.includes('does not accept this key')]).toEqual([422, true]);
    const { text: choices } = await submit(link, 'key', { key: world.key });
    // Not the first one, whom the connector would take by itself.
    const [, user = ''] = [...choices.matchAll(/<option value="([^"]+)"/g)].at(-1) ?? [];
    const done = await submit(link, 'finish', { user });
    const [, token = ''] = /data-token="([^"]+)"/.exec(done.text) ?? [];
    const { data } = await kombo().connect.getIntegrationByToken({ token });
    await firstSync(data.id);
    const { ats } = kombo(data.id);
    const [candidate] = await first(ats.getCandidates());
    const result = { label: 'Assessment', url: 'https://results.example.com/1' };
    await ats.addCandidateResultLink({ candidate_id: candidate?.id ?? '', body: result });
    const written = await world.requests.find({ method: 'POST', body: { user_id: user } });
    expect(written.requests).toMatchObject([{ operation: 'createNote', status: 201 }]);
  },

  api_passthrough: async () => {
    const [[candidate], [user]] = [atGem('candidates'), atGem('users')];
    const data = { body: 'Passed through', user_id: user?.id, visibility: 'public' };
    const note = { method: 'POST' as const, path: `/candidates/${candidate?.id}/activity_feed/notes`, data };
    const answer = await kombo().general.sendPassthroughRequest({ tool: 'gem', api: 'api', body: note });
    expect(answer.data).toMatchObject({ status: 201 });
    expect(notesAbout(candidate?.id ?? '')).toContain('Passed through');
  },

  delta_syncs: async () => {
    const world = await both.gem.control.world();
    // Other features may have changed settings, after which only a full sync brings the data up to date.
    const { data: full } = await kombo().general.triggerSync({ type: 'FULL' });
    expect((await both.connector.awaitSync(full.sync_id ?? '')).state).toBe('SUCCEEDED');
    const { id, remote_id: remoteId } = await apply((await job('Product Designer')).id);
    await world.edit({ do: 'reject', application: remoteId ?? '' });
    await world.requests.clear();
    const { data } = await kombo().general.triggerSync({ type: 'DELTA' });
    expect(data.type).toBe('DELTA');
    expect((await both.connector.awaitSync(data.sync_id ?? '')).state).toBe('SUCCEEDED');
    expect((await application(id)).outcome).toBe('DECLINED');
    const { requests } = await world.requests.find({ operation: 'listCandidates', page: 1 });
    expect(requests).toMatchObject([{ query: { updated_after: expect.any(String) } }]);
  },
};

test('the tool lists the six features, and each has a check', async () => {
  const { data } = await kombo().general.getTools({ category: 'ats' });
  const listed = data.tools[0]?.coverage.features.map(({ id, coverage_status }) => [id, coverage_status]);
  expect(listed).toEqual(features.map(({ id }) => [id, 'SUPPORTED']));
  expect(Object.keys(checks)).toEqual(features.map(({ id }) => id));
  expect(features).toHaveLength(6);
});

test.each(features)('$label', async ({ id }) => {
  expect.hasAssertions();
  await checks[id]?.();
});

/** The name of the source that an application has at Gem. */
function sourceAtGem({ remote_id: remoteId }: UnifiedSchemas['CreatedApplication']): string | undefined {
  const application = atGem('applications').find(({ id }) => id === remoteId);
  return atGem('sources').find(({ id }) => id === application?.source_id)?.public_name;
}

/** The first page of a list. */
async function first<Item>(pages: PromiseLike<{ result: { data: { results: Item[] } } }>): Promise<Item[]> {
  return (await pages).result.data.results;
}

/** Waits for the sync that connecting has begun. */
async function firstSync(integrationId: string): Promise<void> {
  const { body } = await both.unified(`/integrations/${integrationId}/syncs`);
  const [{ id } = { id: '' }] = (body as UnifiedSchemas['SyncsAnswer']).data.results;
  expect((await both.connector.awaitSync(id)).state).toBe('SUCCEEDED');
}
