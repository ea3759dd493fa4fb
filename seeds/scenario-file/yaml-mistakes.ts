// What is wrong with a text that is no YAML, for people who write a scenario and not a parser.
import type * as Yaml from 'yaml';

/** A mistake in a text: where it is, and what to do about it. */
export interface Mistake {
  /** From the beginning of the text. */
  offset: number;
  message: string;
}

/**
 * The first thing that is wrong with a text: what a parser finds behind it mostly follows from it.
 *
 * @param document what the parser made of the text, with its errors
 * @returns undefined where nothing is wrong
 */
export function firstMistake(
  document: Yaml.Document.Parsed,
  text: string,
  yaml: typeof Yaml,
): Mistake | undefined {
  const errors = document.errors.toSorted((one, other) => one.pos[0] - other.pos[0]);
  const [error] = errors;
  if (!error) return undefined;
  const unclosed = errors.some(({ message }) => endsTooSoon.test(message))
    ? opening(document, text, error.pos[0], yaml)
    : undefined;
  const offset = error.pos[0];
  const line = lineAt(text, offset);
  // What a tab indents is missed by the line before it.
  const tab = /^ *\t/.exec(line.text) ? line.start : text.indexOf('\n', offset) + 1;
  const [indent] = /^ *(?=\t)/.exec(text.slice(tab, tab + 200)) ?? [];
  if (indent !== undefined)
    return { offset: tab + indent.length, message: 'a tab indents this line; YAML wants blanks there' };
  const found = hints.find((hint) => hint.when(error, line));
  // A place behind the end of a group says less than where it begins, unless the line itself tells what is wrong.
  if (unclosed !== undefined && found?.isOfLine !== true) return unclosed;
  return found
    ? { offset: found.at?.(line, offset) ?? offset, message: found.say(line, error.message) }
    : { offset, message: 'this is no YAML: something is wrong here, or just before' };
}

/** A line of the text, and where it is looked at. */
interface Line {
  text: string;
  /** Where it begins in the whole text. */
  start: number;
  /** What stands before the place that the parser names. */
  before: string;
  /** What stands from there on. */
  after: string;
}

function lineAt(text: string, offset: number): Line {
  // What is missing is found behind the end of a line; the line that lacks it is the one before.
  const place = Math.min(offset, text.trimEnd().length);
  const start = text.lastIndexOf('\n', place - 1) + 1;
  const end = text.indexOf('\n', place);
  const line = text.slice(start, end === -1 ? undefined : end).replace(/\r$/, '');
  return { text: line, start, before: line.slice(0, place - start), after: line.slice(place - start) };
}

interface Hint {
  when: (error: Yaml.YAMLParseError | Yaml.YAMLWarning, line: Line) => boolean;
  say: (line: Line, message: string) => string;
  /** A better place than the parser's. */
  at?: (line: Line, offset: number) => number | undefined;
  /** Whether the line itself shows the mistake, wherever the parser noticed it. */
  isOfLine?: true;
}

