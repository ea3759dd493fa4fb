import { beforeAll, expect, test, vi } from 'vitest';
import { startConnector } from '../../../../connector/server.ts';
import type { GemOperationId } from '../../../../contracts/gem.ts';
import type { UnifiedSchemas } from '../../../../contracts/unified.ts';
import { placeOnPostgres } from '../../../support/databases.ts';
import { useRecruiting } from '../../actions/support/recruiting.ts';

const logged: string[] = [];
const { both, kombo, atGem, job, send } = useRecruiting({
  actionTimeLimit: 20,
  log: (message, error) => logged.push(error instanceof Error ? `${message}: ${error.message}` : message),
});
let design: UnifiedSchemas['Job'];
beforeAll(async () => {
  design = await job('Product Designer');
});

const slow = (operation: GemOperationId) =>
  both.gem.world.faults.arm({ fault: 'latency', milliseconds: 200, match: { operation }, times: 1 });
const applyAs = (email: string) => {
  const candidate = { first_name: 'Ida', last_name: 'Rhodes', email_address: email };
  return send('POST', `/ats/jobs/${design.id}/applications`, { candidate });
};
const lastLogged = (words: string) =>
  vi.waitFor(() => expect(logged.at(-1)).toContain(words), { timeout: 10_000 });

test('the caller of an action that takes too long is told so, and it is done all the same', async () => {
  slow('createCandidate');
  const before = atGem('applications').length;
  const { status, error } = await applyAs('slow@example.com');
  expect([status, error?.code, error?.title]).toEqual([504, 'PLATFORM.TASK_TIMED_OUT', 'Action timed out']);
  await lastLogged(`createAtsApplication of ${both.integrationId} has ended after all`);
  expect(logged).toEqual([expect.stringContaining('took longer than 20 ms'), expect.any(String)]);
  expect(atGem('applications')).toHaveLength(before + 1);
  // It is stored and can be found, as if it had been answered.
  expect(await both.unifiedList('/ats/candidates?email=slow@example.com')).toHaveLength(1);
});

test('one that fails after its caller has gone is told to the operator', async () => {
  const application_id = atGem('applications').find(({ deleted_at: deletedAt }) => deletedAt === null)?.id;
  const [application] = await both.unifiedList<UnifiedSchemas['Application']>(
    `/ats/applications?remote_ids=${application_id}`,
  );
  slow('listNotes');
  both.gem.world.faults.arm({ fault: 'status', status: 403, match: { operation: 'createNote' }, times: 1 });
  const body = { label: 'Assessment', url: 'https://results.example.com/1' };
  const call = kombo().ats.addApplicationResultLink({ application_id: application?.id ?? '', body });
  await expect(call).rejects.toMatchObject({
    statusCode: 504,
    data$: { error: { code: 'PLATFORM.TASK_TIMED_OUT' } },
  });
  await lastLogged('has failed after all: Gem refused the API key');
});

test('a connector that is told to stop waits for what goes on', async () => {
  const told: string[] = [];
  const connector = await startConnector({
    ...(await placeOnPostgres()),
    port: 0,
    actionTimeLimit: 20,
    log: (message) => told.push(message),
  });
  const { id } = await connector.connect({ gem: both.gem });
  slow('createCandidate');
  const response = await fetch(`${connector.apiUrl}/ats/jobs/remote:${design.remote_id}/applications`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${connector.apiKey}`,
      'X-Integration-Id': id,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      candidate: { first_name: 'Ida', last_name: 'Rhodes', email_address: 'late@example.com' },
    }),
  });
  expect(response.status).toBe(504);
  await connector.close();
  expect(told.at(-1)).toContain('has ended after all');
});
