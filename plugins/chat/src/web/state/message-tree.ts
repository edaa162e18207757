import type { Message } from '@parley/contracts';

/** The messages of a conversation, ready to walk. */
export interface MessageTree {
  readonly byId: ReadonlyMap<string, Message>;
  /** Ids of the answers to a message, or of the first messages, oldest first. */
  readonly childrenOf: (parentId: string | undefined) => readonly string[];
}

/** Where a message stands among those that could stand in its place. */
export interface SiblingPlace {
  readonly ids: readonly string[];
  /** From 0. */
  readonly index: number;
}

const NONE: readonly string[] = [];

/** The tree of a flat list, in which parents may be missing: then a message begins a branch of its own. */
export function createMessageTree(messages: readonly Message[]): MessageTree {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const children = new Map<string | undefined, string[]>();
  for (const { id, parentId } of byId.values()) {
    const key = parentId !== undefined && byId.has(parentId) ? parentId : undefined;
    const list = children.get(key);
    if (list) list.push(id);
    else children.set(key, [id]);
  }
  return { byId, childrenOf: (parentId) => children.get(parentId) ?? NONE };
}

/** The end of the newest branch below a message; of the newest branch of all without one. */
export function latestLeaf(tree: MessageTree, fromId?: string): string | undefined {
  let id = fromId;
  for (let next = tree.childrenOf(id).at(-1); next !== undefined; next = tree.childrenOf(next).at(-1)) id = next;
  return id;
}

/** Messages from the first to `leafId`, then on along the newest branch. An unknown leaf gives the newest branch. */
export function branchThrough(tree: MessageTree, leafId: string | undefined): readonly Message[] {
  const known = leafId !== undefined && tree.byId.has(leafId) ? leafId : undefined;
  const branch: Message[] = [];
  let message = tree.byId.get(latestLeaf(tree, known) ?? '');
  while (message) {
    branch.push(message);
    message = message.parentId === undefined ? undefined : tree.byId.get(message.parentId);
  }
  return branch.toReversed();
}

/** The alternatives of a message: same parent, same role. */
export function siblingsOf(tree: MessageTree, message: Message): SiblingPlace {
  const parentId = message.parentId !== undefined && tree.byId.has(message.parentId) ? message.parentId : undefined;
  const ids = tree.childrenOf(parentId).filter((id) => tree.byId.get(id)?.role === message.role);
  return { ids, index: ids.indexOf(message.id) };
}
