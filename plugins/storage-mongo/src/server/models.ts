import type { Collection } from '@parley/contracts';
import type { Connection, Model, SchemaDefinition, mongo } from 'mongoose';
import type * as z from 'zod';
import { createLayout } from './layout.ts';
import { toTopKey } from './names.ts';

/** What `createModels` needs of an entity; with its schema, documents are described by it. */
export type ModelledEntity = Collection & { readonly schema?: z.ZodObject };

interface Definition {
  readonly type: string;
  readonly innerType?: { readonly def: Definition };
  readonly element?: { readonly def: Definition };
}

/** The Mongoose type of a zod schema; what has none may hold anything. */
function toType(def: Definition, mixed: unknown): unknown {
  if (def.innerType !== undefined) return toType(def.innerType.def, mixed);
  if (def.type === 'array') return [def.element === undefined ? mixed : toType(def.element.def, mixed)];
  return { string: String, number: Number, boolean: Boolean, enum: String, literal: mixed }[def.type] ?? mixed;
}

/**
 * Mongoose models of entities: one collection each, with the fields of its zod schema, its indexes and its time to live.
 * They describe what the driver writes, which checks every record before with the entity's own schema.
 * @example const { 'notes.note': Note } = await createModels(connection, [toCollection('notes', noteEntity)]);
 */
export async function createModels(
  connection: Connection,
  entities: readonly ModelledEntity[],
): Promise<Readonly<Record<string, Model<mongo.Document>>>> {
  const { Schema, default: mongoose } = await import('mongoose');
  const mixed = mongoose.Schema.Types.Mixed;
  const models = entities.map((entity) => {
    const layout = createLayout(entity);
    const fields = Object.entries(entity.schema?.shape ?? {}).map(([name, field]) => [
      toTopKey(name),
      { type: toType((field as unknown as { def: Definition }).def, mixed) },
    ]);
    const base = { _id: String, tenantId: String, ownerId: String, createdAt: String, updatedAt: String, rev: Number };
    const definition = { ...base, ...Object.fromEntries(fields) } as SchemaDefinition;
    const schema = new Schema(definition, {
      collection: layout.name,
      strict: false,
      minimize: false,
      versionKey: false,
      id: false,
      autoIndex: false,
      autoCreate: false,
      suppressReservedKeysWarning: true,
    });
    for (const { name, key, options } of layout.indexes) schema.index({ ...key }, { name, ...options });
    if (entity.name in connection.models) connection.deleteModel(entity.name);
    return [entity.name, connection.model(entity.name, schema)] as const;
  });
  return Object.fromEntries(models) as Readonly<Record<string, Model<mongo.Document>>>;
}
