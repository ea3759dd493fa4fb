import { expectEnvelope } from '../envelope.ts';
import { isNode } from '../document.ts';
import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement:
    'a person who has an active application to a job gets no second one: 400 with errors.duplicate_candidate',
  evidence: evidence('D', 'the CRM does so for LinkedIn handles (facts §14 #4)'),
  group: 'writing',
  writes: true,
  async check(gem, notes) {
    const { email, candidateId } = await gem.people.one();
    const { answer } = await gem.people.create({ ...(await gem.people.body()), email });
    const { body } = answer;
    expectEnvelope(notes, 'createCandidate', answer, 400);
    const errors = isNode(body) && isNode(body['errors']) ? body['errors'] : {};
    const duplicate = errors['duplicate_candidate'];
    const isNamed = isNode(duplicate) && duplicate['id'] === candidateId;
    notes.expect('createCandidate', 'errors.duplicate_candidate names the person', true, isNamed);
  },
} satisfies GemPromise;
