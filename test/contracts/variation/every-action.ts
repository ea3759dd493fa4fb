// Performs the seven actions in one account, and tells what went wrong.
import type { Account, Adapter, ActionAnswer } from '../../../contracts/harness/adapter.ts';
import type { LiveWorld } from '../../../mock-server/worlds/live-world.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import type { RecordTypes, ResourceName } from '../../../seeds/index.ts';

/** Syncs an account, performs every action, and looks into Gem for what was to be written. */
export async function performEveryAction(
  { sync, list, act }: Adapter,
  world: LiveWorld,
  account: Account,
): Promise<string[]> {
  const wrong: string[] = [];
  await sync(account, 'FULL');
  const job = (await list(account, 'jobs', {})).find(({ status }) => status === 'OPEN');
  const stage = job?.stages.at(1);
  if (!job || !stage) return ['the open job and its stages are not shown'];

  const created = await call('createAtsCandidate', 'POST', '/ats/candidates', {
    candidate: person('radia-1@example.com'),
    application: { job_id: job.id },
    attachments: [file],
  });
  const applied = await call('createAtsApplication', 'POST', `/ats/jobs/${job.id}/applications`, {
    candidate: person('radia-2@example.com'),
    attachments: [file],
  });
  const candidate = partOf<UnifiedSchemas['CreatedCandidate']>(created);
  const application = partOf<UnifiedSchemas['CreatedApplication']>(applied);
  await call('moveAtsApplicationToStage', 'PUT', `/ats/applications/${application?.id}/stage`, {
    stage_id: stage.id,
  });
  await call(
    'addAtsApplicationResultLink',
    'POST',
    `/ats/applications/${application?.id}/result-links`,
    link,
  );
  await call('addAtsCandidateResultLink', 'POST', `/ats/candidates/${candidate?.id}/result-links`, link);
  const files = [
    await call('getAtsApplicationAttachments', 'GET', `/ats/applications/${application?.id}/attachments`),
    await call('getAtsCandidateAttachments', 'GET', `/ats/candidates/${candidate?.id}/attachments`),
  ].map((answer) => partOf<{ results: unknown[] }>(answer)?.results.length);

  expectAll({
    people: [countOf('candidates', ({ last_name }) => last_name === 'Perlman'), 2],
    applications: [
      countOf('applications', ({ current_stage_id }) => current_stage_id === stage.remote_id),
      1,
    ],
    notes: [countOf('notes', ({ body }) => body.includes(link.url)), 2],
    files: [countOf('attachments', ({ filename }) => filename === file.name), 2],
    'files that are shown': [files.join(' and '), '1 and 1'],
  });
  await sync(account, 'DELTA');
  const shown = await list(account, 'candidates', {});
  expectAll({
    'people that are shown': [shown.filter(({ last_name: name }) => name === 'Perlman').length, 2],
  });
  return wrong;

  async function call(
    operation: string,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<ActionAnswer> {
    const answer = await act(account, { operation, method, path, body });
    if (answer.status !== 200)
      wrong.push(`${operation} answers ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer;
  }

  function expectAll(pairs: Record<string, [unknown, unknown]>): void {
    for (const [what, [got, expected]] of Object.entries(pairs)) {
      if (got !== expected) wrong.push(`${what}: ${String(got)}, not ${String(expected)}`);
    }
  }

  function countOf<Name extends ResourceName>(
    name: Name,
    is: (record: RecordTypes[Name]) => boolean,
  ): number {
    return [...world.store.collection(name).entries()].filter(({ record }) => is(record)).length;
  }
}

function partOf<Data>({ status, body }: ActionAnswer): Data | undefined {
  // The answer is held against the description elsewhere.
  return status === 200 ? (body as { data: Data }).data : undefined;
}

function person(email: string) {
  return { first_name: 'Radia', last_name: 'Perlman', email_address: email };
}

const file = {
  name: 'radia.pdf',
  type: 'CV',
  content_type: 'application/pdf',
  data: Buffer.from('%PDF-1.4 a résumé').toString('base64'),
};
const link = { label: 'Assessment', url: 'https://results.example.com/1' };
