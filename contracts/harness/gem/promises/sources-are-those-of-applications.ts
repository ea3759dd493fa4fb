import { evidence, type GemPromise } from '../promise.ts';

export default {
  statement: 'the source of an application stands in the list of sources, under the same name',
  evidence: evidence('C', 'Harvest; a vendor waits for a new source to show up (facts §2.1 #34)'),
  group: 'records',
  async check(gem, { expect, unseen }) {
    unseen('no application has a source');
    const { read, size } = gem.list('listSources');
    // As the description has them; otherwise there is nothing to look at.
    const sources = (await read({ include_deleted: 'true', [size.name]: size.most })) as unknown as {
      id: string;
      name: string;
    }[];
    const used = gem.records('listApplications').flatMap(({ source }) => source ?? []);
    const strange = used.filter(
      ({ id, public_name: name }) => !sources.some((one) => one.id === id && one.name === name),
    );
    if (used.length > 0) expect('listSources', 'sources that are missing', 0, strange.length);
  },
} satisfies GemPromise;
