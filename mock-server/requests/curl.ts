import { quote } from '../../contracts/page/examples.ts';
import type { FormPart, HeldForm } from './kept-exchange.ts';
import type { Repeat } from './repeat.ts';

/**
 * A request as a line for a shell that works as it stands, with the key of its world in `$GEM_KEY`.
 *
 * @param url where the server is reached: `http://127.0.0.1:4010`
 */
export function toCurl(method: string, url: string, repeat: Repeat): string {
  const { target, headers, hasKey, text, form } = repeat;
  const hasBody = text !== undefined || form !== undefined;
  const address = `${url}${target}`;
  const upload = form?.find(({ file }) => file)?.file?.content;
  const parts = [
    // The one file of a form comes in by a pipe, so that the line needs no file beside it.
    ...(upload ? [`printf %s '${upload.toString('base64')}' | base64 -d |`] : []),
    'curl',
    ...methodFor(method, hasBody),
    // Brackets and braces would stand for many addresses.
    ...(/[[\]{}]/.test(address) ? ['--globoff'] : []),
    asWord(address),
    ...(hasKey ? ['-H "X-API-Key: $GEM_KEY"'] : []),
    ...headers
      .filter(([name, value]) => !isImplied(name, value, form))
      .map(([name, value]) => `-H ${asWord(`${name}: ${value}`)}`),
    ...(text === undefined ? [] : [`--data-raw ${asWord(text)}`]),
    ...(form ?? []).map(formPart),
  ];
  return parts.join(' ');
}

function methodFor(method: string, hasBody: boolean): string[] {
  if (method === 'HEAD') return ['--head'];
  return method === (hasBody ? 'POST' : 'GET') ? [] : [`-X ${method}`];
}

function isImplied(name: string, value: string, form: HeldForm | undefined): boolean {
  const small = name.toLowerCase();
  return (small === 'accept' && value === '*/*') || (small === 'content-type' && form !== undefined);
}

function formPart({ name, value, file }: FormPart): string {
  if (!file) return `--form-string ${asWord(`${name}=${value}`)}`;
  const filename = value.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  return `-F ${asWord(`${name}=@-;filename="${filename}";type=${file.contentType}`)}`;
}

/** A text as one word of a shell, which fills in nothing. */
function asWord(text: string): string {
  return quote(text, false);
}
