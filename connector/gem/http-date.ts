/**
 * A moment as HTTP headers tell it, in any of the three forms of RFC 9110, or in ISO 8601 with its zone.
 *
 * @returns milliseconds since 1970; undefined when the text is no such moment
 */
export function parseHttpDate(text: string): number | undefined {
  const isOld = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/.test(text);
  const isKnown =
    isOld || /^[A-Z][a-z]+, \d\d[ -][A-Z][a-z]{2}[ -]\d{2,4} .*GMT$/.test(text) || iso.test(text);
  const time = isKnown ? Date.parse(isOld ? `${text} GMT` : text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}

const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$/;
