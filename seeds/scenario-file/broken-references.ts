import type { ControlSchemas } from '../../contracts/control.ts';
import { circleInWords, findCircles } from '../circles.ts';
import { mapTexts, recordSchema, resourceNames, type ResourceName } from '../records.ts';

/** Records that are there twice, and records or labels that speak of others that are not there. */
export function brokenReferences({
  records,
  labels,
}: Pick<ControlSchemas['Snapshot'], 'records' | 'labels'>): { path: string; message: string }[] {
  const problems: { path: string; message: string }[] = [];
  const ids = new Map<ResourceName, Set<string>>();
  for (const name of resourceNames) {
    const known = new Set<string>();
    ids.set(name, known);
    records[name].forEach(({ id }, index) => {
      if (known.has(id)) problems.push({ path: `records.${name}.${index}.id`, message: `a second ${id}` });
      known.add(id);
    });
  }
  const lacks = (resource: ResourceName, id: string) => ids.get(resource)?.has(id) !== true;
  for (const name of resourceNames) {
    const schema = recordSchema(name);
    records[name].forEach((record, index) => {
      mapTexts(schema, record, (text, { 'x-refers-to': target }, path) => {
        if (target && lacks(target, text)) {
          const message = `there is no ${text} among the ${target}`;
          problems.push({ path: ['records', name, index, ...path].join('.'), message });
        }
        return text;
      });
    });
  }
  for (const circle of findCircles(records)) {
    const path = `records.${circle.resource}.${circle.index}.parent_id`;
    problems.push({ path, message: circleInWords(circle) });
  }
  for (const [label, { resource, id }] of Object.entries(labels)) {
    if (lacks(resource, id)) {
      problems.push({ path: `labels.${label}`, message: `there is no ${id} among the ${resource}` });
    }
  }
  return problems;
}
