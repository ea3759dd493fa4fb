import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'a new application stands in the first stage of its job, or in the one that was named',
  evidence: evidence('C', 'field typed by a client; first stage as in Harvest (facts §5.1)'),
  group: 'writing',
  place: '/components/schemas/CreateCandidateBody/properties/initial_stage_id',
  writes: true,
  async check(gem, { expect }) {
    const { candidate, stageIds } = await gem.people.one();
    const stageOf = (person: typeof candidate) => person.applications[0]?.current_stage?.id;
    expect('createCandidate', 'in the first stage', true, stageOf(candidate) === stageIds[0]);
    const [, second = ''] = stageIds;
    const other = await gem.people.another({ initial_stage_id: second });
    expect('createCandidate', 'in the named stage', true, stageOf(other.candidate) === second);
  },
} satisfies GemPromise;
