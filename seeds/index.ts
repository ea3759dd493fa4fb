export {
  findScenario,
  groupOf,
  loadScenario,
  readScenarioDocument,
  scenarios,
  scenarioSchema,
  type ScenarioReference,
} from './catalogue.ts';
export { scenarioSkeleton } from './scenario-file/skeleton.ts';
export {
  defaultAnchor,
  type Edit,
  type Labels,
  type Scenario,
  type ScenarioOptions,
  type TimelineEntry,
  type WorldSeed,
} from './scenario.ts';
export { InvalidScenario } from './scenario-file/problems.ts';
export {
  readSettings,
  settleParameters,
  type Parameter,
  type ParameterType,
  type ParameterValue,
} from './parameters.ts';
export { Identifiers, type IdentifierKind } from './identifiers.ts';
export {
  ownMember,
  recordsOf,
  resourceNames,
  type BaseRecord,
  type Company,
  type RecordTypes,
  type Records,
  type ResourceName,
} from './records.ts';
export { parseDuration } from './times.ts';
export { checkFields, resolveReferences, type FieldProblem } from './fields.ts';
export { makeRecord } from './factories/index.ts';
export { onePagePdf } from './factories/candidates.ts';
export { createKit, type Kit } from './factories/kit.ts';
export { completeParts } from './factories/parts.ts';
