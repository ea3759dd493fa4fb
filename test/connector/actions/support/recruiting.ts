import { Kombo } from '@kombo-api/sdk';
import type { ConnectorOptions } from '../../../../connector/config.ts';
import type { UnifiedSchemas } from '../../../../contracts/unified.ts';
import type { RecordTypes, ResourceName } from '../../../../seeds/index.ts';
import { useBoth, type Both } from '../../../support/both.ts';

/** An emulator and a connector, the official client, and what tests of actions ask them. */
export interface Recruiting {
  both: Both;
  /** The client of an integration: the one that was synced, or another one. */
  kombo: (integrationId?: string) => Kombo;
  /** The records of a resource that Gem has. */
  atGem<Name extends ResourceName>(name: Name): RecordTypes[Name][];
  /** What the notes about a candidate at Gem say. */
  notesAbout(candidateRemoteId: string): string[];
  job(name: string): Promise<UnifiedSchemas['Job']>;
  application(id: string): Promise<UnifiedSchemas['Application']>;
  /** Creates an application of a new person, without anything that Gem would refuse. */
  apply(job: string, more?: object): Promise<UnifiedSchemas['CreatedApplication']>;
  send(method: string, path: string, body?: unknown): Promise<Sent>;
}

/** An answer of any action. */
export interface Sent {
  status: number;
  warnings: string[];
  error: UnifiedSchemas['Problem']['error'] | undefined;
  data: Record<string, unknown>;
}

let people = 0;

/** Both sides for the tests of a file; each test makes the people that it needs. */
export function useRecruiting(options: ConnectorOptions = {}): Recruiting {
  const both = useBoth({}, { downloads: { allowPrivateAddresses: true }, ...options });

  async function send(method: string, path: string, body?: unknown): Promise<Sent> {
    const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const answer = await both.unified(path, init);
    const {
      data,
      error,
      warnings = [],
    } = answer.body as Omit<Sent, 'status' | 'warnings'> & {
      warnings?: { message: string }[];
    };
    return { status: answer.status, data, error, warnings: warnings.map(({ message }) => message) };
  }

  async function one<Item>(path: string): Promise<Item> {
    const [item] = await both.unifiedList<Item>(path);
    if (item === undefined) throw new Error(`${path} lists nothing`);
    return item;
  }

  return {
    both,
    send,
    kombo: (integrationId = both.integrationId) =>
      new Kombo({
        api_key: both.connector.apiKey,
        integration_id: integrationId,
        server_url: both.connector.apiUrl,
      }),
    atGem: (name) => [...both.gem.world.store.collection(name).entries()].map(({ record }) => record),
    notesAbout: (candidateRemoteId) =>
      both.gem.world.store
        .collection('notes')
        .by('candidate_id', candidateRemoteId)
        .map(({ body }) => body),
    job: (name) => one(`/ats/jobs?name_contains=${encodeURIComponent(name)}`),
    application: (id) => one(`/ats/applications?ids=${id}`),
    apply: async (job, more = {}) => {
      people += 1;
      const candidate = {
        first_name: 'Ida',
        last_name: 'Rhodes',
        email_address: `ida-${people}@example.com`,
      };
      const body = { candidate, ...more };
      const { status, data, error } = await send('POST', `/ats/jobs/${job}/applications`, body);
      if (status !== 200) throw new Error(`the application was refused: ${error?.message}`);
      return data as unknown as UnifiedSchemas['CreatedApplication'];
    },
  };
}

/** A small file that Gem takes. */
export const pdf = Buffer.from('%PDF-1.4 a résumé').toString('base64');
