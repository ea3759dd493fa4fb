import { bytesOf } from '../../../contracts/server/send-answer.ts';
import type { FaultKind } from '../fault.ts';
import { changed } from '../when.ts';

/** Answers with a body that claims to be JSON and is none: its first half, and a letter that JSON does not know. */
export const malformedBody: FaultKind<'malformed_body'> = () => ({
  strike: (_request, proceed) =>
    changed(proceed, (answer) => {
      const bytes = bytesOf(answer) ?? Buffer.alloc(0);
      const half = bytes.subarray(0, Math.floor(bytes.length / 2));
      return {
        // An answer with 204 cannot have a body.
        status: answer.status === 204 ? 200 : answer.status,
        body: Buffer.concat([half, Buffer.from('<')]),
        headers: { ...answer.headers, 'Content-Type': 'application/json' },
      };
    }),
});
