import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { askConnector, type Unified } from '../api/connector.ts';
import { ask } from '../api/control.ts';
import { useAnswer } from '../app/live.ts';
import { hrefOf, queryOf, setQuery } from '../app/router.ts';
import { Failed, Loading } from '../parts/states.tsx';
import type { Resource } from '../records/describe-record.ts';
import { GemSide, placeName } from './gem-side.tsx';
import { UnifiedSide } from './unified-side.tsx';

interface TwoSidesOptions {
  integration: string;
  model: Unified['ModelWord'];
  id: string;
}

/** One record: Gem's left, the unified one right, and lines from the value that is looked at to where it comes from. */
export function TwoSides({ integration, model, id }: TwoSidesOptions) {
  const known = useRef<Unified['GemSide'] | undefined>(undefined);
  // Explaining asks Gem, which is told of as an event like any other call: it is done again only where something else is there.
  const { value: state } = useAnswer(() => stateOf(integration, known.current), [integration, model, id], {
    isPassing: true,
  });
  const { value, error, again } = useAnswer(
    () => askConnector('explainRecord', integration, { path: { model, record_id: id } }),
    [integration, model, id, state],
    { isLive: false },
  );
  known.current = value?.data.gem;
  const [pointed, point] = useState<string | undefined>();
  const back = (
    <a class="quiet button" href={hrefOf(['both-sides', model])}>
      Another record
    </a>
  );
  if (error && !value) {
    return (
      <>
        <Failed error={error} onAgain={again} />
        {back}
      </>
    );
  }
  if (!value) return <Loading />;
  const explanation = value.data;
  const { values, gem, item, label } = explanation;
  const changed = values.filter(({ is_changed: isChanged }) => isChanged);
  const chosen = queryOf('value');
  const active = values.find(({ field }) => field === (pointed ?? chosen));
  return (
    <section aria-label={`${label}: ${nameOf(item)}`}>
      <div class="head">
        <h2>
          {nameOf(item)}
          {explanation.remote_deleted_at !== null && <span class="badge bad">gone from Gem</span>}
          {changed.length > 0 && (
            <span class="badge warn">
              {changed.length} {changed.length === 1 ? 'differs' : 'differ'} since the last sync
            </span>
          )}
        </h2>
        <span class="end">
          <button type="button" class="quiet" onClick={again}>
            Look again
          </button>
          {back}
        </span>
      </div>
      {gem.problem !== null && <p class="soft">Gem did not tell what it has now: {gem.problem}.</p>}
      <Joined active={active}>
        <GemSide
          {...{ explanation, active }}
          onChoose={(field) => setQuery({ value: field })}
          onPoint={point}
        />
        <UnifiedSide
          {...{ explanation, chosen, active }}
          onChoose={(field) => setQuery({ value: field === chosen ? undefined : field })}
          onPoint={point}
        />
      </Joined>
    </section>
  );
}

/** What both sides depend on: the record as the emulator holds it, and the last sync. */
async function stateOf(integration: string, gem: Unified['GemSide'] | undefined): Promise<string> {
  const resource = gem?.route.replaceAll('/', '') ?? '';
  const path = { world: 'default', resource: resource as Resource, record: gem?.remote_id ?? '' };
  const [held, syncs] = await Promise.all([
    // The account may be another one than the first world; then its own word is enough.
    gem && ask('getRecord', { path }).catch(() => undefined),
    askConnector('getIntegrationSyncs', undefined, { path: { integration_id: integration } }),
  ]);
  const [last] = syncs.data.results;
  return JSON.stringify([held?.record, last?.id, last?.ended_at]);
}

/** What people call a record. */
export function nameOf(item: object): string {
  const text = (key: string): string[] => {
    const value: unknown = Reflect.get(item, key);
    return typeof value === 'string' && value !== '' ? [value] : [];
  };
  const inner = (key: string): string[] => {
    const value: unknown = Reflect.get(item, key);
    return typeof value === 'object' && value !== null ? [nameOf(value)] : [];
  };
  const person = [...text('first_name'), ...text('last_name')].join(' ');
  const name = [person, ...text('name'), ...text('title')].find((one) => one !== '');
  return name ?? ([...inner('candidate'), ...inner('job')].join(' · ') || 'without a name');
}

/** Both sides, and the lines between them. */
function Joined({
  active,
  children,
}: {
  active: Unified['ExplainedValue'] | undefined;
  children: preact.ComponentChildren;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [lines, setLines] = useState<string[]>([]);
  const draw = () => setLines(box.current && active ? linesOf(box.current, active) : []);
  const reveal = () => {
    const place = active?.from[0];
    const found = place && box.current?.querySelector(`[data-place="${CSS.escape(placeName(place))}"]`);
    // Beneath one another, the one side must not run away from the other; and no side runs away from under the pointer.
    const isPointedAt = found?.closest('.side')?.matches(':hover') ?? false;
    if (found && !isPointedAt && isBeside(box.current)) found.scrollIntoView({ block: 'nearest' });
    draw();
  };
  useLayoutEffect(reveal, [active?.field]);
  useEffect(() => {
    addEventListener('resize', reveal);
    // What scrolls within one side does not bubble.
    document.addEventListener('scroll', draw, { capture: true });
    return () => {
      removeEventListener('resize', reveal);
      document.removeEventListener('scroll', draw, { capture: true });
    };
  });
  return (
    <div class="sides" ref={box}>
      {children}
      <svg class="lines" aria-hidden="true">
        {lines.map((line) => (
          <path key={line} d={line} />
        ))}
      </svg>
    </div>
  );
}

/** A curve from each place that is in sight to the value. */
function linesOf(box: HTMLElement, active: Unified['ExplainedValue']): string[] {
  const frame = box.getBoundingClientRect();
  const target = box.querySelector(`[data-value="${CSS.escape(active.field)}"]`);
  if (!target || !isBeside(box)) return [];
  const end = inSight(target, frame);
  return active.from.slice(0, mostLines).flatMap((place) => {
    const found = box.querySelector(`[data-place="${CSS.escape(placeName(place))}"]`);
    if (!found) return [];
    const start = inSight(found, frame);
    const middle = (start.right + end.left) / 2;
    return [`M${start.right},${start.y} C${middle},${start.y} ${middle},${end.y} ${end.left},${end.y}`];
  });
}

/** Whether the sides stand beside each other. */
function isBeside(box: HTMLElement | null): box is HTMLElement {
  const [one, other] = box?.querySelectorAll('.side') ?? [];
  return one !== undefined && one.getBoundingClientRect().top === other?.getBoundingClientRect().top;
}

const mostLines = 40;

/** Where something is in its side; beyond the edge, at the edge. */
function inSight(found: Element, frame: DOMRect): { left: number; right: number; y: number } {
  const own = found.getBoundingClientRect();
  const side = (found.closest('.side') ?? found).getBoundingClientRect();
  const y = Math.min(Math.max(own.top + Math.min(own.height, 24) / 2, side.top + 4), side.bottom - 4);
  return { left: side.left - frame.left, right: side.right - frame.left, y: y - frame.top };
}
