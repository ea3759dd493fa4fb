import type { GemSchemas } from '../gem.ts';
import type { UnifiedSchemas } from '../unified.ts';
import { same } from './evidence.ts';
import { connectorPage, type ReadRule } from './rule.ts';

export const firstOffice: ReadRule<GemSchemas['Job'], UnifiedSchemas['Job']> = {
  name: 'first-office',
  statement: "a job's `location` is the first of Gem's `offices`, and only that one",
  source: connectorPage,
  kind: 'read',
  holds({ gem, unified }) {
    const office = gem.offices.at(0);
    if (office === undefined) return same('location of a job without offices', unified.location, null);
    const place = office.location.name.trim() === '' ? office.name : office.location.name;
    const expected = place.trim() === '' ? null : place;
    return same('location.raw', unified.location?.raw, expected);
  },
};
