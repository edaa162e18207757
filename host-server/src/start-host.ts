import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { createKernel } from '@parley/kernel';
import type { Host, HostOptions, Kernel } from '@parley/kernel';
import { createEgress } from './egress/create-egress.ts';
import type { Egress } from './egress/create-egress.ts';
import { createHealthRoutes } from './health.ts';
import { hostErrors } from './host-errors.ts';
import { createApp } from './http/create-app.ts';
import { createDispatcher } from './http/dispatcher.ts';
import type { Dispatcher } from './http/dispatcher.ts';
import type { Log } from './log/create-log.ts';
import { createHostLog } from './log/host-log.ts';
import { serveOpenApi } from './openapi/serve-openapi.ts';
import { createOwnContract } from './own-contract.ts';
import { createKeyDerivation, readRootKey } from './root-key.ts';
import { stopHost } from './stop-host.ts';
import { serveWeb } from './web/serve-web.ts';
import { createVendoredUi } from './web/vendored-ui.ts';
import { openWebBuild } from './web/web-build.ts';

const LOOPBACK = '127.0.0.1';

/**
 * Starts the plugins and serves them.
 * @throws what the kernel throws about the composition, HOST_PORT_IN_USE, HOST_BAD_SECRET, HOST_BAD_WEB_BUILD,
 * HOST_ROUTE_CONFLICT
 */
export async function startHost(options: HostOptions): Promise<Host> {
  const { address = LOOPBACK, port = 0 } = options;
  const log = createHostLog(options);
  const egress = createEgress();
  const kernel = await createHostKernel(options, log, egress);
  let dispatcher: Dispatcher | undefined;
  try {
    await kernel.start();
    const serving = createServing(options, kernel, log, address);
    ({ dispatcher } = serving);
    const server = await listen(serving.server, port, address);
    const bound = (server.address() as AddressInfo).port;
    return {
      url: `http://${hostOf(address)}:${bound}`,
      port: bound,
      kernel,
      stop: once((stopOptions) => {
        serving.drain();
        return stopHost({ kernel, server, dispatcher: serving.dispatcher, egress, log: log('host') }, stopOptions);
      }),
    };
  } catch (error) {
    dispatcher?.close();
    await kernel.stop();
    await egress.close();
    throw error;
  }
}

async function createHostKernel(options: HostOptions, log: Log, egress: Egress): Promise<Kernel> {
  const dataDir = resolve(options.dataDir);
  const rootKey = readRootKey(dataDir, process.env['PARLEY_SECRET']);
  const plugins = options.plugins ?? (await loadShipped());
  return createKernel({
    plugins,
    ...(options.bindings ? { bindings: options.bindings } : {}),
    ...(options.configSource ? { configSource: options.configSource } : {}),
    ...(options.clock ? { clock: options.clock } : {}),
    log,
    dataDir,
    deriveKey: createKeyDerivation(rootKey),
    fetchFor: (pluginId, allowed) => egress.fetchFor(pluginId, allowed),
  });
}

/** A composition that is given needs none of the shipped plugins. */
const loadShipped = async () => (await import('./composition.ts')).loadComposition(undefined);

function createServing(options: HostOptions, kernel: Kernel, log: Log, address: string) {
  const { name = 'Parley', publicUrl, strictOutput = false, trustedProxies = [], webDir } = options;
  const web =
    webDir === undefined ? undefined : openWebBuild(resolve(webDir), createVendoredUi(resolve(options.dataDir)));
  let isDraining = false;
  const own = [createOwnContract({ kernel, name, web })];
  const dispatcher = createDispatcher({ kernel, log: log('host'), own, publicUrl, strictOutput });
  const app = createApp({
    log: log('host'),
    dispatcher,
    openApi: serveOpenApi(dispatcher, name),
    health: createHealthRoutes({ kernel, isDraining: () => isDraining }),
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
