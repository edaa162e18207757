import { IconButton } from '@parley/ui/button';
import { Sheet } from '@parley/ui/dialog';
import { XIcon } from '@parley/ui/icon';
import { useAtom } from 'jotai';
import { type ReactNode, use } from 'react';
import { createPortal } from 'react-dom';
import { useHost } from '../host/use-host.ts';
import { messages } from '../messages.ts';
import { PanelOutletContext } from './panel-outlet.ts';
import { ResizeHandle } from './resize-handle.tsx';
import styles from './side-panel.module.css';
import { useMedia } from './use-media.ts';

/** Props of `SidePanel`. */
export interface SidePanelProps {
  /** Names the panel, and is its heading when there is no `header`. */
  readonly label: string;
  /** Tabs, for example; stands before the close button. */
  readonly header?: ReactNode;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const NARROW = '(max-width: 999px)';
const DEFAULT_WIDTH_PX = 420;

/**
 * What stands beside the page: a column of 360 to 720 px whose edge moves, or a sheet over the page where there is no
 * room. Render it anywhere in a route; it shows in the shell's place for it.
 */
export function SidePanel({ label, header, onClose, children }: SidePanelProps) {
  const outlet = use(PanelOutletContext);
  const isNarrow = useMedia(NARROW);
  const [widthPx, setWidthPx] = useAtom(useHost().atom('panel-width-px', DEFAULT_WIDTH_PX, { scope: 'persist' }));
  if (isNarrow)
    return (
      <Sheet title={label} isOpen onOpenChange={onClose} className={styles['sheet'] ?? ''}>
        {header}
        {children}
      </Sheet>
    );
  if (!outlet) return undefined;
  return createPortal(
    <aside aria-label={label} className={styles['panel']} style={{ inlineSize: widthPx }}>
      <ResizeHandle widthPx={widthPx} onChange={setWidthPx} />
      <header className={styles['header']}>
        <div className={styles['title']}>{header ?? <h2>{label}</h2>}</div>
        <IconButton label={messages.closePanel} size="small" onPress={onClose}>
          <XIcon />
        </IconButton>
      </header>
      <div className={styles['body']}>{children}</div>
    </aside>,
    outlet,
  );
}
