import type { Integration } from '../store/queries/integrations.ts';

/** The headers that open an integration's Gem account. */
export function credentialsOf({ gem }: Integration): Record<string, string> {
  return {
    'X-API-Key': gem.apiKey,
    ...(gem.applicationSecret !== null && { 'X-Application-Secret': gem.applicationSecret }),
  };
}

/** Takes an integration's credentials out of a text that came from outside, in case it was told them and repeats them. */
export function redactor({ gem }: Integration): (text: string) => string {
  const secrets = [gem.apiKey, gem.applicationSecret].flatMap((secret) =>
    secret ? [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)] : [],
  );
  return (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text);
}
