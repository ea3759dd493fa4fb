import type { AnyAnswer } from '../../contracts/server/send-answer.ts';
import type { Proceed } from './fault.ts';

/** Lets what was asked for happen where a fault strikes only after it; its answer is lost. */
export async function effectOf(when: 'before' | 'after' | undefined, proceed: Proceed): Promise<void> {
  if (when === 'after') await proceed();
}

/**
 * Changes the answer to what was asked for. What another fault delivers in a way of its own stays as it is.
 *
 * @param change makes the other answer; it is given none where nothing can be changed
 */
export async function changed(
  proceed: Proceed,
  change: (answer: AnyAnswer) => AnyAnswer,
): Promise<AnyAnswer> {
  const answer = await proceed();
  return answer.deliver ? answer : change(answer);
}
