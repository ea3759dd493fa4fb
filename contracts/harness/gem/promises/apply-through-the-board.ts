import type { GemSchemas } from '../../../gem.ts';
import { evidence, type GemPromise } from '../promise.ts';
import { write } from '../writing.ts';

export default {
  statement:
    'who applies to a post of the job board becomes a candidate with an application, for which a key is needed',
  evidence: evidence(
    'D',
    'that it exists and wants a key is documented; body and answer assumed (facts §6, §14 #21)',
  ),
  group: 'job board',
  writes: true,
  async check(gem, { expect, unseen }) {
    const path = { vanity_url_path: gem.vanity() };
    unseen('the board shows no post');
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
} satisfies GemPromise;
