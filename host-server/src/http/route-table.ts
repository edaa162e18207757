import { pathParameters, routePath } from '@parley/contracts';
import type { AnyOperation, Method } from '@parley/contracts';
import type { MountedContract } from '@parley/kernel';
import { hostErrors } from '../host-errors.ts';

/** An operation at its place, with what serves it. */
export interface Route {
  readonly mounted: MountedContract;
  readonly name: string;
  readonly operation: AnyOperation;
  readonly path: string;
  readonly parameters: readonly string[];
  readonly handler: (input: unknown, call: unknown) => unknown;
}

/** A route that matches, or the methods the path would take, or nothing. */
export type RouteMatch =
  | { readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly allowed: readonly Method[] };

interface Node {
  readonly fixed: Map<string, Node>;
  parameter?: Node;
  readonly routes: Map<Method, Route>;
}
const createNode = (): Node => ({ fixed: new Map(), routes: new Map() });

/** All routes of one moment; replaced as a whole when contracts change. */
export interface RouteTable {
  readonly routes: readonly Route[];
  /** @throws URIError when a path segment is not valid percent-encoding */
  match(method: string, path: string): RouteMatch | undefined;
}

/**
 * Finds operations by path in time that depends on the path's length only.
 * Shape: a fixed segment wins over a parameter at the same place.
 * @throws HOST_ROUTE_CONFLICT when two operations have the same method and place
 */
export function createRouteTable(contracts: readonly MountedContract[]): RouteTable {
  const root = createNode();
  const routes = contracts.flatMap(routesOf);
  for (const route of routes) insert(root, route);
  return {
    routes,
    match(method, path) {
      const values: string[] = [];
      const node = find(root, path.slice(1).split('/'), 0, values);
      if (!node) return undefined;
      const route = node.routes.get((method === 'HEAD' ? 'GET' : method) as Method);
      return route ? { route, params: paramsOf(route, values) } : { allowed: [...node.routes.keys()] };
    },
  };
}

const routesOf = (mounted: MountedContract): Route[] =>
  Object.entries(mounted.contract.operations).map(([name, operation]) => {
    const path = routePath(mounted.contract, operation);
    const handler = mounted.handlers[name] as Route['handler'];
    return { mounted, name, operation, path, parameters: pathParameters(path), handler };
  });

const paramsOf = ({ parameters }: Route, values: readonly string[]): Record<string, string> =>
  Object.fromEntries(parameters.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]));

function insert(root: Node, route: Route): void {
  let node = root;
  for (const segment of route.path.slice(1).split('/')) {
    let next = segment.startsWith(':') ? node.parameter : node.fixed.get(segment);
    if (!next) {
      next = createNode();
      if (segment.startsWith(':')) node.parameter = next;
      else node.fixed.set(segment, next);
    }
    node = next;
  }
  const other = node.routes.get(route.operation.method);
  if (other) {
    const { method } = route.operation;
    throw hostErrors.ROUTE_CONFLICT({ first: labelOf(other), second: labelOf(route), method, path: route.path });
  }
  node.routes.set(route.operation.method, route);
}

/** Name of an operation for people: `<contract>.<operation>`. */
export const labelOf = ({ mounted, name }: Route): string => `${mounted.contract.id}.${name}`;

function find(node: Node, segments: readonly string[], at: number, values: string[]): Node | undefined {
  const segment = segments[at];
  if (segment === undefined) return node.routes.size > 0 ? node : undefined;
  const fixed = node.fixed.get(segment);
  const found = fixed && find(fixed, segments, at + 1, values);
  if (found || !node.parameter || segment === '') return found;
  const deeper = find(node.parameter, segments, at + 1, values);
  if (deeper) values.unshift(segment);
  return deeper;
}
