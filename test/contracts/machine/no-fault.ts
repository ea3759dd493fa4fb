// Mutants made by machine that no rule catches, because nothing that is known says that they are wrong.
import type { MachineMutant } from './mutants.ts';

/** Why mutants are no fault. */
interface Reason {
  place: RegExp;
  step: RegExp;
  why: string;
}

/** Every reason. In a deep run each of them has to be needed. */
export const reasons: readonly Reason[] = [
  {
    place: /\.changed_at$/,
    step: /^(a second later|a day earlier|milliseconds lost)$/,
    why: "it is the connector's own clock: when all its moments are moved alike, nothing shows it",
  },
  {
    place: /\.remote_data$/,
    step: /^null$/,
    why: 'it is null unless the customer has it switched on (kombo-unified-api §5.5)',
  },
  {
    place:
      /(stages|job_postings|hiring_team|hiring_team_roles|integration_fields|email_addresses|\.applications|interviews|\.users|→ results)$/,
    step: /^entries the other way round$/,
    why: 'nothing says in which order these stand',
  },
  {
    place: /integration_fields\[\]\.(label|key)$/,
    step: /./,
    why: 'how a field is labelled is not documented, and a field counts as shown when either its key or its label is right',
  },
  {
    place: /^(users\.first_name|users\.last_name|jobs\.job_postings\[\]\.title|jobs\.job_code)$/,
    step: /^trimmed$/,
    why: 'the facts say nothing about blanks around it',
  },
  {
    place: /^users\.email$/,
    step: /^in small letters$/,
    why: 'an address may be made well formed by small letters',
  },
  { place: /^jobs\.location\.country$/, step: /^null$/, why: 'a country is told only where it is certain' },
  {
    place: /(phone_numbers|email_addresses|social_media)\[\]\.type$/,
    step: /^(null|a neighbour's|first letter lost|last letter lost)$/,
    why: 'types are free texts or null (kombo-unified-api §2.3); that they are the words of Gem is assumed',
  },
  {
    place: /social_media\[\]\.username$/,
    step: /^(null|first letter lost|last letter lost)$/,
    why: 'it is null or a part of the link; which part is not documented',
  },
  {
    place: /^candidates\.custom_fields$/,
    step: /^null$/,
    why: 'it may be null or empty where nothing is mapped (kombo-unified-api §2.3)',
  },
  {
    place: /^jobs\.job_postings\[\]\.id$/,
    step: /^a neighbour's$/,
    why: 'nothing refers to a posting by its id: any that are distinct and stay the same will do',
  },
  {
    place: /→ results\[\]\.(id|remote_id)$/,
    step: /^(a neighbour's|in small letters|in capitals|first letter lost|last letter lost|only ASCII)$/,
    why: 'files have no id at Gem: any that are distinct and stay the same will do',
  },
  {
    place: /→ results\[\]\.remote_updated_at$/,
    step: /^filled$/,
    why: 'it may be a moment or null (kombo-unified-api §3.5)',
  },
  {
    place: /→ changed_at$/,
    step: /./,
    why: 'the answer to an action and the list that is read after it need not agree about the moment',
  },
];

/** Why a mutant is no fault; undefined when it is one. */
export function reasonFor({ place, step }: Pick<MachineMutant, 'place' | 'step'>): string | undefined {
  return reasons.find((reason) => reason.place.test(place) && reason.step.test(step))?.why;
}
