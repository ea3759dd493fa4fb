// `mock-gem/harness`: what an adapter is typed with, and the rules for other people's tests to run.
export type { Account, ActionAnswer, ActionCall, Adapter, SyncType } from './adapter.ts';
export { listNames, type ItemOf, type ListName } from './lists.ts';
export { loadRules, ruleNames, type NamedRule } from './load-rules.ts';
export type { GemSchemas } from '../gem.ts';
export type { UnifiedSchemas } from '../unified.ts';
export type { Contradiction, Entry, Example, Report } from '../report.ts';
export { toTable, type TableLook } from './report/table.ts';
export type { Rule } from './rule.ts';
export type { EmulatedWorld, Emulator } from './target.ts';
export { ConnectorFailed } from './connector-failure.ts';
export { defaultVariations } from './varied-worlds.ts';
export { defaultShrinkLimit, defaultWorlds, type Progress } from './judge-worlds.ts';
export { verifyConnector, type VerifyConnector } from './verify-connector.ts';
