// The examples beside the guide for operators, as Compose and Kubernetes read them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { root } from '../../support/process.ts';

/** A service of the compose file, as far as tests look at it. */
export interface Service {
  image: string;
  command: string[];
  environment?: Record<string, string>;
  ports?: string[];
  deploy?: { replicas?: number };
}

const folder = join(root, 'contracts/guides/operating');

/** The compose file, with its anchors resolved. */
export function readCompose(): { services: Record<string, Service> } {
  return parse(readExample('compose.yaml'), { merge: true });
}

/** A file of the examples. */
export function readExample(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

/** A container of a Deployment, as far as tests look at it. */
export interface Container {
  args: string[];
  env?: { name: string }[];
  ports: { name: string; containerPort: number }[];
  [probe: `${string}Probe`]: { httpGet: { path: string; port: string } };
}

/** The pods that the example for Kubernetes starts. */
export function readPods(): { securityContext: { runAsNonRoot: boolean }; containers: Container[] }[] {
  return parseAllDocuments(readExample('kubernetes.yaml'))
    .map((document) => document.toJS())
    .filter(({ kind }) => kind === 'Deployment')
    .map(({ spec }) => spec.template.spec);
}

/**
 * Puts values in place of `${NAME}`, `${NAME:-otherwise}` and `${NAME:?what it is}`.
 *
 * @throws Error when one is needed and not given
 */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_, name: string, kind?: string, rest = '') => {
    const value = values[name] ?? (kind === '-' ? rest : undefined);
    if (value === undefined) throw new Error(`${name} is missing: ${rest}`);
    return value;
  });
}
