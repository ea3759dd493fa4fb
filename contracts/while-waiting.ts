/** Something that text can be written to, such as `process.stderr`. */
interface Terminal {
  isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/**
 * Says what takes long, once it does: on a terminal one line that is renewed, elsewhere a line now and then.
 *
 * @param stream where to; nothing is said without one
 * @param what is being done, such as `making the world`
 * @returns takes the line away; to be called when it is done, or when something else is said
 */
export function sayWhileWaiting(stream: Terminal | undefined, what: string): () => void {
  if (!stream) return () => undefined;
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += 1;
    if (stream.isTTY) stream.write(`\r\u001b[2K  ${what} … ${seconds} s`);
    else if (isRound(seconds)) stream.write(`mock-gem: still ${what} (${seconds} s)\n`);
  }, 1000);
  timer.unref();
  return () => {
    clearInterval(timer);
    if (stream.isTTY && seconds > 0) stream.write('\r\u001b[2K');
    seconds = 0;
  };
}

/** After 5, 10, 20, 30 … seconds: a file need not hold every second. */
function isRound(seconds: number): boolean {
  return seconds === 5 || seconds % 10 === 0;
}
