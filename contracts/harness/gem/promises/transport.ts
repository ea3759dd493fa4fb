// Promises about the transport of answers, by name.
import { isSameAnswer } from '../same-answer.ts';
import { agrees, sameWord } from '../outcome.ts';
import { evidence, type GemPromises } from '../promise.ts';
import { literal, shape } from '../../../drift/shape.ts';

export default {
  'answers-are-json': {
    statement: 'every answer to reading is sent as JSON and says so',
    evidence: evidence('B', 'read by every client (gem-ats-api §1.5)'),
    async check(gem, { expect }) {
      for (const [operation, { notJson }] of gem.seen.successes)
        expect(operation, 'answers of another type', 0, notJson);
    },
  },

  'both-slash-forms': {
    statement: 'a list is answered alike with and without the last slash of its path, and never redirected',
    evidence: evidence('B', 'two clients use the two forms (gem-ats-api §1.3)'),
    async check(gem, { expect }) {
      for (const { operation, path, ask } of gem.lists()) {
        const other = await gem.call(operation.id, { path, otherSlash: true });
        if (!expect(operation.id, 'status in the other form', 200, other.status)) continue;
        const isAlike = await isSameAnswer(other, ask, () => gem.call(operation.id, { path }));
        expect(operation.id, 'body in the other form', sameWord, agrees(isAlike));
      }
    },
  },

  'crm-times-in-unix-seconds': {
    statement: 'the CRM sends instants as whole Unix seconds',
    evidence: evidence('A', "Gem's CRM reference (gem-ats-api §1.8)"),
    async check(gem, { expect }) {
      for (const { operation, rows, createdField } of gem.lists({ api: 'crm' })) {
        if (createdField === undefined) continue;
        for (const row of rows) {
          const time = row[createdField];
          expect(
            operation.id,
            createdField,
            literal('seconds'),
            isSeconds(time) ? literal('seconds') : shape(time),
          );
        }
      }
    },
  },

  'keys-in-alphabetical-order': {
    statement: 'the keys of every object travel in alphabetical order',
    evidence: evidence('B', 'every recorded answer of a job board (gem-ats-api §1.1)'),
    async check(gem, { expect }) {
      for (const [operation, { unordered }] of gem.seen.successes)
        expect(operation, 'objects out of order', 0, unordered);
    },
  },

  'no-rate-limit-headers': {
    statement: 'no answer tells of the rate limit in a header',
    evidence: evidence('A', "Gem's CRM reference names none (gem-ats-api §1.4)"),
    async check(gem, { expect }) {
      const telling = [...gem.seen.headers].filter((name) =>
        /^(x-)?ratelimit|^x-rate-limit|^retry-after$/.test(name),
      );
      expect('all answers', 'such headers', 0, telling.length);
    },
  },

  'timestamps-in-milliseconds': {
    statement: 'the ATS and the job board send instants in UTC, with milliseconds and a Z',
    evidence: evidence('B', 'recorded answers of job boards (gem-ats-api §1.8)'),
    async check(gem, { expect }) {
      for (const { operation, api, rows } of gem.lists()) {
        const instants = api === 'crm' ? [] : rows.flatMap((row) => instantsIn(row));
        if (instants.length === 0) continue;
        const others = instants.filter((text) => !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text));
        expect(operation.id, 'instants in another form', 0, others.length);
      }
    },
  },
} satisfies GemPromises;

/** Milliseconds would be a thousand times as many: those of any day since 1973 are more than the seconds until 5138. */
function isSeconds(time: unknown): boolean {
  return typeof time === 'number' && Number.isInteger(time) && time > 0 && time < 100_000_000_000;
}

/** Texts of people and fields of the team are left out: what they hold is theirs. */
function instantsIn(value: unknown, key = ''): string[] {
  if (key === 'custom_fields' || key === 'keyed_custom_fields') return [];
  if (typeof value === 'string') {
    return /(_at|_activity|date_time)$/.test(key) && /^\d{4}-\d\d-\d\d./.test(value) ? [value] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    instantsIn(inner, Array.isArray(value) ? key : name),
  );
}
