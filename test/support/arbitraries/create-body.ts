import { fc } from '@fast-check/vitest';
import type { UnifiedSchemas } from '../../../contracts/unified.ts';
import { webUrl } from './values.ts';

const address = fc.oneof(
  fc.constantFrom('jane@example.com', 'JANE@work.example.com', 'j.doe+cv@example.org'),
  fc.emailAddress(),
);

/** A unified create body with whatever it may carry, all that Gem cannot take included. */
export const createBody: fc.Arbitrary<UnifiedSchemas['CreateCandidateBody']> = fc.record({
  candidate: fc
    .tuple(
      fc.record({ first_name: fc.string(), last_name: fc.string(), email_address: address }),
      fc.record(
        {
          additional_email_addresses: fc.array(
            fc.record({ type: fc.constantFrom('PERSONAL', 'WORK', 'OTHER'), email_address: address }),
            { maxLength: 3 },
          ),
          company: fc.string(),
          title: fc.string(),
          phone_number: fc.string(),
          social_links: fc.array(
            fc.record({ url: fc.oneof(fc.constant('https://www.linkedin.com/in/jane-doe/'), webUrl) }),
            { maxLength: 3 },
          ),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([required, more]) => Object.assign(required, more)),
  application: fc.record({ job_id: fc.constant('remote:job-1') }),
  attachments: fc.array(
    fc.record({
      name: fc.oneof(
        fc.constantFrom('cv.pdf', 'cv.PDF', 'letter.docx', 'portfolio', 'photo.png'),
        fc.string(),
      ),
      type: fc.constantFrom('CV', 'COVER_LETTER', 'OTHER'),
      content_type: fc.constantFrom('application/pdf', 'application/msword', 'image/png'),
      data: fc.base64String({ maxLength: 40 }),
    }),
    { maxLength: 4 },
  ),
});
