// Writes whose answers are lost, eight at once, whatever Gem makes of somebody who is known already: nothing is doubled, no
// answer is untrue, no file is lost. DEEP=1 loses a thousand answers under each choice; DEEP_LOST says how many.
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { test } from 'vitest';
import { startConnector } from '../../../connector/server.ts';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { startingStage, storeApplication } from '../../../mock-server/resources/ats/new-application.ts';
import { storePerson } from '../../../mock-server/resources/ats/person.ts';
import { startMockGem, type MockGem, type MockGemOptions } from '../../../mock-server/server.ts';
import { isDeep } from '../../support/deep.ts';

const lostAtLeast = Number(process.env['DEEP_LOST'] ?? (isDeep ? 1000 : 3));
const seed = process.env['DEEP_SEED'] ?? '20261130';

type Choices = Pick<NonNullable<MockGemOptions['switches']>, 'same_person' | 'second_application'>;
const everyChoice: Choices[] = (['reuse', 'create', 'refuse'] as const).flatMap((same_person) =>
  (['refuse', 'allow'] as const).map((second_application) => ({ same_person, second_application })),
);
const choices = isDeep ? everyChoice : everyChoice.slice(3, 4);

test.concurrent.for(choices)(
  `${lostAtLeast} lost answers leave what was asked for, once, where Gem does $same_person who is known, and $second_application a second application`,
  { timeout: 3_600_000 },
  async (switches, { expect, onTestFinished }) => {
    const scene = await start(switches);
    onTestFinished(scene.close);
    const jobs = await scene.list<UnifiedSchemas['Job']>('/ats/jobs?statuses=OPEN&page_size=3');
    for (let number = 0; scene.lost() < lostAtLeast; number += 8) {
      const eight = Array.from({ length: 8 }, (_, index) => number + index);
      const wrong = (await Promise.all(eight.map((one) => scene.act(one, jobs)))).flat();
      expect(wrong).toEqual([]);
    }
    const told = scene.told();
    await scene.settle();
    expect(scene.filesLost()).toEqual([]);
    if (isDeep) process.stdout.write(`${JSON.stringify(switches)}: ${told}\n`);
  },
);

/** A small file, and how its name tells it from all others. */
const contentOf = (name: string) => Buffer.from(`%PDF-1.4 ${name}`).toString('base64');

