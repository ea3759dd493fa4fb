// What Gem's records are made of.
import { fc } from '@fast-check/vitest';
import type { GemSchemas } from '../../../contracts/gem.ts';

/** An id: Gem's own form, or the number that a record kept when it was imported. */
export const identifier = fc.oneof(
  fc.base64String({ minLength: 8, maxLength: 32 }).map((text) => text.replaceAll(/[=+/]/g, '_')),
  fc.integer({ min: 1_000_000_000, max: 5_000_000_000 }).map(String),
);

/** A moment as Gem writes it. Few of them, so that two records often share one. */
export const moment = fc
  .oneof(
    fc.integer({ min: 0, max: 20 }).map((day) => Date.UTC(2026, 0, 1 + day)),
    fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) }),
  )
  .map((time) => new Date(time).toISOString());

/** Any character. fast-check's own such unit lists all of them beforehand, for which each process takes a second. */
export const character = fc
  .integer({ min: 0, max: 0x10_ffff - 0x800 })
  // Halves of surrogate pairs are no characters.
  .map((point) => String.fromCodePoint(point < 0xd800 ? point : point + 0x800));

/** The address of a page. fast-check's own `webUrl` lists all characters beforehand, too. */
export const webUrl: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('http', 'https'),
    fc.domain(),
    fc.array(
      fc.string({
        unit: fc.oneof(
          { weight: 10, arbitrary: fc.constantFrom(..."abkxyzABKXYZ0159-._~!$&'()*+,;=:@") },
          { weight: 1, arbitrary: character.map(encodeURIComponent) },
        ),
      }),
      { maxLength: 3 },
    ),
  )
  .map(([scheme, host, segments]) => `${scheme}://${[host, ...segments].join('/')}`);

/** Any text, also of the kinds that break things: empty, blank, several scripts, NUL, half a surrogate pair. */
export const text = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.string({ unit: character, maxLength: 10 }),
  fc.constantFrom(
    '',
    '  ',
    ' padded ',
    'Köln, Deutschland',
    '東京',
    '\0',
    '\uD800',
    "Robert'); drop table --",
  ),
);

/** Null now and then. */
export function nullable<Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(value, { nil: null, freq: 3 });
}

/** Left out now and then. */
export function optional<Key extends string, Value>(
  key: Key,
  value: fc.Arbitrary<Value>,
): fc.Arbitrary<{ [Name in Key]?: Value }> {
  return fc.record({ [key]: value } as Record<Key, fc.Arbitrary<Value>>, { requiredKeys: [] });
}

export const namedReference: fc.Arbitrary<GemSchemas['NamedReference']> = fc.record({
  id: identifier,
  name: text,
});

export const userLite: fc.Arbitrary<GemSchemas['UserLite']> = fc.record({
  employee_id: nullable(text),
  first_name: text,
  id: identifier,
  last_name: text,
  name: text,
});

/** The team's own fields. */
export const customFields = fc.dictionary(
  fc.oneof(
    text.filter((name) => name !== ''),
    fc.constantFrom('offices', 'departments', 'source'),
  ),
  fc.jsonValue({ maxDepth: 2 }),
  { maxKeys: 3, noNullPrototype: true },
);

export const email = fc.oneof(
  fc.constantFrom('jane@example.com', 'Jane.Doe+jobs@Mail.Example.COM', "o'neil@example.org"),
  fc.constantFrom('not an address', 'two@@example.com', '.dot@example.com', 'a@b', '', 'x@exa mple.com'),
  fc.emailAddress(),
);
