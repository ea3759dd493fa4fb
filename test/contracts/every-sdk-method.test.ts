// Drives every method of the official client of the unified API, unmodified, against the connector over the emulator
// (kombo-unified-api §7). The list of methods is the client's own: one without a row fails.
import { Kombo } from '@kombo-api/sdk';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { useBoth } from '../support/both.ts';
import { writing } from './walks/sdk/writing.ts';
import { connect } from './walks/sdk/connect.ts';
import { general } from './walks/sdk/general.ts';
import type { Row, Rows, Fixture } from './walks/sdk/method.ts';
import { reading } from './walks/sdk/reading.ts';
import { assessment, hris, unsupported } from './walks/sdk/unsupported.ts';

const ats: Rows<'ats'> = { ...reading, ...writing, ...unsupported };
const classes: Readonly<Record<string, Readonly<Record<string, Row>>>> = {
  ats,
  general,
  connect,
  hris: hris satisfies Rows<'hris'>,
  assessment: assessment satisfies Rows<'assessment'>,
};

const both = useBoth();
let fixture: Fixture;

beforeAll(() => {
  const integration_id = both.integrationId;
  const { apiKey: api_key, apiUrl: server_url } = both.connector;
  fixture = {
    both,
    integration_id,
    kombo: new Kombo({ api_key, integration_id, server_url }),
    connectAnother: async () => {
      const { key: apiKey } = await both.gem.openWorld();
      const { url, applicationSecret } = both.gem;
      return (await both.connector.connect({ gem: { url, apiKey, applicationSecret } })).id;
    },
  };
});

/** Parts of the client by their names. */
function partsOf(kombo: Kombo): Record<string, object> {
  const names = Object.keys(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(kombo)));
  const parts = names.map((name) => [name, Reflect.get(kombo, name)] as const);
  return Object.fromEntries(parts.filter(([, part]) => typeof part === 'object'));
}

/** What a part of the client can be told to do, by its class. */
function methodsOf(part: object): string[] {
  return Object.getOwnPropertyNames(Object.getPrototypeOf(part)).filter((name) => name !== 'constructor');
}

test('the official client has these parts and no others', () => {
  expect(Object.keys(partsOf(fixture.kombo)).toSorted()).toEqual(Object.keys(classes).toSorted());
});

describe.each(Object.entries(classes))('%s', (name, rows) => {
  test('has a row for each of its methods, and for no other', () => {
    const part = partsOf(fixture.kombo)[name] ?? {};
    expect(methodsOf(part).toSorted()).toEqual(Object.keys(rows).toSorted());
  });

  test.each(Object.entries(rows))('%s', async (method, row) => {
    const driven = vi.spyOn(partsOf(fixture.kombo)[name] as Record<string, () => unknown>, method);
    onTestFinished(() => driven.mockRestore());
    await row(fixture);
    expect(driven).toHaveBeenCalled();
  });
});
