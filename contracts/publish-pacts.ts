// Brings the committed pacts to a Pact Broker, and asks it whether a version may be deployed. Off unless a broker is named.
// `npm run pact:publish`, `npm run pact:can-i-deploy`
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What is printed, and how the program ends: 0 all is well, 1 the broker says no, 2 something has to be set. */
interface Outcome {
  lines: string[];
  code: 0 | 1 | 2;
}

/** A pact as the broker takes it. */
interface Contract {
  consumerName: string;
  providerName: string;
  specification: 'pact';
  contentType: 'application/json';
  /** In base64. */
  content: string;
}

interface Settings {
  broker: string;
  headers: Record<string, string>;
  version: string;
  branch: string | undefined;
  environment: string;
}

/** The documented endpoints: https://docs.pact.io/pact_broker/advanced_topics/api_docs */
const commands: Readonly<Record<string, (settings: Settings) => Promise<Outcome>>> = {
  publish,
  'can-i-deploy': askToDeploy,
};

const folder = new URL('./pacts/', import.meta.url);

const { lines, code } = await run(process.argv[2] ?? '');
(code === 0 ? process.stdout : process.stderr).write(`${lines.join('\n')}\n`);
process.exitCode = code;

async function run(name: string): Promise<Outcome> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) return refuse(`There is no command "${name}"; say publish or can-i-deploy.`);
  const settings = readSettings(process.env);
  if (typeof settings === 'string') return refuse(settings);
  try {
    return await command(settings);
  } catch (error) {
    return { lines: [`The broker could not be asked: ${reasonOf(error)}.`], code: 1 };
  }
}

/** Of an error's causes only the innermost explains something; none of them holds what was sent. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'for a reason that is not known';
  return error.cause instanceof Error ? reasonOf(error.cause) : error.message;
}

function refuse(line: string): Outcome {
  return { lines: [line], code: 2 };
}

/** @returns in words what has to be set, where something has to */
function readSettings(environment: NodeJS.ProcessEnv): Settings | string {
  const { PACT_BROKER_BASE_URL: broker = '', PACT_BROKER_TOKEN: token = '' } = environment;
  const { PACT_BROKER_USERNAME: user = '', PACT_BROKER_PASSWORD: password = '' } = environment;
  if (broker === '') return 'Nothing was asked of a Pact Broker; set PACT_BROKER_BASE_URL to its address.';
  if (!/^https?:\/\//i.test(broker) || !URL.canParse(broker)) {
    return 'PACT_BROKER_BASE_URL has to be an http or https address.';
  }
  const version = environment['PACT_VERSION'] || environment['GITHUB_SHA'] || '';
  if (version === '') return 'Set PACT_VERSION to the version of the consumers, such as the commit.';
  const basic = Buffer.from(`${user}:${password}`).toString('base64');
  const authorization = token === '' ? `Basic ${basic}` : `Bearer ${token}`;
  return {
    broker: broker.replace(/\/+$/, ''),
    headers: {
      Accept: 'application/hal+json, application/json',
      ...((token !== '' || user !== '') && { Authorization: authorization }),
    },
    version,
    branch: environment['PACT_BRANCH'] || environment['GITHUB_REF_NAME'] || undefined,
    environment: environment['PACT_ENVIRONMENT'] || 'production',
  };
}

async function publish({ broker, headers, version, branch }: Settings): Promise<Outcome> {
  const lines: string[] = [];
  for (const [consumer, contracts] of Map.groupBy(readPacts(), ({ consumerName }) => consumerName)) {
    const answer = await fetch(`${broker}/contracts/publish`, {
      method: 'POST',
      redirect: 'error',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: JSON.stringify({
        pacticipantName: consumer,
        pacticipantVersionNumber: version,
        ...(branch !== undefined && { branch }),
        contracts,
      }),
    });
    if (!answer.ok) return { lines: [...lines, refusalOf(`the pacts of ${consumer}`, answer)], code: 1 };
    const providers = contracts.map(({ providerName }) => providerName).join(', ');
    lines.push(`Published the pacts of ${consumer} ${version} with ${providers}.`);
  }
  return { lines, code: 0 };
}

async function askToDeploy({ broker, headers, version, environment }: Settings): Promise<Outcome> {
  const lines: string[] = [];
  let code: Outcome['code'] = 0;
  for (const pacticipant of new Set(readPacts().map(({ consumerName }) => consumerName))) {
    const query = new URLSearchParams({ pacticipant, version, environment });
    const answer = await fetch(`${broker}/can-i-deploy?${query}`, { redirect: 'error', headers });
    if (!answer.ok) return { lines: [...lines, refusalOf(`about ${pacticipant}`, answer)], code: 1 };
    const { deployable, reason } = readSummary(await answer.json());
    if (!deployable) code = 1;
    lines.push(
      `${pacticipant} ${version} ${deployable ? 'may' : 'may not'} be deployed to ${environment}: ${reason}`,
    );
  }
  return { lines, code };
}

function readPacts(): Contract[] {
  const files = readdirSync(fileURLToPath(folder)).filter((name) => name.endsWith('.json'));
  return files.toSorted().map((name) => {
    const content = readFileSync(new URL(name, folder));
    const { consumer, provider } = JSON.parse(content.toString()) as Record<
      'consumer' | 'provider',
      { name: string }
    >;
    return {
      consumerName: consumer.name,
      providerName: provider.name,
      specification: 'pact',
      contentType: 'application/json',
      content: content.toString('base64'),
    };
  });
}

function refusalOf(what: string, { status }: Response): string {
  if (status === 401 || status === 403) {
    return `The broker refused ${what} with ${status}; check PACT_BROKER_TOKEN.`;
  }
  if (status === 409) {
    return `The broker refused ${what}: this version has other pacts already; set another PACT_VERSION.`;
  }
  return `The broker refused ${what} with ${status}.`;
}

function readSummary(body: unknown): { deployable: boolean; reason: string } {
  const { summary } = (body ?? {}) as { summary?: { deployable?: unknown; reason?: unknown } };
  return {
    deployable: summary?.deployable === true,
    reason: typeof summary?.reason === 'string' ? summary.reason : 'the broker does not say why.',
  };
}
