import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MockGem } from '../../../mock-server/server.ts';
import { someOf } from '../../support/deep.ts';
import { deviations, type Seeded } from './deviations.ts';
import { namesOf, startProxy, startSubject, verify } from './support.ts';

let gem: MockGem;
beforeAll(async () => {
  gem = await startSubject();
});
afterAll(() => gem.close());

// Several that have nothing to do with each other are in one proxy, which is verified once; with DEEP_RUNS each is alone.
// `npm test` verifies two of the proxies, the short deep run all.
describe.each(someOf(grouped(deviations), 2))('a server that gets several things wrong, %#', (...group) => {
  let broken: string[];
  let close: () => Promise<void>;
  beforeAll(async () => {
    const proxy = await startProxy(gem, group);
    close = proxy.close;
    const allowWrites = group.some(({ writes }) => writes);
    broken = namesOf(await verify(gem, { url: proxy.url, allowWrites }), 'broken');
  });
  afterAll(() => close());

  test.each(group)('is caught: $name', ({ breaks }) => {
    expect(broken).toEqual(expect.arrayContaining([...breaks]));
  });

  test('breaks nothing else', () => {
    const expected = new Set(group.flatMap(({ breaks }) => breaks));
    expect(broken.toSorted()).toEqual([...expected].toSorted());
  });
});

function grouped(all: readonly Seeded[]): [Seeded, ...Seeded[]][] {
  const groups = new Map<string | number, [Seeded, ...Seeded[]]>();
  all.forEach((one, index) => {
    const key = process.env['DEEP_RUNS'] ? index : one.writes ? 'writes' : index % 4;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  });
  return [...groups.values()];
}
