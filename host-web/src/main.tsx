import '@parley/ui/styles.css';
import './app.css';
import { hostContract } from '@parley/contracts';
import { preloadMenus } from '@parley/ui/menu-button';
import { PLUGINS_CHANGED } from '@parley/plugin-events/contract';
import { createHost } from '@parley/web/host';
import { createRoot } from 'react-dom/client';
import { config as configureSchemas } from 'zod';
import { App } from './app.tsx';
import { afterFirstPage } from './boot/after-first-page.ts';
import { isShellOutdated } from './boot/check-for-update.ts';
import { createNotices } from './boot/notices.ts';
import { loadStart, START_LIMIT_MS, type Start } from './boot/load-start.ts';
import { createPluginSource } from './boot/plugin-source.ts';
import { createManifestRefresh } from './boot/refresh-manifest.ts';
import { StartFailure } from './boot/start-failure.tsx';
import { builtIn } from './composition.ts';
import { createRouter } from './create-router.tsx';
import { ShellSkeleton } from './layout/shell-skeleton.tsx';
import { messages } from './messages.ts';

// The page's content security policy forbids code made at run time.
configureSchemas({ jitless: true });

// A boundary shows what broke and where; the console stays for what nobody caught.
const root = createRoot(document.querySelector('#root') as Element, { onCaughtError: () => undefined });
const notices = createNotices();

async function start(): Promise<void> {
  root.render(<ShellSkeleton />);
  // Fetched beside the manifest; only those it lists are started.
  for (const load of Object.values(builtIn)) load().catch(() => undefined);
  try {
    run(await loadStart());
  } catch (error) {
    root.render(<StartFailure error={error} onRetry={() => void start()} />);
  }
}

function run({ config, manifest }: Start): void {
  const router = createRouter();
  const runtime = createHost({
    config,
    manifest,
    source: createPluginSource(),
    toast: notices.show,
    navigate: router.navigate,
    onError: reportError,
  });
  const { client } = runtime.host.contract(hostContract);
  const refreshManifest = createManifestRefresh({
    read: () => client.uiManifest({}, { signal: AbortSignal.timeout(START_LIMIT_MS) }),
    update: (changed) => runtime.plugins.update(changed),
  });
  runtime.host.onEvent(PLUGINS_CHANGED, () => void refreshManifest());
  const onGap = async () => {
    await refreshManifest();
    await runtime.queryClient.invalidateQueries();
    if (await isShellOutdated()) offerUpdate();
  };
  root.render(
    <App runtime={runtime} router={router} notices={notices} onGap={() => void onGap().catch(() => undefined)} />,
  );
  // The modules of built-in plugins are small; their components load when their slots are seen.
  const modules = manifest.plugins.filter(({ id }) => builtIn[id]).map(({ id }) => runtime.plugins.load(id));
  const settled = modules.flatMap((state) => (state.status === 'loading' ? [state.loaded] : []));
  void Promise.all(settled)
    .then(() => runtime.session.load())
    .catch((error: unknown) => root.render(<StartFailure error={error} onRetry={() => location.reload()} />));
}

// What people soon need, and need without a connection too.
afterFirstPage(() => {
  notices.preload();
  preloadMenus();
});

const offerUpdate = () =>
  notices.show(
    {
      title: messages.updateTitle,
      action: { label: messages.updateAction, onAction: () => location.reload() },
    },
    { timeoutMs: 0 },
  );

void start();
