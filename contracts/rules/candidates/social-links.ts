import * as fc from 'fast-check';
import { creates, inputOf } from '../support/create-input.ts';
import { createCases } from '../cases/creates.ts';
import { writingRule } from '../../harness/rule.ts';
import { createsWrong, leavesOut } from '../support/action-mutants.ts';
import { actsWrong } from '../support/mutants.ts';
import { answerOf, created, isDone, warningsOf } from '../support/results.ts';
import { check, same } from '../support/compare.ts';

/** The profile is never the first link. Gem treats two people with the same handle as one person. */
const links = fc
  .record({
    host: fc.constantFrom('https://www.linkedin.com', 'https://linkedin.com', 'http://at.linkedin.com'),
    handle: fc.constantFrom('jane-doe', 'zo%C3%AB', '%E6%9D%B1%E4%BA%AC'),
    end: fc.constantFrom('', '/', '?trk=cv'),
    others: fc.uniqueArray(
      fc.constantFrom('https://github.com/jane', 'https://jane.example/linkedin', 'https://xing.com/in/jane'),
      { minLength: 1, maxLength: 2 },
    ),
  })
  .map(({ host, handle, end, others }) => ({
    candidate: {
      social_links: [...others, `${host}/in/${handle}-social-links${end}`].map((url) => ({ url })),
    },
  }));

export default writingRule({
  statement: 'the handle in a link to a LinkedIn profile reaches Gem, and a warning names links that do not',
  evidence: {
    grade: 'observed',
    source: 'gem-ats-api §5.1, linkedin_handle; kombo-unified-api §3.1; that there is a warning is assumed',
  },
  of: creates,
  needs: creates,
  inputs: ['candidate.social_links.url'],
  cases: createCases('social-links', links),
  judge(result) {
    const links = inputOf(result).candidate.social_links ?? [];
    const [handle] = links.flatMap(({ url }) => handleOf(url) ?? []);
    if (!isDone(result)) return [];
    return created(result, 'candidates').flatMap(({ social_media_addresses: held }) => {
      const isWarned = warningsOf(result).some((message) => message.includes('social_links'));
      const warned = check(isWarned || held.length >= links.length, {
        what: 'warnings',
        expected: 'one that names social_links, of which Gem does not have all',
        got: warningsOf(result),
      });
      const handles = held.flatMap(({ value }) => handleOf(value) ?? []);
      if (handle === undefined) return warned.concat(same('LinkedIn handles at Gem', handles, []));
      const isThere = check(handles.includes(handle), {
        what: 'the LinkedIn handle at Gem',
        expected: handle,
        got: held.map(({ value }) => value),
      });
      return warned.concat(isThere, same('LinkedIn handles at Gem', handles.length, 1));
    });
  },
  mutants: [
    createsWrong('whole address as the handle', ({ candidate, ...body }) => ({
      ...body,
      candidate: {
        ...candidate,
        social_links: (candidate.social_links ?? []).map(({ url }) => ({
          url: `https://www.linkedin.com/in/${encodeURIComponent(url)}`,
        })),
      },
    })),
    leavesOut('links left out', 'social_links'),
    actsWrong('silent about other links', creates, async (_call, right) => {
      const answer = await right.act();
      const body = answerOf({ answer: answer.body });
      const warnings = body.warnings?.filter(({ message }) => !String(message).includes('social_links'));
      return { ...answer, body: { ...body, ...(warnings && { warnings }) } };
    }),
    createsWrong('the first link only', ({ candidate, ...body }) => ({
      ...body,
      candidate: { ...candidate, social_links: candidate.social_links?.slice(0, 1) ?? [] },
    })),
  ],
});

/** The handle in the address of a LinkedIn profile. */
function handleOf(url: string): string | undefined {
  const { hostname = '', pathname = '' } = URL.parse(url) ?? {};
  const handle = /^\/in\/([^/]+)\/?$/.exec(pathname)?.[1];
  return handle !== undefined && /(^|\.)linkedin\.com$/.test(hostname)
    ? decodeURIComponent(handle)
    : undefined;
}
