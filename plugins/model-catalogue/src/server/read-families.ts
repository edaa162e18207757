/** The files that come with the plugin, by family. A new family is one more line here. */
export async function readFamilies(): Promise<Readonly<Record<string, unknown>>> {
  const [anthropic, bedrock, google, openai] = await Promise.all([
    import('./data/anthropic.json', { with: { type: 'json' } }),
    import('./data/bedrock.json', { with: { type: 'json' } }),
    import('./data/google.json', { with: { type: 'json' } }),
    import('./data/openai.json', { with: { type: 'json' } }),
  ]);
  return { anthropic: anthropic.default, bedrock: bedrock.default, google: google.default, openai: openai.default };
}
