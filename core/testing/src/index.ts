/** Test host, plugin contract test, scripted model and fault proxy. The conformance kits have a door of their own. */
export { startFaultProxy } from './fault-proxy.ts';
export type { FaultProxy, Faults } from './fault-proxy.ts';
export { createGate, scriptedModel } from './scripted-model.ts';
export type { Gate, ScriptedModel, ScriptStep } from './scripted-model.ts';
export { startTestHost } from './start-test-host.ts';
export type { LogEntry, TestHost, TestHostOptions } from './start-test-host.ts';
export type { TestSession } from './test-session.ts';
export type { TestUser } from './sign-up.ts';
export { testPluginContract } from './test-plugin-contract.ts';
export type { PluginContractOptions } from './test-plugin-contract.ts';
