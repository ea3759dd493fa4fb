import { failureText } from './failure-text.ts';
import type { Entry, Report } from './report.ts';
import { describeCompared, groupsOf } from './summary.ts';
import { xml, type Xml } from './xml.ts';

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
