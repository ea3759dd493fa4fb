import { createHash } from 'node:crypto';

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
  const account = createHash('sha256').update(apiKey).digest('hex');
  return `gem:${digest([environmentId, gemUrl, account].join('\n'))}`;
}

const length = 24;
const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

function digest(text: string): string {
  return base58(createHash('sha256').update(text).digest('hex')).slice(0, length);
}

// 256 bits take 44 digits. Nine digits at a time still fit a plain number, which is much faster than a bigint.
const digits = 44;
const chunk = 9;
const chunkBase = 58n ** BigInt(chunk);

function base58(hex: string): string {
  let rest = BigInt(`0x${hex}`);
  let text = '';
  while (rest > 0n) {
    let part = Number(rest % chunkBase);
    rest /= chunkBase;
    for (let place = 0; place < chunk; place += 1) {
      text = alphabet.charAt(part % 58) + text;
      part = Math.floor(part / 58);
    }
  }
  return text.slice(-digits).padStart(digits, alphabet.charAt(0));
}
