import { describe, expect, it } from '@jest/globals';
import { defineContract, op } from '@parley/contracts';
import type { Method } from '@parley/contracts';
import * as z from 'zod';
import { createRouteTable } from './route-table.ts';

const table = (...routes: [Method, string][]) =>
  createRouteTable([
    {
      pluginId: 'sample',
      generation: 1,
      firstParty: true,
      contract: defineContract(
        'sample',
        '1.0.0',
        Object.fromEntries(
          routes.map(([method, path], index) => [
            `op${index}`,
            op({ method, path, access: 'public', input: z.object({}), output: z.void() }),
          ]),
        ),
      ),
      handlers: Object.fromEntries(routes.map((_route, index) => [`op${index}`, () => undefined])),
      draining: new AbortController().signal,
      hold: () => ({ [Symbol.dispose]: () => undefined }),
    },
  ]);
const nameOf = (match: ReturnType<ReturnType<typeof table>['match']>) =>
  match && 'route' in match ? match.route.name : undefined;

describe('createRouteTable', () => {
  it('finds an operation by method and path', () => {
    const routes = table(['GET', '/api/a'], ['POST', '/api/a'], ['GET', '/b']);
    expect(nameOf(routes.match('POST', '/api/a'))).toBe('op1');
    expect(nameOf(routes.match('GET', '/api/x/sample/b'))).toBe('op2');
  });

  it('prefers a fixed segment to a parameter, and comes back from a dead end', () => {
    const routes = table(
      ['GET', '/api/a/mine'],
      ['GET', '/api/a/:id'],
      ['GET', '/api/a/:id/b'],
      ['GET', '/api/:x/c/d'],
    );
    expect(nameOf(routes.match('GET', '/api/a/mine'))).toBe('op0');
    expect(nameOf(routes.match('GET', '/api/a/7'))).toBe('op1');
    expect(nameOf(routes.match('GET', '/api/a/mine/b'))).toBe('op2');
    expect(nameOf(routes.match('GET', '/api/a/c/d'))).toBe('op3');
  });

  it('gives each operation its own names for parameters at one place', () => {
    const routes = table(['GET', '/api/a/:id'], ['GET', '/api/a/:parentId/b/:id']);
    expect(routes.match('GET', '/api/a/1')).toMatchObject({ params: { id: '1' } });
    expect(routes.match('GET', '/api/a/1%202/b/3')).toMatchObject({ params: { parentId: '1 2', id: '3' } });
  });

  it.each(['/api/a/', '/api/a/1/', '/api//a', '/api', '/', '', '/api/a/1/2'])('finds nothing at %s', (path) => {
    expect(table(['GET', '/api/a'], ['GET', '/api/a/:id']).match('GET', path)).toBeUndefined();
  });

  it('tells the methods a path takes', () => {
    const routes = table(['PUT', '/api/a'], ['DELETE', '/api/a']);
    expect(routes.match('GET', '/api/a')).toEqual({ allowed: ['PUT', 'DELETE'] });
  });

  it('refuses two operations at one place, whatever their parameters are called', () => {
    expect(() => table(['GET', '/api/a/:id'], ['GET', '/api/a/:name'])).toThrow(
      'The operations sample.op0 and sample.op1 are both at GET /api/a/:name',
    );
  });
});
