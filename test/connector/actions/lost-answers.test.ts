// Gem does what it was asked for and the answer gets lost, or it fails before it did anything: either way, what was asked
// for is there once.
import { beforeAll, describe, expect, test } from 'vitest';
import type { GemOperationId } from '../../../contracts/gem.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { pdf, useRecruiting } from './support/recruiting.ts';

const { both, atGem, notesAbout, job, application, apply, send } = useRecruiting();
let design: UnifiedSchemas['Job'];
beforeAll(async () => {
  design = await job('Product Designer');
});

const link = { label: 'Assessment', url: 'https://results.example.com/1' };

/** The requests of an operation that Gem got while something was done. */
async function requestsOf(operation: string, act: () => Promise<unknown>): Promise<number> {
  const count = () => both.gem.world.log.entries().filter((entry) => entry.operation === operation).length;
  const before = count();
  await act();
  return count() - before;
}

describe.each([
  ['after', 1],
  ['before', 2],
] as const)('a connection that is cut %s Gem acts', (when, requests) => {
  /** @param nth the one of the next requests that meets the cut */
  const cut = (operation: GemOperationId, nth = 1) =>
    both.gem.world.faults.arm({
      fault: 'connection_reset',
      when,
      match: { operation },
      times: 1,
      ...(nth > 1 && { every: nth }),
    });

  test('leaves one application, with its candidate', async () => {
    const people = atGem('candidates').length;
    const applications = atGem('applications').length;
    cut('createCandidate');
    expect(await requestsOf('createCandidate', () => apply(design.id))).toBe(requests);
    expect([atGem('candidates').length, atGem('applications').length]).toEqual([
      people + 1,
      applications + 1,
    ]);
  });

  test('leaves one résumé, also of two that have the same name', async () => {
    const before = atGem('attachments').length;
    const file = { name: 'Übersicht.pdf', type: 'CV', content_type: 'application/pdf', data: pdf };
    cut('uploadResume', 2);
    expect(await requestsOf('uploadResume', () => apply(design.id, { attachments: [file, file] }))).toBe(
      requests + 1,
    );
    expect(atGem('attachments')).toHaveLength(before + 2);
  });

  test('leaves one note, with a warning for nothing', async () => {
    const { id, candidate } = await apply(design.id);
    cut('createNote');
    const add = () => send('POST', `/ats/applications/${id}/result-links`, link);
    expect(await requestsOf('createNote', add)).toBe(requests);
    expect(notesAbout(candidate?.remote_id ?? '')).toEqual([
      `Assessment: https://results.example.com/1\nJob: ${design.name}`,
    ]);
  });

  test('leaves the application in its new stage', async () => {
    const { id } = await apply(design.id);
    const stage = design.stages[3]?.id;
    cut('moveApplication');
    const move = () => send('PUT', `/ats/applications/${id}/stage`, { stage_id: stage });
    expect(await requestsOf('moveApplication', move)).toBe(requests);
    expect((await application(id)).current_stage_id).toBe(stage);
  });
});

test('while Gem goes on to fail, a write is tried three times and then called unavailable', async () => {
  const { id, candidate } = await apply(design.id);
  const { id: fault } = both.gem.world.faults.arm({
    fault: 'status',
    status: 503,
    times: 10,
    match: { operation: 'createNote' },
  });
  const add = () => send('POST', `/ats/applications/${id}/result-links`, link);
  const tried = await requestsOf('createNote', async () =>
    expect(await add()).toMatchObject({ status: 503, error: { code: 'REMOTE.SERVICE_UNAVAILABLE' } }),
  );
  both.gem.world.faults.disarm(fault);
  expect([tried, notesAbout(candidate?.remote_id ?? '')]).toEqual([3, []]);
});

test('a caller who repeats a call changes nothing: neither a second note nor a second move', async () => {
  const { id, candidate } = await apply(design.id);
  for (let time = 1; time <= 2; time += 1) {
    await send('POST', `/ats/applications/${id}/result-links`, link);
  }
  const move = () => send('PUT', `/ats/applications/${id}/stage`, { stage_id: design.stages[3]?.id });
  const moves = await requestsOf('moveApplication', async () => {
    expect(await move()).toMatchObject({ status: 200 });
    expect(await move()).toMatchObject({ status: 200 });
  });
  expect([notesAbout(candidate?.remote_id ?? '').length, moves]).toEqual([1, 1]);
});

test('an answer to a write that cannot be read is looked up, and the write is not repeated', async () => {
  const { id, candidate } = await apply(design.id);
  both.gem.world.faults.arm({ fault: 'malformed_body', match: { operation: 'createNote' }, times: 1 });
  const tried = await requestsOf('createNote', async () =>
    expect(await send('POST', `/ats/applications/${id}/result-links`, link)).toMatchObject({ status: 200 }),
  );
  expect([tried, notesAbout(candidate?.remote_id ?? '').length]).toEqual([1, 1]);
});
