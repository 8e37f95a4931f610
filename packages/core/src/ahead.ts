/** The same items, but each next one is under way while the present one is worked on. */
export async function* ahead<T>(source: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]();
  const start = () => {
    const item = iterator.next();
    item.catch(() => undefined); // told when it is awaited, if it ever is
    return item;
  };
  let next = start();
  try {
    for (;;) {
      const item = await next;
      if (item.done) return;
      next = start();
      yield item.value;
    }
  } finally {
    await next.catch(() => undefined);
    await iterator.return?.();
  }
}
