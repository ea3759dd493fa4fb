import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MatchersV3 } from '@pact-foundation/pact';
import { describe, expect, test } from 'vitest';
import { uploadResumes } from '../../../../connector/actions/upload-resumes.ts';
import { writeNote } from '../../../../connector/actions/add-result-link.ts';
import type { GemClient } from '../../../../connector/gem/client.ts';
import { expecting, talk, type Exchange } from '../support/gem-exchange.ts';
import { whole } from '../support/gem-shapes.ts';
import { examples, injected } from '../support/gem-state.ts';
import type { UsedPact } from '../support/use-pact.ts';

const { eachLike, like } = MatchersV3;

/** What is written beside candidates: moves, notes and files. */
export function restIsWritten(pact: UsedPact): void {
  test('an application is moved from the stage that it stands in', async () => {
    const part = expecting(pact.part(), {
      operation: 'moveApplication',
      about: 'to another stage of its job',
      path: { application_id: 'zoe-backend' },
      body: {
        to_stage_id: injected('backend.stages.5'),
        user_id: injected('recruiter'),
        from_stage_id: injected('zoe-backend.current_stage_id'),
      },
      answer: {
        status: 200,
        body: {
          ...whole.application,
          current_stage: { id: injected('backend.stages.5'), name: like('Reference') },
        },
      },
    });
    await talk(part, async (gem) => {
      const moved = await gem.call('moveApplication', {
        path: { application_id: examples['zoe-backend'] },
        body: {
          to_stage_id: examples['backend.stages.5'],
          user_id: examples.recruiter,
          from_stage_id: examples['zoe-backend.current_stage_id'],
        },
      });
      expect(moved.current_stage?.id).toBe(examples['backend.stages.5']);
    });
  });

  describe('writing a note', () => {
    const listing = (about: string, candidate: 'zoe' | 'bare', body: unknown): Exchange => ({
      operation: 'listNotes',
      about,
      path: { candidate_id: candidate },
      query: { page: '1', page_size: '100', sort: 'desc' },
      answer: { status: 200, body },
    });

    test('writes it where it does not stand yet', async () => {
      const text = 'A result: https://assessments.example/1';
      const part = expecting(pact.part(), listing('of a candidate without any', 'bare', []), {
        operation: 'createNote',
        about: 'for the whole team',
        path: { candidate_id: 'bare' },
        body: { user_id: injected('recruiter'), body: text, visibility: 'public' },
        answer: { status: 201, body: { ...whole.note, body: text } },
      });
      const about = { candidateId: examples.bare, userId: examples.recruiter };
      await talk(part, (gem) => expect(writeNote(gem, about, text)).resolves.toBeUndefined());
    });

    test('writes nothing where the same user has written the same', async () => {
      const part = expecting(
        pact.part(),
        listing('of a candidate who has some', 'zoe', eachLike(whole.crmNote)),
      );
      const about = { candidateId: examples.zoe, userId: examples.recruiter };
      // Another request would find no answer here.
      await talk(part, (gem) =>
        expect(writeNote(gem, about, 'Speaks four languages.')).resolves.toBeUndefined(),
      );
    });
  });

  describe('uploading a file', () => {
    const file = join(pact.folder, 'cover letter.pdf');
    const content = Buffer.from('%PDF-1.4\n');
    const name = 'cover letter.pdf';
    const files = [
      { position: 0, filename: name, contentType: 'application/pdf', content, uploadedAs: null },
    ];
    const upload = async (gem: GemClient, more: object = {}) =>
      (await uploadResumes(gem, { ...to, ...more }, files, () => Promise.resolve())).warnings;
    const to = {
      candidateId: examples.referred,
      actingUserId: examples.recruiter,
      since: '2020-01-01T00:00:00.000Z',
      known: [],
      isResumed: false,
    };
    const uploading = (about: string, more: Partial<Exchange>): Exchange => {
      writeFileSync(file, content);
      return {
        operation: 'uploadResume',
        about,
        path: { candidate_id: 'referred', user_id: 'recruiter' },
        upload: file,
        answer: { status: 201, body: { ...whole.uploadedResume, filename: name } },
        ...more,
      };
    };

    test('stores it as a résumé', async () => {
      const part = expecting(pact.part(), uploading('a PDF', {}));
      await talk(part, async (gem) => expect(await upload(gem)).toEqual([]));
    });

    test('is warned of where Gem does not know the acting user', async () => {
      const part = expecting(
        pact.part(),
        uploading('by a user whom Gem does not know', {
          path: { candidate_id: 'referred', user_id: 'unknown' },
          answer: { status: 404, body: { code: 404, status: 'Not Found', message: like('No such user.') } },
        }),
      );
      await talk(part, async (gem) => {
        const warnings = await upload(gem, { actingUserId: 'unknown' });
        expect(warnings).toEqual([expect.stringContaining('does not know the acting user')]);
      });
    });

    test('is looked up when its answer is lost', async () => {
      const part = expecting(
        pact.part(),
        uploading('the gateway gives up', {
          state: 'Gem gives up waiting',
          answer: { status: 504, body: { message: like('Endpoint request timed out') } },
        }),
        {
          operation: 'listUploadedResumes',
          about: 'of a candidate, since an instant',
          path: { candidate_id: 'referred' },
          query: { created_after: String(Date.parse(to.since) / 1000), page_size: '100' },
          answer: {
            status: 200,
            body: eachLike({ ...whole.uploadedResume, user_id: injected('recruiter') }),
          },
        },
      );
      await talk(part, async (gem) => expect(await upload(gem)).toEqual([]));
    });
  });
}
