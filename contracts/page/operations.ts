import { evidenceLine, grade } from './evidence.ts';
import { callOf, exampleBlock, jsonBlock, type Sample } from './examples.ts';
import { html, inline, prose, type Html } from './html.ts';
import {
  follow,
  isReference,
  nameOf,
  type AnswerNode,
  type DocumentNode,
  type OperationNode,
  type ParameterNode,
} from './nodes.ts';
import { fieldsOf, typeOf } from './schemas.ts';

/** What the sections of one page have in common. */
export interface PageContext {
  document: DocumentNode;
  /** Whether evidence is shown. */
  isGraded: boolean;
  sample: Sample;
}

/** An operation with where it stands in the document. */
export interface Placed {
  path: string;
  method: string;
  operation: OperationNode;
}

/** One operation: its line is always there, the rest unfolds. */
export function operationSection(context: PageContext, placed: Placed): Html {
  const { operationId = '' } = placed.operation;
  const call = callOf(context.document, placed, context.sample);
  return box(context, placed, operationId, exampleBlock(call));
}

/** What is sent to those who asked for it. */
export function webhookSection(context: PageContext, placed: Placed): Html {
  return box(context, placed, `webhook-${placed.path}`, undefined);
}

function box(
  context: PageContext,
  { path, method, operation }: Placed,
  id: string,
  example: Html | undefined,
): Html {
  const { isGraded } = context;
  return html`<details class="box">
    <summary>
      <h3><b class="method ${method}">${method.toUpperCase()}</b> <code>${withBreaks(path)}</code></h3>
      <span class="name">${operation.summary}${operation.deprecated ? ' (deprecated)' : ''}</span>
      ${isGraded ? grade(operation) : ''}
    </summary>
    <div class="inside" id="${id}">
      <a class="anchor" href="#${id}">${id}</a>
      ${prose(operation.description)} ${isGraded ? html`<p>${evidenceLine(operation)}</p>` : ''} ${example}
      ${parameters(context, operation)} ${body(context, operation)} ${answers(context, operation)}
    </div>
  </details>`;
}

function parameters(
  { document, isGraded }: PageContext,
  { parameters: given = [] }: OperationNode,
): Html | undefined {
  if (given.length === 0) return undefined;
  return html`<h4>Parameters</h4>
    <dl class="fields">
      ${given.map((node) => {
        const parameter = follow<ParameterNode>(document, node);
        const place = parameter.in === 'query' && parameter.required ? 'query, required' : parameter.in;
        return html`<div>
          <dt>
            <code>${parameter.name}</code> <span class="type">${typeOf(parameter.schema)}, in ${place}</span>
          </dt>
          <dd>${inline(parameter.description)} ${isGraded ? evidenceLine(parameter) : ''}</dd>
        </div>`;
      })}
    </dl>`;
}

function body({ isGraded }: PageContext, { requestBody }: OperationNode): Html | undefined {
  const [[type, content] = []] = Object.entries(requestBody?.content ?? {});
  if (type === undefined || content === undefined) return undefined;
  return html`<h4>Body</h4>
    <p>${typeOf(content.schema)} as <code>${type}</code></p>
    ${fieldsOf(content.schema, isGraded)}`;
}

/** What is answered: the operation's own answers, and in one line the refusals that it shares with others. */
function answers({ document, isGraded }: PageContext, { responses = {} }: OperationNode): Html {
  const all = Object.entries(responses).map(([status, node]) => ({
    status,
    answer: follow<AnswerNode>(document, node),
    shared: isReference(node) && Number(status) >= 400 ? nameOf(node.$ref) : undefined,
  }));
  const shared = all.filter((one) => one.shared !== undefined);
  return html`<h4>Answers</h4>
    <dl class="fields">
      ${all
        .filter((one) => one.shared === undefined)
        .map(
          ({ status, answer }) =>
            html`<div>
              <dt><code>${status}</code> <span class="type">${answerType(answer)}</span></dt>
              <dd>${answerText(answer, isGraded)}</dd>
            </div>`,
        )}
    </dl>
    ${
      shared.length === 0
        ? ''
        : html`<p class="refusals">
            Refused with
            ${shared.map(
              ({ status, shared: name = '' }, at) =>
                html`${at === 0 ? '' : ', '}<a href="#refusal-${name}">${status} ${inWords(name)}</a>`,
            )}
          </p>`
    }`;
}

/** An answer that operations share: it is told once, and they lead here. */
export function refusalSection(
  { isGraded }: PageContext,
  name: string,
  status: string,
  answer: AnswerNode,
): Html {
  return html`<div id="refusal-${name}">
    <dt><code>${status}</code> ${inWords(name)} <span class="type">${answerType(answer)}</span></dt>
    <dd>${answerText(answer, isGraded)}</dd>
  </div>`;
}

function answerType({ content = {} }: AnswerNode): Html | undefined {
  const [[type, { schema }] = ['', {}]] = Object.entries(content);
  return (
    schema && html`${typeOf(schema)}${type === 'application/json' ? '' : html` as <code>${type}</code>`}`
  );
}

function answerText(answer: AnswerNode, isGraded: boolean): Html {
  const [content] = Object.values(answer.content ?? {});
  return html`${inline(answer.description)} ${isGraded ? evidenceLine(answer) : ''}
  ${content && fieldsOf(content.schema, isGraded)}
  ${content?.example === undefined ? '' : jsonBlock(content.example)}`;
}

/** `TooManyRequests` as people write it. */
function inWords(name: string): string {
  return name.replaceAll(/\B[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A path that may go on in the next line wherever one of its parts begins. */
function withBreaks(path: string): Html {
  return html`${path.split(/(?=\/)/).map((part, at) => (at === 0 ? part : html`<wbr />${part}`))}`;
}
