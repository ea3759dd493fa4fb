export { createGemClient, type GemAnswer, type GemClient, type GemClientOptions } from './client.ts';
export {
  GemAnswerUnreadable,
  GemError,
  GemForbids,
  GemLacksOperation,
  GemNotFound,
  GemRefusedInput,
  GemRefusedKey,
  GemThrottled,
  GemUnavailable,
} from './errors.ts';
export { pagesOf, type Page, type PageOptions } from './pages.ts';
export { usualRetries } from './retry.ts';
export { provesAbsence, type Shown } from './shown.ts';
export type { CallArguments, ListOperation, OperationId, SuccessOf } from './call-types.ts';
