import type { ProposedChange, ProposeChange } from '@parley/plugin-admin/contract';
import { adminPage } from '@parley/plugin-admin/contract';
import { AppError } from '@parley/contracts';
import { Skeleton } from '@parley/ui/skeleton';
import { Slot, useContributions } from '@parley/web';
import { useCallback, useState } from 'react';
import { AdminPage } from './admin-page.tsx';
import { ChangeDialog } from './change/change-dialog.tsx';
import { messages } from './messages.ts';

interface PluginAdminPageProps {
  readonly params: { readonly page?: string };
}

type Outcome = Awaited<ReturnType<ProposeChange>>;
interface Proposal extends ProposedChange {
  readonly settle: (outcome: Outcome) => void;
}

/** A page that another plugin puts into the administration, in the same frame; its changes go the same way as those here. */
export function PluginAdminPage({ params: { page = '' } }: PluginAdminPageProps) {
  const shown = useContributions(adminPage).find(({ id }) => id === page);
  const [proposal, setProposal] = useState<Proposal>();
  const propose = useCallback<ProposeChange>(
    (change) => new Promise((settle) => setProposal({ ...change, settle })),
    [],
  );
  if (!shown) throw new AppError({ code: 'ADMIN_NO_PAGE', status: 404, message: messages.noPage });
  return (
    <AdminPage title={shown.title ?? page}>
      <Slot
        of={adminPage}
        props={{ propose }}
        select={({ id }) => id === page}
        loading={<Skeleton shape="row" lines={6} label={messages.loading} />}
      />
      {proposal ? (
        <ChangeDialog
          title={proposal.title}
          wish={{ changes: proposal.changes }}
          confirmLabel={proposal.confirmLabel}
          isDestructive={proposal.isDestructive ?? false}
          onClose={(outcome) => {
            setProposal(undefined);
            proposal.settle(outcome);
          }}
        />
      ) : undefined}
    </AdminPage>
  );
}
