// Runs the rules once more in worlds where what nothing proves takes other forms, and finds on which guess a connector rests.
import { controlDescription } from '../control.ts';
import { gemDescription } from '../gem.ts';
import { readChoices } from '../choices.ts';
import { drawForms, readGuesses } from '../guesses.ts';
import type { NamedRule } from './load-rules.ts';
import { contradictionOf, contradictionsOf } from './judge-world.ts';
import { mergeCases, type Plan } from './merge-cases.ts';
import type { Contradiction, Entry } from './report/report.ts';
import { ConnectorFailed } from './connector-failure.ts';
import { runPlan } from './run-plan.ts';
import type { Target } from './target.ts';
import { toScenarioFile } from './scenario-document.ts';
import { smallestVariation, type NamedForms } from './smallest-variation.ts';

/** How many worlds vary when nothing is said: between them they take every form of most guesses. */
export const defaultVariations = 4;

/** What is looked at. */
export interface VariedWorlds {
  rules: readonly NamedRule[];
  target: Target;
  /** The worlds that did not vary; their plans are taken in turn. */
  plans: readonly TriedPlan[];
  seed: number;
  /** How many worlds vary. */
  count: number;
  /** The forms of all of them; drawn by the seed, each world's own, where left out. */
  forms?: NamedForms | undefined;
  /** Whether the fewest guesses are looked for. */
  shrinks: boolean;
  onProgress(done: number, guess?: string): void;
  signal?: AbortSignal | undefined;
}

/** What a world was made of, and the rules that broke there without any variation. */
export interface TriedPlan {
  plan: Plan;
  broken: ReadonlySet<string>;
}

/**
 * @returns an entry for each few guesses that a connector rests on; a single one that held, where it rests on none
 * @throws ConnectorFailed when the connector fails although nothing varies
 */
export async function verifyVariedWorlds(options: VariedWorlds): Promise<Entry[]> {
  const { plans, count, seed, forms: given, onProgress, signal } = options;
  const found: Finding[] = [];
  const seen = new Set<string>();
  for (let number = 0; number < count && found.length < maxFindings; number += 1) {
    signal?.throwIfAborted();
    onProgress(number);
    const tried = plans[number % plans.length];
    if (!tried) break;
    const rules = options.rules.filter(({ name }) => !tried.broken.has(name));
    let forms = given ?? Object.fromEntries(drawForms(guesses, seed * defaultVariations + number));
    for (const [guess, form] of Object.entries(forms)) seen.add(`${guess} ${form}`);
    // What is known to break is left as it usually is, so that what else breaks is seen.
    for (const { forms: known } of found) forms = withoutForms(forms, known);
    while (found.length < maxFindings) {
      const finding = await findingIn(forms, tried.plan, number, { ...options, rules });
      if (!finding) break;
      found.push(finding);
      forms = withoutForms(forms, finding.forms);
    }
  }
  return found.length > 0 ? found.map((finding) => entryOf(finding, options)) : [held(count, seen.size)];
}

/** So many are told; who rests on more has enough to do. */
const maxFindings = 12;

const guesses = readGuesses(gemDescription, readChoices(controlDescription.document));

/** Some guesses in other forms, and what breaks then. */
interface Finding {
  forms: NamedForms;
  /** What is contradicted, by rule; under no rule's name what makes the connector fail. */
  broken: ReadonlyMap<string, readonly Contradiction[]>;
  plan: Plan;
  /** The number of the world. */
  number: number;
}

async function findingIn(
  forms: NamedForms,
  plan: Plan,
  number: number,
  options: VariedWorlds,
): Promise<Finding | undefined> {
  const broken = await brokenBy(forms, plan, options);
  if (broken.size === 0) return undefined;
  const finding = { forms, broken, plan, number };
  if (!options.shrinks) return finding;
  const small = await smallPlan(finding, options);
  const fewest = await smallestVariation(forms, async (some) => {
    options.signal?.throwIfAborted();
    options.onProgress(number, [...broken.keys()][0]);
    return overlaps(await brokenBy(some, small, options), broken);
  });
  const byFewest = await brokenBy(fewest, plan, options);
  return { ...finding, forms: fewest, broken: byFewest.size > 0 ? byFewest : broken, plan: small };
}

