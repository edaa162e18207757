import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { kernelContract } from '@parley/contracts';
import { createKernel } from '@parley/kernel';
import type { Host, HostOptions, Kernel, MountedContract } from '@parley/kernel';
import { createKernelHandlers } from './composition/kernel-handlers.ts';
import { createCompositionManager } from './composition/serve-composition.ts';
import { checkRequired } from './composition/required.ts';
import { createSeal } from './composition/seal.ts';
import { watchConfig } from './composition/watch-config.ts';
import { serveControl } from './control/serve-control.ts';
import { createEgress } from './egress/create-egress.ts';
import { derivePluginSeed } from './derive-keys.ts';
import type { Egress } from './egress/create-egress.ts';
import { createHealthRoutes } from './health.ts';
import { createProber } from './prober.ts';
import type { Prober } from './prober.ts';
import { hostErrors } from './host-errors.ts';
import { createApp } from './http/create-app.ts';
import { createDispatcher } from './http/dispatcher.ts';
import { createIsolator } from './isolation/isolator.ts';
import type { Log } from './log/create-log.ts';
import { createHostLog } from './log/host-log.ts';
import { serveOpenApi } from './openapi/serve-openapi.ts';
import { createOwnContract, mountOwn } from './own-contract.ts';
import { createKeyDerivation, fingerprintOf, readRootKey } from './root-key.ts';
import { openStartLog } from './safe-mode/start-log.ts';
import { stopHost } from './stop-host.ts';
import { backupContract } from './transfer/backup-contract.ts';
import { assertRestored } from './transfer/restore-state.ts';
import { createBackupHandlers } from './transfer/serve-backup.ts';
import { serveWeb } from './web/serve-web.ts';
import { createPageErrors } from './web/page-errors.ts';
import type { PageErrors } from './web/page-errors.ts';
import { createVendoredUi } from './web/vendored-ui.ts';
import { openWebBuild } from './web/web-build.ts';
import type { WebBuild } from './web/web-build.ts';

const LOOPBACK = '127.0.0.1';

