// The states of the connector. Each begins with a state of the emulator, by the same words that its control API takes;
// then the account is connected and synced, and the ids become those of the unified API.
import { createHash } from 'node:crypto';
import { fixedClock } from '../../../../contracts/clock.ts';
import { resultTokenOf } from '../../../../connector/connect/links.ts';
import { komboId } from '../../../../connector/identifiers.ts';
import { startConnector, type Connector } from '../../../../connector/server.ts';
import type { SteeredWorld } from '../../../../mock-server/control/steered-world.ts';
import type { MockGem } from '../../../../mock-server/server.ts';
import { scenarios } from '../../../../seeds/index.ts';
import { placeOnPostgres } from '../../../support/databases.ts';
import { submit } from '../../../connector/connect/support/link.ts';
import { usualState } from './unified-exchange.ts';

/** What a pact may inject, by name. */
type Values = Record<string, string>;

/** A connector that can be put into the states of a pact. */
export interface ConnectorStates {
  url: string;
  /** @returns what the pact may inject */
  enter(state: string): Promise<Values>;
  leave(state: string): Promise<void>;
  /** Is to be told of every write that succeeds, so that the state in which it happened is made anew. */
  noteWrite(): void;
  close(): Promise<void>;
}

/** How many calls a key has in a window; few, so that they are soon used up. */
const callsInWindow = 60;

/** Starts a connector over an emulator. */
export async function openConnectorStates(gem: MockGem): Promise<ConnectorStates> {
  const clock = fixedClock('2026-11-16T09:00:00.000Z');
  const connector = await startConnector({
    ...(await placeOnPostgres()),
    port: 0,
    clock,
    checkAnswers: true,
    // Where Gem fails, nothing is gained by waiting.
    gemRetries: 0,
    limits: { calls: callsInWindow },
    connections: { gemUrl: gem.url, applicationSecret: gem.applicationSecret },
  });
  const entered = new Map<string, Entered>();
  let isWritten = false;
  let made = 0;

  return {
    url: connector.url,
    async enter(state) {
      // Another window of the rate limit.
      clock.advance(61_000);
      isWritten = false;
      const known = entered.get(state);
      if (known) return known.values;
      made += 1;
      const key = createHash('sha256').update(`${state} ${made}`).digest('hex').slice(0, 40);
      const values = await make(gem, connector, { state, key });
      entered.set(state, { key, values });
      return values;
    },
    async leave(state) {
      const known = entered.get(state);
      // What nobody has written to, and nobody moved away from its scenario, is as good as new.
      if (!known || (isScenario(state) && !isWritten)) return;
      entered.delete(state);
      await gem.control.leaveState(state, { key: known.key });
    },
    noteWrite() {
      isWritten = true;
    },
    close: () => connector.close(),
  };
}

interface Entered {
  key: string;
  values: Values;
}

/** The connector's own states. The others are scenarios, or the emulator's own preparations. */
const preparations: Readonly<Record<string, Preparation>> = {
  'the first sync has not finished': { isSynced: false },
  'nobody at Gem can act': {
    isSynced: false,
    before: (world) =>
      world.edit({ do: 'change', resource: 'users', record: 'admin', set: { site_admin: false } }),
  },
  'the integration is switched off': {
    after: (connector, id) =>
      call(connector, 'PUT', `/integrations/${id}/enabled`, { value: false }).then(() => ({})),
  },
  'the caller has used up the rate limit': {
    isSynced: false,
    async after(connector) {
      const { apiUrl, apiKey } = connector;
      const headers = { Authorization: `Bearer ${apiKey}` };
      for (let count = 0; count < callsInWindow; count += 1)
        await fetch(`${apiUrl}/check-api-key`, { headers });
      return {};
    },
  },
  'an account was connected through a link': {
    isSynced: false,
    async after(connector, _id, { api_key: key = '', admin = '' }) {
      const { link } = await call<{ link: string }>(connector, 'POST', '/connect/create-link', {
        end_user_email: 'grace@example.com',
        end_user_origin_id: 'customer-7',
        end_user_organization_name: 'Nordlicht',
        integration_category: 'ATS',
      });
      await submit(link, 'key', { key });
      await submit(link, 'finish', { user: admin });
      return { connection_token: resultTokenOf(link.split('/').at(-1) ?? '') };
    },
  },
};

interface Preparation {
  /** What the account at Gem is made from; the usual scenario when left out. */
  scenario?: string;
  isSynced?: boolean;
  before?: (world: SteeredWorld) => Promise<unknown>;
  after?: (connector: Connector, integrationId: string, atGem: Values) => Promise<Values>;
}

async function make(
  gem: MockGem,
  connector: Connector,
  { state, key }: { state: string; key: string },
): Promise<Values> {
  const { scenario = usualState, isSynced = true, before, after } = preparations[state] ?? {};
  const isOfGem = preparations[state] === undefined && !isScenario(state);
  const atGem = await gem.control.enterState(isScenario(state) ? state : scenario, { key });
  await before?.(await gem.control.world(key));
  const { id } = await connector.connect({
    gem: { url: gem.url, apiKey: key, applicationSecret: gem.applicationSecret },
    jobBoardVanity: atGem['job_board'],
    endUserOrganizationName: 'Nordlicht',
  });
  if (isSynced) await connector.sync(id);
  const fields = isSynced ? await fieldsOf(connector, id) : {};
  const more = await after?.(connector, id, atGem);
  // The same records again, this time with what is wrong with them.
  if (isOfGem) await gem.control.enterState(state, { key, scenario });
  const ids = Object.entries(atGem).map(([name, value]) => [name, komboId(id, value)]);
  return {
    ...Object.fromEntries(ids),
    ...fields,
    ...more,
    api_key: connector.apiKey,
    integration_id: id,
    unknown_integration_id: 'gem:8d1hpPsbjxUkoCoa1veLZGe5',
  };
}

function isScenario(state: string): boolean {
  return scenarios.some(({ name }) => name === state);
}

/** A raw field and a custom field of an integration. */
async function fieldsOf(connector: Connector, id: string): Promise<Values> {
  const first = async (kind: string) => {
    const path = `/integrations/${id}/${kind}?page_size=1`;
    const { results } = await call<{ results: { id: string }[] }>(connector, 'GET', path);
    return results[0]?.id ?? '';
  };
  return {
    integration_field_id: await first('integration-fields'),
    custom_field_id: await first('custom-fields'),
  };
}

async function call<Data>(connector: Connector, method: string, path: string, body?: object): Promise<Data> {
  const answer = await fetch(connector.apiUrl + path, {
    method,
    headers: { Authorization: `Bearer ${connector.apiKey}`, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { data: Data }).data;
}
