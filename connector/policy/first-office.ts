import type { UnifiedSchemas } from '../../contracts/unified.ts';
import { countryOf } from './country.ts';

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
  const raw = [office.location?.name, office.name].find((text) => text?.trim()) ?? null;
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
