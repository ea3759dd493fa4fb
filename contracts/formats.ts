// The formats of texts that descriptions name.
import { domainToASCII } from 'node:url';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { isTellable } from './clock.ts';

/**
 * Teaches a validator all formats.
 *
 * @param parameters whether it is for parameters
 */
export function addFormats(ajv: Ajv2020, { parameters }: { parameters: boolean }): void {
  formats.default(ajv);
  // The format alone lets through leap seconds and short offsets, which no clock of ours can show. What is sent or stored
  // has a year of four digits in UTC as well; a parameter only bounds what is stored.
  ajv.addFormat('date-time', (text) => {
    const time = isDateTime(text) ? Date.parse(text) : NaN;
    return parameters ? !Number.isNaN(time) : isTellable(time);
  });
  // What browsers understand as an address, and what mail systems do: letters beyond ASCII are spelled out on the way.
  ajv.addFormat('iri', (text) => URL.canParse(text));
  ajv.addFormat('idn-email', (text) => isEmail(text) || isEmail(toAscii(text)));
  ajv.addFormat('binary', true);
  ajv.addFormat('byte', true);
}

const email = formats.default.get('email');

function isEmail(text: string): boolean {
  return email instanceof RegExp && email.test(text);
}

function toAscii(address: string): string {
  const at = address.lastIndexOf('@') + 1;
  const local = address.slice(0, at).replaceAll(/[^\p{ASCII}\s]/gu, 'x');
  return local + domainToASCII(address.slice(at));
}

const dateTime = formats.default.get('date-time');

function isDateTime(text: string): boolean {
  return typeof dateTime === 'object' && 'validate' in dateTime && typeof dateTime.validate === 'function'
    ? Boolean(dateTime.validate(text as never))
    : false;
}
