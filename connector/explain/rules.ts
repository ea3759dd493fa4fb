// The rules in words that decide a field, from the catalogue or else from the description of the unified API.
import { coveredModels, type ModelName } from '../../contracts/coverage.ts';
import catalogue from '../../contracts/generated/rules.json' with { type: 'json' };
import { unifiedDescription, type UnifiedSchemas } from '../../contracts/unified.ts';
import { isContainer } from './noted.ts';
import { valueAt } from './places.ts';

type RuleInWords = UnifiedSchemas['RuleInWords'];
type ModelWord = UnifiedSchemas['ModelWord'];

/** The word for a model in the path of a call. */
export function wordOf(model: ModelName): ModelWord {
  return words[model];
}

const words: Readonly<Record<ModelName, ModelWord>> = {
  ats_users: 'users',
  ats_jobs: 'jobs',
  ats_job_postings: 'job-postings',
  ats_candidates: 'candidates',
  ats_application_stages: 'application-stages',
  ats_applications: 'applications',
  ats_interviews: 'interviews',
  ats_join_jobs_application_stages: 'join-jobs-application-stages',
  ats_join_jobs_users: 'join-jobs-users',
  ats_join_interviews_users: 'join-interviews-users',
};

/** @returns the model that a word stands for */
export function modelByWord(word: ModelWord): ModelName {
  const found = modelNames.find((name) => words[name] === word);
  if (found === undefined) throw new Error(`no model is called ${word}`);
  return found;
}

const modelNames = Object.keys(coveredModels).filter((name): name is ModelName => name in coveredModels);

/** Whether the connector's page lists a field as covered for Gem. */
export function isListed(model: ModelName, name: string): boolean {
  return coveredModels[model].fields.includes(name);
}

/** The rules that are about a field of a model, in words. */
export function rulesOf(model: ModelName, name: string): RuleInWords[] {
  const field = `${words[model]}.${name}`;
  const found = rules.filter(({ fields }) => fields.includes(field) || fields.includes(`*.${name}`));
  if (found.length > 0) return found.map(({ rule }) => rule);
  const described = describe(model, name);
  if (described) return [described];
  return isListed(model, name) ? [listed] : [];
}

const listed: RuleInWords = {
  name: null,
  statement: "the connector's page lists the field as one that it fills from Gem",
  evidence: { grade: 'documented', source: 'kombo-gem-connector §1' },
};

const rules = Object.entries(catalogue).map(([name, { statement, evidence, fields }]) => ({
  fields,
  rule: { name, statement, evidence: { source: evidence.source, grade: gradeOf(evidence.grade) } },
}));

const schemas: Partial<Record<ModelName, string>> = {
  ats_users: 'User',
  ats_jobs: 'Job',
  ats_job_postings: 'JobPosting',
  ats_candidates: 'Candidate',
  ats_application_stages: 'ApplicationStage',
  ats_applications: 'Application',
  ats_interviews: 'Interview',
};

/** What the description says of a field, where it says something. */
function describe(model: ModelName, name: string): RuleInWords | undefined {
  const schema = schemas[model];
  const start = ['components', 'schemas', schema ?? '', 'properties', name];
  const steps: unknown[] = [valueAt(unifiedDescription.document, start)];
  for (let at = steps[0]; isContainer(at); at = followed(at)) steps.push(at);
  const said = (key: string) =>
    steps.map((step) => valueAt(step, [key])).find((value) => value !== undefined);
  const [text, evidence] = [said('description'), said('x-evidence')];
  if (typeof text !== 'string') return undefined;
  return {
    name: null,
    statement: text.replace(/\.$/, ''),
    evidence: {
      grade: gradeOf(valueAt(evidence, ['grade'])),
      source: String(valueAt(evidence, ['source']) ?? "Kombo's OpenAPI and SDK"),
    },
  };
}

function followed(schema: object): unknown {
  const reference = valueAt(schema, ['$ref']);
  return typeof reference === 'string'
    ? valueAt(unifiedDescription.document, reference.split('/').slice(1))
    : undefined;
}

/** What the description says without a grade is the vendor's. */
function gradeOf(grade: unknown): RuleInWords['evidence']['grade'] {
  return grade === 'observed' || grade === 'lineage' || grade === 'assumed' ? grade : 'documented';
}
