import { appBanner, Slot, useHost, useSession } from '@parley/web';
import { PanelOutletContext } from '@parley/web/host';
import { useMedia } from '@parley/web/layout';
import { useAtom } from 'jotai';
import { type CSSProperties, lazy, Suspense, useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { messages } from '../messages.ts';
import { useShortcuts } from '../shortcuts/use-shortcuts.ts';
import { Banners } from './banners.tsx';
import { ShellSkeleton } from './shell-skeleton.tsx';
import { SideBar } from './side-bar.tsx';
import { SideBarToggle } from './side-bar-toggle.tsx';
import styles from './shell-layout.module.css';

const SideBarSheet = lazy(() => import('./side-bar-sheet.tsx').then((module) => ({ default: module.SideBarSheet })));
const ShortcutHelp = lazy(() =>
  import('../shortcuts/shortcut-help.tsx').then((module) => ({ default: module.ShortcutHelp })),
);
/** Pages begin their header after the button that opens the side bar; the name reaches plugins, so it is not hashed. */
const INSET = { '--shell-inset-start': 'calc(var(--size-control) + var(--sp-4))' } as CSSProperties;
const NARROW = '(max-width: 759px)';

/** The frame of every page behind the sign-in: side bar, main column, and the place of the side panel. */
export function ShellLayout() {
  const host = useHost();
  const { status } = useSession();
  const isNarrow = useMedia(NARROW);
  const [isOpen, setOpen] = useAtom(host.atom('side-bar-open', true, { scope: 'persist' }));
  const [sheetPath, setSheetPath] = useState<string>();
  const [isHelpOpen, setHelpOpen] = useAtom(host.atom('help-open', false));
  const [panelOutlet, setPanelOutlet] = useState<HTMLElement | null>(null);
  const { pathname } = useLocation();
  // Going to another page closes the sheet, which is open for the page it was opened on.
  const isSheetOpen = isNarrow && sheetPath === pathname;
  const isDocked = !isNarrow && isOpen;
  const toggle = () => (isNarrow ? setSheetPath(isSheetOpen ? undefined : pathname) : setOpen(!isOpen));
  useShortcuts({
    sideBar: toggle,
    newChat: () => host.navigate('/'),
    // From a conversation, the search can be narrowed to it.
    search: () => host.navigate(pathname.startsWith('/c/') ? `/search?here=${pathname.split('/')[2]}` : '/search'),
    settings: () => host.navigate('/settings'),
    help: () => setHelpOpen(true),
  });
  if (status === 'loading') return <ShellSkeleton hasSideBar={isOpen} />;
  return (
    <PanelOutletContext value={panelOutlet ?? undefined}>
      <a href="#content" className={styles['skip']}>
        {messages.skipToContent}
      </a>
      <div className={styles['shell']} style={isDocked ? undefined : INSET}>
        {isDocked ? <SideBar onClose={toggle} /> : undefined}
        <div className={styles['column']}>
          {isDocked ? undefined : <SideBarToggle onPress={toggle} />}
          <Banners />
          <Slot of={appBanner} props={{}} />
          <main id="content" tabIndex={-1} className={styles['main']}>
            <Outlet />
          </main>
        </div>
        <div ref={setPanelOutlet} className={styles['panel']} />
      </div>
      <Suspense>
        {isSheetOpen ? <SideBarSheet onClose={() => setSheetPath(undefined)} /> : undefined}
        {isHelpOpen ? <ShortcutHelp onClose={() => setHelpOpen(false)} /> : undefined}
      </Suspense>
    </PanelOutletContext>
  );
}
