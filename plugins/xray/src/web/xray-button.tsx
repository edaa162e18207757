import type { Message } from '@parley/contracts';
import { IconButton } from '@parley/ui/button';
import { Dialog, DialogTrigger } from '@parley/ui/dialog';
import { PathIcon } from '@parley/ui/icon';
import { Skeleton } from '@parley/ui/skeleton';
import { lazy, Suspense } from 'react';
import { messages } from './messages.ts';

const XrayView = lazy(() => import('./xray-view.tsx'));
const ICON = 'M4 12h3l2-6 4 12 2-6h5';

/** Opens what each plugin did to an answer. */
export default function XrayButton({ message }: { readonly message: Message }) {
  if (message.role !== 'assistant' || message.state === 'running') return undefined;
  return (
    <DialogTrigger>
      <IconButton size="small" label={messages.open}>
        <PathIcon d={ICON} />
      </IconButton>
      <Dialog title={messages.title} size="large">
        <Suspense fallback={<Skeleton lines={6} />}>
          <XrayView messageId={message.id} />
        </Suspense>
      </Dialog>
    </DialogTrigger>
  );
}
