import { hash } from 'node:crypto';

/**
 * The id of a row: 24 base58 characters made from the integration and the record's id at Gem, so that it can be
 * computed wherever it is needed and is never looked up. Two models may share a remote id and then share the id
 * (kombo-unified-api §5.4).
 *
 * @param remoteId Gem's id; a join row composes one, such as `<job id>/<user id>`
 */
export function komboId(integrationId: string, remoteId: string): string {
  return digest(`${integrationId}\n${remoteId}`);
}

/**
 * The id of the integration that connects one Gem account to one environment. Connecting the same account again
 * gives the same id; the API key cannot be told from it.
 */
export function integrationIdFrom(environmentId: string, gemUrl: string, apiKey: string): string {
  const account = hash('sha256', apiKey);
  return `gem:${digest([environmentId, gemUrl, account].join('\n'))}`;
}

const length = 24;
const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

// 256 bits take 44 digits, of which the first ones are kept.
const digits = 44;
const dropped = 58n ** BigInt(digits - length);

// Eight digits at a time still fit a plain number, which is much faster than a bigint.
const chunk = 8;
const chunkBase = 58n ** BigInt(chunk);

function digest(text: string): string {
  return base58(BigInt(`0x${hash('sha256', text)}`) / dropped);
}

function base58(number: bigint): string {
  let rest = number;
  let text = '';
  while (text.length < length) {
    let part = Number(rest % chunkBase);
    rest /= chunkBase;
    for (let place = 0; place < chunk; place += 1) {
      text = alphabet.charAt(part % 58) + text;
      part = Math.floor(part / 58);
    }
  }
  return text;
}
