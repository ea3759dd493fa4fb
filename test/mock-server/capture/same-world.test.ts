// A world that starts from a captured account answers as the account did, up to renaming.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createAsk } from '../../../mock-server/capture/ask.ts';
import { createGate } from '../../../mock-server/capture/gate.ts';
import { createPseudonymiser, type Pseudonymiser } from '../../../mock-server/capture/pseudonymise.ts';
import { readAccount } from '../../../mock-server/capture/read-account.ts';
import { isRow, stepsOf, type Row } from '../../../mock-server/capture/steps.ts';
import { nowhere } from '../../../mock-server/capture/staging.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import { captureOptions, captured } from '../../support/captured.ts';
import { isBroad, isDeep } from '../../support/deep.ts';
import { startGem } from '../../support/gem.ts';
import { comparedLists, differences, type Rename } from './same-answers.ts';

const scenarios = [
  'offers-in-every-status',
  'every-promise',
  'imported-ids',
  'unicode-names',
  'null-heavy-people',
  'same-instant',
  'everything-deleted',
  'default',
  'nested-offices',
  'many-attachments',
  'interviews-in-every-state',
  'openings-without-a-job',
] as const;

const few = isBroad ? 3 : 1;

test.each(isDeep ? scenarios : scenarios.slice(0, few))(
  '%s answers every list and filter as before, up to renaming',
  async (scenario) => {
    const gem = await startGem({ scenario });
    const { folder } = await captured(gem);
    const copy = await startGem({ snapshot: join(folder, 'snapshot.json') });
    const rename = await renaming(gem);
    const found: string[] = [];
    for (const operation of Object.keys(comparedLists))
      found.push(...(await differences(operation, gem, copy, rename, { samples: 3 })));
    expect(found.slice(0, 5)).toEqual([]);
  },
);

/**
 * What each original record is called in the copy. It is made anew for those that carry others within them, and for all others
 * as it was staged: what a text becomes depends on who was known when it was read.
 */
async function renaming(gem: MockGem): Promise<Rename> {
  const staged = new Map<string, Row>();
  const [settling, making] = [await reader(gem, staged), await reader(gem, new Map())];
  return (schema, row) => {
    const made = making.record(schema, row);
    if (!isRow(made)) throw new Error('a record stays a record');
    const own = schema === 'Candidate' ? undefined : staged.get(`${schema} ${String(made['id'])}`);
    return settling.settle(own ?? made);
  };
}

async function reader(gem: MockGem, staged: Map<string, Row>): Promise<Pseudonymiser> {
  const { access, scope, salt, decisions } = captureOptions(gem, undefined);
  const gate = createGate(salt);
  const pseudonymiser = createPseudonymiser({ salt, decisions, isName: gate.isName });
  const schemas = new Map(stepsOf(createAsk(access), scope).map(({ name, schema }) => [name, schema]));
  const staging = {
    ...nowhere<never>(),
    add: (name: string, rows: readonly Row[]) => {
      for (const row of rows) staged.set(`${schemas.get(name)} ${String(row['id'])}`, row);
    },
  };
  await readAccount({ access, scope, staging, pseudonymiser, gate, print: '', onProgress: () => {} });
  pseudonymiser.closeInto(gate);
  return pseudonymiser;
}
