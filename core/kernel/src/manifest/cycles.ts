/** One plugin waiting for another because of a capability. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly capability: string;
}

/** The edges that lead from `from` to `to`, the shortest way; `undefined` when there is none. */
export function findPath(edges: readonly Edge[], from: string, to: string): readonly Edge[] | undefined {
  const ways: (readonly Edge[])[] = [[]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    const at = way.at(-1)?.to ?? from;
    if (at === to && way.length > 0) return way;
    for (const edge of edges) {
      if (edge.from !== at || (seen.has(edge.to) && edge.to !== to)) continue;
      seen.add(edge.to);
      ways.push([...way, edge]);
    }
  }
  return undefined;
}

/** One shortest cycle through each plugin that is on one, none twice. */
export function findCycles(edges: readonly Edge[]): readonly (readonly Edge[])[] {
  const cycles: (readonly Edge[])[] = [];
  const covered = new Set<string>();
  for (const { from } of edges) {
    if (covered.has(from)) continue;
    const cycle = findPath(edges, from, from);
    if (cycle === undefined) continue;
    cycles.push(cycle);
    for (const edge of cycle) covered.add(edge.from);
  }
  return cycles;
}

/** The level of each plugin: 0 for those that wait for nobody, else one more than the highest they wait for. */
export function levelsOf(ids: readonly string[], edges: readonly Edge[]): ReadonlyMap<string, number> {
  const levels = new Map(ids.map((id) => [id, 0]));
  for (let round = 0; round < ids.length; round += 1) {
    for (const { from, to } of edges) levels.set(from, Math.max(levels.get(from) ?? 0, (levels.get(to) ?? 0) + 1));
  }
  return levels;
}
