import { failureText } from './failure-text.ts';
import type { Entry, Report } from '../../report.ts';
import { describeCompared, groupsOf } from './summary.ts';

/**
 * Writes a report as JUnit XML: a suite for each group and a case for each entry, skipped where nothing was observed. It
 * follows the common part of the schemas of Jenkins' xUnit plugin (junit-10.xsd) and of Ant (JUnit.xsd). All entries are
 * judged together, so each case gets an equal share of the time.
 */
export function toJunit(report: Report): string {
  const share = report.entries.length === 0 ? 0 : report.duration / report.entries.length;
  const suites = groupsOf(report).map(([group, entries], index) =>
    suite(report, group, entries, index, share),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml('testsuites', {}, suites).text}\n`;
}

function suite(report: Report, group: string, entries: readonly Entry[], index: number, share: number): Xml {
  const { title, subject, seed, startedAt } = report;
  const properties = { title, subject, ...(seed !== undefined && { seed: String(seed) }) };
  const count = (state: Entry['state']) => String(entries.filter((entry) => entry.state === state).length);
  const attributes = {
    name: group,
    package: group,
    id: String(index),
    // Without the zone, which the schema of Ant does not allow.
    timestamp: new Date(startedAt).toISOString().slice(0, 19),
    hostname: 'localhost',
    tests: String(entries.length),
    failures: count('broken'),
    errors: '0',
    skipped: count('not observed'),
    time: seconds(share * entries.length),
  };
  const statements = entries.map((entry) => {
    const { name, statement, evidence } = entry;
    return `${name}: ${statement} (${[evidence.grade, describeCompared(entry)].filter(Boolean).join(', ')})`;
  });
  return xml('testsuite', attributes, [
    xml(
      'properties',
      {},
      Object.entries(properties).map(([name, value]) => xml('property', { name, value })),
    ),
    ...entries.map((entry) => testCase(entry, share)),
    xml('system-out', {}, statements.join('\n')),
    xml('system-err', {}, ''),
  ]);
}

function testCase(entry: Entry, share: number): Xml {
  const { name, group, state, statement, remark, contradictions } = entry;
  const attributes = { name, classname: group, time: seconds(share) };
  if (state === 'held') return xml('testcase', attributes);
  if (state === 'not observed') {
    return xml('testcase', attributes, [xml('skipped', { message: remark ?? 'not observed' })]);
  }
  const [first] = contradictions;
  const message = first ? `${statement}; ${first.about}: ${first.what}` : statement;
  return xml('testcase', attributes, [xml('failure', { message, type: 'broken' }, failureText(entry))]);
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

/** A piece of XML that is escaped already. */
export class Xml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * Writes an element. Whatever is put into it is escaped, and characters that XML cannot hold are written as `\u001b`.
 *
 * @param content text, or elements, each on a line of its own
 */
export function xml(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  content: string | readonly Xml[] = '',
): Xml {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(value, true)}"`);
  const start = `<${name}${pairs.join('')}`;
  if (content.length === 0) return new Xml(`${start}/>`);
  if (typeof content === 'string') return new Xml(`${start}>${escape(content, false)}</${name}>`);
  return new Xml(`${start}>\n${content.map(({ text }) => text).join('\n')}\n</${name}>`);
}

/** Line breaks in an attribute are written as references: a parser would turn them into blanks. */
function escape(text: string, isAttribute: boolean): string {
  return text
    .toWellFormed()
    .replaceAll(unspeakable, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replaceAll(isAttribute ? /[&<>"\t\n\r]/g : /[&<>\r]/g, (character) => entities[character] ?? character);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

// Characters that XML 1.0 cannot hold, not even as a reference.
// oxlint-disable-next-line no-control-regex -- control characters are what it is about
const unspeakable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
