/** How many sockets an address has open. A flood from one place is cut off before it costs the desk anything. */
export function socketCount(mostPerAddress: number): {
  isFull(address: string): boolean;
  /** Counts one more; null when that is too many, else what takes it off again. */
  open(address: string): (() => void) | null;
} {
  const counts = new Map<string, number>();
  const of = (address: string): number => counts.get(address) ?? 0;
  return {
    isFull: (address) => of(address) >= mostPerAddress,
    open: (address) => {
      if (of(address) >= mostPerAddress) return null;
      counts.set(address, of(address) + 1);
      let open = true;
      return () => {
        if (!open) return;
        open = false;
        if (of(address) === 1) counts.delete(address);
        else counts.set(address, of(address) - 1);
      };
    },
  };
}
