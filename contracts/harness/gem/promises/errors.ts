// Promises about errors and their texts, by name.
import { gemDescription } from '../../../gem.ts';
import { errorOf, expectEnvelope, expectGateway } from '../refusal-checks.ts';
import { evidence, type GemPromises } from '../promise.ts';
import { oneOfWords, literal } from '../../../drift/shape.ts';

export default {
  'bad-boolean-is-refused': {
    statement: 'include_deleted, live and active take true and false, and refuse other words with 422',
    evidence: evidence('C', 'framework default (gem-ats-api §1.6, §1.9)'),
    async check(gem, notes) {
      for (const parameter of ['include_deleted', 'live', 'active']) {
        for (const { operation, ask } of gem.lists({ takes: parameter })) {
          const answer = await ask({ [parameter]: 'perhaps' });
          expectEnvelope(notes, `${operation.id} by ${parameter}`, answer, 422, ['query', parameter]);
        }
      }
    },
  },

  'bad-date-is-refused': {
    statement: 'a time that is none is refused with 422',
    evidence: evidence(
      'A',
      "Gem's CRM reference lists the status; the place by framework default (gem-ats-api §1.9, §14 #10)",
    ),
    async check(gem, notes) {
      for (const parameter of parameters) {
        for (const { operation, ask } of gem.lists({ takes: parameter })) {
          const answer = await ask({ [parameter]: 'yesterday' });
          expectEnvelope(notes, `${operation.id} by ${parameter}`, answer, 422, ['query', parameter]);
        }
      }
    },
  },

  'bad-status-is-refused': {
    statement: 'a list that is asked for a status which does not exist answers 422',
    evidence: evidence(
      'D',
      'Harvest answers with an empty list, the framework would refuse (gem-ats-api §1.6, §14 #10)',
    ),
    async check(gem, notes) {
      for (const { operation, ask } of gem.lists({ takes: 'status' })) {
        expectEnvelope(notes, operation.id, await ask({ status: 'no_such_status' }), 422, [
          'query',
          'status',
        ]);
      }
    },
  },

  'other-content-types-are-refused': {
    statement: 'a body of another content type than JSON is refused with 415',
    evidence: evidence('C', 'framework default (gem-ats-api §1.9)'),
    place: '/components/responses/UnsupportedMediaType',
    writes: true,
    async check(gem, notes) {
      const answer = await gem.call('createCandidate', {
        body: 'nothing',
        headers: { 'Content-Type': 'text/plain' },
      });
      expectEnvelope(notes, 'createCandidate', answer, 415);
    },
  },

  'texts-of-query-errors': {
    statement: 'what is wrong with a query is said in the words of the framework',
    evidence: evidence('C', 'framework sources (gem-ats-api §1.9)'),
    async check(gem, { expect }) {
      for (const { operation, api, pageSize, takes, ask } of gem.lists()) {
        if (api === 'board') continue;
        const tooSmall = `Must be greater than or equal to 1 and less than or equal to ${pageSize.max}.`;
        // The CRM takes Unix seconds where the ATS takes dates.
        const noTime = api === 'crm' ? 'Not a valid integer.' : 'Not a valid datetime.';
        for (const [parameter, value, text] of [
          [pageSize.name, 0, tooSmall],
          ['created_after', 'yesterday', noTime],
          ['updated_after', 'yesterday', noTime],
          ...texts,
        ] as const) {
          if (!takes(parameter)) continue;
          const got = errorOf(await ask({ [parameter]: value }), ['query', parameter]);
          expect(
            `${operation.id} by ${parameter} of ${value}`,
            'text',
            literal(text),
            oneOfWords(got, [text]),
          );
        }
      }
    },
  },

  'too-large-requests-are-refused': {
    statement: 'a request of more than 10 MB is refused with 413 by the gateway',
    evidence: evidence('C', 'gateway default (gem-ats-api §1.4)'),
    place: '/components/responses/PayloadTooLarge',
    writes: true,
    async check(gem, notes) {
      const body = { ...(await gem.people.body()), title: 'x'.repeat(11 * 1024 * 1024) };
      const answer = await gem.call('createCandidate', { body });
      expectGateway(notes, 'createCandidate', answer, 413, 'Request Too Long');
    },
  },

  'unknown-id-is-not-found': {
    statement: "an id that leads nowhere is answered with 404 in the application's envelope",
    evidence: evidence(
      'C',
      "Gem's CRM reference lists the status; the form by framework default (gem-ats-api §1.9, §14 #9)",
    ),
    async check(gem, notes) {
      for (const { id, method, path, parameters } of gemDescription.operations.values()) {
        const names = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
        const isItem = method === 'get' && names.length === 1 && path.endsWith('}') && path.includes('_id}');
        if (!isItem || path.startsWith('/job_board/')) continue;
        const answer = await gem.call(id, {
          path: Object.fromEntries(names.map((name) => [name, 'bm9ib2R5'])),
        });
        expectEnvelope(notes, id, answer, 404);
      }
    },
  },

  'unknown-path-is-not-found': {
    statement: "a path that does not exist is answered with 404 in the application's envelope",
    evidence: evidence('C', 'framework default (gem-ats-api §1.9)'),
    async check(gem, notes) {
      expectEnvelope(notes, 'a path of the ATS', await gem.send('GET', '/ats/v0/mock_gem_unknown/'), 404);
    },
  },

  'unreadable-json-is-refused': {
    statement: 'a body that is no JSON is refused with 400',
    evidence: evidence('C', 'framework default (gem-ats-api §1.9)'),
    writes: true,
    async check(gem, notes) {
      const answer = await gem.call('createCandidate', {
        body: '{"first_name": ',
        headers: { 'Content-Type': 'application/json' },
      });
      expectEnvelope(notes, 'createCandidate', answer, 400);
    },
  },

  'wrong-method-is-refused': {
    statement: 'a method that a path does not know is refused with 405',
    evidence: evidence('C', 'framework default (gem-ats-api §1.9)'),
    // What the real Gem does with an unknown method is not known.
    writes: true,
    async check(gem, notes) {
      const answer = await gem.send('PUT', '/ats/v0/offices/', { body: {} });
      expectEnvelope(notes, 'PUT on a list', answer, 405, [], '/components/responses/MethodNotAllowed');
    },
  },
} satisfies GemPromises;

const parameters = ['created_after', 'updated_after', 'last_activity_after', 'starts_after', 'ends_before'];

const texts = [
  ['page', 'first', 'Not a valid integer.'],
  ['page', 0, 'Must be greater than or equal to 1.'],
  ['include_deleted', 'perhaps', 'Not a valid boolean.'],
] as const;
