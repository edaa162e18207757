import { Dialog } from '@parley/ui/dialog';
import { Kbd } from '@parley/ui/kbd';
import { messages } from '../messages.ts';
import styles from './shortcut-help.module.css';
import { shortcuts } from './shortcuts.ts';

const ROWS = [
  [shortcuts.newChat, messages.shortcutNewChat],
  [shortcuts.search, messages.shortcutSearch],
  [shortcuts.sideBar, messages.shortcutSideBar],
  [shortcuts.settings, messages.shortcutSettings],
  [shortcuts.landmark, messages.shortcutLandmark],
  [shortcuts.help, messages.shortcutHelp],
] as const;

/** The list of shortcuts. */
export function ShortcutHelp({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={messages.shortcuts} isOpen onOpenChange={onClose}>
      <dl className={styles['list']}>
        {ROWS.map(([keys, text]) => (
          <div key={keys} className={styles['row']}>
            <dt>{text}</dt>
            <dd>
              <Kbd keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
