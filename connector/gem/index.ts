export { createGemClient, type GemClient, type GemClientOptions } from './client.ts';
export {
  GemAnswerUnreadable,
  GemError,
  GemNotFound,
  GemRefusedInput,
  GemRefusedKey,
  GemThrottled,
  GemUnavailable,
} from './errors.ts';
export { pagesOf, type Page } from './pages.ts';
export type { CallArguments, ListOperation, OperationId, SuccessOf } from './call-types.ts';
