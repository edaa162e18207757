import { describe, expect, it } from '@jest/globals';
import * as z from 'zod';
import { definePlugin } from '../define-plugin.ts';
import { manifestOf } from '../manifest/manifest.ts';
import { createConfigSchema } from './whole-schema.ts';

interface Tree {
  readonly children: readonly Tree[];
}
const Tree: z.ZodType<Tree> = z.lazy(() => z.object({ children: z.array(Tree) }));
const plugin = definePlugin({
  id: 'acme.trees',
  version: '1.0.0',
  kernel: '^1.0.0',
  config: z.object({ tree: Tree, max: z.number().default(3) }),
  setup() {},
});
const schema = createConfigSchema([{ use: 'acme.trees', settingsSchema: manifestOf(plugin).configSchema ?? {} }]) as {
  $defs: Record<string, object>;
  properties: { plugins: { items: { allOf: readonly object[]; properties: { use: object } } } };
};

describe('the schema of a whole config file', () => {
  it('leads from the name of a plugin to its settings', () => {
    expect(schema.properties.plugins.items.allOf).toEqual([
      {
        if: { properties: { use: { const: 'acme.trees' } }, required: ['use'] },
        // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON Schema
        then: { properties: { config: { $ref: '#/$defs/acme.trees' } } },
      },
    ]);
    expect(schema.properties.plugins.items.properties.use).toMatchObject({ anyOf: [{ enum: ['acme.trees'] }, {}] });
  });

  it('has no reference that leads nowhere', () => {
    const references = [...JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)].map(([, name]) => name);
    expect(references.length).toBeGreaterThan(1);
    for (const name of references) expect(Object.keys(schema.$defs)).toContain(name);
  });
});
