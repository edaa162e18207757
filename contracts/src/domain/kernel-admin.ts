import * as z from 'zod';
import { defineContract, op } from '../define/contract.ts';
import { defineErrors } from '../define/errors.ts';
import { AppliedView, Change, GrantsView, Isolation, PlanView } from './kernel-change.ts';
import { KernelGraphView, PluginStateName } from './kernel-graph.ts';

/** The permission to see and change what the host runs; role `admin` holds it. */
export const KERNEL_MANAGE = 'kernel.manage';

/** What the operations on the composition refuse. */
export const kernelAdminErrors = defineErrors('kernel', {
  PLAN_OUTDATED: [409, 'What runs has changed since the plan was made; plan again'],
  CHANGE_REFUSED: [400, 'The changes can not be applied: {problems}'],
  ENTRY_NOT_FOUND: [404, 'There is no plugin {id} in the composition; {suggestion}'],
  ENTRY_FIXED: [409, '{id} comes from {source} and can not be removed here; disable it instead'],
  VERSION_NOT_FOUND: [404, 'There is no version {to} of the composition; the history goes from {first} to {last}'],
});

/** Which layer decides: the host's defaults, the config file, or a change made while serving. */
export const Origin = z.enum(['default', 'file', 'admin']);
export type Origin = z.output<typeof Origin>;

/** What a plugin asks for, from its manifest. */
export const PermissionsView = z.object({
  network: z.array(z.string()),
  /** Permissions it adds for roles. */
  declares: z.array(z.string()),
  hooks: z.array(z.string()),
  secrets: z.array(z.string()),
  /** Capabilities it needs. */
  capabilities: z.array(z.string()),
  /** Entities it keeps records of. */
  storage: z.array(z.string()),
});
export type PermissionsView = z.output<typeof PermissionsView>;

/** Summary of the report that `parley plugin verify` wrote. */
export const ReportView = z.object({
  verdict: z.enum(['passed', 'failed']),
  passed: z.number().int(),
  failed: z.number().int(),
  skipped: z.number().int(),
  at: z.iso.datetime(),
  /** Name of the key it was signed with, to compare with what the author says. */
  keyId: z.string(),
  /** Whether the signature fits the report, and the report the plugin's files. */
  isSigned: z.boolean(),
});
export type ReportView = z.output<typeof ReportView>;

/** One entry of the composition, running or not. */
export const PluginEntryView = z.object({
  id: z.string(),
  /** What it was loaded by: id of a shipped plugin, path or package. */
  use: z.string(),
  version: z.string().optional(),
  title: z.string().optional(),
  /** `stopped` when it is disabled. */
  state: PluginStateName,
  reason: z.string().optional(),
  isEnabled: z.boolean(),
  /** Which layer brought the entry. */
  source: Origin,
  /** Whether changes made while serving stand over what the file or the defaults say. */
  isChanged: z.boolean(),
  isFirstParty: z.boolean(),
  /** Whether the host can not run without it. */
  isCritical: z.boolean(),
  isolation: Isolation,
  /** As they are set, before the schema's defaults; `{"$secret": true}` in place of each secret. */
  settings: z.record(z.string(), z.unknown()),
  /** Layer of each value that is set, by its path: `limits.maxBytes`. */
  settingsOrigin: z.record(z.string(), Origin),
  /** JSON Schema of the settings; absent when the plugin takes none. */
  settingsSchema: z.record(z.string(), z.unknown()).optional(),
  permissions: PermissionsView,
  /** Capabilities it provides, as far as its manifest can be read. */
  provides: z.array(z.string()).optional(),
  /** Absent when everything that is declared is granted. */
  grants: GrantsView.optional(),
  report: ReportView.optional(),
});
export type PluginEntryView = z.output<typeof PluginEntryView>;

/** One version of the composition. */
export const HistoryEntry = z.object({
  version: z.number().int(),
  at: z.iso.datetime(),
  /** The user's id, `operator` for the command line, `file` for the config file. */
  by: z.string(),
  via: z.enum(['api', 'socket', 'file', 'start']),
  /** In words: `disable notes; configure chat: maxSteps`. */
  summary: z.string(),
  isCurrent: z.boolean(),
});
export type HistoryEntry = z.output<typeof HistoryEntry>;

/** One use that a plugin's grants did not cover. */
export const DenialView = z.object({
  at: z.iso.datetime(),
  pluginId: z.string(),
  /** Kind of thing: `network`, `secret`, `hook`, `capability`, `storage`. */
  kind: z.string(),
  /** What it reached for: a host, a hook's id. */
  target: z.string(),
  message: z.string(),
});
export type DenialView = z.output<typeof DenialView>;

const access = { permission: KERNEL_MANAGE } as const;
const changes = z.array(Change).min(1).max(100);
const to = z.number().int().min(0);
const refusals = [
  kernelAdminErrors.CHANGE_REFUSED,
  kernelAdminErrors.ENTRY_NOT_FOUND,
  kernelAdminErrors.ENTRY_FIXED,
  kernelAdminErrors.VERSION_NOT_FOUND,
];

/** Operations on the composition while it serves; also on the control socket that the command uses. */
export const kernelContract = defineContract('kernel', '1.0.0', {
  graph: op({
    method: 'GET',
    path: '/api/kernel/graph',
    access,
    summary: 'What runs: states, wiring, hook order, timings.',
    input: z.object({}),
    output: KernelGraphView,
  }),
  plugins: op({
    method: 'GET',
    path: '/api/kernel/plugins',
    access,
    summary: 'Every entry of the composition with its settings and permissions, secrets left out.',
    input: z.object({}),
    output: z.object({ version: z.number().int(), plugins: z.array(PluginEntryView) }),
  }),
  plan: op({
    method: 'POST',
    path: '/api/kernel/plan',
    access,
    summary: 'What changes, or going back to version `to`, or else the config file as it is now, would do.',
    input: z.object({ changes: changes.optional(), to: to.optional() }),
    output: PlanView,
    errors: refusals,
  }),
  apply: op({
    method: 'POST',
    path: '/api/kernel/apply',
    access,
    summary: 'Applies changes, or the config file, whole or not at all; with `planId` only what that plan says.',
    input: z.object({ changes: changes.optional(), planId: z.string().optional() }),
    output: AppliedView,
    errors: [...refusals, kernelAdminErrors.PLAN_OUTDATED],
  }),
  rollback: op({
    method: 'POST',
    path: '/api/kernel/rollback',
    access,
    summary: 'Goes back to the changes as they were at a version of the history.',
    input: z.object({ to, planId: z.string().optional() }),
    output: AppliedView,
    errors: [...refusals, kernelAdminErrors.PLAN_OUTDATED],
  }),
  history: op({
    method: 'GET',
    path: '/api/kernel/history',
    access,
    summary: 'Versions of the composition, the newest first.',
    input: z.object({}),
    output: z.object({ versions: z.array(HistoryEntry) }),
  }),
  reset: op({
    method: 'POST',
    path: '/api/kernel/plugins/:id/reset',
    access,
    summary: 'Lifts quarantine and breakers and starts a failed plugin again.',
    input: z.object({ id: z.string().min(1).max(100) }),
    output: z.void(),
    status: 204,
    errors: [kernelAdminErrors.ENTRY_NOT_FOUND],
  }),
  audit: op({
    method: 'GET',
    path: '/api/kernel/audit',
    access,
    summary: 'The last uses that grants did not cover, the newest first.',
    input: z.object({}),
    output: z.object({ denials: z.array(DenialView) }),
  }),
});
