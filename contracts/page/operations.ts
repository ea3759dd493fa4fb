import { evidenceBadge } from './evidence.ts';
import { html, inline, prose, type Html } from './html.ts';
import {
  follow,
  type AnswerNode,
  type DocumentNode,
  type OperationNode,
  type ParameterNode,
} from './nodes.ts';
import { typeOf } from './schemas.ts';

/**
 * One operation: its line is always there, the rest unfolds.
 *
 * @param id its anchor; left out, the id of the operation
 */
export function operationSection(
  document: DocumentNode,
  path: string,
  method: string,
  operation: OperationNode,
  id: string | undefined = operation.operationId,
): Html {
  const evidence = operation['x-evidence'];
  return html`<details class="operation" id="${id}">
    <summary>
      <b class="method ${method}">${method.toUpperCase()}</b> <code>${path}</code>
      <span class="summary">${operation.summary}${operation.deprecated ? ' (deprecated)' : ''}</span>
      ${evidenceBadge(operation)}
    </summary>
    ${prose(operation.description)}
    <p class="source">${evidence?.source}</p>
    ${parameterTable(document, operation)} ${bodyLine(operation)} ${answerTable(document, operation)}
  </details>`;
}

function parameterTable(document: DocumentNode, { parameters = [] }: OperationNode): Html | undefined {
  if (parameters.length === 0) return undefined;
  const rows = parameters.map((parameter) => follow<ParameterNode>(document, parameter));
  return html`<table>
    <tr>
      <th>parameter</th>
      <th>type</th>
      <th></th>
    </tr>
    ${rows.map(
      (parameter) =>
        html`<tr>
          <td><code>${parameter.name}</code> <i>${parameter.in}</i></td>
          <td>${typeOf(parameter.schema)}</td>
          <td>${inline(parameter.description)} ${evidenceBadge(parameter)}</td>
        </tr>`,
    )}
  </table>`;
}

function bodyLine({ requestBody }: OperationNode): Html | undefined {
  const [content] = Object.entries(requestBody?.content ?? {});
  return content && html`<p>Body: ${typeOf(content[1].schema)} as <code>${content[0]}</code></p>`;
}

function answerTable(document: DocumentNode, { responses = {} }: OperationNode): Html {
  return html`<table>
    <tr>
      <th>status</th>
      <th>body</th>
      <th></th>
    </tr>
    ${Object.entries(responses).map(([status, response]) => {
      const answer = follow<AnswerNode>(document, response);
      const schema = answer.content?.['application/json']?.schema;
      return html`<tr>
        <td>${status}</td>
        <td>${schema && typeOf(schema)}</td>
        <td>${inline(answer.description)} ${evidenceBadge(answer)}</td>
      </tr>`;
    })}
  </table>`;
}
