import { ownMember, type ResourceName } from '../records.ts';
import type { Kit } from './kit.ts';

/**
 * Completes the parts of a record that were written short: `a@b.example` for an e-mail address, `Onsite` for an
 * interview, an education without an id. What is whole, or wrong, is left as it is.
 */
export function completeParts(
  kit: Kit,
  name: ResourceName,
  fields: Record<string, unknown>,
): Record<string, unknown> {
  const completers = parts[name];
  if (!completers) return fields;
  return Object.fromEntries(
    Object.entries(fields).map(([field, value]) => {
      const complete = ownMember(completers, field);
      if (!complete) return [field, value];
      return [
        field,
        Array.isArray(value)
          ? value.map((item, index) => complete(kit, item, index))
          : complete(kit, value, 0),
      ];
    }),
  );
}

/** Where the parts of which resource may be written short. */
export function isShortPart(name: ResourceName, field: string): boolean {
  return ownMember(parts[name], field) !== undefined;
}

type Completer = (kit: Kit, part: unknown, index: number) => unknown;

/**
 * @param short the field that a mere text stands for
 * @param rest what is added where it is missing
 */
function part(short: string, rest: (kit: Kit, index: number) => object): Completer {
  return (kit, given, index) => {
    const written: unknown = typeof given === 'string' ? { [short]: given } : given;
    const isObject = typeof written === 'object' && written !== null && !Array.isArray(written);
    return isObject ? { ...rest(kit, index), ...written } : given;
  };
}

/** What interviewers are given to read, where it was written without ids. */
function completeGuide({ identifiers }: Kit, guide: unknown): unknown {
  if (typeof guide !== 'object' || guide === null || Array.isArray(guide)) return guide;
  const { questions = [] } = guide as { questions?: unknown };
  const complete = (given: unknown): unknown => {
    const question: unknown = typeof given === 'string' ? { question: given } : given;
    const isWhole = typeof question !== 'object' || question === null || 'id' in question;
    return isWhole ? question : { id: identifiers.next('interview_kit_question'), ...question };
  };
  return {
    ...(!('id' in guide) && { id: identifiers.next('interview_kit') }),
    content: '',
    ...guide,
    questions: Array.isArray(questions) ? questions.map(complete) : questions,
  };
}

const interviewDefinition = part('name', ({ identifiers }) => ({
  id: identifiers.next('interview_definition'),
  item_id: identifiers.next('interview_item'),
  schedulable: true,
  estimated_minutes: 45,
  default_interviewer_ids: [],
  kit: { id: identifiers.next('interview_kit'), content: '', questions: [] },
  deleted_at: null,
}));

const parts: Partial<Record<ResourceName, Record<string, Completer>>> = {
  sources: { type: part('name', ({ identifiers }) => ({ id: identifiers.next('source_type') })) },
  rejection_reasons: {
    type: part('name', ({ identifiers }) => ({ id: identifiers.next('rejection_type') })),
  },
  custom_fields: {
    options: part('name', ({ identifiers }) => ({ id: identifiers.next('custom_field_option') })),
  },
  candidates: {
    email_addresses: part('value', (_kit, index) => ({ type: 'personal', is_primary: index === 0 })),
    phone_numbers: part('value', () => ({ type: 'mobile' })),
    social_media_addresses: part('value', () => ({})),
    educations: part('school_name', ({ identifiers }) => ({
      id: identifiers.next('education'),
      degree: null,
      discipline: null,
      start_date: null,
      end_date: null,
    })),
    employments: part('company_name', ({ identifiers }) => ({
      id: identifiers.next('employment'),
      title: null,
      start_date: null,
      end_date: null,
    })),
  },
  job_stages: {
    interviews: (kit, given, index) => {
      const definition = interviewDefinition(kit, given, index);
      const isGroup = typeof definition === 'object' && definition !== null && 'kit' in definition;
      return isGroup ? { ...definition, kit: completeGuide(kit, definition.kit) } : definition;
    },
  },
  scheduled_interviews: {
    interviewers: part('user_id', () => ({ response_status: 'needs_action', scorecard_id: null })),
  },
  scorecards: {
    questions: part('question', ({ identifiers }) => ({
      id: identifiers.next('scorecard_question'),
      answer: null,
      type: 'long_answer',
      options: [],
    })),
  },
  offers: {
    compensation: part('type', () => ({
      value: null,
      value_type: 'amount',
      unit: null,
      currency_code: null,
      interval: null,
    })),
  },
};
