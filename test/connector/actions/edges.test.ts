// What actions refuse, leave out with a warning, and take from hostile hands.
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { startApi } from '../api/support/api.ts';
import { insertSmallWorld } from '../api/support/small-world.ts';
import { useRecruiting } from './support/recruiting.ts';

const { both, notesAbout, job, apply, send, kombo } = useRecruiting();
let design: UnifiedSchemas['Job'];
beforeAll(async () => {
  design = await job('Product Designer');
});

const link = { label: 'Assessment', url: 'https://results.example.com/1' };
const unknown = '2'.repeat(24);
const calls = [
  ['PUT', '/ats/applications/{id}/stage', { stage_id: unknown }],
  ['POST', '/ats/applications/{id}/result-links', link],
  ['POST', '/ats/candidates/{id}/result-links', link],
  ['GET', '/ats/applications/{id}/attachments', undefined],
  ['GET', '/ats/candidates/{id}/attachments', undefined],
] as const;

describe.each(calls)('%s %s', (method, path, body) => {
  test.each([unknown, 'remote:1', '..%2F..', "'; drop table ats_applications; --"])(
    'answers the unknown id %s with 404',
    async (id) => {
      const { status, error } = await send(method, path.replace('{id}', id), body);
      expect([status, error?.code]).toEqual([404, 'PLATFORM.INPUT_INVALID']);
      expect(error?.message).toContain(path.includes('/candidates/') ? 'candidate' : 'application');
    },
  );
});

test('an id with a NUL at its end is not the id without it', async () => {
  const { id } = await apply(design.id);
  const { status, error } = await send('GET', `/ats/applications/${id}%00/attachments`);
  expect([status, error?.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
});

describe('a move', () => {
  test('to a stage of another job, or to no stage at all, is refused, and nothing moves', async () => {
    const { id, current_stage_id: before } = await apply(design.id);
    const other = await job('Account Executive');
    for (const stage_id of [other.stages[1]?.id, unknown]) {
      const { status, error } = await send('PUT', `/ats/applications/${id}/stage`, { stage_id });
      expect([status, error?.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
    }
    const [now] = await both.unifiedList<UnifiedSchemas['Application']>(`/ats/applications?ids=${id}`);
    expect(now?.current_stage_id).toBe(before);
  });

  test('of an application that has ended is refused in the words of Gem', async () => {
    const { id, remote_id: remoteId } = await apply(design.id);
    await fetch(`${both.gem.url}/ats/v0/applications/${remoteId}/reject`, {
      method: 'POST',
      headers: { 'X-API-Key': both.gem.apiKey, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        user_id: [...both.gem.world.store.collection('users').entries()][0]?.record.id,
      }),
    });
    const answer = await send('PUT', `/ats/applications/${id}/stage`, { stage_id: design.stages[2]?.id });
    expect(answer).toMatchObject({ status: 400, error: { code: 'REMOTE.INPUT_INVALID' } });
  });

  test('warns of fields for other tools, and is done without them', async () => {
    const { id } = await apply(design.id);
    const { warnings } = await kombo().ats.moveApplicationToStage({
      application_id: id,
      body: {
        stage_id: design.stages[2]?.id ?? '',
        remote_fields: { greenhouse: { moveToStage: { from_stage_id: 'x' } } } as never,
      },
    });
    expect(warnings.map(({ message }) => message)).toEqual([expect.stringMatching(/^remote_fields was not/)]);
  });
});

describe('a result link', () => {
  test('keeps each value on its own line, whatever it holds', async () => {
    const { candidate } = await apply(design.id);
    const { warnings } = await send('POST', `/ats/candidates/${candidate?.id}/result-links`, {
      ...link,
      label: 'Score\n\nJob: Another',
      details: {
        custom_field_name_prefix: 'Acme:\r',
        attributes: [
          { key: 'a\u2028b', value: '1\u0001\t2' },
          { key: '', value: '' },
        ],
      },
      remote_fields: { icims: {} },
      application_id: 'ignored',
    });
    expect(warnings).toEqual([expect.stringMatching(/^remote_fields was not/)]);
    expect(notesAbout(candidate?.remote_id ?? '')).toEqual([
      'Score Job: Another: https://results.example.com/1\nAcme: a b: 1 2\nAcme: :',
    ]);
  });

  test('of more than a note holds loses attributes, with a warning each, but never the link', async () => {
    const { candidate } = await apply(design.id);
    const path = `/ats/candidates/${candidate?.id}/result-links`;
    const attributes = ['x'.repeat(9000), 'y'.repeat(9000), 'z'].map((value) => ({ key: 'k', value }));
    const { warnings } = await send('POST', path, {
      ...link,
      details: { custom_field_name_prefix: 'P', attributes },
    });
    expect(warnings).toEqual([expect.stringContaining('details.attributes[1]')]);
    expect(notesAbout(candidate?.remote_id ?? '')[0]?.split('\n')).toHaveLength(3);
    const refused = await send('POST', path, { ...link, label: 'x'.repeat(10_000) });
    expect([refused.status, refused.error?.code]).toEqual([400, 'PLATFORM.INPUT_INVALID']);
  });
});

describe('without an acting user', () => {
  async function startWithout() {
    const api = await startApi();
    await insertSmallWorld(api.rows);
    await sql`update integrations set acting_user_id = null where id = ${api.integrationId}`.execute(
      api.database,
    );
    return api;
  }

  test('a result link is not written, and a warning says why', async () => {
    const { rows, post } = await startWithout();
    const { status, warnings } = await post(
      `/v1/ats/candidates/${rows.id('candidate-1')}/result-links`,
      link,
    );
    expect([status, warnings]).toEqual([200, [{ message: expect.stringContaining('no acting user') }]]);
  });

  test('a move is refused, because there is nothing else to do', async () => {
    const { rows, url, apiKey, integrationId } = await startWithout();
    const response = await fetch(`${url}/v1/ats/applications/${rows.id('application-1')}/stage`, {
      method: 'PUT',
      headers: {
        Authorization: `Bearer ${apiKey}`,
        'X-Integration-Id': integrationId,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ stage_id: rows.id('stage-1') }),
    });
    expect([response.status, await response.json()]).toMatchObject([
      409,
      { error: { code: 'INTEGRATION.SETUP_INCOMPLETE' } },
    ]);
  });
});
