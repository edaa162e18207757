/** Test host, people and turns, plugin contract test, scripted model, fake clock and fault proxy. The conformance kits have a door of their own. */
export type { ChatOptions, Turn, TurnResult } from './chat-turn.ts';
export { createFakeClock } from './fake-clock.ts';
export type { FakeClock } from './fake-clock.ts';
export { startFaultProxy } from './fault-proxy.ts';
export type { FaultProxy, Faults } from './fault-proxy.ts';
export { createGate } from './gate.ts';
export type { Gate } from './gate.ts';
export { callTool, cut, delay, script, show, think } from './script.ts';
export type { Cut, Delay, Script, ScriptStep } from './script.ts';
export { scriptedModel } from './scripted-model.ts';
export type { ScriptedModel, ScriptedModelOptions } from './scripted-model.ts';
export { startTestHost } from './start-test-host.ts';
export type { LogEntry, TestHost, TestHostOptions } from './start-test-host.ts';
export type { TestPerson } from './test-people.ts';
export type { TestSession } from './test-session.ts';
export type { TestUser } from './sign-up.ts';
export { testPluginContract } from './test-plugin-contract.ts';
export type { PluginContractOptions } from './test-plugin-contract.ts';
