import type { Asked, Beside } from '../store/database';

/** How the submission stands on the server. */
export interface Standing {
  version: number;
  state: string;
  instance_id: string;
  form: string;
  xml: string;
  beside: Beside | null;
}
export interface Opened extends Standing {
  account: string; // who is in at this device
  can_send: boolean;
}
export interface Difference {
  where: string;
  label: string;
  old: string;
  new: string;
}
export interface Overtaken extends Standing {
  told: string[];
  changes: Difference[];
}
export interface Told {
  path: string;
  message: string;
}
export interface Refused {
  told: string[];
  version?: number;
  faults?: Told[];
  warnings?: Told[];
}

/** Everything that can come of a call; no network and a server that fails are the same to the one who waits. */
export type Answer<T> =
  | { kind: 'done'; body: T }
  | { kind: 'overtaken'; body: Overtaken }
  | { kind: 'refused'; body: Refused }
  | { kind: 'login' }
  | { kind: 'gone' }
  | { kind: 'offline' };

/** What is given to the server, and the version of its draft on which it is built. */
export interface Sent {
  xml: string;
  version: number;
  form: string; // by which it was typed
  asked: Asked | null;
}
export interface Kept {
  version: number;
  form: string;
}

const PATIENCE_MS = 20_000;

export interface Api {
  open(): Promise<Answer<Opened>>;
  form(address: string): Promise<string>;
  save(submission: string, draft: Sent): Promise<Answer<Kept>>;
  send(
    submission: string,
    sent: Sent & { instance_id: string; confirmed: boolean },
  ): Promise<Answer<{ n: number; url: string }>>;
  givePhoto(submission: string, name: string, photo: Blob): Promise<Answer<{ name: string }>>;
  photo(submission: string, name: string): Promise<File | null>;
}

/** What a page and a service worker have each in their own way. */
export interface Surroundings {
  token(): string | Promise<string>; // against forged requests
  told(now: string): void; // the server's time
}

export function serverApi(submission: string, { token, told }: Surroundings): Api {
  const address = (of: string, what: string): string => `/api/submissions/${of}/${what}`;

  async function call<T>(url: string, body?: FormData | object): Promise<Answer<T>> {
    const sent = body instanceof FormData ? body : body && JSON.stringify(body);
    try {
      const headers: Record<string, string> = body ? { 'X-CSRFToken': await token() } : {};
      if (body && !(body instanceof FormData)) headers['Content-Type'] = 'application/json';
      const response = await fetch(url, {
        method: body ? 'POST' : 'GET',
        headers,
        body: sent ?? null,
        cache: 'no-store',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      return await answerOf<T>(response, told);
    } catch {
      return { kind: 'offline' };
    }
  }

  return {
    open: () => call<Opened>(address(submission, 'draft')),
    save: (of, draft) => call(address(of, 'draft'), draft),
    send: (of, sent) => call(address(of, 'send'), sent),
    givePhoto(of, name, photo) {
      const body = new FormData();
      body.set('photo', new File([photo], name, { type: photo.type }));
      return call(address(of, 'photos'), body);
    },
    async form(url) {
      const response = await fetch(url);
      if (!response.ok) throw new Error('没有网络，本机也没有存这份问卷。请联网后打开一次。');
      return response.text();
    },
    async photo(of, name) {
      try {
        const response = await fetch(address(of, `photos/${encodeURIComponent(name)}`));
        return response.ok ? new File([await response.blob()], name, { type: 'image/jpeg' }) : null;
      } catch {
        return null;
      }
    },
  };
}

const KINDS: Record<number, 'overtaken' | 'refused'> = { 409: 'overtaken', 422: 'refused', 413: 'refused' };

async function answerOf<T>(response: Response, told: Surroundings['told']): Promise<Answer<T>> {
  if (response.status === 401) return { kind: 'login' };
  if (response.status === 404) return { kind: 'gone' };
  const kind = response.ok ? 'done' : KINDS[response.status];
  if (!response.headers.get('content-type')?.startsWith('application/json')) {
    return response.status === 403 ? { kind: 'login' } : { kind: 'offline' };
  }
  const body = await response.json();
  if (typeof body.now === 'string') told(body.now);
  if (response.status === 403) return { kind: 'refused', body };
  return kind ? ({ kind, body } as Answer<T>) : { kind: 'offline' };
}
