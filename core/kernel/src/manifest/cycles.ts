/** One plugin waiting for another because of a capability. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly capability: string;
}

/** Edges by where they begin. */
export class EdgeIndex {
  readonly #from = new Map<string, Edge[]>();

  constructor(edges: Iterable<Edge> = []) {
    for (const edge of edges) this.add(edge);
  }

  add(edge: Edge): void {
    const known = this.#from.get(edge.from);
    if (known === undefined) this.#from.set(edge.from, [edge]);
    else known.push(edge);
  }

  from(id: string): readonly Edge[] {
    return this.#from.get(id) ?? [];
  }

  all(): readonly Edge[] {
    return [...this.#from.values()].flat();
  }
}

/** The edges that lead from `from` to `to`, the shortest way; `undefined` when there is none. */
export function findPath(edges: EdgeIndex, from: string, to: string): readonly Edge[] | undefined {
  const reachedBy = new Map<string, Edge>();
  const queue = [from];
  for (const at of queue) {
    for (const edge of edges.from(at)) {
      if (reachedBy.has(edge.to)) continue;
      reachedBy.set(edge.to, edge);
      if (edge.to === to) return trace(reachedBy, from, to);
      queue.push(edge.to);
    }
  }
  return undefined;
}

function trace(reachedBy: ReadonlyMap<string, Edge>, from: string, to: string): readonly Edge[] {
  const way: Edge[] = [];
  for (let edge = reachedBy.get(to); edge !== undefined; edge = reachedBy.get(edge.from)) {
    way.unshift(edge);
    if (edge.from === from) break;
  }
  return way;
}

/** One shortest cycle through each plugin that is on one, none twice. */
export function findCycles(edges: EdgeIndex): readonly (readonly Edge[])[] {
  const cycles: (readonly Edge[])[] = [];
  const covered = new Set<string>();
  for (const { from } of edges.all()) {
    if (covered.has(from)) continue;
    const cycle = findPath(edges, from, from);
    if (cycle === undefined) continue;
    cycles.push(cycle);
    for (const edge of cycle) covered.add(edge.from);
  }
  return cycles;
}

/** The level of each plugin: 0 for those that wait for nobody, else one more than the highest they wait for. */
export function levelsOf(ids: readonly string[], edges: EdgeIndex): ReadonlyMap<string, number> {
  const levels = new Map(ids.map((id) => [id, 0]));
  const all = edges.all();
  // Without a cycle a level is final after as many rounds as there are levels.
  for (let isMoving = true, round = 0; isMoving && round < ids.length; round += 1) {
    isMoving = false;
    for (const { from, to } of all) {
      const level = (levels.get(to) ?? 0) + 1;
      if (level <= (levels.get(from) ?? 0)) continue;
      levels.set(from, level);
      isMoving = true;
    }
  }
  return levels;
}
