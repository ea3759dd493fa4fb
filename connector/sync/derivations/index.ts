import type { Derivation } from './derivation.ts';
import { interviewStage } from './interview-stage.ts';
import { postingText } from './posting-text.ts';

/** Every derivation, in the order in which they run. */
export const derivations: readonly Derivation[] = [postingText, interviewStage];
