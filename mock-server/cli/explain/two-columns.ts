// A record on both sides, for a terminal: the unified value on the left, the places at Gem on the right, the rule beneath.
import { stripVTControlCharacters } from 'node:util';
import type { Paint } from '../../../contracts/harness/report/paint.ts';
import { pad, widthOf, wrapLines, wrapWords } from '../../../contracts/harness/report/text-width.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';

type Explanation = UnifiedSchemas['Explanation'];
type Value = UnifiedSchemas['ExplainedValue'];
type Place = UnifiedSchemas['GemPlace'];
type Rule = UnifiedSchemas['RuleInWords'];

/** How it is to look. */
export interface Look {
  /** Columns. */
  width: number;
  style: Paint;
  /** Whether every entry of nested lists is shown, and what is not covered. */
  isWhole: boolean;
}

/** Shows what each value of a record was made of. */
export function showExplanation(explanation: Explanation, look: Look): string[] {
  const { values, rules } = explanation;
  const byName = new Map(rules.map((rule) => [rule.name ?? rule.statement, rule]));
  const shown = values.filter(
    (value) => look.isWhole || !(isUncovered(value) || isLaterEntry(value) || isOfEveryRecord(value)),
  );
  const told = new Set<string>();
  const blocks = shown.flatMap((value) => showValue(explanation, value, byName, told, look));
  return [...heading(explanation, look), ...blocks, ...(look.isWhole ? [] : leftOut(values, look))];
}

function heading(explanation: Explanation, { width, style }: Look): string[] {
  const { label, id, gem, values, changed_at: changedAt, remote_deleted_at: deletedAt } = explanation;
  const name = nameOf(explanation);
  const changed = values.filter(({ is_changed: isChanged }) => isChanged).length;
  const state =
    gem.now === null
      ? gem.problem === null
        ? 'Gem was not asked'
        : `Gem did not tell: ${gem.problem}`
      : changed === 0
        ? 'Gem has the same now'
        : `${changed} ${changed === 1 ? 'value is' : 'values are'} different at Gem now`;
  const half = leftWidth(width);
  const facts = [
    `changed ${changedAt}`,
    ...(deletedAt === null ? [] : [`gone since ${deletedAt}`]),
    ...(gem.stored === null ? ['raw records are not kept'] : []),
  ];
  return [
    `${style.bold(name === undefined ? label : `${label}: ${name}`)}`,
    ...[`${facts.join(' · ')} · `].map(
      (text) => style.faint(text) + (changed > 0 ? style.bad(state) : style.faint(state)),
    ),
    '',
    `${pad('UNIFIED', half)}${gap}GEM`,
    ...beside(fit(id, half), fit(`${gem.route} ${gem.remote_id}`, width - half - gap.length), half).map(
      style.faint,
    ),
    style.faint('─'.repeat(width)),
  ];
}

const gap = '  ';

function leftWidth(width: number): number {
  return Math.floor((width - gap.length) / 2);
}

/** What people call the record, where it is called something. */
function nameOf({ item }: Explanation): string | undefined {
  const text = (key: string): string[] => (typeof item[key] === 'string' ? [item[key]] : []);
  const person = [...text('first_name'), ...text('last_name')].join(' ');
  return person || text('name')[0] || text('title')[0];
}

function showValue(
  { gem }: Explanation,
  value: Value,
  rules: ReadonlyMap<string, Rule>,
  told: Set<string>,
  { width, style }: Look,
): string[] {
  const half = leftWidth(width);
  const right = width - half - gap.length;
  const left = [
    ...fit(value.field, half).map(style.bold),
    ...indented(written(value.value), half),
    ...(value.is_changed ? indented(`now ${written(value.now)}`, half).map(style.bad) : []),
  ];
  const others = value.from.slice(mostPlaces);
  const places = [
    ...value.from
      .slice(0, mostPlaces)
      .flatMap((place, index, all) => showPlace(place, all[index - 1] ?? ofGem(gem), right, style)),
    ...(others.length > 0 ? [style.faint(`and ${others.length} more places`)] : []),
    ...(value.empty === null ? [] : wrapWords(value.empty.replaceAll('`', ''), right).map(style.faint)),
  ];
  const isNew = value.rules.filter((rule) => !told.has(rule));
  for (const rule of value.rules) told.add(rule);
  return [
    ...beside(left, places, half),
    ...(value.note === null ? [] : wrapWords(value.note, width - 2).map((line) => style.faint(`  ${line}`))),
    ...isNew.flatMap((name) => showRule(rules.get(name), width, style)),
    ...value.rules
      .filter((rule) => !isNew.includes(rule))
      .map((rule) => style.faint(`  as above: ${rule}`))
      .flatMap((line) => fit(line, width)),
    '',
  ];
}

