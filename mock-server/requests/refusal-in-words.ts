/**
 * Why a request was refused, in one line, from the body that says so.
 *
 * @returns undefined where the body gives no reason
 */
export function refusalInWords(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { message, errors } = body as { message?: unknown; errors?: unknown };
  const told = [
    ...(typeof message === 'string' && message !== '' ? [message] : []),
    ...fieldsInWords(errors),
  ];
  return told.length === 0 ? undefined : told.join('; ').replaceAll(/\s+/g, ' ');
}

/** What a refusal says of each field: `current_stage_id: Not a stage of the job.` */
export function fieldsInWords(errors: unknown, path: readonly string[] = []): string[] {
  if (Array.isArray(errors)) {
    // The outermost word only says which part of the request it is.
    const field = path.length > 1 ? path.slice(1) : path;
    return [
      `${field.join('.')}: ${errors.map((text) => (typeof text === 'string' ? text : JSON.stringify(text))).join(' ')}`,
    ];
  }
  if (typeof errors !== 'object' || errors === null) return [];
  return Object.entries(errors).flatMap(([key, inner]) => fieldsInWords(inner, [...path, key]));
}
