/** What a plugin's web side needs: its definition, slots, the host, typed data and the session. */
export { useConnection } from './host/use-connection.ts';
export { useSaving } from './host/saving.ts';
export type { Saving } from './host/saving.ts';
export { useHost } from './host/use-host.ts';
export type { AtomScope, Connection, HostEvent, WebHost } from './host/web-host.ts';
export { defineWebPlugin } from './plugin/define-web-plugin.ts';
export type { SlotComponent, WebPlugin } from './plugin/define-web-plugin.ts';
export { createQueries } from './queries/create-queries.ts';
export type {
  ContractAccess,
  OperationKey,
  OperationMutation,
  OperationQueries,
  Paging,
  Queries,
} from './queries/create-queries.ts';
export { useContract } from './queries/use-contract.ts';
export type { Session, SessionAdapter, SessionState } from './session/session-adapter.ts';
export { useSession } from './session/use-session.ts';
export {
  accountMenuItem,
  appBanner,
  authMethod,
  navItem,
  onboardingStep,
  route,
  settingsPage,
  sidebarFooterItem,
  sidebarSection,
} from './slots/shell-slots.ts';
export type { BrokenProps } from './slots/broken-props.ts';
export { Slot } from './slots/slot.tsx';
export type { SlotProps } from './slots/slot.tsx';
export { useContributions } from './slots/use-contributions.ts';
export { relativeTime } from './time/relative-time.ts';
export { useNow } from './time/use-now.ts';
