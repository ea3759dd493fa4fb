// Runs the rules in worlds where unproven guesses take other forms, and finds the guesses that a connector depends on.
import { controlDescription } from '../control.ts';
import { gemDescription } from '../gem.ts';
import { readChoices } from '../choices.ts';
import { drawForms, type Form, readGuesses } from '../guesses.ts';
import type { NamedRule } from './load-rules.ts';
import { failureContradiction, lookAt, type TriedPlan } from './judge-world.ts';
import { severally } from './judge-worlds.ts';
import { mergeCases, type Plan } from './merge-cases.ts';
import type { Contradiction, Entry } from '../report.ts';
import { ConnectorFailed } from './connector-failure.ts';
import { runPlan } from './run-plan.ts';
import type { Target } from './target.ts';
import { toScenarioFile } from './scenario-document.ts';
import { shrinkEnded } from './shrink.ts';
import { smallestVariation, type NamedForms } from './smallest-variation.ts';

/** The default number of varied worlds: together they take every form of most guesses. */
export const defaultVariations = 4;

/** What is verified in varied worlds. */
export interface VariedWorlds {
  rules: readonly NamedRule[];
  target: Target;
  /** Plans of the worlds that did not vary; they are used in turn. */
  plans: readonly TriedPlan[];
  seed: number;
  /** How many worlds vary. */
  count: number;
  /** The forms in all worlds; each world draws its own by the seed when left out. */
  forms?: NamedForms | undefined;
  /** Whether to look for the fewest guesses. */
  shrinks: boolean;
  /** Milliseconds for that. */
  shrinkLimit: number;
  /** How many worlds live at once. */
  atOnce: number;
  onProgress(done: number, guess?: string): void;
  signal?: AbortSignal | undefined;
}

/**
 * @returns an entry for each set of guesses that a connector depends on; a single entry that held when it depends on none
 * @throws ConnectorFailed when the connector fails although nothing varies
 */
export async function verifyVariedWorlds(options: VariedWorlds): Promise<Entry[]> {
  const { plans, count, seed, forms: given, atOnce, onProgress, signal } = options;
  const drawnFor = (number: number) =>
    given ?? Object.fromEntries(drawForms(guesses, seed * defaultVariations + number));
  const rulesFor = ({ broken }: TriedPlan) => options.rules.filter(({ name }) => !broken.has(name));
  const judge = async (tried: TriedPlan, number: number) => {
    signal?.throwIfAborted();
    onProgress(number);
    return {
      tried,
      broken: await brokenBy(drawnFor(number), tried.plan, { ...options, rules: rulesFor(tried) }),
    };
  };
  const judged = await severally(atOnce, (number) => {
    const tried = plans[number % plans.length];
    return number < count && tried ? judge(tried, number) : undefined;
  });

  const found: Dependency[] = [];
  const seen = new Set<string>();
  for (const [number, { tried, broken }] of judged.entries()) {
    if (found.length >= maxFindings) break;
    const own = { ...options, rules: rulesFor(tried) };
    const drawn = drawnFor(number);
    for (const [guess, form] of Object.entries(drawn)) seen.add(`${guess} ${form}`);
    // Forms that are known to break are left out, so that others can show.
    let forms = drawn;
    for (const { forms: known } of found) forms = withoutForms(forms, known);
    let isKnown = Object.keys(forms).length === Object.keys(drawn).length;
    while (found.length < maxFindings) {
      const breaks = isKnown ? broken : await brokenBy(forms, tried.plan, own);
      if (breaks.size === 0) break;
      isKnown = false;
      const dependency = await fewestForms({ forms, broken: breaks, plan: tried.plan, number }, own);
      found.push(dependency);
      forms = withoutForms(forms, dependency.forms);
    }
  }
  return found.length > 0
    ? found.map((dependency) => entryOf(dependency, options))
    : [held(count, seen.size)];
}

/** So many are reported at most; that is enough to work on. */
const maxFindings = 12;

const guesses = readGuesses(gemDescription, readChoices(controlDescription.document));

/** Some guesses in other forms, and what breaks then. */
interface Dependency {
  forms: NamedForms;
  /** Contradictions by rule; a failure of the connector has a key of its own. */
  broken: ReadonlyMap<string, readonly Contradiction[]>;
  plan: Plan;
  /** The number of the world. */
  number: number;
  /** Milliseconds after which the search for fewer guesses was ended, where it was not over. */
  unfinishedAfter?: number;
}

