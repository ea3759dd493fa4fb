import { faker, allLocales } from '@faker-js/faker';
import { describe, expect, test } from 'vitest';
import type { WireSchema } from '../../../mock-server/capture/fields.ts';
import { createGate } from '../../../mock-server/capture/gate.ts';
import { createPseudonymiser } from '../../../mock-server/capture/pseudonymise.ts';
import { endings } from '../../../mock-server/capture/stand-ins/names.ts';
import { squash, wordPattern } from '../../../mock-server/capture/words.ts';

const plain = createPseudonymiser({ salt: 'salt' });

/** One field of a record that is made of one field. */
function made(schema: WireSchema, field: string, value: unknown, from = plain): unknown {
  return Reflect.get(from.record(schema, { [field]: value }) as object, field);
}

const text = (schema: WireSchema, field: string, value: string) => String(made(schema, field, value));

describe('one person is one person everywhere', () => {
  const first = text('Candidate', 'first_name', 'Zoë');
  const last = text('Candidate', 'last_name', "O'Neil-Ibarra");

  test('as a user, in brief, as an interviewer', () => {
    expect(text('User', 'name', "Zoë O'Neil-Ibarra")).toBe(`${first} ${last}`);
    expect(text('UserLite', 'name', "Zoë O'Neil-Ibarra")).toBe(`${first} ${last}`);
    expect(text('Interviewer', 'name', "O'Neil-Ibarra, Zoë")).toBe(`${last}, ${first}`);
    expect(text('CrmCandidate', 'first_name', 'ZOË')).toBe(first.toUpperCase());
  });

  test('with accents where there were some, and the signs of the name', () => {
    expect(first).toMatch(/^[A-Z][a-záéíóú]+$/);
    expect(first).toMatch(/[áéíóú]/);
    expect(last).toMatch(/^[A-Z]'[A-Z][a-z]+-[A-Z][a-z]+$/);
  });

  test('also where letters stand in circles, or as signs', () => {
    expect(text('User', 'first_name', 'Ⓐⓓⓐ ⼀')).toMatch(/^[A-Z][a-záéíóú]+ \p{Script=Han}{4}$/iu);
    expect(text('CrmNote', 'content', 'Ⓐⓓⓐ ⼀!')).toBe('xxx 某!');
  });

  test('in addresses, handles, links and names of files', () => {
    const name = first.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
    const address = text('EmailAddress', 'value', 'zoe.oneil@gmail.com');
    expect(address).toMatch(new RegExp(`^${name}\\.[a-z]+\\.k[0-9a-f]{7}@[a-z]+\\.example$`));
    expect(text('User', 'primary_email_address', 'Zoe.ONeil@Gmail.com')).toBe(address);
    expect(text('FeedEmail', 'to', "Zoë O'Neil-Ibarra <zoe.oneil@gmail.com>")).toBe(
      `${first} ${last} <${address}>`,
    );
    const handle = text('CrmCandidate', 'linked_in_handle', 'zoe-oneil-4f');
    expect(handle).toMatch(new RegExp(`^${name}-[a-z]+-k[0-9a-f]{7}$`));
    expect(text('SocialMediaAddress', 'value', 'https://www.linkedin.com/in/zoe-oneil-4f/')).toBe(
      `https://www.linkedin.com/in/${handle}/`,
    );
    expect(text('StoredFile', 'filename', 'Zoe CV.pdf')).toMatch(new RegExp(`^${name}[a-z0-9-]+\\.pdf$`));
  });

  test('a handle that looks like an id is in a link what it is alone', () => {
    const odd = Buffer.from('bj:rk and others').toString('base64url');
    const alone = text('CrmCandidate', 'linked_in_handle', odd);
    expect(alone).not.toBe(odd);
    expect(text('SocialMediaAddress', 'value', `https://www.linkedin.com/in/${odd}`)).toBe(
      `https://www.linkedin.com/in/${alone}`,
    );
  });

  test('an address with odd signs stays one', () => {
    expect(text('EmailAddress', 'value', 'ada/|{@home.example')).toMatch(/^[\w.]+@\w+\.example$/);
  });

  test('an address that is none stays none', () => {
    expect(text('EmailAddress', 'value', 'typo@@example')).toMatch(/^[\w-]+@@[\w-]+$/);
    expect(text('EmailAddress', 'value', 'zoe@localhost')).toMatch(/^[\w.-]+@[\w-]+$/);
    expect(text('EmailAddress', 'value', 'zoe@')).toMatch(/^[\w-]+@$/);
  });

  test('and where a note speaks of them, which keeps its length', () => {
    const gate = createGate('salt');
    gate.learn('User', { first_name: 'Zoë', last_name: "O'Neil-Ibarra" });
    const body =
      '<p>Zoë will call her: zoe.oneil@gmail.com or +1 541 555 0142, see www.example.org/zoe. Sometimes she prefers letters, because everybody understands them. She speaks 日本語 &amp; Русский!</p>';
    const note = made('Note', 'body', body, createPseudonymiser({ salt: 'salt', isName: gate.isName }));
    expect(note).toHaveLength(body.length);
    expect(note).toMatch(new RegExp(`^<p>${first} `));
    expect(note).toContain(text('EmailAddress', 'value', 'zoe.oneil@gmail.com'));
    expect(note).toContain(text('PhoneNumber', 'value', '+1 541 555 0142'));
    expect(note).toMatch(/ 某{3} &amp; ъ+!<\/p>$/i);
  });
});

test('no stand-in is a name that is known in any language', () => {
  const known = Object.values(allLocales).flatMap((locale) =>
    Object.values(locale.person ?? {}).flatMap((list) => JSON.stringify(list).match(/\p{L}+/gu) ?? []),
  );
  expect(known.length).toBeGreaterThan(20_000);
  expect(faker.definitions.person.first_name).toBeDefined();
  const invented = new RegExp(
    `^[bdfgklmnprstvz][aeiou](?:[bdfgklmnprstvz][aeiou]){1,2}(?:${endings.join('|')})$`,
    'i',
  );
  expect(text('User', 'first_name', 'Ada')).toMatch(invented);
  expect(known.filter((name) => invented.test(name))).toEqual([]);
});

test('every sign that stands for letters or digits is part of a word, and does not come through', () => {
  const whole = new RegExp(`^${wordPattern.source}$`, 'u');
  const through = Array.from({ length: 0x11_0000 }, (_, code) => code)
    .filter((code) => code < 0xd8_00 || code > 0xdf_ff)
    .map((code) => String.fromCodePoint(code))
    .filter((sign) => squash(sign) !== '' && !whole.test(sign));
  expect(through).toEqual([]);
});

describe('numbers to call', () => {
  test.each([
    ['+1-541-555-0142', /^\+9-99\d-\d{3}-\d{4}$/],
    ['(541) 555-0142', /^\(000\) 0\d\d-\d{4}$/],
    ['555 01 42', /^000 \d\d \d\d$/],
    ['541 555 0142 ext 7, Jo', /^000 0\d\d \d{4} ext \d, [A-Z][a-z]{4,}$/],
    ['李龙', /^[a-z]+-k[0-9a-f]{7}$/],
  ])('%s keeps its look and is nobody’s', (number, look) => {
    expect(text('PhoneNumber', 'value', number)).toMatch(look);
  });

  test('end in the same digits with and without a country', () => {
    expect(text('PhoneNumber', 'value', '+1-541-555-0142').slice(-4)).toBe(
      text('PhoneNumber', 'value', '(541) 555-0142').slice(-4),
    );
  });
});

describe('other values', () => {
  test('a time that is none comes as null, Unix seconds are shifted by the same weeks', () => {
    expect(made('Note', 'created_at', 'Ada Lovelace')).toBeNull();
    expect(made('Note', 'created_at', '2026-02-30T00:00:00Z')).toBeNull();
    const [iso, seconds] = [
      text('Note', 'created_at', '2026-03-02T10:00:00.000Z'),
      made('CrmNote', 'timestamp', 1_772_445_600),
    ];
    expect(seconds).toBe(Date.parse(iso) / 1000);
  });

  test('an amount keeps its size', () => {
    expect(text('Compensation', 'value', '85000')).toMatch(/^[1-9]\d000$/);
    expect(made('Compensation', 'value', 120_000)).toBeGreaterThanOrEqual(100_000);
  });

  test('fields of a team become what their definitions say', () => {
    const pseudonymiser = createPseudonymiser({ salt: 'salt' });
    pseudonymiser.record('CustomField', { name: 'Level', value_type: 'single_select' });
    const fields = {
      Level: 'L4',
      Relocation: true,
      Start: '2026-03-02',
      Salary: 85_000,
      Why: 'She likes robots.',
      Odd: { a: 1 },
    };
    const standIn = made('Application', 'custom_fields', fields, pseudonymiser) as object;
    const values: unknown[] = Object.values(standIn);
    expect(values[0]).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
    expect(values.slice(1, 4)).toEqual([
      true,
      text('Education', 'start_date', '2026-03-02'),
      made('Compensation', 'value', 85_000),
    ]);
    expect(values[4]).toHaveLength(fields.Why.length);
    expect(values[5]).toBeNull();
    expect(Object.keys(standIn).join()).not.toMatch(/Level|Relocation|Salary/);
  });

  test('a field that the description does not know is left out and told', () => {
    const pseudonymiser = createPseudonymiser({ salt: 'salt' });
    const standIn = pseudonymiser.record('Candidate', {
      id: '7',
      nickname: 'Ada',
      tags: ['x'],
      attachments: [{ hash: 'Ada' }],
    });
    expect(JSON.stringify(standIn)).not.toContain('Ada');
    expect(pseudonymiser.observed().unknown).toEqual([
      { place: 'Candidate.nickname', count: 1 },
      { place: 'Candidate.attachments.hash', count: 1 },
    ]);
  });

  test.each([
    ['cv.pdf', /^%PDF-/, 'application/pdf'],
    ['cv.DOCX', /^PK/, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['cv.doc', /^\{\\rtf1/, 'application/msword'],
    ['photo.png', /^.PNG/, 'image/png'],
    ['no ending', /^%PDF-/, 'application/pdf'],
  ])('a small file stands for %s', (filename, start, type) => {
    const { content, content_type } = plain.file(filename);
    expect(content.toString('latin1')).toMatch(start);
    expect(content_type).toBe(type);
    expect(content.length).toBeLessThan(2000);
  });
});

describe('values of lists that a team made', () => {
  /** An account in which five people came from one source, and four from another. */
  function read(decisions = {}) {
    const pseudonymiser = createPseudonymiser({ salt: 'salt', decisions });
    const people = ['1', '2', '3', '4', '5', '5', '5'];
    const records = people.map((candidate_id) =>
      pseudonymiser.record('Application', {
        candidate_id,
        source: { id: '1', public_name: 'Robotics meetup' },
      }),
    );
    for (const candidate_id of people.slice(0, 4)) {
      records.push(
        pseudonymiser.record('Application', {
          candidate_id,
          source: { id: '2', public_name: "Ada's party" },
        }),
      );
    }
    const shown = records.map((record) => JSON.stringify(pseudonymiser.settle(record)));
    return { pseudonymiser, shown, before: records.map((record) => JSON.stringify(record)) };
  }

  test('none is shown before all is read', () => {
    expect(read().before.join()).not.toMatch(/Robotics|Ada/);
  });

  test('what five people carry is shown, what fewer carry is replaced, and both are told', () => {
    const { pseudonymiser, shown } = read();
    expect(shown[0]).toContain('"public_name":"Robotics meetup"');
    expect(shown.join()).not.toContain('Ada');
    const told = [...pseudonymiser.observed().values].map(({ kind, value, carriers, isKept }) => [
      kind,
      value,
      carriers,
      isKept,
    ]);
    expect(told).toEqual([
      ['source', 'Robotics meetup', 5, true],
      ['source', "Ada's party", 4, false],
    ]);
  });

  test('the owner decides otherwise', () => {
    const { shown } = read({ keep: { source: ["Ada's party"] }, replace: { source: ['Robotics meetup'] } });
    expect(shown.join()).toContain("Ada's party");
    expect(shown.join()).not.toContain('Robotics');
  });

  test('what holds a name is replaced however many carry it, unless its words mean something or the owner decides', () => {
    const gate = createGate('salt');
    for (const last_name of ['Okonkwo', 'Engineer']) gate.learn('User', { first_name: 'Kim', last_name });
    const titles = ["Okonkwo's successor", 'Process engineer'];
    const keptBy = (decisions = {}) => {
      const pseudonymiser = createPseudonymiser({ salt: 'salt', decisions, isName: gate.isName });
      for (const id of ['1', '2', '3', '4', '5']) {
        for (const title of titles) pseudonymiser.record('Candidate', { id, title });
      }
      return [...pseudonymiser.observed().values].map(({ holdsName, isKept }) => [holdsName, isKept]);
    };
    expect(keptBy()).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(keptBy({ keep: { title: titles } })).toEqual([
      [true, true],
      [false, true],
    ]);
  });

  test('the gate lets what is kept through, and not what is replaced, nor a name that is kept', () => {
    const gate = createGate('salt');
    gate.learn('User', { first_name: 'Robotics', last_name: 'Smith' });
    gate.learn('User', { first_name: 'Robotics', last_name: 'Meetup' });
    const { pseudonymiser } = read();
    pseudonymiser.closeInto(gate);
    expect(gate.check('out', ['robotics'])).toEqual([]);
    expect(gate.check('out', ["Ada's Party"])).toEqual([{ place: 'out.0', check: 'values' }]);
    expect(gate.check('out', ['Robotics meetup'])).toEqual([{ place: 'out.0', check: 'full names' }]);
  });

  test('words of the trade and words of the interface stay, a new word is a value like any other', () => {
    const job = plain.record('Job', { status: 'open', employment_type: 'gig', location_type: null });
    expect(job).toMatchObject({ status: 'open', location_type: null });
    expect(JSON.stringify(plain.settle(job))).not.toContain('gig');
    expect(plain.settle(plain.record('Compensation', { currency_code: 'EUR', interval: 'year' }))).toEqual({
      currency_code: 'EUR',
      interval: 'year',
    });
  });
});

test('another salt makes others of all', () => {
  const other = createPseudonymiser({ salt: 'other' });
  const original = {
    id: 'Q2FuZGlkYXRlOjEwMDAwMDA1',
    first_name: 'Ada',
    title: 'Engineer',
    company: 'Robots & Co',
    created_at: '2026-03-02T10:00:00.000Z',
    phone_numbers: [{ value: '+1-541-555-0142' }],
    social_media_addresses: [{ value: 'https://ada.dev/me' }],
  };
  const [one = {}, two = {}] = [plain, other].map(
    (from) => from.record('Candidate', original) as Record<string, unknown>,
  );
  expect(Object.keys(one)).toEqual(Object.keys(original));
  expect(Object.keys(one).filter((key) => JSON.stringify(one[key]) === JSON.stringify(two[key]))).toEqual([]);
});
