import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a form of a link's page carries, so that no other page can send it. Only the server and the page know it. */
export function formTokenOf(linkToken: string): string {
  return derive(linkToken, 'form');
}

/** What a link's page hands out at its end, for `GET /connect/integration-by-token/{token}`. */
export function resultTokenOf(linkToken: string): string {
  return derive(linkToken, 'result');
}

/** Whether a form came from the link's own page, compared in constant time. */
export function isOwnForm(linkToken: string, sent: string): boolean {
  const [own, other] = [Buffer.from(formTokenOf(linkToken)), Buffer.from(sent)];
  return own.length === other.length && timingSafeEqual(own, other);
}

function derive(linkToken: string, purpose: string): string {
  return createHmac('sha256', linkToken).update(purpose).digest('base64url');
}