async function start(switches: Choices) {
  const gem = await startMockGem({
    port: 0,
    scenario: 'team',
    seed,
    switches: { rate_limit: 'off', ...switches },
  });
  const connector = await startConnector({
    port: 0,
    limits: 'off',
    isWorker: true,
    work: { checkEverySeconds: 1 },
    gemRetries: 4,
    log: () => {},
    connections: { gemUrl: gem.url, applicationSecret: gem.applicationSecret },
  });
  const { id } = await connector.connect({
    gem: { url: gem.url, apiKey: gem.apiKey, applicationSecret: gem.applicationSecret },
  });
  await connector.sync(id);
  const lost = loseAnswers(gem);
  const expectedFiles = new Map<string, string>();
  const counts = { calls: 0, again: 0 };

  /** On a connection of its own: one that is kept may be closed in the moment it is used again. */
  async function send(path: string, body: object, method = 'POST'): Promise<Sent> {
    const headers = {
      Authorization: `Bearer ${connector.apiKey}`,
      'X-Integration-Id': id,
      'Content-Type': 'application/json',
    };
    const sent = request(connector.apiUrl + path, { method, headers, agent: false });
    sent.end(JSON.stringify(body));
    const [response]: [IncomingMessage] = (await once(sent, 'response')) as [IncomingMessage];
    return { status: response.statusCode ?? 0, body: (await json(response)) as Sent['body'] };
  }

  /** As Kombo's own clients do: what is answered with 429 or 5xx is sent again. */
  async function sendUntilAnswered(
    path: string,
    body: object,
    isDone: () => boolean,
    method?: string,
  ): Promise<Sent & { untrue: string[] }> {
    const untrue: string[] = [];
    for (let attempt = 1; ; attempt += 1) {
      const sent = await send(path, body, method);
      counts[attempt === 1 ? 'calls' : 'again'] += 1;
      if (sent.status < 500 && sent.status !== 429) return { ...sent, untrue };
      if (isDone()) untrue.push(`${path} was answered ${sent.status} though it was done`);
      if (attempt === 20)
        return { ...sent, untrue: [...untrue, `${path} is answered ${sent.status} for ever`] };
    }
  }

  const applicationsOf = (email: string, jobRemoteId: string) => {
    const { store } = gem.world;
    const people = store.collection('candidates').by('email', email);
    return people.flatMap((person) =>
      store
        .collection('applications')
        .by('candidate_id', person.id)
        .filter(({ job_id }) => job_id === jobRemoteId),
    );
  };

  /** Creates an application with two files, links a result to it and moves it; half of the people are known before. */
  async function act(number: number, jobs: readonly UnifiedSchemas['Job'][]): Promise<string[]> {
    const job = jobs[number % jobs.length];
    if (!job?.remote_id) throw new Error('the scenario has no open job');
    const email = `person-${number}@example.com`;
    const candidate = { first_name: 'Ida', last_name: `Rhodes ${number}`, email_address: email };
    if (number % 2 === 1) applyBefore(gem, email, job.remote_id);
    const before = new Set(applicationsOf(email, job.remote_id).map((one) => one.id));
    const made = () => applicationsOf(email, job.remote_id ?? '').filter((one) => !before.has(one.id));

    const name = (which: string) => `${which}-${number}.pdf`;
    const attachments = ['cv', 'letter'].map((which) => ({
      name: name(which),
      type: which === 'cv' ? 'CV' : 'COVER_LETTER',
      content_type: 'application/pdf',
      data: contentOf(name(which)),
    }));
    const path = `/ats/jobs/${job.id}/applications`;
    const calls = number % 5 === 0 ? 3 : 1;
    const answers = await Promise.all(
      Array.from({ length: calls }, () =>
        sendUntilAnswered(path, { candidate, attachments }, () => made().length > 0),
      ),
    );
    const wrong = answers.flatMap(({ untrue }) => untrue);
    const about = `person ${number}: ${answers.map(({ status, body }) => `${status} ${body.error?.code ?? ''}`).join(', ')}`;
    const ids = new Set(answers.flatMap(({ body }) => body.data?.remote_id ?? []));
    const [answer] = answers;
    if (answer?.status !== 200) {
      // What Gem says of it may be garbled on the way.
      const isRefusal = answers.every(({ body }) => refusals.has(body.error?.code ?? ''));
      const mayRefuse = number % 2 === 1 && !isTakenAgain(switches);
      if (!isRefusal || !mayRefuse || made().length > 0)
        wrong.push(`${about}, and ${made().length} were made`);
      return wrong;
    }
    if (made().length !== 1 || ids.size !== 1 || !ids.has(made()[0]?.id ?? '')) {
      return [
        ...wrong,
        `${about}: ${[...ids].join()} answered, ${made()
          .map((one) => one.id)
          .join()} made`,
      ];
    }
    for (const { name: file } of attachments) expectedFiles.set(file, made()[0]?.candidate_id ?? '');

    const applicationId = answer.body.data?.id ?? '';
    const link = { label: `Result ${number}`, url: `https://results.example.com/${number}` };
    const notes = () => {
      const all = gem.world.store.collection('notes').by('candidate_id', made()[0]?.candidate_id ?? '');
      return all.filter(({ body }) => body.includes(link.url)).length;
    };
    const linked = await Promise.all(
      Array.from({ length: calls }, () =>
        sendUntilAnswered(`/ats/applications/${applicationId}/result-links`, link, () => notes() > 0),
      ),
    );
    wrong.push(...linked.flatMap(({ untrue }) => untrue));
    if (linked.some(({ status }) => status !== 200)) wrong.push(`link of ${about}: ${linked[0]?.status}`);
    if (notes() !== 1) wrong.push(`link of ${about}: ${notes()} notes`);

    const stage = job.stages[1];
    const isMoved = () => made()[0]?.current_stage_id === stage?.remote_id;
    const moved = await sendUntilAnswered(
      `/ats/applications/${applicationId}/stage`,
      { stage_id: stage?.id },
      isMoved,
      'PUT',
    );
    wrong.push(...moved.untrue);
    if (moved.status !== 200 || !isMoved()) wrong.push(`move of ${about}: ${moved.status}`);
    return wrong;
  }

  function filesLost(): string[] {
    const files = [...gem.world.store.collection('attachments').entries()].map(({ record }) => record);
    return [...expectedFiles].flatMap(([name, candidateId]) => {
      const count = files.filter(
        (file) => file.filename === name && file.candidate_id === candidateId,
      ).length;
      const others = files.filter((file) => file.filename === name).length - count;
      return count === 1 && others === 0 ? [] : [`${name}: ${count}, and ${others} with others`];
    });
  }

  return {
    act,
    lost,
    filesLost,
    told: () =>
      `${lost()} lost, ${counts.calls} calls, ${counts.again} sent again, ${expectedFiles.size} files`,
    close: async () => {
      await connector.close();
      await gem.close();
    },
    list: async <Item>(path: string): Promise<Item[]> => {
      const response = await fetch(connector.apiUrl + path, {
        headers: { Authorization: `Bearer ${connector.apiKey}`, 'X-Integration-Id': id },
      });
      return ((await response.json()) as { data: { results: Item[] } }).data.results;
    },
    /** Until the worker has done what was left. */
    settle: async () => {
      for (const { id: fault } of gem.world.faults.list()) gem.world.faults.disarm(fault);
      for (let look = 0; look < 240 && filesLost().length > 0; look += 1) {
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    },
  };
}

interface Sent {
  status: number;
  body: {
    data?: { id: string; remote_id: string };
    error?: { code: string };
    warnings?: { message: string }[];
  };
}

const refusals = new Set(['ATS.APPLICATION_ALREADY_EXISTS', 'REMOTE.INPUT_INVALID']);

/** Whether somebody who is known and has applied may apply to the same job again. */
function isTakenAgain({ same_person, second_application }: Choices): boolean {
  return same_person === 'create' || (same_person === 'reuse' && second_application === 'allow');
}

/** Somebody has applied before, in another way. */
function applyBefore({ world }: MockGem, email: string, jobId: string): void {
  const now = world.now();
  const person = storePerson(world, { email, first_name: 'Ida', last_name: 'Known' }, now);
  const draft = { job_id: jobId, job_post_id: null, source_id: null, credited_to: null };
  const roles = { recruiter_id: null, coordinator_id: null, sourcer_id: null };
  const current_stage_id = startingStage(world, jobId, undefined, '');
  storeApplication(world, person.id, { ...draft, ...roles, current_stage_id }, [], now);
}

/** Lets a third of all writes lose their answers, in every way there is. @returns how many were lost so far */
function loseAnswers(gem: MockGem): () => number {
  const operations = ['createCandidate', 'uploadResume', 'createNote', 'moveApplication'] as const;
  const ways = [
    { fault: 'connection_reset', when: 'after' },
    { fault: 'connection_reset', when: 'before' },
    { fault: 'timeout', when: 'after', milliseconds: 20 },
    { fault: 'status', status: 502, when: 'after' },
    { fault: 'malformed_body' },
    { fault: 'truncated_body' },
    { fault: 'wrong_content_type' },
  ] as const;
  const armed = operations.flatMap((operation) =>
    ways.map((way) =>
      gem.world.faults.arm({ ...way, match: { operation }, times: 'always', probability: 0.055 }),
    ),
  );
  const ids = new Set(armed.map(({ id }) => id));
  return () =>
    gem.world.faults
      .list()
      .filter(({ id }) => ids.has(id))
      .reduce((sum, { struck }) => sum + struck, 0);
}
