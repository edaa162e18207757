/** What resolves, starts, wires, observes and stops plugins; knows neither Express nor React. */
export { createKernel } from './create-kernel.ts';
export { definePlugin } from './define-plugin.ts';
export type { AnyPlugin, Permissions, PluginDefinition, PluginUi } from './define-plugin.ts';
export type { Host, HostModule, HostOptions } from './host-api.ts';
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
  PluginState,
  PluginUse,
} from './kernel-api.ts';
export type { Clock, Logger, Pin, PluginContext } from './plugin-context.ts';
