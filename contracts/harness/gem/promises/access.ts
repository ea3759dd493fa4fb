// Promises about access, by name.
import { isSameAnswer } from '../same-answer.ts';
import { expectEnvelope, expectGateway } from '../refusal-checks.ts';
import { agrees, sameWord } from '../outcome.ts';
import { evidence, type GemPromises } from '../promise.ts';

export default {
  'no-key-is-forbidden': {
    statement: 'without a key the gateway answers 403 with {"message":"Forbidden"}',
    evidence: evidence('B', 'recorded answer (gem-ats-api §1.2)'),
    place: '/components/responses/Forbidden',
    async check(gem, notes) {
      for (const operation of ['listJobs', 'listCandidates', 'listTeamUsers']) {
        const answer = await gem.call(operation, {
          headers: { 'X-API-Key': undefined, 'X-Application-Secret': undefined },
        });
        expectGateway(notes, operation, answer, 403, 'Forbidden');
      }
    },
  },

  'on-behalf-of-changes-nothing': {
    statement: 'a header On-Behalf-Of is accepted and changes nothing',
    evidence: evidence('D', 'no documented write uses it (gem-ats-api §1.2, §5.5)'),
    async check(gem, { expect }) {
      const { ask } = gem.list('listJobs');
      const answer = await gem.call('listJobs', { headers: { 'On-Behalf-Of': '1' } });
      if (!expect('listJobs', 'status', 200, answer.status)) return;
      expect(
        'listJobs',
        'body',
        sameWord,
        agrees(await isSameAnswer(answer, ask, () => gem.call('listJobs'))),
      );
    },
  },

  'unknown-key-is-forbidden': {
    statement: 'a key that is none is refused as no key is',
    evidence: evidence('C', "the gateway's default for invalid keys (gem-ats-api §1.2)"),
    async check(gem, notes) {
      const answer = await gem.call('listJobs', { headers: { 'X-API-Key': 'no-key-at-all' } });
      expectGateway(notes, 'listJobs', answer, 403, 'Forbidden');
    },
  },

  'wrong-secret-is-refused': {
    statement: "a wrong application secret is refused with 403 in the application's envelope",
    evidence: evidence('D', 'unknown (gem-ats-api §1.2, §14 #12)'),
    async check(gem, notes) {
      if (!gem.hasSecret) return notes.skip('no application secret was given');
      const answer = await gem.call('listJobs', { headers: { 'X-Application-Secret': 'not-the-secret' } });
      expectEnvelope(notes, 'listJobs', answer, 403);
    },
  },
} satisfies GemPromises;
