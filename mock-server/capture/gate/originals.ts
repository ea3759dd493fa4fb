import { mapRecord, type Leaf, type WireSchema } from '../fields.ts';
import {
  emailPattern,
  isNumberToCall,
  isPublicHost,
  phonePattern,
  publicSegments,
  significant,
} from '../stand-ins/contacts.ts';
import { isUnspaced, normalise, squash, wordsOf } from '../words.ts';
import { kinds } from './fingerprints.ts';

/** Takes what must not stand in the output: a normalised text and what it is. */
export type Add = (text: string, kind: number) => void;

/** A name of fewer letters is in too many words; it is only known together with the name beside it. */
export const shortestName = 3;
/** An id, a handle of fewer letters is only known where it is all that a value says. */
export const shortestInText = 6;

/** Finds all in a record that points at somebody. */
export function findOriginals(schema: WireSchema, record: unknown, add: Add): void {
  mapRecord(schema, record, (leaf) => {
    for (const text of [leaf.value].flat(3)) {
      if (typeof text === 'string' && text.trim() !== '') learn(leaf, text, add);
      else if (typeof text === 'object' && text !== null) {
        for (const value of Object.values(text).flat()) if (typeof value === 'string') learnText(value, add);
      }
    }
    return undefined;
  });
}

function learn(leaf: Leaf, text: string, add: Add): void {
  const { action, kind } = leaf.policy;
  if (action === 'text') return learnText(text, add);
  if (action === 'file') return learnLink(text, add);
  if (action === 'keep') return learnAddresses(text, add);
  if (action === 'pseudonym') return learners[kind ?? '']?.(text, add, leaf);
}

const learners: Readonly<Record<string, (text: string, add: Add, leaf: Leaf) => void>> = {
  name: learnName,
  email(text, add) {
    if (text.includes('@')) learnAddresses(text, add);
    else learnHandle(text, add);
  },
  phone: learnPhone,
  id: learnId,
  link: learnLink,
  handle: learnHandle,
  filename: (text, add) => addWhole(text, add),
  custom: (text, add) => learnText(text, add),
};

function learnName(text: string, add: Add, { key, holder }: Leaf): void {
  const own = wordsOf(text);
  for (const word of own) {
    if (word.length >= shortestName || isUnspaced(word)) add(word, kinds.word);
    // Base64 of three letters is four, too few to be seen as base64.
    if (word.length === 3) {
      for (const spelt of [word, word.toUpperCase(), word.slice(0, 1).toUpperCase() + word.slice(1)]) {
        add(squash(Buffer.from(spelt).toString('base64')), kinds.encodedName);
      }
    }
  }
  // The name of a user is its two other names again.
  if (key === 'name' && 'last_name' in holder) return;
  const last: unknown = key === 'first_name' ? holder['last_name'] : undefined;
  const given = typeof last === 'string' ? own : own.slice(0, 1);
  for (const one of given) {
    for (const other of typeof last === 'string' ? wordsOf(last) : own.slice(1)) addFullName(one, other, add);
  }
}

/** Two names beside each other, in either order, apart and in one. */
function addFullName(one: string, other: string, add: Add): void {
  // An initial is in too many words.
  if ((one.length === 1 || other.length === 1) && !isUnspaced(one + other)) return;
  for (const pair of [
    [one, other],
    [other, one],
  ]) {
    add(pair.join(' '), kinds.fullName);
    const joined = pair.join('');
    if (joined.length >= shortestInText || isUnspaced(joined)) add(joined, kinds.fullName);
  }
}

function learnPhone(text: string, add: Add): void {
  const digits = text.normalize('NFKC').replaceAll(/\D/g, '');
  if (!isNumberToCall(text)) return learnHandle(text, add);
  if (digits.length >= 7) add(digits, kinds.phone);
  if (digits.length > significant) add(digits.slice(-significant), kinds.phone);
}

function learnId(text: string, add: Add): void {
  add(squash(text), kinds.id);
  const digits = /^[A-Za-z_]+:(\d{6,})$/.exec(Buffer.from(text, 'base64url').toString('latin1'))?.[1];
  if (digits !== undefined) add(digits, kinds.id);
}

function learnHandle(text: string, add: Add): void {
  if (text.includes('/')) return learnLink(text, add);
  learnAddresses(text, add);
  const handle = squash(text);
  if (handle.length >= 3) add(handle, kinds.handle);
}

function learnLink(text: string, add: Add): void {
  learnAddresses(text, add);
  const [, host = '', path = '', rest = ''] =
    /^(?:[a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)([^?#]*)(.*)$/is.exec(text) ?? [];
  const segments = path.split('/').filter((part) => part !== '' && !publicSegments.has(part.toLowerCase()));
  if (segments.length === 0 && isPublicHost(normalise(host))) return;
  const whole = squash(host.replace(/^www\./i, '') + path);
  if (whole.length >= shortestInText) add(whole, kinds.link);
  for (const segment of segments) {
    const handle = squash(segment);
    if (handle.length >= shortestInText) add(handle, kinds.handle);
  }
  for (const token of rest.match(/[\w+.-]{12,}/g) ?? []) add(squash(token), kinds.token);
}

/** What can be told from a text by its form, and the text as a whole. */
function learnText(text: string, add: Add): void {
  learnAddresses(text, add);
  for (const link of text.match(/[a-z][a-z0-9+.-]*:\/\/[^\s<>"')\]]+/gi) ?? []) learnLink(link, add);
  for (const phone of text.match(phonePattern) ?? []) learnPhone(phone, add);
  for (const token of text.match(/(?=[\w-]*\d)(?=[\w-]*[a-z])[\w-]{16,}/gi) ?? [])
    add(squash(token), kinds.token);
  addWhole(text, add);
}

function learnAddresses(text: string, add: Add): void {
  if (!text.includes('@')) return;
  for (const address of text.match(emailPattern) ?? []) {
    const letters = squash(address);
    if (letters.length >= shortestAddress) add(letters, kinds.email);
  }
}

/** No address that reaches anybody is shorter: `a@b.co`. */
const shortestAddress = 4;

/** A shorter text may be anybody's: `Yes, gladly`. */
const shortestText = 12;

function addWhole(text: string, add: Add): void {
  const whole = squash(text);
  if (whole.length >= shortestText) add(whole, kinds.text);
}
