import { linkExpired, refuseLink } from '../../problems/link-refusals.ts';
import { attachmentOperation } from '../../requests/operations.ts';
import type { FaultKind } from '../fault.ts';

/** The link to an attachment has expired, although its time is not over. */
export const attachmentLinkExpired: FaultKind<'attachment_link_expired'> = () => ({
  concerns: ({ operation }) => operation === attachmentOperation.id,
  strike: async () => refuseLink(linkExpired()),
});
