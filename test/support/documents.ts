// What a reader of a document does with it: the files that are written down there, and the commands.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { root } from './process.ts';

/** One step of a document, in its order. */
export type Step =
  | { is: 'file'; name: string; text: string }
  /** Lines for a shell. */
  | { is: 'commands'; text: string }
  /** What the commands before it print. */
  | { is: 'output'; lines: string[] }
  /** A call of the server that was started last. */
  | { is: 'call'; method: string; path: string; body: string | undefined };

/** The documents whose commands are run, by their path in the repository. */
export const documents = [
  'README.md',
  'contracts/guides/testing.md',
  'contracts/guides/own-typescript-connector.md',
  'contracts/guides/another-language.md',
  'contracts/guides/provider-test.md',
  'contracts/guides/a-foreign-connector.md',
];

/** @param path of a document in Markdown */
export function stepsOf(path: string): Step[] {
  const text = readFileSync(`${root}/${path}`, 'utf8');
  const parts = text.matchAll(/^```(\w*)\n(.*?)^```$|`([^`\n]+)`(?:\s+`(\{[^`\n]*\})`)?/gms);
  const steps: Step[] = [];
  for (const [, language, block = '', span = '', json] of parts) {
    if (language === undefined) steps.push(...ofSpan(span, json));
    else steps.push(...ofBlock(language, block, steps.at(-1)));
  }
  return steps;
}

function ofSpan(span: string, json: string | undefined): Step[] {
  const [, method, path] = /^(GET|POST|PUT|DELETE) (\/_control\S*)$/.exec(span) ?? [];
  if (method !== undefined && path !== undefined) return [{ is: 'call', method, path, body: json }];
  const isCommand = span.startsWith('npx mock-gem ') && !span.includes('…');
  return isCommand ? [{ is: 'commands', text: span }] : [];
}

function ofBlock(language: string, block: string, before: Step | undefined): Step[] {
  const [, name] = /^(?:\/\/|#) ([\w.-]+\.\w+)\n/.exec(block) ?? [];
  if (name !== undefined) return [{ is: 'file', name, text: block }];
  if (language === 'sh') return [{ is: 'commands', text: block }];
  if (language === 'yaml') {
    const { steps = [] } = parse(block) as { steps?: { run?: string; env?: Record<string, string> }[] };
    const lines = steps.flatMap(({ run, env = {} }) => {
      const settings = Object.entries(env).map(([key, value]) => `export ${key}='${value}'`);
      return run === undefined ? [] : settings.concat(run);
    });
    return lines.length === 0 ? [] : [{ is: 'commands', text: lines.join('\n') }];
  }
  if (language === '' && before?.is === 'commands')
    return [{ is: 'output', lines: block.trimEnd().split('\n') }];
  return [];
}
