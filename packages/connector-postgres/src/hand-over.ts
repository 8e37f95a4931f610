interface Offer<T> {
  readonly value: T;
  readonly taken: (goOn: boolean) => void;
}

/**
 * What `work` gives, as an iteration: for values that exist only while a callback runs, such as rows inside a transaction.
 * `give` returns when the next value is wanted; `false` when none is, and then `work` is waited for.
 */
export async function* handOver<T>(work: (give: (value: T) => Promise<boolean>) => Promise<void>): AsyncGenerator<T> {
  let offer: (offered: Offer<T> | undefined) => void = () => undefined;
  const nextOffer = () =>
    new Promise<Offer<T> | undefined>((resolve) => {
      offer = resolve;
    });
  let offered = nextOffer();
  let failure: { readonly error: unknown } | undefined;
  const finished = work((value) => new Promise((taken) => offer({ value, taken })))
    .catch((error: unknown) => {
      failure = { error };
    })
    .finally(() => offer(undefined));
  let current: Offer<T> | undefined;
  try {
    for (;;) {
      current = await offered;
      if (!current) break;
      yield current.value;
      offered = nextOffer();
      current.taken(true);
    }
  } finally {
    current?.taken(false);
    await finished;
  }
  if (failure) throw failure.error;
}