const mostPlaces = 5;

type RecordName = Pick<Place, 'route' | 'remote_id'>;

function ofGem({ route, remote_id }: Explanation['gem']): RecordName {
  return { route, remote_id };
}

/** @param before the record that was named last */
function showPlace(place: Place, before: RecordName, width: number, style: Paint): string[] {
  const { path, route, remote_id: remoteId, reads, except } = place;
  const isSame = route === before.route && remoteId === before.remote_id;
  const what = path === '' ? 'the whole record' : path;
  const how = {
    value: '',
    form: ' (that it is one)',
    entries: ' (how many)',
    everything: path === '' ? '' : ' (all of it)',
  }[reads];
  return [
    ...(isSame ? [] : fit(`${route} ${remoteId}`, width).map(style.faint)),
    ...fit(`${what}${how}`, width),
    ...(except.length > 0 ? indented(`without ${except.join(', ')}`, width).map(style.faint) : []),
    ...(reads === 'value' ? indented(written(place.value), width) : []),
    ...(place.is_changed && reads === 'value'
      ? indented(`now ${written(place.now)}`, width).map(style.bad)
      : []),
  ];
}

function showRule(rule: Rule | undefined, width: number, style: Paint): string[] {
  if (!rule) return [];
  const { name, statement, evidence } = rule;
  const source = `${evidence.grade}: ${evidence.source}${name === null ? '' : ` · rule ${name}`}`;
  return [
    ...wrapWords(statement.replaceAll('`', ''), width - 2).map((line) => `  ${line}`),
    ...wrapWords(source, width - 2).map((line) => style.faint(`  ${line}`)),
  ];
}

/** Two columns, line by line. */
function beside(left: readonly string[], right: readonly string[], width: number): string[] {
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const [one = '', other = ''] = [left[index], right[index]];
    return other === ''
      ? one
      : `${one}${' '.repeat(Math.max(0, width - widthOf(stripVTControlCharacters(one))))}${gap}${other}`;
  });
}

function fit(text: string, width: number): string[] {
  return wrapLines(text, width);
}

function indented(text: string, width: number): string[] {
  const lines = wrapLines(text, width - 2);
  const shown = lines.length > mostLines ? [...lines.slice(0, mostLines - 1), '…'] : lines;
  return shown.map((line) => `  ${line}`);
}

/** Lines that one value takes. */
const mostLines = 4;

function written(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}

function isUncovered({ is_listed: isListed, from }: Value): boolean {
  return !isListed && from.length === 0;
}

/** Of a nested list, all but the first entry. */
function isLaterEntry({ field }: Value): boolean {
  return [...field.matchAll(/\[(\d+)\]/g)].some(([, index]) => index !== '0');
}

/** What all records have, of a nested one. */
function isOfEveryRecord({ field }: Value): boolean {
  return /\.(?:remote_id|remote_data|remote_url|changed_at)$/.test(field);
}

/** What is not shown, by name. */
function leftOut(values: readonly Value[], { width, style }: Look): string[] {
  const uncovered = values
    .filter((value) => isUncovered(value) && !isLaterEntry(value))
    .map(({ field }) => field);
  const lists = Map.groupBy(values.filter(isLaterEntry), ({ field }) =>
    field.slice(0, field.search(/\[[1-9]/)),
  );
  const alike = [...lists].map(([list, found]) => {
    const entries = new Set(found.map(({ field }) => /\[([1-9]\d*)\]/.exec(field)?.[1]));
    return `${entries.size} more of ${list}`;
  });
  const lines = [
    ...(uncovered.length > 0
      ? wrapWords(`Not covered for Gem, and empty: ${uncovered.join(', ')}.`, width)
      : []),
    ...(alike.length > 0 ? wrapWords(`Made alike: ${alike.join(', ')}.`, width) : []),
  ];
  return lines.length > 0 ? [...lines, '--all shows them.'].map(style.faint) : [];
}
