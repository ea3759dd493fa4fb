import { postsOf } from '../cases/postings.ts';
import { text } from '../cases/texts.ts';
import { same } from '../support/compare.ts';
import { judgePostings, showsPostingsWrong } from '../support/postings.ts';
import { readingRule } from '../../harness/rule.ts';

export default readingRule({
  statement: "a posting's `title` and `description_html` are its post's own title and content",
  evidence: { grade: 'observed', source: 'kombo-unified-api §2.2; gem-ats-api §3.4' },
  of: 'jobs',
  becomes: 'jobs',
  needs: ['jobs.job_postings'],
  about: ['job-postings.title', 'job-postings.description_html'],
  cases: postsOf(
    [
      { as: 'post-own-words', title: 'Come and grind lenses', content: '<p>Lenses &amp; <b>more</b></p>' },
      {
        as: 'post-two-texts',
        title: '東京',
        content: '<p>For all</p>\n',
        internal_content: '<p>For us</p>',
        internal: true,
      },
      text.map((title) => ({ as: 'post-any', title, content: `<h1>${title}</h1>`, live: false })),
    ],
    [{ do: 'change', resource: 'job_posts', record: 'post-own-words', set: { title: 'Grind with us' } }],
  ),
  // The facts say nothing about empty titles and about blanks at their ends.
  judge: ({ unified, all }) =>
    judgePostings(unified, all, (posting, post) => [
      ...same('title', posting.title?.trim() ?? '', post.title.trim()),
      ...same('description_html', posting.description_html ?? '', post.content),
    ]),
  mutants: [
    showsPostingsWrong('job name as title', (_posting, _post, { name }) => ({ title: name })),
    showsPostingsWrong('markup taken out', ({ description_html }) => ({
      description_html: description_html?.replaceAll(/<[^>]*>/g, '') ?? null,
    })),
    showsPostingsWrong('internal text shown', ({ description_html }, { internal_content }) => ({
      description_html: internal_content ?? description_html,
    })),
  ],
});