/** The case of one broken rule, where that alone breaks as well; it takes a fraction of the time. */
async function smallPlan({ forms, broken, plan }: Finding, options: VariedWorlds): Promise<Plan> {
  const own = plan.cases.find(({ rule }) => broken.has(rule));
  const small = mergeCases(own ? [own] : []);
  return overlaps(await brokenBy(forms, small, options), broken) ? small : plan;
}

function overlaps(some: Finding['broken'], others: Finding['broken']): boolean {
  return [...some.keys()].some((rule) => others.has(rule));
}

/** What is contradicted when guesses take these forms. */
async function brokenBy(
  variation: NamedForms,
  plan: Plan,
  { target, rules }: VariedWorlds,
): Promise<Finding['broken']> {
  try {
    return await runPlan({ ...target, variation }, plan, (run, ask) => contradictionsOf(rules, run, ask));
  } catch (error) {
    if (!(error instanceof ConnectorFailed)) throw error;
    return new Map([[failure, [contradictionOf(error)]]]);
  }
}

/** Stands in the place of a rule's name where the connector fails as a whole. */
const failure = 'the connector fails';

function withoutForms(forms: NamedForms, others: NamedForms): NamedForms {
  return Object.fromEntries(Object.entries(forms).filter(([guess, form]) => others[guess] !== form));
}

function entryOf({ forms, broken, plan, number }: Finding, { seed }: VariedWorlds): Entry {
  const named = Object.entries(forms);
  const rules = [...broken.keys()];
  // That records are lost says most.
  const first = rules.find((rule) => rule === failure || rule === 'every-record') ?? rules[0] ?? '';
  const told = [first, ...rules.filter((rule) => rule !== first)];
  const only = named.map(([guess, form]) => `--variation ${quoted(`${guess}=${form}`)}`).join(' ');
  const own = plan.cases.length === 1 ? ` --rule ${plan.cases[0]?.rule}` : '';
  return {
    name: named.map(([guess]) => guess).join(' + '),
    statement: `the rules hold when ${named.map(([guess, form]) => `\`${guess}\` is \`${form}\``).join(' and ')}`,
    evidence: evidenceOf(named.map(([guess]) => guess)),
    group: 'varying',
    state: 'broken',
    remark: rules[0] === failure ? failure : whatBreaks(told, broken),
    contradictions: told
      .flatMap((rule) => (broken.get(rule) ?? []).slice(0, rule === first ? 3 : 1))
      .slice(0, 5),
    example: {
      scenario: toScenarioFile(
        first,
        `what is sent varies: ${named.map((one) => one.join(': ')).join(', ')}`,
        plan,
      ),
      actions: [],
      replay: `--seed ${seed} --worlds ${number + 1}${own} ${only}`,
    },
  };
}

/** `it loses 12 applications, and breaks 3 rules: …`. */
function whatBreaks(rules: readonly string[], broken: Finding['broken']): string {
  const lost = new Map<string, number>();
  for (const { about, expected, got } of broken.get('every-record') ?? []) {
    const [list = ''] = about.split(' ');
    if (expected === 1 && got === 0) lost.set(list, (lost.get(list) ?? 0) + 1);
  }
  const losses = [...lost].map(([list, count]) => `${count} ${list}`).join(', ');
  const count = `${rules.length} ${rules.length === 1 ? 'rule' : 'rules'}`;
  return `it ${losses === '' ? '' : `loses ${losses}, and `}breaks ${count}: ${rules.join(', ')}`;
}

function evidenceOf(names: readonly string[]): Entry['evidence'] {
  const found = guesses.filter(({ name }) => names.includes(name)).map(({ evidence }) => evidence);
  const isAssumed = found.some(({ grade }) => grade === 'assumed');
  return { grade: isAssumed ? 'assumed' : 'lineage', source: found.map(({ source }) => source).join('; ') };
}

function held(count: number, forms: number): Entry {
  return {
    name: 'variations',
    statement: 'the rules hold whatever form is sent where nothing is proven',
    evidence: { grade: 'documented', source: "the emulator's own: the alternatives beside the evidence" },
    group: 'varying',
    state: 'held',
    remark: `${forms} forms in ${count} ${count === 1 ? 'world' : 'worlds'}`,
    contradictions: [],
  };
}

function quoted(text: string): string {
  return /^[\w.=-]+$/.test(text) ? text : `'${text}'`;
}
