import type { GemSchemas } from '../gem.ts';
import type { UnifiedSchemas } from '../unified.ts';
import { reachable } from './evidence.ts';
import { connectorPage, type ReadRule } from './rule.ts';

export const applicationSource: ReadRule<GemSchemas['Application'], UnifiedSchemas['Application']> = {
  name: 'application-source',
  statement: 'each application carries its own source in a custom field',
  source: connectorPage,
  kind: 'read',
  holds: ({ gem, unified }) => reachable(unified, 'source', gem.source?.public_name ?? null),
};
