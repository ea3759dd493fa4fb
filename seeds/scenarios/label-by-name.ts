import type { ResourceName } from '../records.ts';
import type { Labels } from '../scenario.ts';

/** Labels records by their own names: `Company career site` is `company-career-site`. */
export function labelByName(
  resource: ResourceName,
  records: readonly ({ id: string } & ({ name: string } | { public_name: string }))[],
): Labels {
  return Object.fromEntries(
    records.map((record) => {
      const name = 'name' in record ? record.name : record.public_name;
      return [name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'), { resource, id: record.id }];
    }),
  );
}
