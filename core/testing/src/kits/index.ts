/** Conformance kits: what every implementation of a capability must do, for Jest and for `npm run kit`. */
export { busKit } from './cache/bus-kit.ts';
export { cacheKit } from './cache/cache-kit.ts';
export type { BusSubject, CacheSubject, ServiceOutage } from './cache/subject.ts';
export { defineKit, FAULTS, KitSkip, skip } from './kit.ts';
export type { Fault, Kit, KitCase, KitSubject, MakeSubject } from './kit.ts';
export { knownKits } from './known-kits.ts';
export { modelProviderKit } from './model-provider/model-provider-kit.ts';
export type { KitTurn, ModelProviderSubject } from './model-provider/subject.ts';
export { kitRun, onNode, runKit, runKitToReport } from './run-kit.ts';
export type { KitReport, KitResult, KitRun, KitRunner, NodeRunner } from './run-kit.ts';
export { searchIndexKit } from './search-index/search-index-kit.ts';
export type { SearchSubject } from './search-index/subject.ts';
export { storageDriverKit } from './storage-driver/storage-driver-kit.ts';
export type { StorageSubject } from './storage-driver/subject.ts';
export type { KitCall, ToolSourceSubject } from './tool-source/subject.ts';
export { toolSourceKit } from './tool-source/tool-source-kit.ts';
export { withFaults } from './with-faults.ts';
export type { FaultPlan } from './with-faults.ts';
