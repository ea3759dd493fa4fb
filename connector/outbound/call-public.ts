// Calls to addresses that callers gave us. None of them may make us call something that only we can reach.
import { lookup as resolveName, type LookupAddress } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction, BlockList, isIPv6 } from 'node:net';

/** What is sent, and where it may go. */
export interface PublicCall {
  method?: string;
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** Lets addresses of this machine and of private networks be called, for tests and closed networks. */
  allowPrivateAddresses: boolean;
  /** Breaks the call off, the reading of its answer included. */
  signal: AbortSignal;
}

/** A call could not be made; the message says why, without the address, which may hold a secret. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
}

/**
 * Makes one HTTP call to a public address and returns the answer with its body unread. Redirects are not followed, so
 * that the caller judges each hop that it follows.
 *
 * The address is judged when the connection is made, after its name was resolved, so that a name cannot answer with a
 * public address first and a private one later. Spellings such as `http://2130706433/` are read by `URL` before that.
 *
 * @throws CallFailed when it is not public, or cannot be reached in time
 */
export function callPublic(url: URL, call: PublicCall): Promise<http.IncomingMessage> {
  const { method = 'GET', headers, body, allowPrivateAddresses, signal } = call;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return Promise.reject(new CallFailed('only http and https addresses are called'));
  }
  const host = url.hostname.replaceAll(/[[\]]/g, '');
  if (!allowPrivateAddresses && isIP(host) !== 0 && isPrivateAddress(host))
    return Promise.reject(notPublic());
  const { request } = url.protocol === 'http:' ? http : https;
  return new Promise((resolve, reject) => {
    let answer: http.IncomingMessage | undefined;
    const sent = request(
      url,
      // Without an agent, no connection that was opened by another rule is used again.
      { method, headers, signal, agent: false, ...(!allowPrivateAddresses && { lookup: lookupPublic }) },
      (begun) => {
        answer = begun;
        // The reader of the answer gets the error.
        begun.on('error', () => {});
        resolve(begun);
      },
    );
    sent.on('error', (cause) => {
      reject(toCallFailed(cause, signal));
      // An answer with more bytes than it announced cannot be trusted at all.
      answer?.destroy(cause);
    });
    sent.end(body);
  });
}

/**
 * Names what went wrong, while calling or while reading the answer: too slow is told from not there, and from broken off.
 *
 * @param signal what breaks the call off
 */
export function toCallFailed(cause: unknown, signal?: AbortSignal): CallFailed {
  if (cause instanceof CallFailed) return cause;
  return new CallFailed(reasonOf(cause, signal), { cause });
}

function reasonOf(cause: unknown, signal: AbortSignal | undefined): string {
  const isBrokenOff = cause instanceof Error && /^(AbortError|TimeoutError)$/.test(cause.name);
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (signal?.aborted || isBrokenOff || code === 'ETIMEDOUT') return 'it took too long';
  if (code.startsWith('HPE_')) return 'its server gave no proper answer: it has another length than it says';
  if (cause instanceof Error && cause.message === 'aborted') return 'it broke off before its end';
  if (code === 'Z_BUF_ERROR') return 'it broke off before its end';
  if (/^(Z_|ERR_BROTLI|ERR__ERROR|ERR_PADDING|ZSTD|ERR_ZSTD)/i.test(code))
    return 'it cannot be unpacked as its server says';
  return 'its server could not be reached';
}

const lookupPublic: LookupFunction = (host, options, done) => {
  resolveName(host, { ...options, all: true }, (error, addresses: LookupAddress[] = []) => {
    const [first] = addresses;
    const refusal = addresses.some(({ address }) => isPrivateAddress(address)) ? notPublic() : null;
    if (error || refusal || !first) done(error ?? refusal ?? notPublic(), []);
    else if (options.all) done(null, addresses);
    else done(null, first.address, first.family);
  });
};

function notPublic(): CallFailed {
  return new CallFailed('its address is not on the public internet');
}

/**
 * Whether an IP address is not part of the public internet, so that no stranger may make us call it. IPv4 addresses that
 * are written as IPv6 ones are judged by what they stand for.
 */
export function isPrivateAddress(address: string): boolean {
  if (!isIPv6(address)) return reserved.check(address, 'ipv4');
  // Of IPv6, only this range is handed out for public use; mapped IPv4 addresses have the ranges of IPv4.
  const isOutside = !mapped.check(address, 'ipv6') && !publicRange.check(address, 'ipv6');
  return isOutside || reserved.check(address, 'ipv6');
}

const publicRange = new BlockList();
publicRange.addSubnet('2000::', 3, 'ipv6');

const mapped = new BlockList();
mapped.addSubnet('::ffff:0:0', 96, 'ipv6');

/** The special-purpose registries of IANA, as far as they are not public. */
const reserved = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  reserved.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
  // Tunnels, which lead to an IPv4 address that was not judged.
  ['2001::', 23],
  ['2002::', 16],
  ['2001:db8::', 32],
  ['3fff::', 20],
] as const) {
  reserved.addSubnet(network, prefix, 'ipv6');
}
