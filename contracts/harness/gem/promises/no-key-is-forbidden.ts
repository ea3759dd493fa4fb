import { evidence, type GemPromise } from '../promise.ts';
import { expectGateway } from '../gateway.ts';

export default {
  statement: 'without a key the gateway answers 403 with {"message":"Forbidden"}',
  evidence: evidence('B', 'recorded answer (facts §1.2)'),
  group: 'access',
  place: '/components/responses/Forbidden',
  async check(gem, notes) {
    for (const operation of ['listJobs', 'listCandidates', 'listTeamUsers']) {
      const answer = await gem.call(operation, {
        headers: { 'X-API-Key': undefined, 'X-Application-Secret': undefined },
      });
      expectGateway(notes, operation, answer, 403, 'Forbidden');
    }
  },
} satisfies GemPromise;