/** `${name}` that begins a value without quotes, in braces or brackets. */
const bareParameter = /[:,[{]\s*(\$\{[^}]*\}?)/;
/** A value that has a colon and a blank in it: `title: Head: Sales`. */
const colonInValue = /(?:^|[\s,{[])([\w-]+): +([^'"{}[\],#]*?: [^,}\]#]*)/;

/** The first that fits is told. */
const hints: readonly Hint[] = [
  {
    when: (_error, { text }) => /[{[]/.test(text) && bareParameter.test(text),
    say: ({ text }) => {
      const written = bareParameter.exec(text)?.[1] ?? '${name}';
      return `within { } and [ ] a parameter stands in quotes: '${written}'`;
    },
    at: ({ text, start }) => {
      const found = bareParameter.exec(text);
      return found ? start + found.index + found[0].indexOf('$') : undefined;
    },
    isOfLine: true,
  },
  {
    when: ({ code, message }, { before, after }) =>
      code === 'BAD_SCALAR_START' ||
      message.startsWith('Unresolved alias') ||
      (/[:\-,[{]\s*$/.test(before) && /^[@`%]/.test(after)),
    say: ({ after }) =>
      `a value cannot begin with ${after.slice(0, 1)}; put it into quotes: ${quoted(wordOf(after))}`,
    isOfLine: true,
  },
  {
    when: ({ code }) => code === 'BAD_DQ_ESCAPE',
    say: ({ after }) =>
      `${after.slice(0, 2)} means nothing within "quotes"; write \\${after.slice(0, 2)}, or use 'single quotes'`,
    isOfLine: true,
  },
  {
    when: ({ message }, { before }) => /at node end/.test(message) && /['"]\s*$/.test(before),
    say: () =>
      `the value ends at the quote before this; write '' for a ' within 'single quotes', and \\" for a " within "quotes"`,
    isOfLine: true,
  },
  {
    when: ({ code }, { text }) =>
      (code === 'BLOCK_AS_IMPLICIT_KEY' || code === 'BLOCK_IN_FLOW') && colonInValue.test(text),
    say: ({ text }) => {
      const [, key = '', value = ''] = colonInValue.exec(text) ?? [];
      const isForgotten = /[{[]/.test(text) ? ', or put a comma before the next field' : '';
      return `a value with a colon and a blank in it stands in quotes: ${key}: ${quoted(value.trim())}${isForgotten}`;
    },
    at: ({ text, start }) => {
      const found = colonInValue.exec(text);
      return found ? start + found.index + found[0].length - (found[2]?.length ?? 0) : undefined;
    },
    isOfLine: true,
  },
  {
    when: ({ code, message }, { text }) =>
      (code === 'MULTILINE_IMPLICIT_KEY' || /Implicit map keys/.test(message)) &&
      /^\s*(- +)?\w+:\S/.test(text),
    say: ({ text }) =>
      `a blank has to stand behind the colon: ${text.trim().replace(/^- +/, '').replace(':', ': ')}`,
    isOfLine: true,
  },
  {
    when: ({ code, message }) => code === 'MULTILINE_IMPLICIT_KEY' || /Implicit map keys/.test(message),
    say: () => 'this line has no colon; a field is written as "name: value"',
    isOfLine: true,
  },
  {
    when: ({ message }) => /Sequence item without|must start at the same column|same column/.test(message),
    say: () =>
      'this line is indented otherwise than those it belongs to; the fields of a record stand in one column',
  },
  {
    when: ({ message }) => message.startsWith('Source contains multiple documents'),
    say: () => 'a second document begins here; a scenario is one, so leave out the ---',
  },
  {
    when: ({ message }) => /^Missing (space after :|, (or : )?between)/.test(message),
    say: (_line, message) =>
      message.includes('space after')
        ? 'a blank has to stand behind the colon'
        : 'a comma is missing before this',
    isOfLine: true,
  },
  {
    when: ({ message }) => /^Unexpected (,|empty item)/.test(message),
    say: () => 'there is a comma too many, or something is missing before it',
    isOfLine: true,
  },
  {
    when: (_error, { after }) => /^[\]}]/.test(after),
    say: ({ after }) =>
      `this ${after.slice(0, 1)} closes nothing that was opened; put it into quotes if it is part of a value`,
    isOfLine: true,
  },
  {
    when: ({ code }) => code === 'RESOURCE_EXHAUSTION',
    say: () => 'this is nested deeper than is read',
  },
  {
    when: ({ message }) => /anchor|tag/i.test(message),
    say: ({ after }) => `${wordOf(after)} is read as a mark of YAML's own; put the value into quotes`,
  },
  {
    when: ({ code }) => code === 'BAD_INDENT',
    say: () => 'this line is not indented as far as it has to be',
  },
];

const endsTooSoon = /^Missing closing|must (be sufficiently indented and )?end with/;

/** Where the innermost quote, brace or bracket was opened that nothing closes. */
function opening(
  document: Yaml.Document.Parsed,
  text: string,
  offset: number,
  { isCollection, isScalar, visit }: typeof Yaml,
): Mistake | undefined {
  let found: Mistake | undefined;
  let outermost: Mistake | undefined;
  visit(document, (_key, node) => {
    const isGroup = isCollection(node) && node.flow === true;
    const isQuoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
    if (!isGroup && !isQuoted) return;
    const [start = 0, end = 0] = node.range ?? [];
    if (start > offset || end < offset) return;
    const mark = text.slice(start, start + 1);
    const closing = pairs.get(mark);
    const isClosed =
      end > start + 1 &&
      text
        .slice(start + 1, end)
        .trimEnd()
        .endsWith(closing ?? '\0');
    if (closing === undefined) return;
    const unclosed = { offset: start, message: `this ${mark} is never closed; a ${closing} is missing` };
    if (!isClosed) found = unclosed;
    outermost ??= unclosed;
  });
  // What ends with the mark of something within it looks closed.
  return found ?? outermost;
}

const pairs = new Map([
  ['{', '}'],
  ['[', ']'],
  ['"', '"'],
  ["'", "'"],
]);

function wordOf(text: string): string {
  return /^[^\s,}\]]+/.exec(text)?.[0] ?? text;
}

function quoted(text: string): string {
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}
