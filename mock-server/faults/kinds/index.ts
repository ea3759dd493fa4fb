import type { FaultKind, FaultName } from '../fault.ts';
import { attachmentLinkExpired } from './attachment-link-expired.ts';
import { clockSkew } from './clock-skew.ts';
import { connectionReset } from './connection-reset.ts';
import { edit } from './edit.ts';
import { keyRevoked } from './key-revoked.ts';
import { latency } from './latency.ts';
import { malformedBody } from './malformed-body.ts';
import { pageRepeated } from './page-repeated.ts';
import { rateLimit } from './rate-limit.ts';
import { status } from './status.ts';
import { timeout } from './timeout.ts';
import { truncatedBody } from './truncated-body.ts';
import { wrongContentType } from './wrong-content-type.ts';

/** Every kind of fault that the description of the control API has. */
export const faultKinds: { readonly [Name in FaultName]: FaultKind<Name> } = {
  status,
  rate_limit: rateLimit,
  latency,
  connection_reset: connectionReset,
  timeout,
  truncated_body: truncatedBody,
  malformed_body: malformedBody,
  wrong_content_type: wrongContentType,
  key_revoked: keyRevoked,
  clock_skew: clockSkew,
  edit,
  page_repeated: pageRepeated,
  attachment_link_expired: attachmentLinkExpired,
};
