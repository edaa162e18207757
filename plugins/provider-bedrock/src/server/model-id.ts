const GEOGRAPHIES: ReadonlySet<string> = new Set(['us', 'us-gov', 'eu', 'apac', 'jp', 'au', 'ca', 'global']);

/**
 * Who made a model, from its id: `anthropic` of `eu.anthropic.claude-x` and of an ARN that ends so. Nothing for the ARN of
 * an application's inference profile, which does not tell.
 */
export function vendorOf(model: string): string | undefined {
  const parts = model.slice(model.lastIndexOf('/') + 1).split('.');
  if (GEOGRAPHIES.has(parts[0] ?? '')) parts.shift();
  return parts.length > 1 ? parts[0] : undefined;
}

/** What thoughts of a model are kept under: only models of its maker can read them. */
export const familyOf = (model: string): string => `bedrock.${vendorOf(model) ?? model}`;
