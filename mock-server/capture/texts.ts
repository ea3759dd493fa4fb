// What stands beside the captured world, for people.
import { describeDrift, readDrift } from '../../contracts/drift/drift.ts';
import { driftPatch } from '../../contracts/drift/patch.ts';
import type { Watch } from '../../contracts/harness/gem/watch/watch.ts';
import { resourceNames, type ResourceName } from '../../seeds/index.ts';
import type { SeenOfGem } from './read-account.ts';
import type { LeftOut } from './fit.ts';

/** What is told of Gem: no value of any record. */
export interface DriftReport {
  text: string;
  json: string;
  patch: string;
}

/** The drift report in its three forms, by the one engine that all reports of drift come from. */
export function driftReport(watch: Watch, { probed, throttled, counts }: SeenOfGem): DriftReport {
  const names = new Set(probed.map(({ name }) => name));
  const report = watch.report();
  const entries = [...report.entries.filter(({ name }) => !names.has(name)), ...probed];
  const drift = readDrift({ ...report, entries });
  const lines = watch.findings.map(
    ({ operation, about, what, expected, got, times }) =>
      `${operation} ${about}: ${what}: expected ${expected}, got ${got} (${times} times)`,
  );
  const broken = probed.flatMap(({ name, state, statement }) =>
    state === 'broken' ? [`${name}: not so: ${statement}`] : [],
  );
  const limits =
    throttled === 0
      ? 'Gem never asked to be left alone for a moment (429).'
      : `Gem asked ${throttled} times to be left alone for a moment (429).`;
  const departures = [...lines, ...broken];
  const told =
    departures.length === 0
      ? 'As far as was seen, Gem departs from its description in nothing.'
      : `${departures.length} ways in which Gem departs from its description:\n${departures.map((line) => `  ${line}`).join('\n')}`;
  const text = `${told}

${limits}

${describeDrift(drift)}`;
  const json = {
    subject: drift.subject,
    date: drift.date,
    findings: watch.findings,
    probed,
    throttled,
    counts,
    drift,
  };
  return { text, json: `${JSON.stringify(json, undefined, 2)}\n`, patch: driftPatch(drift) };
}

/** What the folder says of itself. */
export function readme(about: {
  counts: Readonly<Record<ResourceName, number>>;
  keepUntil: string | undefined;
  sample: number | undefined;
  since: string | undefined;
  leftOut: LeftOut;
  isReadable: boolean;
  replaced: number;
  hasPatch: boolean;
}): string {
  const { counts, keepUntil, sample, since, leftOut } = about;
  const part = [
    ...(sample === undefined
      ? []
      : [`the first ${sample} applications of each job, with all that they refer to`]),
    ...(since === undefined ? [] : [`what happened since ${since}`]),
  ];
  const table = resourceNames
    .filter((name) => counts[name] > 0)
    .map((name) => `| ${name} | ${counts[name]} |`);
  return `# A captured Gem account

Made by \`mock-gem capture\`. **It is pseudonymised, not anonymous**: names, addresses, texts, files, ids and times are stand-ins, but who works
with whom, who applied where and how it went is as it was. Who knows the account may recognise somebody by that. Treat it as data of people.

**Kept until: ${keepUntil ?? 'the owner named no day (mock-gem capture --keep-until)'}**${keepUntil === undefined ? '' : '; delete it after that'}.

\`\`\`sh
npx mock-gem serve --scenario ./scenario.yaml
\`\`\`

It holds ${part.length === 0 ? 'the whole account' : part.join(', and ')}.

| records | |
| --- | --- |
${table.join('\n')}

## Before you share it

- Is it meant to leave this machine at all? Nothing of it has so far, and whoever gets it should know until when it is kept.
- \`scenario.yaml\`${about.isReadable ? '' : ' and `snapshot.json`'}: read the names of jobs, stages, sources, tags and custom fields. Those that at least five carry are the original ones${about.replaced === 0 ? '' : `; ${about.replaced} rarer values were replaced`}. One that tells too much is named in a file for \`--decisions\`, and the account captured again.
- The salt's file is not part of it, and must not be: with the salt, ids and names could be tried out.

## What else is here

| file | |
| --- | --- |
| \`scenario.yaml\` | the account as a scenario${about.isReadable ? ', with all its records' : ', which starts from `snapshot.json`'} |
| \`snapshot.json\` | the same as a saved world, for \`mock-gem serve --snapshot\` and for \`PUT /_control/worlds/{world}/snapshot\` |
| \`drift.txt\`, \`drift.json\` | where Gem departs from its description: shapes and counts, no value of a record |
${about.hasPatch ? '| `drift.patch` | what was confirmed, as a patch of `contracts/gem.openapi.yaml`; it holds no data of yours, and is welcome upstream |\n' : ''}${leftOut.size === 0 ? '' : `\n## What was left out\n\nNo world can hold it:\n\n${[...leftOut].map(([what, times]) => `- ${what} (${times} times)`).join('\n')}\n`}`;
}
