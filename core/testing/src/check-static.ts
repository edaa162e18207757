import type { AnyPlugin } from '@parley/kernel';
import * as z from 'zod';

const ID = /^[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z][a-z0-9]*(-[a-z0-9]+)*)*$/;

/** What is wrong with the part of a plugin that hosts read before any of its code runs: it must be plain data. */
export function checkStatic(plugin: AnyPlugin): string[] {
  const { id, version, kernel, permissions, critical, ui, provides = [], config, entities = [] } = plugin;
  const plain = { id, version, kernel, permissions, critical, ui };
  return [
    ...(ID.test(id) ? [] : [`the id ${id} is not kebab-case`]),
    ...(isPlain(plain) ? [] : ['permissions or ui hold something that JSON can not carry']),
    ...(config ? schemaProblems('config', config) : []),
    ...provides.flatMap((capability) => schemaProblems(`descriptor of ${capability.id}`, capability.descriptor)),
    ...entities.flatMap((entity) => schemaProblems(`entity ${entity.name}`, entity.schema)),
  ];
}

function isPlain(value: unknown): boolean {
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value !== 'object') return false;
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
}

function schemaProblems(what: string, schema: z.ZodType): string[] {
  try {
    JSON.stringify(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
    return [];
  } catch (error) {
    return [`the schema of ${what} can not be written as JSON Schema: ${String(error)}`];
  }
}
