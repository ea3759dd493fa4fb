// Every kind of fault that the description has, met by a real client on a real socket.
import { describe, expect, test } from 'vitest';
import { fixedClock } from '../../../contracts/clock.ts';
import { controlDescription } from '../../../contracts/control.ts';
import type { Fault, FaultName } from '../../../mock-server/faults/fault.ts';
import type { MockGem } from '../../../mock-server/server.ts';
import { startGem } from '../../support/gem.ts';
import { ask, createNewcomer, hasNewcomer, lastRequest, living, type Seen } from './support.ts';

interface Example {
  fault: Fault;
  /** What is asked for; the offices unless another path is given. */
  path?: (gem: MockGem) => string;
  /** How many requests it lets by before it strikes. */
  letsBy?: number;
  /** What the client sees of it. */
  sees: (seen: Seen, gem: MockGem) => unknown;
  /** The status in the log. */
  logged: number | null;
  /** Whether a write that it strikes happens; `chosen` where the fault says so itself. */
  write: 'happens' | 'does not happen' | 'chosen' | 'is not met';
}

const examples: { [Name in FaultName]: Example & { fault: { fault: Name } } } = {
  status: {
    fault: { fault: 'status', status: 503 },
    sees: (seen) => expect([seen.status, json(seen)]).toEqual([503, { message: 'Service Unavailable' }]),
    logged: 503,
    write: 'chosen',
  },
  rate_limit: {
    fault: { fault: 'rate_limit', per_second: 1, burst: 2 },
    letsBy: 2,
    sees: (seen) => expect([seen.status, json(seen)]).toEqual([429, { message: 'Too Many Requests' }]),
    logged: 429,
    write: 'does not happen',
  },
  latency: {
    fault: { fault: 'latency', milliseconds: 30, jitter: 5 },
    sees(seen, gem) {
      expect(seen.status).toBe(200);
      expect(lastRequest(gem).milliseconds).toBeGreaterThan(25);
    },
    logged: 200,
    write: 'happens',
  },
  connection_reset: {
    fault: { fault: 'connection_reset' },
    sees: (seen) => expect([seen.status, seen.error]).toEqual([undefined, 'ECONNRESET']),
    logged: null,
    write: 'chosen',
  },
  timeout: {
    fault: { fault: 'timeout', milliseconds: 30 },
    sees(seen, gem) {
      expect([seen.status, json(seen)]).toEqual([504, { message: 'Endpoint request timed out' }]);
      expect(lastRequest(gem).milliseconds).toBeGreaterThan(25);
    },
    logged: 504,
    write: 'chosen',
  },
  truncated_body: {
    fault: { fault: 'truncated_body' },
    async sees(seen, gem) {
      expect([seen.status, seen.error]).toEqual([200, 'ECONNRESET']);
      const { text } = await ask(gem, '/ats/v0/offices/', { key: anotherKey });
      expect(seen.headers['content-length']).toBe(String(Buffer.byteLength(text)));
      expect(
        Buffer.from(text)
          .subarray(0, Math.floor(Buffer.byteLength(text) / 2))
          .toString(),
      ).toBe(seen.text);
    },
    logged: 200,
    write: 'happens',
  },
  malformed_body: {
    fault: { fault: 'malformed_body' },
    sees(seen) {
      expect([seen.status, seen.error]).toEqual([200, undefined]);
      expect(seen.headers['content-type']).toBe('application/json');
      expect(() => json(seen)).toThrow(SyntaxError);
    },
    logged: 200,
    write: 'happens',
  },
  wrong_content_type: {
    fault: { fault: 'wrong_content_type' },
    sees(seen) {
      expect([seen.status, seen.headers['content-type']]).toEqual([200, 'text/html']);
      expect(seen.text).toMatch(/^<!doctype html>/);
    },
    logged: 200,
    write: 'happens',
  },
  key_revoked: {
    fault: { fault: 'key_revoked' },
    sees: (seen) => expect([seen.status, json(seen)]).toEqual([403, { message: 'Forbidden' }]),
    logged: 403,
    write: 'does not happen',
  },
  clock_skew: {
    fault: { fault: 'clock_skew', seconds: 90 },
    sees: (seen) => expect(seen.headers['date']).toBe('Fri, 20 Nov 2026 08:01:30 GMT'),
    logged: 200,
    write: 'happens',
  },
  edit: {
    fault: { fault: 'edit', edits: [{ do: 'create', resource: 'offices', set: { name: 'Atlantis' } }] },
    sees: (seen) => expect(seen.text).toContain('"name":"Atlantis"'),
    logged: 200,
    write: 'happens',
  },
  page_repeated: {
    fault: { fault: 'page_repeated' },
    path: () => '/ats/v0/users/?per_page=2&page=2',
    async sees(seen, gem) {
      const first = await ask(gem, '/ats/v0/users/?per_page=2&page=1');
      expect(seen.text).toBe(first.text);
      expect(JSON.parse(String(seen.headers['x-pagination']))).toMatchObject({ page: 1, next_page: 2 });
    },
    logged: 200,
    write: 'is not met',
  },
  attachment_link_expired: {
    fault: { fault: 'attachment_link_expired' },
    path(gem) {
      const [attachment] = living(gem, 'attachments');
      if (!attachment) throw new Error('the scenario has no attachment');
      return gem.world.links.to(attachment);
    },
    sees: (seen) => expect([seen.status, seen.text]).toEqual([403, 'Access denied: the link has expired.\n']),
    logged: 403,
    write: 'is not met',
  },
};

