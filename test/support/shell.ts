// As much of a shell as it takes to send the calls that pages show, without starting a program for each.

/** A call as `curl` would make it. */
export interface CurlCall {
  url: string;
  init: { method: string; headers: Record<string, string>; body?: string | FormData };
}

/**
 * Reads a command of `curl`, with or without a `printf` that feeds it.
 *
 * @param environment what `$NAME` stands for
 * @throws Error at whatever it does not know
 */
export function readCurl(command: string, environment: Readonly<Record<string, string>> = {}): CurlCall {
  const all = wordsOf(command, environment);
  const isFed = all[0] === 'printf';
  const [file, words] = isFed ? [all[1]?.replaceAll('%%', '%') ?? '', all.slice(3)] : ['', all];
  if (words[0] !== 'curl') throw new Error(`no curl: ${command}`);
  const call: CurlCall = { url: '', init: { method: 'GET', headers: {} } };
  for (let at = 1; at < words.length; at += 1) {
    const [word = '', next = ''] = [words[at], words[at + 1]];
    if (!word.startsWith('-')) {
      call.url = word;
      continue;
    }
    at += 1;
    if (word === '-X') call.init.method = next;
    else if (word === '-H') call.init.headers[next.split(': ')[0] ?? ''] = next.slice(next.indexOf(': ') + 2);
    else if (word === '-d') call.init.body = next;
    else if (word === '-F') addField(call, next, file);
    else throw new Error(`what is ${word} in ${command}?`);
  }
  return call;
}

function addField({ init }: CurlCall, field: string, file: string): void {
  const [name = '', value = ''] = [field.split('=')[0], field.slice(field.indexOf('=') + 1)];
  const form = init.body instanceof FormData ? init.body : new FormData();
  const [, filename] = /^@-;filename=(.*)$/.exec(value) ?? [];
  if (filename === undefined) form.append(name, value);
  else form.append(name, new Blob([file]), filename);
  init.body = form;
}

/** Words as a shell splits them: quotes, escapes and `$NAME`; `|` is a word. */
function wordsOf(command: string, environment: Readonly<Record<string, string>>): string[] {
  const words: string[] = [];
  let word: string | undefined;
  const part = /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(\n|.)|(\s+)|([^\s'"\\]+)/gs;
  const filledIn = (text: string) =>
    text.replaceAll(/\$([A-Z_]+)/g, (_all, name: string) => environment[name] ?? '');
  for (const [, plain, quoted, escaped, blank, bare] of command.matchAll(part)) {
    if (blank !== undefined) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (escaped !== '\n') {
      const inQuotes = quoted === undefined ? undefined : filledIn(quoted).replaceAll(/\\(.)/gs, '$1');
      word = (word ?? '') + (plain ?? inQuotes ?? escaped ?? filledIn(bare ?? ''));
    }
  }
  return word === undefined ? words : [...words, word];
}
