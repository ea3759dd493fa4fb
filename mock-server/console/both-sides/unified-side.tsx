import type { Unified } from '../api/connector.ts';

type Explanation = Unified['Explanation'];
type Value = Unified['ExplainedValue'];

interface UnifiedSideOptions {
  explanation: Explanation;
  /** The field that is unfolded. */
  chosen: string;
  active: Value | undefined;
  onChoose: (field: string) => void;
  onPoint: (field: string | undefined) => void;
}

/** The unified item, value by value; the chosen one tells its rule. */
export function UnifiedSide({ explanation, chosen, active, onChoose, onPoint }: UnifiedSideOptions) {
  const { model, id, values } = explanation;
  return (
    <section class="side unified" aria-labelledby="unified-side">
      <h3 id="unified-side">
        Unified <span class="mono soft">{`${model} ${id}`}</span>
      </h3>
      <p class="soft">As the connector has it. A value tells where it comes from.</p>
      <ul class="values">
        {values.map((value) => {
          const { field } = value;
          const isChosen = field === chosen;
          return (
            <li
              key={field}
              data-value={field}
              class={`${field === active?.field ? 'lit' : ''}${value.is_listed ? '' : ' unread'}`}
            >
              <button
                type="button"
                class="place"
                aria-expanded={isChosen}
                onClick={() => onChoose(field)}
                onMouseEnter={() => onPoint(field)}
                onMouseLeave={() => onPoint(undefined)}
                onFocus={() => onPoint(field)}
                onBlur={() => onPoint(undefined)}
              >
                <span class="path">{field}</span>
                <span class="what mono">{shortened(value.value)}</span>
                {value.is_changed && <span class="now mono">now {shortened(value.now)}</span>}
                {value.empty !== null && <span class="why">{inWords(value.empty)}</span>}
              </button>
              {isChosen && <Why value={value} rules={explanation.rules} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Why a value is what it is. */
function Why({ value, rules }: { value: Value; rules: Explanation['rules'] }) {
  const { from, note, is_listed: isListed } = value;
  const told = rules.filter(({ name, statement }) => value.rules.includes(name ?? statement));
  return (
    <div class="because">
      {told.map(({ name, statement, evidence }) => (
        <p key={statement}>
          {inWords(statement)} <span class={`badge ${evidence.grade}`}>{evidence.grade}</span>{' '}
          <span class="soft">
            {evidence.source}
            {name !== null && ` · rule ${name}`}
          </span>
        </p>
      ))}
      {note !== null && <p>{note}</p>}
      {!isListed && <p>The connector’s page does not list this field for Gem.</p>}
      {from.length > 0 && (
        <dl class="facts">
          {from.map((place) => [
            <dt key={`${place.remote_id}${place.pointer}${place.reads}`} class="mono">
              {place.path === '' ? place.route : place.path}
            </dt>,
            <dd key={`${place.remote_id}${place.pointer}${place.reads} what`} class="mono">
              {reads[place.reads]}
              {place.reads === 'value' && JSON.stringify(place.value)}
              {place.is_changed && place.reads === 'value' && (
                <span class="now"> now {JSON.stringify(place.now)}</span>
              )}
            </dd>,
          ])}
        </dl>
      )}
    </div>
  );
}

const reads = { value: '', form: 'that it is one', entries: 'how many it has', everything: 'all of it' };

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? 'null';
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** Characters of a value in its row. */
const longest = 300;

/** Names in a sentence need no marks here. */
function inWords(text: string): string {
  return text.replaceAll('`', '');
}
