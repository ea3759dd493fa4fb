// The columns of a job that are more than a field of Gem.
import type { UnifiedSchemas } from '../../contracts/unified.ts';

/** What has to be known of an office. */
interface Office {
  name?: string | undefined;
  location?: { name?: string | undefined } | undefined;
}

/**
 * A job's location: the first of Gem's offices and only that one, or null without offices. Gem knows a place as one
 * text; where it is empty, the office's name stands in (rule first-office, kombo-unified-api §2.8, §8 #13).
 */
export function firstOffice(offices: readonly Office[]): UnifiedSchemas['Address'] | null {
  const [office] = offices;
  if (!office) return null;
  const raw = filled(office.location?.name) ?? filled(office.name) ?? null;
  return {
    city: null,
    country: raw === null ? null : countryOf(raw),
    raw,
    state: null,
    street_1: null,
    street_2: null,
    zip_code: null,
  };
}

/** A job's department: the name of the first of Gem's departments and only that one (rule first-department). */
export function firstDepartment(departments: readonly { name?: string | undefined }[]): string | null {
  return departments[0]?.name ?? null;
}

/** A job's status. Both steps of the approval are drafts; a word that Gem adds passes (kombo-unified-api §5.7). */
export function jobStatus(status: string | undefined): string | null {
  return status === undefined ? null : (jobStatuses.get(status) ?? status);
}

const jobStatuses: ReadonlyMap<string, string> = new Map([
  ['open', 'OPEN'],
  ['closed', 'CLOSED'],
  ['draft', 'DRAFT'],
  ['pending_approval', 'DRAFT'],
  ['approved', 'DRAFT'],
]);

/** How far a job can be done remotely, from Gem's location type; null when unset or unknown (kombo-unified-api §5.7). */
export function remoteWorkStatus(locationType: string | undefined): string | null {
  return remoteStatuses.get(locationType) ?? null;
}

const remoteStatuses: ReadonlyMap<string | undefined, string> = new Map([
  ['in_office', 'ON_SITE'],
  ['hybrid', 'HYBRID'],
  ['remote', 'REMOTE'],
]);

/** A text that says something. */
function filled(text: string | undefined): string | undefined {
  return text?.trim() ? text : undefined;
}

/**
 * The ISO 3166 code of the country that an address ends with: the part after its last comma, if that is exactly an
 * English country name. Anything less certain is null (kombo-unified-api §2.8).
 */
export function countryOf(address: string): string | null {
  const last = address.slice(address.lastIndexOf(',') + 1).trim();
  codes ??= readCountryCodes();
  return codes.get(last.toLowerCase()) ?? null;
}

let codes: ReadonlyMap<string, string> | undefined;

// Not countries, though they have a code and a name. Georgia is one, but "Atlanta, Georgia" is not in it.
const uncertain = new Set([
  'AC',
  'CP',
  'CQ',
  'DG',
  'EA',
  'EU',
  'EZ',
  'GE',
  'IC',
  'QO',
  'TA',
  'UN',
  'XA',
  'XB',
  'ZZ',
]);

/** The codes of all countries, by their English names in small letters. */
export function readCountryCodes(): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const found = new Map<string, string>();
  for (const code of twoLetterCodes()) {
    // A retired code such as UK or DD stands for another one.
    const isCurrent = new Intl.Locale(`und-${code}`).region === code;
    const name = names.of(code);
    if (name && isCurrent && !uncertain.has(code)) found.set(name.toLowerCase(), code);
  }
  return found;
}

function* twoLetterCodes(): Generator<string> {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  for (const first of letters) for (const second of letters) yield first + second;
}
