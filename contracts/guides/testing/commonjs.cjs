// node --test commonjs.cjs
const assert = require('node:assert/strict');
const { test } = require('node:test');
const { startMockGem } = require('mock-gem');

test('a page has as many applications as were asked for', async (context) => {
  const gem = await startMockGem({ port: 0, scenario: 'large', parameters: { candidates: 60 } });
  context.after(() => gem.close());

  const response = await fetch(`${gem.url}/ats/v0/applications/?per_page=50`, {
    headers: { 'X-API-Key': gem.apiKey },
  });

  assert.equal((await response.json()).length, 50);
});
