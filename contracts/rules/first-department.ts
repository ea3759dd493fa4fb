import type { GemSchemas } from '../gem.ts';
import type { UnifiedSchemas } from '../unified.ts';
import { same } from './evidence.ts';
import { connectorPage, type ReadRule } from './rule.ts';

export const firstDepartment: ReadRule<GemSchemas['Job'], UnifiedSchemas['Job']> = {
  name: 'first-department',
  statement: "a job's `department` is the first of Gem's `departments`, and only that one",
  source: connectorPage,
  kind: 'read',
  holds: ({ gem, unified }) => same('department', unified.department, gem.departments.at(0)?.name ?? null),
};
