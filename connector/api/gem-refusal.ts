import type { GemRefusedInput } from '../gem/errors.ts';

/**
 * Says what Gem refused, with the fields that it names in `errors.<place>.<field>` (gem-ats-api §1.9).
 *
 * @returns text for a problem's message
 */
export function describeRefusal({ message, problem }: GemRefusedInput): string {
  const fields = Object.values(problem?.errors ?? {}).flatMap(describePlace);
  return [`${message}.`, ...fields].join(' ');
}

/** Objects about a broken rule are left out: only lists of texts are meant for people. */
function describePlace(place: unknown): string[] {
  if (typeof place !== 'object' || place === null || Array.isArray(place)) return [];
  return Object.entries(place).flatMap(([field, texts]) =>
    Array.isArray(texts) ? texts.map((text) => `${field}: ${String(text)}`) : [],
  );
}
