import type { Control } from '../api/control.ts';

/** Faults that belong together, with what they are for. */
interface FaultSet {
  name: string;
  about: string;
  faults: readonly Control['Fault'][];
}

/** What connectors meet sooner or later, ready to be armed. */
export const faultSets: readonly FaultSet[] = [
  {
    name: 'Answer lost after the write',
    about:
      'The next POST is done, but its connection breaks before the answer: is it looked up, or written twice?',
    faults: [{ fault: 'connection_reset', when: 'after', match: { method: 'POST' } }],
  },
  {
    name: '429 until I say so',
    about:
      'Every call is refused as over the limit, until it is disarmed: does the connector wait and go on?',
    faults: [{ fault: 'status', status: 429, times: 'always' }],
  },
  {
    name: 'A record moves between two pages',
    about: 'When page 2 of the candidates is asked for, a new one has come: is one missed, or read twice?',
    faults: [
      {
        fault: 'edit',
        match: { operation: 'listCandidates', page: 2 },
        edits: [{ do: 'create', resource: 'candidates' }],
      },
    ],
  },
  {
    name: 'The same page twice',
    about:
      'A page after the first comes once more in place of the next: does the sync end, and is all there?',
    faults: [{ fault: 'page_repeated' }],
  },
  {
    name: 'Gem is unreliable',
    about: 'One call in ten fails with 503, one in ten takes two seconds, until they are disarmed.',
    faults: [
      { fault: 'status', status: 503, probability: 0.1, times: 'always' },
      { fault: 'latency', milliseconds: 2000, probability: 0.1, times: 'always' },
    ],
  },
  {
    name: 'The key is revoked',
    about: 'Every call gets the gateway’s 403: does the integration say so, instead of deleting everything?',
    faults: [{ fault: 'key_revoked', times: 'always' }],
  },
  {
    name: 'Half an answer',
    about: 'The next list is cut in its middle, the one after it is no JSON.',
    faults: [
      { fault: 'truncated_body', match: { method: 'GET' } },
      { fault: 'malformed_body', match: { method: 'GET' } },
    ],
  },
];
