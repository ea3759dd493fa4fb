import { MatchersV3 } from '@pact-foundation/pact';
import { describe, expect, test } from 'vitest';
import { createAtGem } from '../../../../connector/actions/create-at-gem.ts';
import { UnifiedProblem } from '../../../../connector/errors.ts';
import { expecting, talk, type Exchange } from '../support/gem-exchange.ts';
import { shapes, whole } from '../support/gem-shapes.ts';
import { examples, injected } from '../support/gem-state.ts';
import type { UsedPact } from '../support/use-pact.ts';

const { eachLike, like } = MatchersV3;

/** How candidates and applications are created, and looked up when the answer is lost. */
export function candidatesAreCreated(pact: UsedPact): void {
  describe('creating a candidate', () => {
    const person = { first_name: 'Ada', last_name: 'Lovelace' };
    const job_id = examples.backend;
    const nobody = new Set<string>();
    const nobodyIsKnown = {
      shown: { applications: nobody, candidates: nobody, since: '' },
      since: '',
      files: [],
    };
    const made = (email: string) => ({
      ...whole.candidate,
      applications: [
        { ...whole.newApplication, jobs: [{ id: injected('backend'), name: like('Engineer') }] },
      ],
      company: null,
      email_addresses: [{ value: email, type: 'personal', is_primary: true }],
      title: null,
    });
    const creating = (about: string, email: string, answer: Exchange['answer']): Exchange => ({
      operation: 'createCandidate',
      about,
      body: { ...person, email, job_id: injected('backend') },
      answer,
    });

    test('makes a new person, whose address is personal', async () => {
      const email = 'ada@example.com';
      const body = {
        ...person,
        email,
        job_id,
        phone_number: '+44 20 7946 0958',
        title: 'Countess',
        company: 'Analytical Engines',
        linkedin_handle: 'ada-lovelace',
        source_id: examples.referral,
        initial_stage_id: examples['backend.stages.5'],
      };
      const answered = {
        ...made(email),
        company: body.company,
        title: body.title,
        social_media_addresses: [{ value: 'https://www.linkedin.com/in/ada-lovelace' }],
        applications: [
          {
            ...whole.newApplication,
            jobs: [{ id: injected('backend'), name: like('Engineer') }],
            current_stage: { id: injected('backend.stages.5'), name: like('Reference') },
            source: { id: injected('referral'), public_name: like('Referral') },
          },
        ],
      };
      const part = expecting(pact.part(), {
        ...creating('a new person, with all that can be said', email, { status: 201, body: answered }),
        body: {
          ...body,
          job_id: injected('backend'),
          source_id: injected('referral'),
          initial_stage_id: injected('backend.stages.5'),
        },
      });
      await talk(part, async (gem) => {
        const { candidate, application } = await createAtGem(gem, body, nobodyIsKnown);
        expect(candidate?.record).toMatchObject({ email_addresses: [{ type: 'personal' }] });
        expect(application?.stageId).toBe(examples['backend.stages.5']);
      });
    });

    test('gives somebody who is known one more application', async () => {
      const email = 'soneill@previous-employer.example';
      const part = expecting(pact.part(), {
        ...creating('somebody who is known, to another job', email, {
          status: 201,
          body: {
            ...whole.candidate,
            id: injected('referred'),
            applications: eachLike({
              ...shapes.listApplications,
              current_stage: like({ id: 'stage', name: 'Review' }),
            }),
          },
        }),
        body: { ...person, email, job_id: injected('designer') },
      });
      // Which of the applications is the new one is told by their times.
      await talk(part, async (gem) => {
        const body = { ...person, email, job_id: examples.designer };
        expect(await gem.send('createCandidate', { body })).toMatchObject({ id: examples.referred });
      });
    });

    test('is refused for an active application to the same job, which is told from all else', async () => {
      const email = 'siobhan.oneill@example.org';
      const part = expecting(
        pact.part(),
        creating('somebody who has an active application to the job', email, {
          status: 400,
          body: {
            code: 400,
            status: 'Bad Request',
            errors: { duplicate_candidate: { id: injected('referred') } },
          },
        }),
      );
      await talk(part, async (gem) => {
        const refused = createAtGem(gem, { ...person, email, job_id }, nobodyIsKnown);
        await expect(refused).rejects.toBeInstanceOf(UnifiedProblem);
        await expect(refused).rejects.toMatchObject({ code: 'ATS.APPLICATION_ALREADY_EXISTS' });
      });
    });

    test('is looked up when its answer is lost', async () => {
      const email = 'siobhan.oneill@example.org';
      const part = expecting(
        pact.part(),
        {
          ...creating('the gateway gives up', 'siobhan.oneill@example.org', {
            status: 504,
            body: { message: like('Endpoint request timed out') },
          }),
          state: 'Gem gives up waiting',
        },
        {
          operation: 'listCandidates',
          about: 'those with an e-mail address',
          query: { email },
          answer: {
            status: 200,
            body: eachLike({
              ...shapes.listCandidates,
              id: injected('referred'),
              email_addresses: eachLike({ value: email }),
              applications: eachLike({
                ...shapes.listApplications,
                status: 'active',
                jobs: [{ id: injected('backend'), name: like('Engineer') }],
              }),
            }),
          },
        },
        {
          operation: 'listCandidates',
          about: 'those with an e-mail address, past the end',
          query: { email, page: '2' },
          answer: { status: 200, body: [] },
        },
      );
      await talk(part, async (gem) => {
        const { candidateId } = await createAtGem(gem, { ...person, email, job_id }, nobodyIsKnown);
        expect(candidateId).toBe(examples.referred);
      });
    });
  });
}