/**
 * Starts the plugins and serves them.
 * @throws what the kernel throws about the composition, HOST_PLUGIN_NOT_FOUND, HOST_BAD_COMPOSITION,
 * TRANSFER_UNFINISHED_RESTORE, HOST_REQUIRED_MISSING, HOST_PORT_IN_USE, HOST_BAD_SECRET, HOST_BAD_WEB_BUILD, HOST_ROUTE_CONFLICT
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { address = LOOPBACK, port = 0, configFile } = options;
  const log = createHostLog(options);
  const egress = createEgress();
  const undo: (() => Promise<unknown> | void)[] = [() => egress.close()];
  try {
    const web = openPage(options);
    assertRestored(resolve(options.dataDir));
    const { kernel, manager, isolator, starts, keyFingerprint } = await createHostKernel(options, log, egress, web);
    undo.push(() => starts.clear());
    undo.push(() => isolator.stop());
    undo.push(() => kernel.stop());
    await kernel.start();
    starts.settle();
    checkRequired(manager.required(), kernel);
    const probe = createProber(kernel);
    const pageErrors = createPageErrors(log('host'), (id) => manager.entries().some((entry) => entry.id === id));
    const control = mountOwn(
      kernelContract,
      createKernelHandlers({ kernel, probe, manager, pageErrors, log: log('host') }),
    );
    const backups = mountOwn(backupContract, createBackupHandlers(kernel, keyFingerprint));
    const serving = createServing(options, { kernel, probe, log, address, web, pageErrors, control });
    undo.push(() => serving.dispatcher.close());
    const server = await listen(serving.server, port, address);
    const bound = (server.address() as AddressInfo).port;
    const unwatch = configFile === undefined ? undefined : watchConfig(configFile, () => void manager.readFileAgain());
    const socket = await serveControl({ dataDir: options.dataDir, contracts: [control, backups], log: log('host') });
    return {
      url: `http://${hostOf(address)}:${bound}`,
      port: bound,
      kernel,
      stop: once(async (stopOptions) => {
        if (stopOptions?.isCrash !== true) starts.clear();
        serving.drain();
        unwatch?.();
        isolator.stop();
        await socket.close();
        return stopHost({ kernel, server, dispatcher: serving.dispatcher, egress, log: log('host') }, stopOptions);
      }),
    };
  } catch (error) {
    for (const step of undo.toReversed()) await step();
    throw error;
  }
}

const openPage = ({ webDir, dataDir }: HostOptions): WebBuild | undefined =>
  webDir === undefined ? undefined : openWebBuild(resolve(webDir), createVendoredUi(resolve(dataDir)));

async function createHostKernel(options: HostOptions, log: Log, egress: Egress, web: WebBuild | undefined) {
  const dataDir = resolve(options.dataDir);
  const rootKey = readRootKey(dataDir, process.env['PARLEY_SECRET']);
  const deriveKey = createKeyDerivation(rootKey);
  const started: { kernel?: Kernel } = {};
  const isolator = createIsolator({
    dataDir,
    log,
    pluginSeed: (pluginId) => derivePluginSeed(rootKey, pluginId),
    permissions: () => started.kernel?.permissions() ?? [],
    strictOutput: options.strictOutput ?? false,
    onGiveUp: (pluginId, reason) => void started.kernel?.quarantine(pluginId, reason),
  });
  const manager = createCompositionManager({
    dataDir,
    configFile: options.configFile,
    env: options.env ?? process.env,
    given: options.plugins,
    bindings: options.bindings ?? {},
    isolator,
    // No plugin has this id, so none can ask for the key.
    seal: createSeal(deriveKey('@host', 'composition')),
    sharedVersion: web && ((name) => web.sharedVersion(name)),
    log: log('host'),
  });
  const starts = openStartLog(dataDir);
  const kernel = createKernel({
    ...(await manager.first()),
    configSource: manager.source,
    ...(options.clock ? { clock: options.clock } : {}),
    log,
    dataDir,
    deriveKey,
    fetchFor: (pluginId, access) => egress.fetchFor(pluginId, access),
    grantDeclared: true,
    quarantined: starts.held,
    onStart: starts.begin,
    onPrepare: starts.prepare,
  });
  started.kernel = kernel;
  manager.serve(kernel);
  return { kernel, manager, isolator, starts, keyFingerprint: fingerprintOf(rootKey) };
}

interface Serving {
  readonly kernel: Kernel;
  readonly probe: Prober;
  readonly log: Log;
  readonly address: string;
  readonly web: WebBuild | undefined;
  readonly pageErrors: PageErrors;
  /** The operations on the composition. */
  readonly control: MountedContract;
}

function createServing(options: HostOptions, { kernel, probe, log, address, web, pageErrors, control }: Serving) {
  const { name = 'Parley', publicUrl, strictOutput = false, trustedProxies = [] } = options;
  let isDraining = false;
  const own = [createOwnContract({ kernel, name, web, pageErrors }), control];
  const dispatcher = createDispatcher({ kernel, log: log('host'), own, publicUrl, strictOutput });
  const app = createApp({
    log: log('host'),
    dispatcher,
    openApi: serveOpenApi(dispatcher, name),
    health: createHealthRoutes({ kernel, probe, isDraining: () => isDraining }),
    web: web && serveWeb(web),
    address,
    publicUrl,
    trustedProxies,
  });
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: 65_000 }, app);
  return {
    dispatcher,
    server,
    drain: () => {
      isDraining = true;
    },
  };
}

function listen(server: Server, port: number, address: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? hostErrors.PORT_IN_USE({ port, address }, error) : error),
    );
    server.listen({ port, host: address }, () => resolve(server));
  });
}

const hostOf = (address: string): string => {
  if (address === '0.0.0.0' || address === '::') return LOOPBACK;
  return address.includes(':') ? `[${address}]` : address;
};

function once(stop: Host['stop']): Host['stop'] {
  let stopping: ReturnType<Host['stop']> | undefined;
  return (options) => (stopping ??= stop(options));
}
