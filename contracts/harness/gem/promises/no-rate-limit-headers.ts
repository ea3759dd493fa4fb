import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'no answer tells of the rate limit in a header',
  evidence: evidence('A', "Gem's CRM reference names none (facts §1.4)"),
  group: 'transport',
  async check(gem, { expect }) {
    const telling = [...gem.headersSeen()].filter((name) =>
      /^(x-)?ratelimit|^x-rate-limit|^retry-after$/.test(name),
    );
    expect('all answers', 'such headers', 0, telling.length);
  },
} satisfies GemPromise;
