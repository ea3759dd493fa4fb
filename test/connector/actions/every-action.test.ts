// Every action through the official client, unmodified: what it writes is in Gem, and is found again after a sync. Every
// input field of the connector's public page is seen to take effect.
import { createServer } from 'node:http';
import { beforeAll, describe, expect, test } from 'vitest';
import { coveredActions, type ActionName } from '../../../contracts/coverage.ts';
import type { GemSchemas } from '../../../contracts/gem.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { read } from '../../support/gem.ts';
import { pdf, useRecruiting } from './support/recruiting.ts';

const { both, kombo, notesAbout, job, application, apply, send } = useRecruiting();

/** What Gem holds after an action, and what the connector lists after the next sync. */
interface Outcome {
  warnings: string[];
  candidate: GemSchemas['Candidate'];
  notes: string[];
  attachments: UnifiedSchemas['ApplicationAttachment'][];
  listed: UnifiedSchemas['Application'];
}

/** What tells that a field took effect: a part of the outcome, and what it has to be. */
type Check = (outcome: Outcome) => void | Promise<void>;

/** Creates an application with a source, and tells its id. */
type Create = (source: UnifiedSchemas['SourceInput']) => Promise<string>;

let design: UnifiedSchemas['Job'];
let fileUrl: string;
let sourceNames: { id: string; public_name: string }[];

