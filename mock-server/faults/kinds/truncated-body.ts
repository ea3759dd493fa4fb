import { bytesOf, headersOf } from '../../../contracts/server/send-answer.ts';
import type { FaultKind } from '../fault.ts';
import { connectionReset } from '../../problems/no-answer.ts';
import { changed } from '../when.ts';

/** Promises the whole body and cuts the connection in the middle of it. */
export const truncatedBody: FaultKind<'truncated_body'> = (fault) => ({
  strike: (_request, proceed) =>
    changed(proceed, (answer) => {
      const bytes = bytesOf(answer);
      if (bytes === undefined || bytes.length === 0) return connectionReset;
      // The last byte never arrives, however many were asked for.
      const cut = Math.min(fault.bytes ?? Math.floor(bytes.length / 2), bytes.length - 1);
      return {
        ...answer,
        deliver(response, headers) {
          response.writeHead(answer.status, headersOf(answer, bytes.length, headers));
          response.flushHeaders();
          response.write(bytes.subarray(0, cut), () => response.socket?.destroy());
        },
      };
    }),
});
