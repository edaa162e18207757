import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hostContract, kernelContract } from '@parley/contracts';
import { startTestHost } from '@parley/testing';
import type { TestHost } from '@parley/testing';
import { createSamplePlugin, sampleContract } from '../fixtures/sample-plugin.ts';

interface Operation {
  readonly operationId: string;
  readonly security: readonly unknown[];
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: object }>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: unknown;
}

function* refsOf(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    if (key === '$ref' && typeof item === 'string') yield item;
    else yield* refsOf(item);
  }
}
const resolve = (document: unknown, ref: string): unknown =>
  ref
    .slice(2)
    .split('/')
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);

describe('/api/openapi.json', () => {
  let host: TestHost;
  let document: Document;
  beforeAll(async () => {
    host = await startTestHost({ plugins: [createSamplePlugin()] });
    document = (await (await host.request('/api/openapi.json')).json()) as Document;
  });
  afterAll(() => host.stop());
  const operation = (path: string, method: string) => document.paths[path]?.[method] as Operation;

  it('describes every operation once', () => {
    const ids = Object.values(document.paths).flatMap((item) => Object.values(item).map((each) => each.operationId));
    const expected = [sampleContract, hostContract, kernelContract].flatMap(({ id, operations }) =>
      Object.keys(operations).map((name) => `${id}.${name}`),
    );
    expect(ids.toSorted()).toEqual(expected.toSorted());
    expect(document.openapi).toBe('3.1.0');
  });

  it('has no reference that leads nowhere', () => {
    const refs = [...refsOf(document)];
    expect(refs).toContain('#/components/schemas/Problem');
    expect(refs.filter((ref) => resolve(document, ref) === undefined)).toEqual([]);
  });

  it('says where each field travels', () => {
    const { parameters, requestBody } = operation('/api/x/sample/echo/{id}', 'post');
    expect(parameters.map(({ name, in: where, required }) => [name, where, required])).toEqual([
      ['id', 'path', true],
      ['idempotency-key', 'header', false],
    ]);
    expect(requestBody).toMatchObject({
      content: { 'application/json': { schema: { properties: { text: { type: 'string' } }, required: ['text'] } } },
    });
    expect(operation('/api/x/sample/list', 'get').parameters.map(({ name, in: where }) => [name, where])).toEqual([
      ['limit', 'query'],
      ['tag', 'query'],
    ]);
  });

  it('describes a file as the body, beside the other fields', () => {
    const { parameters, requestBody } = operation('/api/x/sample/files/{id}', 'put');
    expect(parameters.map(({ name, in: where }) => [name, where])).toEqual([
      ['id', 'path'],
      ['tag', 'query'],
    ]);
    expect(requestBody).toEqual({ required: true, content: { 'audio/*': {}, 'image/png': {} } });
  });

  it('names the path parameters of every path', () => {
    for (const [path, item] of Object.entries(document.paths)) {
      for (const { parameters } of Object.values(item)) {
        const named = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
        expect(named).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]));
      }
    }
  });

  it('tells who may call, and which errors to expect', () => {
    const { security, responses } = operation('/api/x/sample/mine/{id}', 'delete');
    expect(security).toEqual([{ bearer: [] }]);
    expect(
      Object.fromEntries(Object.entries(responses).map(([status, { description }]) => [status, description])),
    ).toEqual({
      204: 'Done',
      400: 'HOST_INVALID_INPUT',
      401: 'HOST_UNAUTHENTICATED',
      403: 'HOST_FORBIDDEN',
      404: 'SAMPLE_GONE',
    });
  });

  it('describes streams as events', () => {
    const { responses } = operation('/api/x/sample/watch/{mode}', 'get');
    expect(Object.keys(responses['200']?.content ?? {})).toEqual(['text/event-stream']);
    expect(responses['204']).toBeDefined();
  });
});
