import { Button } from '@parley/ui/button';
import { ErrorState } from '@parley/ui/error-state';
import { Select } from '@parley/ui/select';
import { Skeleton } from '@parley/ui/skeleton';
import { useContract, useHost } from '@parley/web';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SubmitEvent } from 'react';
import { useState } from 'react';
import { Unit, weatherContract } from '../contract/index.ts';
import type { Home } from '../contract/index.ts';
import { messages } from './messages.ts';
import styles from './report-card.module.css';

const UNITS = Unit.options.map((id) => ({ id, label: messages.units[id] }));

/** The settings page for the own home. */
export default function HomeSettings() {
  const { queries } = useContract(weatherContract);
  const home = useQuery(queries.home.options({}));
  const places = useQuery(queries.places.options({}));
  const failed = home.error ?? places.error;
  if (failed)
    return <ErrorState title={messages.loadFailed} cause={failed.message} onRetry={() => void home.refetch()} />;
  if (!home.data || !places.data) return <Skeleton lines={3} />;
  return <HomeForm home={home.data.home} places={places.data.items} />;
}

function HomeForm({ home, places }: { readonly home: Home | undefined; readonly places: readonly string[] }) {
  const host = useHost();
  const { queries } = useContract(weatherContract);
  const queryClient = useQueryClient();
  const [place, setPlace] = useState(home?.place);
  const [unit, setUnit] = useState<Unit>(home?.unit ?? 'celsius');
  const save = useMutation(
    queries.setHome.mutation({
      onSuccess: () => {
        host.toast({ title: messages.saved });
        return queryClient.invalidateQueries({ queryKey: queries.home.key() });
      },
    }),
  );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (place !== undefined) save.mutate({ place, unit });
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <Select
        label={messages.place}
        placeholder={messages.choosePlace}
        description={messages.placeHelp}
        options={places.map((each) => ({ id: each, label: each }))}
        value={place}
        onChange={setPlace}
        errorMessage={save.error?.message}
      />
      <Select label={messages.unit} options={UNITS} value={unit} onChange={(id) => setUnit(Unit.parse(id))} />
      <Button type="submit" variant="primary" isPending={save.isPending} isDisabled={place === undefined}>
        {messages.save}
      </Button>
    </form>
  );
}
