import { describe, expect, test } from 'vitest';
import { fileStandIn } from '../../../mock-server/capture/stand-ins/files.ts';
import { createGate, gateChecks, type Gate } from '../../../mock-server/capture/gate.ts';
import type { Encoding } from '../../../mock-server/capture/gate/unwrap.ts';

/** Somebody's account, as far as leaks are planted from it. */
function learnAccount(gate: Gate): Gate {
  gate.learn('Candidate', {
    id: 'Q2FuZGlkYXRlOjEwMDAwNzc3',
    first_name: 'Zuzanna',
    last_name: 'Okonkwo',
    email_addresses: [{ value: 'blue.heron77@quillmail.net' }],
    phone_numbers: [{ value: '+48 601 442 918' }],
    social_media_addresses: [{ value: 'https://heron-blue.dev' }],
    attachments: [{ url: 'https://files.gem.com/a?signature=abcdef1234567890' }],
  });
  gate.learn('Candidate', { first_name: '小龙', last_name: '李' });
  gate.learn('CrmCandidate', { linked_in_handle: 'heron-blue-77b', id: '0421' });
  gate.learn('User', { first_name: 'May', last_name: 'Page', name: 'May Page' });
  gate.learn('User', { first_name: 'Bob', last_name: 'Li' });
  gate.learn('User', { first_name: 'Ali' });
  gate.learn('User', { first_name: 'Cade', last_name: 'Kay' });
  gate.learn('User', { id: '4f2a8c9e-5b1d-4c3e-9a7f-0d6b2e8c1a5f' });
  gate.learn('CrmNote', { content: 'She left her last team after the merger of the two plants.' });
  gate.allow('May');
  gate.allow('Page turner');
  gate.allow('Notes of May');
  gate.forbid('Underwater basketry');
  return gate;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** For each check a leak that only this check finds. */
const planted: Readonly<Record<string, unknown>> = {
  names: { body: 'asked for OKONKWO again' },
  'full names': { tags: ['May Page'] },
  'names apart': { location: 'Room May', company: 'Zavavex Ltd', tags: ['Page'] },
  'names in running text': { body: '昨天我见了李小龙今天' },
  'short names in base64': { body: base64('Bob') },
  'e-mails': { body: 'BLUE.HERON77@quillmail.net' },
  phones: { body: 'call 601-442-918' },
  handles: { body: '@heron-blue-77b' },
  ids: { body: 'see q2fuzglkyxrlojewmdawnzc3' },
  links: { body: 'http://www.heron-blue.dev/' },
  tokens: { body: 'signature abcdef1234567890' },
  texts: { body: 'She left her last team, after the merger of the two plants' },
  values: { tags: ['underwater Basketry'] },
  split: { body: 'asked for Oko nkwo again' },
  'split over fields': { title: 'Oko', company: 'nkwo' },
  base64: { body: base64('asked for Okonkwo again') },
  percent: { body: 'asked for %4Fkonkwo again' },
  'percent twice': { body: 'asked for %254Fkonkwo again' },
  html: { body: 'asked for &#x4F;konkwo again' },
  'json escapes': { body: 'asked for \\u004fkonkwo again' },
};

/** What finds the leak once an encoding is undone. */
const foundAs = (check: string) => (isEncoding(check) ? 'names' : check);

function isEncoding(check: string): check is Encoding {
  return ['base64', 'percent', 'percent twice', 'html', 'json escapes'].includes(check);
}

describe('each check of the gate finds what no other finds', () => {
  test('and each has a leak here', () => {
    expect(Object.keys(planted).toSorted()).toEqual(gateChecks.toSorted());
  });

  test.each(Object.entries(planted))('%s', (check, leak) => {
    const leaks = learnAccount(createGate('salt')).check('out.json', leak);
    expect(leaks.map((one) => one.check)).toEqual(leaks.map(() => foundAs(check)));
    expect(leaks.length).toBeGreaterThan(0);
    // Taken out, its leak passes.
    expect(learnAccount(createGate('salt', { without: [check] })).check('out.json', leak)).toEqual([]);
  });
});

test.each([
  ['accents and case', 'ÓKÖNKWO'],
  ['other forms of the letters', 'Ｏｋｏｎｋｗｏ'],
  ['letters that show as nothing', 'Oko\u200bnkwo\u00ad'],
  ['the name of a file', 'cv_okonkwo_final.pdf'],
  ['an address of somebody else', 'okonkwo@elsewhere.example'],
  ['both names in one', 'zuzannaokonkwo'],
  ['letter by letter', 'o k o n k w o'],
  ['one word in three', 'ok onk wo'],
  ['base64 for addresses, without padding', Buffer.from('Zuzanna Okonkwo?>').toString('base64url')],
  ['percent in base64', base64('see %5A%75zanna')],
  ['HTML in JSON in percent', encodeURIComponent('\\u0026#111;konkwo')],
  ['a number in another form', '0048601442918'],
  ['the number within an id', 'https://gem.com/candidate/10000777'],
  ['a UUID without its strokes', '4F2A8C9E5B1D4C3E9A7F0D6B2E8C1A5F'],
  ['a UUID in a link', 'https://files.example/4f2a8c9e-5b1d-4c3e-9a7f-0d6b2e8c1a5f.pdf'],
  ['another type with the same number', Buffer.from('Person:10000777').toString('base64url')],
  ['an address cut in two', 'blue.her on77@quillmail.net'],
  ['an id cut in two', 'Q2FuZGlkYXRl OjEwMDAwNzc3'],
  ['a short id that is all there is', '0421'],
  ['two short names beside each other', 'Li, Bob'],
])('a leak is found as %s', (_form, text) => {
  const gate = learnAccount(createGate('salt'));
  expect(gate.check('out.json', { body: text })).not.toEqual([]);
  // Beside other words too, except for what is too short to be told from them.
  const leaks = gate.check('world.yaml', ['tags:', `  - ${text}`].join('\n'));
  expect(leaks.length > 0).toBe(text.length > 4);
});

test('where a name stands no word is common', () => {
  const gate = learnAccount(createGate('salt'));
  expect(gate.check('out.json', { title: 'May' })).toEqual([]);
  expect(gate.check('out.json', { first_name: 'May' })).toEqual([
    { place: 'out.json.first_name', check: 'names' },
  ]);
});

test('a leak in the name of a field is found, and told by its place alone', () => {
  const leaks = learnAccount(createGate('salt')).check('out.json', {
    custom_fields: { 'Since Okonkwo': 'x' },
  });
  expect(leaks).toEqual([{ place: 'out.json.custom_fields.0', check: 'names' }]);
});

test.each([
  ['a word of a value that is kept', 'May'],
  ['words of the interface', 'active, personal and work'],
  ['a short name in other words', 'Lithium in Bobbin'],
  ['the elements of a text and a word beside them', '<ul><li>a</li><li>bis</li></ul>'],
  ['another number to call', '+48 601 442 919'],
  ['a time', '2026-11-16T09:00:00.000Z'],
  ['a UUID with a group that is a name', '9f86d081-cade-4a2f-8b5c-601442918000'],
  ['one with a group that is the number in an id', '10000777-8abc-4a2f-8b5c-0b1e6f0a7c3d'],
  ['one with a group that is a short name in base64', '0b1e6f0a-a2f5-4a2f-8b5c-0b1e6f0a7c3d'],
])('%s is no leak', (_what, text) => {
  expect(learnAccount(createGate('salt')).check('out.json', { body: text })).toEqual([]);
});

test('a file that stands for one is ours, and people may be called as its words are', () => {
  const gate = createGate('salt');
  gate.learn('User', { first_name: 'Stands', last_name: 'Length' });
  const { content } = fileStandIn('cv.pdf');
  const check = (file: Buffer) => gate.check('snapshot.json', { content: file.toString('base64') });
  expect(check(content)).toEqual([]);
  expect(check(Buffer.concat([content, Buffer.from('.')]))).not.toEqual([]);
});

test('what a gate keeps holds nothing in clear, opens with its salt alone, and finds the same afterwards', () => {
  const gate = learnAccount(createGate('salt'));
  const kept = gate.changes() ?? new Uint8Array();
  expect(gate.changes()).toBeUndefined();
  expect(Buffer.from(kept).toString('latin1').toLowerCase()).not.toMatch(/okonkwo|zuzanna|quillmail/);

  expect(() => createGate('other').restore(kept)).toThrow(/another salt/);
  const restored = createGate('salt');
  restored.restore(kept);
  expect(restored.check('out.json', planted['names'])).toEqual([{ place: 'out.json.body', check: 'names' }]);
});

test('two salts know the same word by different fingerprints', () => {
  const sizes = ['one', 'other'].map((salt) => learnAccount(createGate(salt)).changes()?.length);
  expect(sizes[0]).toBe(sizes[1]);
});
