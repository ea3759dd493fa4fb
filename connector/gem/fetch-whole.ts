/**
 * Fetches an answer with its whole body. A connection that breaks off within the body thus fails like one that breaks
 * off before it, within the same timeout, and is tried again by the same rule.
 */
export const fetchWhole: typeof fetch = async (request, options) => {
  const response = await fetch(request, options);
  const body = await response.arrayBuffer();
  return new Response(body.byteLength === 0 ? null : body, {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
};
