// Texts: short and long, empty and blank, in many scripts, and with characters that break careless code.
import * as fc from 'fast-check';

/** Any text, empty and blank ones too. */
export const text = fc
  .oneof(
    { weight: 3, arbitrary: fc.string({ maxLength: 20 }) },
    { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '',
        ' ',
        '\u00a0',
        '東京',
        'Größe',
        '👩‍🚀',
        'a'.repeat(300),
        "O'Neil",
        '<b>&amp;',
        'null',
        '0',
      ),
    },
  )
  // A scenario would read it as the name of a parameter.
  .filter((made) => !made.includes('${'));

/** A name as people give it. */
export const name = fc.constantFrom(
  'Lens Grinder',
  'Žofie',
  '東京',
  'Renée',
  "O'Neil",
  'Anna-Lena',
  'X',
  'de la Cruz',
);

/** A short text, often blank. */
export const place = fc.oneof(name, fc.constantFrom('', ' ', 'Vienna, Austria', 'Remote'));
