import type { PluginEntryView } from '@parley/contracts';
import { useState } from 'react';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { messages } from './messages.ts';

interface TurnDialogProps {
  readonly plugin: PluginEntryView;
  readonly onClose: () => void;
}

/** Turns a plugin on or off, after its plan was read. */
export function TurnDialog({ plugin, onClose }: TurnDialogProps) {
  // What was asked stays, though the plugin behind it changes.
  const [{ id, title, isEnabled }] = useState(plugin);
  const name = title ?? id;
  return (
    <ChangeDialog
      title={`${isEnabled ? messages.turnOffNamed(name) : messages.turnOnNamed(name)}?`}
      wish={{ changes: [{ do: isEnabled ? 'disable' : 'enable', id }] }}
      confirmLabel={isEnabled ? messages.turnOff : messages.turnOn}
      isDestructive={isEnabled}
      onClose={onClose}
    />
  );
}
