/** What resolves, starts, wires, observes and stops plugins; knows neither Express nor React. */
export type {
  Applied,
  Composition,
  Difference,
  Plan,
  PluginChange,
  PluginState,
  PluginUse,
  ProcessNode,
} from './composition-api.ts';
export { parseSettings } from './config/parse-settings.ts';
export type { ParsedSettings } from './config/parse-settings.ts';
export { createKernel } from './create-kernel.ts';
export { definePlugin } from './define-plugin.ts';
export type { AnyPlugin, Permissions, PluginDefinition, PluginUi, UiRemote } from './define-plugin.ts';
export type { Host, HostModule, HostOptions } from './host-api.ts';
export { manifestOf } from './manifest/manifest.ts';
export type { JsonSchema } from './manifest/json-schema.ts';
export type { ManifestNeed, ManifestProvision, NeedKind, PluginManifest } from './manifest/manifest.ts';
export { suggestion } from './nearest-name.ts';
export { resolve } from './manifest/resolve.ts';
export type { Problem, Resolution, ResolvedNeed, ResolveInput } from './manifest/resolve.ts';
export { kernelErrors } from './kernel-errors.ts';
export { KERNEL_VERSION } from './kernel-api.ts';
export type {
  ConfigSource,
  HookNode,
  Kernel,
  KernelGraph,
  KernelOptions,
  MountedContract,
  MountedContribution,
  PluginNode,
} from './kernel-api.ts';
export type { Denial } from './permissions/denials.ts';
export type { Grants } from './permissions/grants.ts';
export type { NetworkAccess } from './permissions/guard.ts';
export type { FailurePolicy } from './breaker/failure-policy.ts';
export type { Clock, HealthAnswer, HealthState, Logger, Pin, PluginContext } from './plugin-context.ts';
export { entityCheckOf } from './store/entity-check.ts';
