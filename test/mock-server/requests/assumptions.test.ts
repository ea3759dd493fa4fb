// What an answer rests on that nothing proves: said in a header and in the log, or refused.
import { describe, expect, test } from 'vitest';
import { gemDescription } from '../../../contracts/gem.ts';
import type { Operation } from '../../../contracts/description.ts';
import { switchDescriptions } from '../../../mock-server/world/switches.ts';
import { startGem } from '../../support/gem.ts';
import { call, pathOf } from '../every-operation-requests.ts';
import { ask, createNewcomer, hasNewcomer, lastRequest, living } from '../faults/support.ts';

const operations = [...gemDescription.operations.values()];
const assumed = operations.filter(({ evidence }) => evidence.grade === 'assumed');
const proven = operations.filter(({ evidence }) => evidence.grade !== 'assumed');

describe.each(named(assumed))('%s, which nothing proves,', (id, operation) => {
  test('says so', async () => {
    const gem = await startGem();
    const { headers } = await call(gem, operation, pathOf(operation, gem));
    expect(headers['x-mock-gem-assumed']?.split(', ')).toContain(`operation ${id}`);
    expect(lastRequest(gem).assumptions).toContain(`operation ${id}`);
  });

  test('is not there in a world that refuses assumptions, and nothing changes', async () => {
    const gem = await startGem({ switches: { assumptions: 'refuse' } });
    const before = structuredClone(gem.world.store.records());
    const { status, body } = await call(gem, operation, pathOf(operation, gem));
    expect([status, body]).toMatchObject([501, { code: 501, message: expect.stringContaining(id) }]);
    expect(gem.world.store.records()).toEqual(before);
  });
});

test('what is proven says nothing of the kind, whatever is read', async () => {
  const gem = await startGem();
  for (const operation of proven.filter(({ method }) => method === 'get')) {
    const { headers } = await call(gem, operation, pathOf(operation, gem));
    expect(headers['x-mock-gem-assumed'] ?? '').not.toContain('operation');
  }
});

describe('a choice that nothing proves', () => {
  test('is named where the answer rests on it', async () => {
    const gem = await startGem();
    await createNewcomer(gem);
    expect(lastRequest(gem).assumptions).toEqual([]);
    const again = await createNewcomer(gem);
    expect(again.headers['x-mock-gem-assumed']).toContain('switch same_person');
    expect(lastRequest(gem).assumptions).toContain('switch same_person');
  });

  test('is named where a refusal rests on it', async () => {
    const gem = await startGem({ switches: { same_person: 'refuse' } });
    await createNewcomer(gem);
    const refused = await createNewcomer(gem);
    expect([refused.status, refused.headers['x-mock-gem-assumed']]).toEqual([400, 'switch same_person']);
  });

  test('is named once, however often it is looked at', async () => {
    const gem = await startGem();
    const letter = {
      filename: 'letter.pdf',
      type: 'cover_letter',
      content: Buffer.from('%PDF').toString('base64'),
    };
    const { status } = await createNewcomer(gem, { attachments: [letter, letter] });
    expect([status, lastRequest(gem).assumptions]).toEqual([201, ['switch attachment_type']]);
  });

  test('is named at the gate', async () => {
    const gem = await startGem();
    const wrong = { headers: { 'X-Application-Secret': 'wrong' } };
    const refused = await ask(gem, '/ats/v0/jobs/', wrong);
    expect([refused.status, refused.headers['x-mock-gem-assumed']]).toEqual([403, 'switch wrong_secret']);
    gem.world.choose({ wrong_secret: 'ignore' });
    const answered = await ask(gem, '/ats/v0/jobs/', wrong);
    expect([answered.status, answered.headers['x-mock-gem-assumed']]).toEqual([200, 'switch wrong_secret']);
    gem.world.choose({ assumptions: 'refuse' });
    expect((await ask(gem, '/ats/v0/jobs/', wrong)).status).toBe(501);
    expect((await ask(gem, '/ats/v0/jobs/')).status).toBe(200);
  });

  test('is refused with all that was done until then, in a world that refuses assumptions', async () => {
    const gem = await startGem({ switches: { assumptions: 'refuse' } });
    expect((await createNewcomer(gem)).status).toBe(201);
    expect(hasNewcomer(gem)).toBe(true);
    const before = structuredClone(gem.world.store.records());
    // Anywhere else it would become an application to another job.
    const [, otherJob] = living(gem, 'jobs').filter(({ status }) => status === 'open');
    const refused = await createNewcomer(gem, { job_id: otherJob?.id });
    expect([refused.status, refused.text]).toEqual([501, expect.stringContaining('switch same_person')]);
    expect(gem.world.store.records()).toEqual(before);
    expect(lastRequest(gem)).toMatchObject({ status: 501, answer: { code: 501 } });
  });

  test('does not stand on the answer to the next request', async () => {
    const gem = await startGem();
    await createNewcomer(gem);
    await createNewcomer(gem);
    const next = await ask(gem, `/ats/v0/jobs/${living(gem, 'jobs')[0]?.id}`);
    expect([next.status, next.headers['x-mock-gem-assumed']]).toEqual([200, undefined]);
  });

  test('is one of those that the description grades so', () => {
    const grades = Object.fromEntries(switchDescriptions.map(({ name, evidence }) => [name, evidence.grade]));
    expect(grades).toMatchObject({ same_person: 'assumed', wrong_secret: 'assumed', checking: 'lineage' });
  });
});

function named(list: readonly Operation[]): [string, Operation][] {
  return list.map((operation) => [operation.id, operation]);
}
