import { useEffect, useState } from 'preact/hooks';
import type { Control } from '../api/control.ts';
import { Moment } from './times.tsx';

/** A clock that goes on by itself between two answers, where it runs. */
export function LiveClock({ clock: { now, state } }: { clock: Control['Clock'] }) {
  const [shown, setShown] = useState(now);
  useEffect(() => {
    setShown(now);
    if (state === 'frozen') return undefined;
    const start = performance.now();
    const timer = setInterval(() => {
      setShown(new Date(Date.parse(now) + performance.now() - start).toISOString());
    }, 1000);
    return () => clearInterval(timer);
  }, [now, state]);
  return <Moment at={shown} isLong />;
}
