import { MatchersV3 } from '@pact-foundation/pact';
import { describe, expect, test } from 'vitest';
import { expecting, talk, type Exchange } from '../support/gem-exchange.ts';
import { shapes, whole } from '../support/gem-shapes.ts';
import { examples } from '../support/gem-state.ts';
import type { UsedPact } from '../support/use-pact.ts';

const { eachLike, like } = MatchersV3;

/** What actions read by id. */
export function recordsAreRead(pact: UsedPact): void {
  describe('reading one record', () => {
    const record = (operation: Exchange['operation'], path: Exchange['path'], body: unknown): Exchange => ({
      operation,
      about: 'one that exists',
      ...(path && { path }),
      answer: { status: 200, body },
    });

    test('getCandidate', async () => {
      const part = expecting(
        pact.part(),
        record('getCandidate', { candidate_id: 'referred' }, like(whole.candidate)),
      );
      await talk(part, async (gem) => {
        const path = { candidate_id: examples.referred };
        expect(await gem.call('getCandidate', { path })).toMatchObject({ last_name: "O'Néill" });
      });
    });

    test('getApplication', async () => {
      const part = expecting(
        pact.part(),
        record('getApplication', { application_id: 'zoe-backend' }, whole.application),
      );
      await talk(part, async (gem) => {
        const path = { application_id: examples['zoe-backend'] };
        expect(await gem.call('getApplication', { path })).toMatchObject({ candidate_id: examples.zoe });
      });
    });

    test('getJob', async () => {
      const part = expecting(pact.part(), record('getJob', { job_id: 'backend' }, whole.job));
      await talk(part, async (gem) => {
        const path = { job_id: examples.backend };
        expect(await gem.call('getJob', { path })).toMatchObject({ status: 'open' });
      });
    });

    test('listStagesOfJob', async () => {
      const part = expecting(
        pact.part(),
        record('listStagesOfJob', { job_id: 'backend' }, eachLike(shapes.listJobStages)),
      );
      await talk(part, async (gem) => {
        expect(await gem.call('listStagesOfJob', { path: { job_id: examples.backend } })).toHaveLength(1);
      });
    });
  });
}
