// What a create call answers when Gem has written, whatever became of it here (kombo-unified-api §3.2).
import { expect, test } from 'vitest';
import {
  answerCreated,
  readCreatedApplication,
  readCreatedCandidate,
  unstored,
  unstoredApplication,
  unstoredCandidate,
} from '../../../connector/api/create-answers.ts';
import { fixedClock } from '../../../contracts/clock.ts';
import { createValidator } from '../../../contracts/validator.ts';
import { unifiedDescription } from '../../../contracts/unified.ts';
import { useStore } from '../../support/connected.ts';

const { store } = useStore();
const created = {
  candidateId: 'jane',
  applicationId: 'new',
  appliedAt: null,
  warnings: [],
  body: {
    first_name: 'Jane',
    last_name: 'Doe',
    email: 'jane@example.com',
    phone_number: '+1 555 0100',
    job_id: 'job',
    initial_stage_id: 'stage',
  },
};
const at = '2026-06-01T00:00:00.000Z';
const validator = createValidator(unifiedDescription, { unknownFields: 'refuse' });

test.each([
  ['application', readCreatedApplication, unstoredApplication, 'CreatedApplicationAnswer'],
  ['candidate', readCreatedCandidate, unstoredCandidate, 'CreatedCandidateAnswer'],
] as const)(
  'an %s that is not stored is answered with what is known, and a warning',
  async (_, read, make, schema) => {
    const logged: string[] = [];
    const services = { clock: fixedClock(at), log: (message: string) => logged.push(message) };
    for (const reading of [
      () => read(store().database, 'never stored'),
      () => Promise.reject(new Error('away')),
    ]) {
      const answer = await answerCreated<unknown>(services, ['one more'], {
        read: reading,
        make: (now) => make('gem:1', created, now),
      });
      const told: unknown = JSON.parse(answer.bytes.toString());
      expect(told).toMatchObject({
        status: 'success',
        warnings: [{ message: 'one more' }, { message: unstored }],
      });
      expect(validator.schema(schema, told)).toEqual([]);
    }
    expect(logged).toEqual(['could not read what was created']);
  },
);
