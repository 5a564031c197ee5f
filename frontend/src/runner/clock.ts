/** The page's clock is the server's: a device that is a year off gets today's date right all the same. */
const KEPT = 'dajian-clock-offset';
const TOLERATED_MS = 60_000;
const device = Date.now.bind(Date);

let offset = Number(localStorage.getItem(KEPT) ?? 0) || 0;

/** The form engine asks Date.now for today(); from here on it is told the server's time. */
export function useServerTime(): void {
  Date.now = () => device() + offset;
}

/** Takes a server's time in; what the device is off by is kept for work without network. */
export function keepServerTime(now: string): void {
  const measured = Date.parse(now) - device();
  if (Number.isNaN(measured)) return;
  offset = Math.abs(measured) > TOLERATED_MS ? measured : 0;
  localStorage.setItem(KEPT, String(offset));
}