beforeAll(async () => {
  design = await job('Product Designer');
  sourceNames = [...both.gem.world.store.collection('sources').entries()].map(({ record }) => record);
  const server = createServer((_, response) =>
    response.writeHead(200, { 'Content-Type': 'application/pdf' }).end('%PDF-1.4 a letter'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  fileUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/letter`;
  return () => void server.close();
});

const person = (email: string) => ({
  first_name: 'Radia',
  last_name: 'Perlman',
  email_address: email,
  company: 'Digital Equipment',
  title: 'Engineer',
  phone_number: '+1 555 0134',
  social_links: [{ url: `https://www.linkedin.com/in/${email.split('@')[0]}` }],
});

const files = () => [
  { name: 'cv.pdf', type: 'CV' as const, content_type: 'application/pdf', data: pdf },
  { name: 'letter', type: 'COVER_LETTER' as const, data_url: fileUrl },
];

const link = {
  label: 'Assessment',
  url: 'https://results.example.com/1',
  details: { custom_field_name_prefix: 'Acme:', attributes: [{ key: 'Score', value: '85' }] },
};

/** How each action is called; the id of the application that it concerns. */
const calls: Record<ActionName, () => Promise<{ id: string; warnings: string[] }>> = {
  createAtsCandidate: async () => {
    const { data, warnings } = await kombo().ats.createCandidate({
      candidate: person('radia-1@example.com'),
      application: { job_id: design.id, stage_id: stage().id },
      attachments: files(),
      source: { id: source().id },
    });
    return { id: data.applications[0]?.id ?? '', warnings: texts(warnings) };
  },
  createAtsApplication: async () => {
    const { data, warnings } = await kombo().ats.createApplication({
      job_id: design.id,
      body: {
        candidate: person('radia-2@example.com'),
        stage_id: stage().id,
        attachments: files(),
        source: { name: source().public_name },
      },
    });
    return { id: data.id, warnings: texts(warnings) };
  },
  moveAtsApplicationToStage: async () => {
    const { id } = await apply(design.id);
    const { warnings } = await kombo().ats.moveApplicationToStage({
      application_id: id,
      body: { stage_id: stage().id },
    });
    // Nothing waits for a sync.
    expect((await application(id)).current_stage_id).toBe(stage().id);
    return { id, warnings: texts(warnings) };
  },
  addAtsApplicationResultLink: async () => {
    const { id } = await apply(design.id);
    const { warnings } = await kombo().ats.addApplicationResultLink({ application_id: id, body: link });
    return { id, warnings: texts(warnings) };
  },
  addAtsCandidateResultLink: async () => {
    const { id, candidate } = await apply(design.id);
    const { warnings } = await kombo().ats.addCandidateResultLink({
      candidate_id: candidate?.id ?? '',
      body: link,
    });
    return { id, warnings: texts(warnings) };
  },
  getAtsApplicationAttachments: async () => {
    const { id } = await apply(design.id, { attachments: files() });
    const { data, warnings } = await kombo().ats.getApplicationAttachments({ application_id: id });
    expect(data.results).toHaveLength(2);
    return { id, warnings: texts(warnings) };
  },
  getAtsCandidateAttachments: async () => {
    const { id, candidate } = await apply(design.id, { attachments: files() });
    const { data, warnings } = await kombo().ats.getCandidateAttachments({
      candidate_id: candidate?.id ?? '',
    });
    expect(data.results.map((file) => [file.candidate_id, file.application_id])).toEqual([
      [candidate?.id, null],
      [candidate?.id, null],
    ]);
    return { id, warnings: texts(warnings) };
  },
};

const filename: Check = ({ attachments }) =>
  expect(attachments.map(({ file_name }) => file_name)).toEqual(['cv.pdf', 'letter.pdf']);
const createdBy = (create: Create): Record<string, Check> => ({
  'candidate.first_name': ({ candidate }) => expect(candidate.first_name).toBe('Radia'),
  'candidate.last_name': ({ candidate }) => expect(candidate.last_name).toBe('Perlman'),
  'candidate.email_address': ({ candidate }) =>
    expect(candidate.email_addresses).toMatchObject([{ type: 'personal', value: /^radia-/ }].map(withAny)),
  'candidate.company': ({ candidate }) => expect(candidate.company).toBe('Digital Equipment'),
  'candidate.title': ({ candidate }) => expect(candidate.title).toBe('Engineer'),
  'candidate.phone_number': ({ candidate }) =>
    expect(candidate.phone_numbers.map(({ value }) => value)).toEqual(['+1 555 0134']),
  'candidate.social_links.url': ({ candidate }) =>
    expect(JSON.stringify(candidate.social_media_addresses)).toContain('radia-'),
  'application.job_id': ({ listed }) => expect(listed.job_id).toBe(design.id),
  'application.stage_id': ({ listed }) => expect(listed.current_stage_id).toBe(stage().id),
  'attachments.name': filename,
  // Of the letter, only its content type says that it is a PDF.
  'attachments.content_type': filename,
  'attachments.data_url': async ({ attachments }) =>
    expect(await contentOf(attachments[1])).toBe('%PDF-1.4 a letter'),
  'attachments.data': async ({ attachments }) =>
    expect(await contentOf(attachments[0])).toBe('%PDF-1.4 a résumé'),
  // Gem files everything as a résumé (rule resume-attachments).
  'attachments.type': ({ attachments }) => expect(attachments.map(({ type }) => type)).toEqual(['CV', 'CV']),
  'source.name': () => writesSource(create, { name: source().public_name }),
  'source.id': () => writesSource(create, { id: source().id }),
  'source.unified_key': () =>
    writesSource(create, { unified_key: source().public_name.toUpperCase().replaceAll(' ', '_') }),
});
const linked: Record<string, Check> = {
  label: ({ notes }) => expect(notes[0]).toContain('Assessment: '),
  url: ({ notes }) => expect(notes[0]).toContain('https://results.example.com/1'),
  'details.custom_field_name_prefix': ({ notes }) => expect(notes[0]).toContain('Acme: Score'),
  'details.attributes.key': ({ notes }) => expect(notes[0]).toContain('Score:'),
  'details.attributes.value': ({ notes }) => expect(notes[0]).toMatch(/: 85$/m),
};
const listsFiles: Check = ({ attachments }) => expect(attachments).toHaveLength(2);

const checks: Record<ActionName, Record<string, Check>> = {
  createAtsCandidate: createdBy(async (source) => {
    const candidate = {
      first_name: 'Ida',
      last_name: 'Rhodes',
      email_address: `ida+${nextPerson()}@example.com`,
    };
    const { data } = await send('POST', '/ats/candidates', {
      candidate,
      application: { job_id: design.id },
      source,
    });
    return (data as unknown as UnifiedSchemas['CreatedCandidate']).applications[0]?.id ?? '';
  }),
  createAtsApplication: createdBy(async (source) => (await apply(design.id, { source })).id),
  moveAtsApplicationToStage: {
    application_id: ({ listed }) => expect(listed.current_stage_id).toBe(stage().id),
    stage_id: ({ candidate }) =>
      expect(candidate.applications?.[0]?.current_stage?.id).toBe(stage().remote_id),
  },
  addAtsApplicationResultLink: {
    application_id: ({ notes }) => expect(notes).toEqual([expect.stringContaining(`Job: ${design.name}`)]),
    ...linked,
  },
  addAtsCandidateResultLink: {
    candidate_id: ({ notes }) => expect(notes).toEqual([expect.not.stringContaining('Job: ')]),
    ...linked,
  },
  getAtsApplicationAttachments: { application_id: listsFiles },
  getAtsCandidateAttachments: { candidate_id: listsFiles },
};

describe.each(Object.entries(coveredActions))('%s', (name, { fields }) => {
  const action = name as ActionName;
  let outcome: Outcome;

  beforeAll(async () => {
    const { id, warnings } = await calls[action]();
    await both.connector.sync(both.integrationId);
    const listed = await application(id);
    const candidateId = listed.candidate?.remote_id ?? '';
    const [candidate] = await read<GemSchemas['Candidate'][]>(
      both.gem,
      `/ats/v0/candidates/?candidate_ids=${encodeURIComponent(candidateId)}`,
    );
    if (!candidate) throw new Error('Gem does not have the candidate');
    const { data } = await send('GET', `/ats/applications/${id}/attachments`);
    const attachments = data['results'] as Outcome['attachments'];
    outcome = { warnings, candidate, notes: notesAbout(candidateId), attachments, listed };
  });

  test('does all that it was asked for', () => {
    expect(outcome.warnings).toEqual([]);
  });

  test('has a check for each field that it covers, and for no other', () => {
    expect(Object.keys(checks[action]).toSorted()).toEqual(fields.toSorted());
  });

  test.each(fields)('%s takes effect in Gem', async (field) => {
    expect.hasAssertions();
    await checks[action][field]?.(outcome);
  });
});

test('there are seven actions with fifty fields', () => {
  const all = Object.values(coveredActions).flatMap(({ fields }) => fields);
  expect([Object.keys(coveredActions).length, all.length]).toEqual([7, 50]);
});

function stage() {
  const third = design.stages[2];
  if (!third) throw new Error('the job has too few stages');
  return third;
}

function source() {
  const [first] = sourceNames;
  if (!first) throw new Error('the scenario has no source');
  return first;
}

async function writesSource(create: Create, given: UnifiedSchemas['SourceInput']): Promise<void> {
  const { custom_fields: fields } = await application(await create(given));
  expect(fields?.['source']).toBe(source().public_name);
}

let people = 0;
function nextPerson(): number {
  people += 1;
  return people;
}

async function contentOf(file: UnifiedSchemas['ApplicationAttachment'] | undefined): Promise<string> {
  return (await fetch(file?.data_url ?? '')).text();
}

function texts(warnings: readonly { message: string }[]): string[] {
  return warnings.map(({ message }) => message);
}

function withAny({ type, value }: { type: string; value: RegExp }) {
  return { type, value: expect.stringMatching(value) };
}
