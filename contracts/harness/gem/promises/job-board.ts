// Promises about the public job board, by name.
import { isDeepStrictEqual } from 'node:util';
import type { GemSchemas } from '../../../gem.ts';
import { isSameAnswer } from '../same-answer.ts';
import { agrees, sameWord } from '../outcome.ts';
import { evidence, type GemPromises } from '../promise.ts';
import { anonymousId, literal, shape } from '../../../drift/shape.ts';
import { write } from '../writes.ts';

export default {
  'apply-through-the-board': {
    statement:
      'who applies to a post of the job board becomes a candidate with an application, for which a key is needed',
    evidence: evidence(
      'D',
      'that it exists and wants a key is documented; body and answer assumed (gem-ats-api §6, §14 #21)',
    ),
    writes: true,
    async check(gem, { expect, skip }) {
      const path = { vanity_url_path: gem.vanity() };
      skip('the board shows no post');
      const [post] = gem.records('listBoardJobPosts');
      if (!post) return;
      const { email, first_name, last_name } = await gem.people.body();
      const body = new FormData();
      for (const [name, value] of Object.entries({ email, first_name, last_name, job_post_id: post.id }))
        body.append(name, value);
      const headers = { 'X-API-Key': undefined, 'X-Application-Secret': undefined };
      expect(
        'applyToJobPost without a key',
        'status',
        403,
        (await gem.call('applyToJobPost', { path, body, headers })).status,
      );
      const made = await write<GemSchemas['BoardApplication']>(gem, 'applyToJobPost', 201, { path, body });
      gem.people.remember(made.candidate_id);
      const { status } = await gem.call('getApplication', { path: { application_id: made.application_id } });
      expect('getApplication', 'status', 200, status);
    },
  },

  'board-addresses': {
    statement: 'the address of a post is jobs.gem.com, the word of its board, and its id',
    evidence: evidence('B', 'recorded answers (gem-ats-api §6)'),
    async check(gem, { expect, skip }) {
      skip('the board shows no post');
      const vanity = gem.vanity();
      for (const { id, absolute_url: address } of gem.records('listBoardJobPosts')) {
        expect(
          `post ${anonymousId(id)}`,
          'address',
          true,
          address === `https://jobs.gem.com/${vanity}/${id}`,
        );
      }
    },
  },

  'board-location-is-the-first-office': {
    statement: "the location of a post on a job board is that of the post's first office",
    evidence: evidence('B', 'recorded answers (gem-ats-api §6)'),
    async check(gem, { expect, skip }) {
      gem.vanity();
      skip('no post of the board has an office');
      for (const { id, location, offices } of gem.records('listBoardJobPosts')) {
        const [first] = offices;
        if (!first || !location) continue;
        expect(`post ${anonymousId(id)}`, 'the same place', true, location.name === first.location.name);
      }
    },
  },

  'board-needs-no-key': {
    statement: 'the posts of a job board are a bare list that anybody may read without a key',
    evidence: evidence('A', "Gem's Job Board description (gem-ats-api §6)"),
    async check(gem, { expect }) {
      const { status, body } = await gem.call('listBoardJobPosts', {
        path: { vanity_url_path: gem.vanity() },
        headers: { 'X-API-Key': undefined, 'X-Application-Secret': undefined },
      });
      if (expect('listBoardJobPosts', 'status', 200, status)) {
        expect(
          'listBoardJobPosts',
          'body',
          literal('list'),
          Array.isArray(body) ? literal('list') : shape(body),
        );
      }
    },
  },

  'board-post-equals-its-row': {
    statement: 'a post of a job board that is asked for by its id is the same as in the list',
    evidence: evidence('B', 'recorded answers (gem-ats-api §6)'),
    async check(gem, { expect, skip }) {
      const vanity = gem.vanity();
      skip('the board shows no post');
      const [post] = gem.records('listBoardJobPosts');
      if (!post) return;
      const path = { vanity_url_path: vanity, job_post_id: post.id };
      const { status, body } = await gem.call('getBoardJobPost', { path });
      if (expect('getBoardJobPost', 'status', 200, status)) {
        expect('getBoardJobPost', 'the post', sameWord, agrees(isDeepStrictEqual(body, post)));
      }
    },
  },

  'board-posts-are-the-live-ones': {
    statement:
      'a job board shows posts of the ATS that are live and active, under their own id and that of their job',
    evidence: evidence('B', 'recorded answers; live as documented (gem-ats-api §1.7, §6)'),
    async check(gem, { expect, skip }) {
      gem.vanity();
      skip('the board shows no post');
      const { read, pageSize } = gem.list('listJobPosts');
      const all = await read({ [pageSize.name]: pageSize.max });
      for (const post of gem.records('listBoardJobPosts')) {
        const own = all.find(({ id }) => id === post.id);
        if (!own && all.length === pageSize.max) continue;
        const about = `post ${anonymousId(post.id)}`;
        expect(about, 'live and active in the ATS', true, own?.['live'] === true && own['active'] === true);
        expect(about, 'internal_job_id is the job', true, own?.['job_id'] === post.internal_job_id);
      }
    },
  },

  'board-shows-all-at-once': {
    statement: 'a job board shows all of its posts in one answer and knows no pages',
    evidence: evidence('A', "Gem's Job Board description (gem-ats-api §6)"),
    async check(gem, { expect }) {
      gem.vanity();
      const list = gem.list('listBoardJobPosts');
      const page = await list.ask({ page: 2, per_page: 1 });
      const isAlike = await isSameAnswer(page, list.ask, () =>
        gem.call('listBoardJobPosts', { path: list.path }),
      );
      expect('listBoardJobPosts', 'body of a page', sameWord, agrees(isAlike));
    },
  },

  'unknown-board-is-not-found': {
    statement: 'a job board that does not exist is 404, and so is a post that it does not show',
    evidence: evidence('B', 'several crawlers treat it as normal (gem-ats-api §6)'),
    async check(gem, { expect }) {
      const board = await gem.call('listBoardJobPosts', {
        path: { vanity_url_path: 'mock-gem-no-such-board' },
      });
      expect('listBoardJobPosts', 'status', 404, board.status);
      const path = { vanity_url_path: gem.vanity(), job_post_id: 'bm9ib2R5' };
      expect('getBoardJobPost', 'status', 404, (await gem.call('getBoardJobPost', { path })).status);
    },
  },
} satisfies GemPromises;