/** Opens a world of its own, where no fault is armed. */
const anotherKey = 'AnotherKeyAnotherKeyAnotherKeyAnotherK01';

const now = '2026-11-20T08:00:00.000Z';
const start = () => startGem({ clock: fixedClock(now) });

test('every kind of the description has an example here', () => {
  expect(Object.keys(examples).sort()).toEqual(kindsOfDescription().sort());
});

const cases = Object.entries(examples) as [FaultName, Example][];

describe.each(cases)(
  '%s',
  (_name, { fault, path = () => '/ats/v0/offices/', letsBy = 0, sees, ...example }) => {
    test('strikes as often as it was told to, and is told of in the log', async () => {
      const gem = await start();
      gem.world.faults.arm({ ...fault, times: 2 });
      for (let met = 0; met < letsBy; met += 1) {
        expect((await ask(gem, path(gem))).status).toBe(200);
        expect(lastRequest(gem).faults).toEqual([]);
      }
      for (const struck of [1, 2]) {
        const seen = await ask(gem, path(gem));
        expect(lastRequest(gem)).toMatchObject({ faults: ['fault-1'], status: example.logged });
        expect(gem.world.faults.list()).toMatchObject([{ struck, spent: struck === 2 }]);
        await sees(seen, gem);
      }
      expect((await ask(gem, path(gem))).status).toBe(200);
      expect(lastRequest(gem).faults).toEqual([]);
      expect(gem.world.faults.list()).toMatchObject([{ matched: letsBy + 2, struck: 2 }]);
    });

    test('strikes every second request', async () => {
      const gem = await start();
      gem.world.faults.arm({ ...fault, times: 'always', every: 2 });
      const struck: boolean[] = [];
      for (let met = 1; met <= 2 * letsBy + 4; met += 1) {
        await ask(gem, path(gem));
        struck.push(lastRequest(gem).faults.length > 0);
      }
      expect(struck.slice(2 * letsBy)).toEqual([false, true, false, true]);
      expect(struck.slice(0, 2 * letsBy)).not.toContain(true);
    });

    test('strikes nobody with another path', async () => {
      const gem = await start();
      gem.world.faults.arm({ ...fault, match: { path: '/ats/v0/sources' } });
      await ask(gem, path(gem));
      expect(lastRequest(gem).faults).toEqual([]);
      expect(gem.world.faults.list()).toMatchObject([{ matched: 0, struck: 0, spent: false }]);
    });
  },
);

const ofWrites = cases.filter(([, { write }]) => write !== 'is not met');
describe.each(ofWrites)('%s of a write', (_name, { fault, letsBy = 0, write }) => {
  const whens = write === 'chosen' ? (['before', 'after', undefined] as const) : [undefined];

  test.each(whens)('with `when` %s', async (when) => {
    const gem = await start();
    // The example has a `when` wherever it is chosen.
    gem.world.faults.arm({ ...fault, ...(when && { when }) } as Fault);
    for (let met = 0; met < letsBy; met += 1) await ask(gem, '/ats/v0/offices/');
    await createNewcomer(gem);
    expect(lastRequest(gem).faults).toEqual(['fault-1']);
    expect(hasNewcomer(gem)).toBe(write === 'happens' || when === 'after');
  });
});

function kindsOfDescription(): string[] {
  const { components } = controlDescription.document as {
    components: {
      schemas: Record<string, { oneOf?: { $ref: string }[]; properties?: { fault?: { const: string } } }>;
    };
  };
  return (components.schemas['Fault']?.oneOf ?? []).map(({ $ref }) => {
    const kind = components.schemas[$ref.split('/').at(-1) ?? '']?.properties?.fault?.const;
    if (kind === undefined) throw new Error(`${$ref} has no constant name`);
    return kind;
  });
}

function json({ text }: Seen): unknown {
  return JSON.parse(text);
}
