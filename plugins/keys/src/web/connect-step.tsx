import { holdsPermission } from '@parley/contracts';
import { modelsContract } from '@parley/plugin-models/contract';
import { KEYS_MANAGE } from '@parley/plugin-keys/contract';
import { buttonClass } from '@parley/ui/button';
import { useContract, useSession } from '@parley/web';
import { Link } from '@parley/web/router';
import { useQuery } from '@tanstack/react-query';
import { messages } from './messages.ts';

/** The step of the welcome page that leads to where keys are given: administrators share one, others bring theirs. */
export function ConnectStep() {
  const { user } = useSession();
  const { queries } = useContract(modelsContract);
  const models = useQuery(queries.list.options({}));
  const isAdministrator = user !== undefined && holdsPermission(user, KEYS_MANAGE);
  const isConnected = models.data?.items.some(({ demo }) => !demo) ?? false;
  const text = isAdministrator ? messages.connectAdmin : messages.connectUser;
  return (
    <>
      <p>{isConnected ? messages.connected : text}</p>
      <Link to={isAdministrator ? '/admin/models' : '/settings/keys'} className={buttonClass({})}>
        {isAdministrator ? messages.connectAdminAction : messages.connectUserAction}
      </Link>
    </>
  );
}
