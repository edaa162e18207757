import type { AnyOperation, Method } from '@parley/contracts';
import { Download, Problem } from '@parley/contracts';
import { HOST_VERSION } from '../host-version.ts';
import { labelOf } from '../http/route-table.ts';
import type { Route } from '../http/route-table.ts';
import { createSchemas } from './schemas.ts';
import type { JsonSchema, Schemas } from './schemas.ts';

/** An OpenAPI 3.1 document. */
export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>>; readonly securitySchemes: JsonSchema };
}

/** The description of all operations served now. @see https://spec.openapis.org/oas/v3.1.0 */
export function createOpenApi(routes: readonly Route[], title: string): OpenApi {
  const schemas = createSchemas();
  schemas.define('Problem', Problem);
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.operation.method.toLowerCase()]: describe(route, schemas) };
  }
  return {
    openapi: '3.1.0',
    info: { title, version: HOST_VERSION },
    paths,
    components: {
      schemas: schemas.all(),
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function describe(route: Route, schemas: Schemas): JsonSchema {
  const { operation, mounted } = route;
  const label = labelOf(route);
  const input = schemas.inline(operation.input, 'input', label);
  return {
    operationId: label,
    tags: [mounted.contract.id],
    ...(operation.summary === undefined ? {} : { summary: operation.summary }),
    security: operation.access === 'public' ? [] : [{ bearer: [] }],
    ...(typeof operation.access === 'object' ? { 'x-permission': operation.access.permission } : {}),
    parameters: parametersOf(route, input),
    ...bodyOf(route, input),
    responses: { ...successOf(operation, schemas, label), ...problemsOf(operation) },
  };
}

type Properties = Readonly<Record<string, JsonSchema>>;
const propertiesOf = (schema: JsonSchema): Properties => (schema['properties'] ?? {}) as Properties;
const requiredOf = (schema: JsonSchema): readonly string[] => (schema['required'] ?? []) as readonly string[];
const carriesBody = (method: Method): boolean => method !== 'GET' && method !== 'DELETE';

function parametersOf({ operation, parameters }: Route, input: JsonSchema): JsonSchema[] {
  const properties = propertiesOf(input);
  const required = requiredOf(input);
  const headers = operation.headers ?? {};
  const place = (name: string): 'path' | 'header' | 'query' | undefined => {
    if (parameters.includes(name)) return 'path';
    if (name in headers) return 'header';
    if (operation.upload) return name === operation.upload.field ? undefined : 'query';
    return carriesBody(operation.method) ? undefined : 'query';
  };
  const names = new Set([...parameters, ...Object.keys(properties)]);
  return [...names].flatMap((field) => {
    const where = place(field);
    if (!where) return [];
    const name = where === 'header' ? (headers[field] ?? field) : field;
    return [
      {
        name,
        in: where,
        required: where === 'path' || required.includes(field),
        schema: properties[field] ?? { type: 'string' },
      },
    ];
  });
}

/** The input without what travels in path and headers. */
function bodyOf({ operation, parameters }: Route, input: JsonSchema): JsonSchema {
  if (!carriesBody(operation.method)) return {};
  if (operation.upload) {
    const content = Object.fromEntries(operation.upload.mediaTypes.map((type) => [type, {}]));
    return { requestBody: { required: requiredOf(input).includes(operation.upload.field), content } };
  }
  const elsewhere = new Set([...parameters, ...Object.keys(operation.headers ?? {})]);
  const properties = Object.entries(propertiesOf(input)).filter(([name]) => !elsewhere.has(name));
  if (input['properties'] !== undefined && properties.length === 0) return {};
  const required = requiredOf(input).filter((name) => !elsewhere.has(name));
  const { properties: _properties, required: _required, ...rest } = input;
  const schema =
    input['properties'] === undefined ? input : { ...rest, properties: Object.fromEntries(properties), required };
  return { requestBody: { required: required.length > 0, content: { 'application/json': { schema } } } };
}

function successOf(operation: AnyOperation, schemas: Schemas, label: string): JsonSchema {
  if (operation.output === Download) {
    return { 200: { description: 'A file', content: { 'application/octet-stream': {} } } };
  }
  const schema = schemas.inline(operation.output, 'output', label);
  if (operation.stream) {
    return {
      200: { description: 'Events, each of this shape', content: { 'text/event-stream': { schema } } },
      204: { description: 'No more events will come' },
    };
  }
  if (operation.status === 204) return { 204: { description: 'Done' } };
  return { [operation.status ?? 200]: { description: 'Done', content: { 'application/json': { schema } } } };
}

/** Errors by status, each with the codes it may carry. */
function problemsOf(operation: AnyOperation): JsonSchema {
  const codes = new Map<number, string[]>([[400, ['HOST_INVALID_INPUT']]]);
  const add = (status: number, code: string) => codes.set(status, [...(codes.get(status) ?? []), code]);
  if (operation.access !== 'public') add(401, 'HOST_UNAUTHENTICATED');
  if (typeof operation.access === 'object') add(403, 'HOST_FORBIDDEN');
  for (const { status, code } of operation.errors ?? []) add(status, code);
  const schema = { $ref: '#/components/schemas/Problem' };
  return Object.fromEntries(
    [...codes].map(([status, names]) => [
      status,
      { description: names.join(', '), content: { 'application/problem+json': { schema } } },
    ]),
  );
}
