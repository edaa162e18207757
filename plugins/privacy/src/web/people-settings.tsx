import type { User } from '@parley/contracts';
import { Badge } from '@parley/ui/badge';
import { Button } from '@parley/ui/button';
import { ConfirmDialog, DialogTrigger } from '@parley/ui/dialog';
import { ErrorState } from '@parley/ui/error-state';
import { Skeleton } from '@parley/ui/skeleton';
import { useHost, useSession } from '@parley/web';
import { messages } from './messages.ts';
import styles from './privacy.module.css';
import { useErase, useFreshPeople, usePeople } from './queries.ts';
import { Receipts } from './receipts.tsx';

const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** The settings page where administrators see who is there, delete somebody, and read the receipts. */
export function PeopleSettings() {
  useFreshPeople();
  return (
    <div className={styles['page']}>
      <People />
      <Receipts />
    </div>
  );
}

function People() {
  const people = usePeople();
  if (people.isPending) return <Skeleton shape="row" lines={4} />;
  if (people.isError) {
    return (
      <ErrorState
        title={messages.peopleFailed}
        cause={people.error.message}
        onRetry={() => void people.refetch()}
        isRetrying={people.isFetching}
      />
    );
  }
  return (
    <section className={styles['section']} aria-label={messages.people}>
      <p className={styles['note']}>{messages.peopleText}</p>
      <ul role="list" className={styles['list']}>
        {people.data.pages
          .flatMap(({ items }) => items)
          .map((user) => (
            <PersonRow key={user.id} user={user} />
          ))}
      </ul>
      {people.hasNextPage ? (
        <Button variant="quiet" isPending={people.isFetchingNextPage} onPress={() => void people.fetchNextPage()}>
          {messages.more}
        </Button>
      ) : undefined}
    </section>
  );
}

function PersonRow({ user }: { readonly user: User }) {
  const { name, email, roles, createdAt } = user;
  const isOwn = useSession().user?.id === user.id;
  return (
    <li className={styles['row']}>
      <div className={styles['who']}>
        <p className={styles['name']}>
          <bdi>{name}</bdi>
          {roles.includes('admin') ? <Badge tone="accent">{messages.administrator}</Badge> : undefined}
          {isOwn ? <Badge>{messages.you}</Badge> : undefined}
        </p>
        <p className={styles['note']}>
          <bdi>{email}</bdi> · <time dateTime={createdAt}>{messages.since(date.format(new Date(createdAt)))}</time>
        </p>
      </div>
      {isOwn ? undefined : <RemoveButton user={user} />}
    </li>
  );
}

function RemoveButton({ user: { id: userId, name, email } }: { readonly user: User }) {
  const host = useHost();
  const erase = useErase();
  const remove = async () => {
    await erase.mutateAsync({ userId });
    host.toast({ title: messages.removed(name), tone: 'ok' });
  };
  return (
    <DialogTrigger>
      <Button size="small" aria-label={messages.removeOf(name)}>
        {messages.remove}
      </Button>
      <ConfirmDialog
        title={messages.removeQuestion(name)}
        confirmLabel={messages.remove}
        isDestructive
        onConfirm={remove}
      >
        <p>{messages.removeText(email)}</p>
        {erase.isError ? <ErrorState title={messages.removeFailed} cause={erase.error.message} /> : undefined}
      </ConfirmDialog>
    </DialogTrigger>
  );
}
