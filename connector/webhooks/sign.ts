import { createHmac } from 'node:crypto';

/**
 * What the header `X-Kombo-Signature` holds: HMAC-SHA256 over the body as it is sent, as base64url without padding
 * (kombo-unified-api §4.7).
 */
export function sign(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body, 'utf8').digest('base64url');
}
