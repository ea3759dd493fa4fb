import type { Contradiction, Entry, Example, Report } from '../../report.ts';
import { shorten, showValue, visible } from './show-value.ts';
import { describeCompared, describeCounts, describeDuration, groupsOf, headings, states } from './summary.ts';

/** Writes a report as Markdown: a table of all entries, then what was broken, folded. GitHub shows it as a run's summary. */
export function toMarkdown(report: Report): string {
  const { title, subject, duration, seed, entries } = report;
  const broken = entries.filter(({ state }) => state === 'broken');
  return [
    `## ${prose(title)}`,
    '',
    `${code(subject)} – **${describeCounts(report)}**, in ${describeDuration(duration)}${seed === undefined ? '' : `, seed ${seed}`}`,
    ...groupsOf(report).flatMap(([group, own]) => table(group, own)),
    ...broken.flatMap(details),
    '',
  ].join('\n');
}

function table(group: string, entries: readonly Entry[]): string[] {
  return [
    '',
    `### ${prose(group)}`,
    '',
    '| | name | statement | evidence |',
    '| --- | --- | --- | --- |',
    ...entries.map(row),
  ];
}

function row(entry: Entry): string {
  const { name, state, statement, remark, evidence } = entry;
  const { sign, word } = states[state];
  const told = [remark, describeCompared(entry)].filter((one) => one !== undefined);
  const remarks = told.length === 0 ? '' : ` <br> *${prose(told.join('; '))}*`;
  const cells = [`${sign} ${word}`, code(name), `${prose(statement)}${remarks}`, prose(evidence.grade)];
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}

function details({ name, statement, evidence, contradictions, example }: Entry): string[] {
  return [
    '',
    `<details><summary>${states.broken.sign} <b>${prose(name)}</b></summary>`,
    '',
    `${prose(statement)} (${prose(`${evidence.grade}: ${evidence.source}`)})`,
    ...contradictions.flatMap(comparison),
    ...(example ? exampleBlocks(example) : []),
    '',
    '</details>',
  ];
}

/** A list item with both values below it: Markdown has no room for them side by side. */
function comparison({ about, what, expected, got, trace }: Contradiction): string[] {
  return [
    '',
    `**${prose(about)}: ${prose(what)}**`,
    '',
    'expected',
    '',
    ...fence(shorten(showValue(expected), most), 'json'),
    '',
    'got',
    '',
    ...fence(shorten(showValue(got), most), 'json'),
    ...(trace === undefined ? [] : ['', ...fence(trace, 'text')]),
  ];
}

function exampleBlocks({ scenario, actions, replay }: Example): string[] {
  return [
    '',
    `${headings.example}:`,
    '',
    ...fence(scenario, 'yaml'),
    ...(actions.length === 0 ? [] : ['', `${headings.actions}:`, '', ...fence(actions.join('\n'), 'text')]),
    '',
    `${headings.replay}:`,
    '',
    ...fence(replay, 'sh'),
  ];
}

/** Characters of a value that are shown: a summary may have a megabyte. */
const most = 2000;

/** A block of code; its fence is longer than any row of backticks in it. */
function fence(text: string, language: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const mark = '`'.repeat(longest + 1);
  return [`${mark}${language}`, visible(text.trimEnd()), mark];
}

function code(text: string): string {
  const line = visible(text).replaceAll(/\s+/g, ' ').trim();
  return line.includes('`') ? `<code>${prose(line)}</code>` : `\`${line}\``;
}

/** Escapes text, except words in backticks, which mark names. */
function prose(text: string): string {
  const line = visible(text).replaceAll(/\s+/g, ' ').trim();
  return line
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[\\*_~[\]#`<>&]/g, escaped)))
    .join('');
}

function escaped(character: string): string {
  const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };
  return entities[character] ?? `\\${character}`;
}
