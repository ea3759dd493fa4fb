import type { GemSchemas } from '../gem.ts';
import type { UnifiedSchemas } from '../unified.ts';
import { reachable } from './evidence.ts';
import { connectorPage, type ReadRule } from './rule.ts';

export const allOffices: ReadRule<GemSchemas['Job'], UnifiedSchemas['Job']> = {
  name: 'all-offices',
  statement: "all of a job's offices are reachable through custom fields",
  source: connectorPage,
  kind: 'read',
  holds: ({ gem, unified }) => reachable(unified, 'offices', gem.offices),
};
