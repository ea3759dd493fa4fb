// Holds the committed pacts against the descriptions, and against the code: no interaction speaks of what a description
// does not know, and nothing that the code handles is left unsaid.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kombo } from '@kombo-api/sdk';
import { describe, expect, test } from 'vitest';
import * as errors from '../../../connector/gem/errors.ts';
import { eventTypes } from '../../../connector/webhooks/events.ts';
import { gemDescription } from '../../../contracts/gem.ts';
import { unifiedDescription } from '../../../contracts/unified.ts';
import { createValidator } from '../../../contracts/validator.ts';
import { root } from '../../support/process.ts';
import { clientRefusals } from './support/client-refusals.ts';
import { interactionsOf, messagesOf, type Interaction } from './support/interactions.ts';
import { violationsOf, operationOf } from './support/violations.ts';
import { refusals } from './support/gem-refusals.ts';
import { clientAndConnector, connectorAndGem, receiverAndConnector } from './support/use-pact.ts';

const withGem = interactionsOf(connectorAndGem);
const withConnector = interactionsOf(clientAndConnector);
const messages = messagesOf(receiverAndConnector);

/** The gateway and Gem's application answer so whatever was asked for. */
const fromAnywhere = { refusals: ['GatewayProblem', 'Problem'] };
const unified = { prefix: '/v1' };

test.each(withGem)('Gem’s description knows $description', (interaction) => {
  expect(violationsOf(gemDescription, interaction, fromAnywhere)).toEqual([]);
});

test.each(withConnector)('the unified API’s description knows $description', (interaction) => {
  expect(violationsOf(unifiedDescription, interaction, unified)).toEqual([]);
});

test.each(messages)('the unified API’s description knows the event $description', ({ contents }) => {
  const words = contents.type.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const validator = createValidator(unifiedDescription, { unknownFields: 'refuse' });
  expect(validator.schema(`${words.join('')}Event`, contents)).toEqual([]);
});

describe('a violation is found:', () => {
  const [list, create] = [named('listUsers: all records, the first page'), named('createCandidate: a new')];

  test.each<[string, Interaction]>([
    ['another path', { ...list, request: { ...list.request, path: '/ats/v1/users/' } }],
    ['another method', { ...list, request: { ...list.request, method: 'DELETE' } }],
    ['an unknown parameter', { ...list, request: { ...list.request, query: { pages: ['1'] } } }],
    ['a parameter of another kind', { ...list, request: { ...list.request, query: { page: ['one'] } } }],
    ['a body that lacks a field', { ...create, request: { ...create.request, body: { first_name: 'A' } } }],
    ['a body with an unknown field', { ...create, request: { ...create.request, body: withMore(create) } }],
    ['an answer of another kind', { ...list, response: { ...list.response, body: {} } }],
    ['an answer’s field of another kind', { ...list, response: { ...list.response, body: [{ id: 1 }] } }],
    ['an answer’s unknown field', { ...list, response: { ...list.response, body: [{ ident: '1' }] } }],
    ['a refusal of another shape', { ...list, response: { ...list.response, status: 503, body: { no: 1 } } }],
  ])('%s', (_what, interaction) => {
    expect(violationsOf(gemDescription, interaction, fromAnywhere)).not.toEqual([]);
  });

  test('a status that is not declared', () => {
    const [first] = withConnector;
    if (!first) throw new Error('the pact is empty');
    const response = { ...first.response, status: 418 };
    expect(violationsOf(unifiedDescription, { ...first, response }, unified)).not.toEqual([]);
  });
});

test('the pact with Gem has every operation that the connector’s code names, and no other', () => {
  const used = new Set(
    globSync('connector/**/*.ts', { cwd: root }).flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '');
      return [...text.matchAll(/'(\w+)'/g)]
        .map(([, word = '']) => word)
        .filter((word) => gemDescription.operations.has(word));
    }),
  );
  expect(used.size).toBeGreaterThan(20);
  const said = new Set(withGem.map(({ request }) => operationOf(gemDescription, request)?.id));
  expect([...said].toSorted()).toEqual([...used].toSorted());
});

test('the pact with Gem has every error that the connector tells from the others', () => {
  const classes = Object.values(errors).filter((exported) => exported.prototype instanceof errors.GemError);
  expect(new Set(refusals.map(({ error }) => error))).toEqual(new Set(classes));
  const said = new Set(withGem.map(({ description }) => description));
  for (const { exchange } of refusals) expect(said).toContain(`${exchange.operation}: ${exchange.about}`);
});

test('the pact with the connector has every call of the official client', () => {
  const { ats, general, connect } = new Kombo({ api_key: 'any' });
  const methods = [ats, general, connect].flatMap((part) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(part)).filter((name) => name !== 'constructor'),
  );
  const calls = sources('client-{reads,writes,refusals}.ts');
  expect(methods.length).toBeGreaterThan(35);
  expect(methods.filter((name) => !new RegExp(String.raw`\.${name}\(`).test(calls))).toEqual([]);
});

test('the pact with the connector has every operation but those that this client of Kombo’s does not know', () => {
  const said = new Set(
    withConnector.map(({ request }) => operationOf(unifiedDescription, request, '/v1')?.id),
  );
  const unsaid = [...unifiedDescription.operations.keys()].filter((id) => !said.has(id));
  expect(unsaid.toSorted()).toEqual([
    'createAtsApplicationInterview',
    'deleteWebhook',
    'dropRejectedRecord',
    'explainRecord',
    'getAtsNotes',
    'getIntegrationIssues',
    'getIntegrationSyncs',
    'getIntegrations',
    'getRejectedRecordShape',
    'getRejectedRecords',
    'getSchemaDrift',
    'getScopeConfig',
    'getWebhookDeliveries',
    'getWebhooks',
    'recoverDeliveries',
    'saveWebhook',
    'sendDeliveryAgain',
    'setOptOuts',
    'setScopeConfig',
    'setWebhookEnabled',
    'tryRejectedRecordAgain',
    'tryRejectedRecordsAgain',
    'updateAtsApplicationInterview',
  ]);
  for (const { operation, about } of clientRefusals) {
    expect(withConnector.map(({ description }) => description)).toContain(`${operation}: ${about}`);
  }
});

test('the messages have every type of event', () => {
  expect(messages.map(({ contents }) => contents.type).toSorted()).toEqual([...eventTypes].toSorted());
});

test.each([
  ['Gem', withGem],
  ['the connector', withConnector],
])('no two interactions with %s have the same name', (_who, interactions) => {
  const names = interactions.map(({ description }) => description);
  expect(new Set(names).size).toBe(names.length);
});

function named(beginning: string): Interaction {
  const found = withGem.find(({ description }) => description.startsWith(beginning));
  if (!found) throw new Error(`no interaction begins with ${beginning}`);
  return found;
}

function withMore({ request: { body } }: Interaction): object {
  return { ...(typeof body === 'object' && body), nickname: 'Ada' };
}

function sources(pattern: string): string {
  const folder = join(import.meta.dirname, 'support');
  return globSync(pattern, { cwd: folder })
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}