/** The fewest forms that break as much. */
async function fewestForms(dependency: Dependency, options: VariedWorlds): Promise<Dependency> {
  if (!options.shrinks) return dependency;
  const { forms, broken, plan, number } = dependency;
  const until = performance.now() + options.shrinkLimit;
  let isUnfinished = false;
  const looking = { ...options, rules: options.rules.filter(({ name }) => broken.has(name)) };
  const small = await smallPlan(dependency, looking);
  const breaks = async (some: NamedForms) => {
    options.signal?.throwIfAborted();
    options.onProgress(number, [...broken.keys()][0]);
    return overlaps(await brokenBy(some, small, looking), broken);
  };
  const isOver = () => (isUnfinished ||= performance.now() > until);
  const fewest = await smallestVariation(forms, breaks, { isOver });
  const byFewest = await brokenBy(fewest, plan, options);
  const found = { ...dependency, forms: fewest, broken: byFewest.size > 0 ? byFewest : broken, plan: small };
  return isUnfinished ? { ...found, unfinishedAfter: options.shrinkLimit } : found;
}

/** What takes a fraction of the time and breaks as well: one broken rule's case, or else all of them without their actions. */
async function smallPlan({ forms, broken, plan }: Dependency, options: VariedWorlds): Promise<Plan> {
  const own = plan.cases.find(({ rule }) => broken.has(rule));
  for (const small of [mergeCases(own ? [own] : []), { ...plan, actions: [] }]) {
    if (overlaps(await brokenBy(forms, small, options), broken)) return small;
  }
  return plan;
}

function overlaps(some: Dependency['broken'], others: Dependency['broken']): boolean {
  return [...some.keys()].some((rule) => others.has(rule));
}

/** The contradictions when guesses take these forms. */
async function brokenBy(
  variation: NamedForms,
  plan: Plan,
  { target, rules }: VariedWorlds,
): Promise<Dependency['broken']> {
  try {
    return await runPlan({ ...target, variation }, plan, async (run, ask) => {
      const { contradictions } = await lookAt(rules, run, ask);
      return contradictions;
    });
  } catch (error) {
    if (!(error instanceof ConnectorFailed)) throw error;
    return new Map([[failure, [failureContradiction(error)]]]);
  }
}

/** The key for a failure of the connector, in the place of a rule's name. */
const failure = 'the connector fails';

function withoutForms(forms: NamedForms, others: NamedForms): NamedForms {
  return Object.fromEntries(Object.entries(forms).filter(([guess, form]) => others[guess] !== form));
}

function entryOf(
  { forms, broken, plan, number, unfinishedAfter }: Dependency,
  { seed }: VariedWorlds,
): Entry {
  const named = Object.entries(forms);
  const rules = [...broken.keys()];
  // Lost records say most.
  const first = rules.find((rule) => rule === failure || rule === 'every-record') ?? rules[0] ?? '';
  const told = [first, ...rules.filter((rule) => rule !== first)];
  const only = named.map(([guess, form]) => `--variation ${quoted(`${guess}=${form}`)}`).join(' ');
  const ended = unfinishedAfter === undefined ? '' : `; ${shrinkEnded(unfinishedAfter)}`;
  const own = plan.cases.length === 1 ? ` --rule ${plan.cases[0]?.rule}` : '';
  return {
    ...nameAndStatement(named),
    evidence: evidenceOf(named.map(([guess]) => guess)),
    group: 'varying',
    state: 'broken',
    remark: `${rules[0] === failure ? failure : whatBreaks(told, broken)}${ended}`,
    contradictions: told
      .flatMap((rule) => (broken.get(rule) ?? []).slice(0, rule === first ? 3 : 1))
      .slice(0, 5),
    example: {
      scenario: toScenarioFile(
        first,
        `what is sent varies: ${named.length > mostNamed ? `${named.length} guesses at once` : named.map((one) => one.join(': ')).join(', ')}`,
        plan,
      ),
      actions: [],
      replay: `--seed ${seed} --worlds ${number + 1}${own} ${only}`,
    },
  };
}

/** So many guesses are named wherever they are meant; more of them stand once, in the command that shows it again. */
const mostNamed = 6;

function nameAndStatement(named: [guess: string, form: Form][]): Pick<Entry, 'name' | 'statement'> {
  if (named.length > mostNamed) {
    const name = `${named.length} guesses at once`;
    return { name, statement: `the rules hold when ${name} take the forms that are named below` };
  }
  return {
    name: named.map(([guess]) => guess).join(' + '),
    statement: `the rules hold when ${named.map(([guess, form]) => `\`${guess}\` is \`${form}\``).join(' and ')}`,
  };
}

/** `it loses 12 applications, and breaks 3 rules: …`. */
function whatBreaks(rules: readonly string[], broken: Dependency['broken']): string {
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
  const grade = isAssumed ? 'assumed' : 'lineage';
  if (found.length > mostNamed) return { grade, source: 'beside each guess in the description' };
  return { grade, source: found.map(({ source }) => source).join('; ') };
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
