/** What every layer of Parley agrees on. */
export { bus, cache } from './capabilities/cache.ts';
export type { Bus, Cache, Lock, TakeLimit, Taken } from './capabilities/cache.ts';
export { credentialsChanged, credentialStore } from './capabilities/credential-store.ts';
export type { CredentialStore, ResolvedCredentials } from './capabilities/credential-store.ts';
export { modelFacts } from './capabilities/model-facts.ts';
export type { ModelFactsSource } from './capabilities/model-facts.ts';
export { EmbeddingModel, embeddingProvider } from './capabilities/embedding-provider.ts';
export type { EmbeddingProvider, EmbeddingRequest, Embeddings } from './capabilities/embedding-provider.ts';
export { ImageModel, imageProvider } from './capabilities/image-provider.ts';
export type {
  GeneratedImage,
  GeneratedImages,
  ImageProvider,
  ImageRequest,
} from './capabilities/image-provider.ts';
export { SpeakingModel, speechProvider, TranscriptionModel, Voice } from './capabilities/speech-provider.ts';
export type {
  SpeakingRequest,
  SpeechModels,
  SpeechProvider,
  SpokenPiece,
  Transcript,
  TranscriptionRequest,
} from './capabilities/speech-provider.ts';
export { modelErrors, modelProvider, ProviderCredentials } from './capabilities/model-provider.ts';
export type {
  Credentials,
  FileContent,
  ModelEvent,
  ModelMessage,
  ModelProvider,
  ModelRequest,
  ModelTool,
  NewFile,
} from './capabilities/model-provider.ts';
export { checkCollection, checkCollectionName } from './capabilities/collection-check.ts';
export { checkField, parseOrder, parseWhere } from './capabilities/conditions.ts';
export type { Condition, OrderKey } from './capabilities/conditions.ts';
export { createRecordHashes, hashRecords } from './capabilities/record-hashes.ts';
export type { RecordHash, RecordHashes, TextHash } from './capabilities/record-hashes.ts';
export { searchErrors, searchIndex } from './capabilities/search-index.ts';
export type {
  SearchDocument,
  SearchHit,
  SearchIndex,
  SearchPage,
  SearchQuery,
  SearchStatistics,
  SnippetPiece,
} from './capabilities/search-index.ts';
export { searchSource } from './capabilities/search-source.ts';
export type { SearchChange, SearchKind, SearchSource, SourcePage } from './capabilities/search-source.ts';
export { ownedRecords } from './capabilities/owned-records.ts';
export type { OwnedBatch, OwnedCount, OwnedRecords, RecordOwner } from './capabilities/owned-records.ts';
export { storageDriver, storageErrors } from './capabilities/storage-driver.ts';
export type {
  BackupOptions,
  Collection,
  Durability,
  FieldTest,
  Page,
  Query,
  RecordBatch,
  StorageDriver,
  StorageSession,
  StorageStatistics,
  StoredRecord,
  Where,
  Write,
} from './capabilities/storage-driver.ts';
export type { ChildStore, NewRecord, Store, StoreOf, Transaction } from './capabilities/store.ts';
export { checkId, toScalar, toStored } from './capabilities/stored-values.ts';
export type { Scalar } from './capabilities/stored-values.ts';
export { TOOL_LIMITS, toolErrors, toolSource } from './capabilities/tool-source.ts';
export type { Tool, ToolCall, ToolResult, ToolSource } from './capabilities/tool-source.ts';
export { defineCapability, live, optional } from './define/capability.ts';
export type {
  AnyCapability,
  Arity,
  Capability,
  Dependencies,
  Lease,
  Live,
  LiveRef,
  Need,
  Optional,
} from './define/capability.ts';
export { defineContract, op, pathParameters, routePath, sse } from './define/contract.ts';
export type {
  Access,
  AnyOperation,
  Client,
  Contract,
  Handler,
  Handlers,
  Method,
  Operation,
  Operations,
  SseFrames,
  SseItem,
  StreamEvent,
} from './define/contract.ts';
export { defineEntity, RecordBase } from './define/entity.ts';
export type { AnyEntity, Entity, EntityIndex, EntityScope, EntitySearch, RecordOf } from './define/entity.ts';
export { AppError, defineErrors, isAppError } from './define/errors.ts';
export type { AppErrorOptions, ErrorFactories, ErrorFactory } from './define/errors.ts';
export { defineHook } from './define/hook.ts';
export type {
  AnyHook,
  Hook,
  HookKind,
  HookRunner,
  StreamPipe,
  StreamTap,
  Tap,
  TapOrder,
  Verdict,
} from './define/hook.ts';
export { fromHttpRequest, toHttpRequest } from './define/http-mapping.ts';
export type { HttpRequest, ParsedHttpRequest } from './define/http-mapping.ts';
export { Secret, secret } from './define/secret.ts';
export { defineSlot } from './define/slot.ts';
export type { Slot, SlotArity, SlotContribution, SlotProps } from './define/slot.ts';
export type { CallContext, CookieOptions, HttpExchange } from './domain/call-context.ts';
export { Conversation } from './domain/conversation.ts';
export { FileRef } from './domain/file-ref.ts';
export { Id, newId } from './domain/ids.ts';
export {
  DenialView,
  HistoryEntry,
  KERNEL_MANAGE,
  kernelAdminErrors,
  kernelContract,
  Origin,
  PermissionsView,
  PluginEntryView,
  ReportView,
} from './domain/kernel-admin.ts';
export {
  AppliedView,
  Change,
  GrantsView,
  Isolation,
  PlanView,
  PluginChangeView,
  SECRET_PLACEHOLDER,
} from './domain/kernel-change.ts';
export {
  BreakerView,
  HookNodeView,
  KernelGraphView,
  NeedView,
  OperationView,
  PluginNodeView,
  PluginStateName,
  ProvisionView,
  TapView,
} from './domain/kernel-graph.ts';
export { Message, MessageState, Notice } from './domain/message.ts';
export {
  AvailableModel,
  ModelAbilities,
  ModelFacts,
  ModelInfo,
  ModelPrices,
  ProviderStatus,
  StatedAbilities,
} from './domain/model.ts';
export {
  ArtifactPart,
  CitationPart,
  FilePart,
  Opaque,
  Part,
  PluginPart,
  ReasoningPart,
  TextPart,
  ToolCallPart,
} from './domain/part.ts';
export { anonymous, createPrincipal, DEFAULT_TENANT } from './domain/principal.ts';
export type { Principal, SystemPrincipal } from './domain/principal.ts';
export { Problem } from './domain/problem.ts';
export { isFinal, Run, RunState } from './domain/run.ts';
export { RunEvent } from './domain/run-event.ts';
export {
  ClientConfig,
  hostContract,
  ManifestContribution,
  ManifestPlugin,
  PageError,
  UiManifest,
} from './domain/ui-manifest.ts';
export type {
  ChangedPart,
  ModelTrace,
  StreamTrace,
  TapOutcome,
  TapTrace,
  Trace,
  TraceEntry,
} from './domain/trace.ts';
export { holdsPermission, Session, User } from './domain/user.ts';
export { Usage } from './domain/usage.ts';
export {
  authAdmit,
  authResolve,
  configChanged,
  hostReady,
  httpRequest,
  kernelDraining,
  kernelReady,
} from './hooks/host-hooks.ts';
export type { Admission, OperationCall, StartNotice } from './hooks/host-hooks.ts';
export { Person, PersonErased, personErase, personExport } from './hooks/person-hooks.ts';
export type { PersonExport, PersonFile } from './hooks/person-hooks.ts';
export { auditEvent, AuditEvent } from './hooks/audit-hooks.ts';
export { Download } from './define/download.ts';
export { isMediaType, joinBytes, Upload } from './define/upload.ts';
