import type { Change, PluginEntryView } from '@parley/contracts';
import { kernelContract } from '@parley/contracts';
import { Button, IconButton } from '@parley/ui/button';
import { EllipsisIcon, RefreshCwIcon, RotateCcwIcon, Trash2Icon, WrenchIcon } from '@parley/ui/icon';
import { Menu, MenuItem, MenuSection, MenuTrigger } from '@parley/ui/menu';
import { useContract, useHost } from '@parley/web';
import { useNavigate } from '@parley/web/router';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ChangeDialog } from '../change/change-dialog.tsx';
import { messages as listMessages } from '../plugins/messages.ts';
import { TurnDialog } from '../plugins/turn-dialog.tsx';
import { useRefresh } from '../queries.ts';
import { needsSomebody } from '../state/state-words.ts';
import { messages } from './messages.ts';
import type { PartProps } from './part-props.ts';

type Action = 'turn' | 'update' | 'remove' | 'restore' | 'isolate';

/** What can be done with a plugin as a whole. */
export function PluginActions({ plugin, node }: PartProps) {
  const [action, setAction] = useState<Action>();
  const { isEnabled, isCritical, isChanged, source, isolation, isFirstParty } = plugin;
  const isCut = node?.breakers.some(({ state }) => state !== 'closed') ?? false;
  return (
    <>
      {isEnabled && (isCut || needsSomebody(plugin.state)) ? <ResetButton plugin={plugin} /> : undefined}
      {isCritical && isEnabled ? undefined : (
        <Button variant={isEnabled ? 'secondary' : 'primary'} onPress={() => setAction('turn')}>
          {isEnabled ? listMessages.turnOff : listMessages.turnOn}
        </Button>
      )}
      <MenuTrigger>
        <IconButton label={messages.more} variant="secondary">
          <EllipsisIcon />
        </IconButton>
        <Menu placement="bottom end">
          <MenuSection aria-label={messages.more}>
            <MenuItem icon={<RefreshCwIcon />} onAction={() => setAction('update')}>
              {messages.update}
            </MenuItem>
            {isFirstParty ? undefined : (
              <MenuItem icon={<WrenchIcon />} onAction={() => setAction('isolate')}>
                {isolation === 'process' ? messages.unisolate : messages.isolate}
              </MenuItem>
            )}
            {isChanged && source !== 'admin' ? (
              <MenuItem icon={<RotateCcwIcon />} onAction={() => setAction('restore')}>
                {messages.restore}
              </MenuItem>
            ) : undefined}
            {source === 'admin' ? (
              <MenuItem icon={<Trash2Icon />} isDanger onAction={() => setAction('remove')}>
                {messages.remove}
              </MenuItem>
            ) : undefined}
          </MenuSection>
        </Menu>
      </MenuTrigger>
      {action === undefined ? undefined : (
        <ActionDialog plugin={plugin} action={action} onClose={() => setAction(undefined)} />
      )}
    </>
  );
}

interface ActionDialogProps {
  readonly plugin: PluginEntryView;
  readonly action: Action;
  readonly onClose: () => void;
}

function ActionDialog({ plugin, action, onClose }: ActionDialogProps) {
  const navigate = useNavigate();
  // What a dialog was opened for stays, though the plugin behind it changes.
  const [{ title, confirmLabel, change }] = useState(() => wordsOf(plugin, action));
  if (action === 'turn') return <TurnDialog plugin={plugin} onClose={onClose} />;
  return (
    <ChangeDialog
      title={title}
      confirmLabel={confirmLabel}
      wish={{ changes: [change] }}
      isDestructive={action === 'remove'}
      onClose={({ isApplied }) => {
        onClose();
        if (action === 'remove' && isApplied) void navigate('/admin/plugins');
      }}
    />
  );
}

interface ActionWords {
  readonly title: string;
  readonly confirmLabel: string;
  readonly change: Change;
}

function wordsOf({ id, title, isolation }: PluginEntryView, action: Action): ActionWords {
  const name = title ?? id;
  switch (action) {
    case 'remove':
      return { title: messages.removeTitle(name), confirmLabel: messages.remove, change: { do: 'remove', id } };
    case 'restore':
      return {
        title: messages.restoreTitle(name),
        confirmLabel: messages.restoreConfirm,
        change: { do: 'restore', id },
      };
    case 'isolate':
      return isolation === 'process'
        ? {
            title: messages.unisolateTitle(name),
            confirmLabel: messages.isolateConfirm,
            change: { do: 'isolate', id, isolation: 'inline' },
          }
        : {
            title: messages.isolateTitle(name),
            confirmLabel: messages.isolateConfirm,
            change: { do: 'isolate', id, isolation: 'process' },
          };
    default:
      return { title: messages.updateTitle(name), confirmLabel: messages.updateConfirm, change: { do: 'update', id } };
  }
}

/** Lifts quarantine and breakers and starts a failed plugin again; nothing of the composition changes, so there is no plan. */
function ResetButton({ plugin }: { readonly plugin: PluginEntryView }) {
  const host = useHost();
  const { queries } = useContract(kernelContract);
  const refresh = useRefresh();
  const name = plugin.title ?? plugin.id;
  const reset = useMutation(
    queries.reset.mutation({
      onSuccess: () => host.toast({ title: messages.resetDone(name), tone: 'ok' }),
      onError: (error) => host.toast({ title: messages.resetFailed(name), description: error.message, tone: 'danger' }),
      onSettled: refresh,
    }),
  );
  return (
    <Button
      variant="primary"
      icon={<RotateCcwIcon />}
      isPending={reset.isPending}
      onPress={() => reset.mutate({ id: plugin.id })}
    >
      {messages.reset}
    </Button>
  );
}
