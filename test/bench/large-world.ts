import { toInstant } from '../../contracts/clock.ts';
import { makeApplication } from '../../seeds/factories/applications.ts';
import { makeResume, makeCandidate } from '../../seeds/factories/candidates.ts';
import { makeJob } from '../../seeds/factories/jobs.ts';
import { createKit } from '../../seeds/factories/kit.ts';
import { defaultAnchor, type WorldSeed } from '../../seeds/index.ts';
import { noRecords } from '../../seeds/scenario.ts';

/** How many candidates changed last, scattered over the whole world. */
const changed = 100;

/** The instant since which just those candidates have changed. */
export const changedSince = toInstant(Date.parse(defaultAnchor) - 60_000);

/**
 * Makes a world with many candidates, every second with an application to one of
 * twenty jobs, every twentieth and all that changed last with a résumé.
 *
 * @param count how many candidates, at least as many as are changed
 */
export function largeWorld(count: number): WorldSeed {
  const kit = createKit('bench', defaultAnchor);
  const records = noRecords();
  const jobs = Array.from({ length: 20 }, (_, index) => makeJob(kit, { name: `Job ${index}` }));
  records.jobs.push(...jobs);
  for (let index = 0; index < count; index += 1) {
    const isChanged =
      index % Math.floor(count / changed) === 0 && index / Math.floor(count / changed) < changed;
    const candidate = makeCandidate(kit, {
      created_at: kit.ago(kit.chance.number.int({ min: 3, max: 1500 }), index % 1440),
      // A hundred thousand people do not share a few thousand addresses.
      email_addresses: [{ value: `person.${index}@example.com`, type: 'personal', is_primary: true }],
    });
    if (isChanged) candidate.updated_at = defaultAnchor;
    records.candidates.push(candidate);
    const job = jobs[index % jobs.length];
    if (job && index % 2 === 0) records.applications.push(makeApplication(kit, candidate, job));
    // All that changed have one, so that those of a small world are as much to send as those of a large one.
    if (index % 20 === 0 || isChanged) records.attachments.push(makeResume(kit, candidate));
  }
  return {
    company: { name: 'Bench', vanity: 'bench' },
    records,
    identifiers: kit.identifiers,
    labels: {},
    timeline: [],
  };
}
