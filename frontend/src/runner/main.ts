import './styles/runner.css';

import { createApp } from 'vue';

import Runner from './parts/Runner.vue';
import { keepServerTime, useServerTime } from './clock';
import { csrfToken, keepOffline } from './net/offline';
import { serverApi } from './net/api';
import { SESSION, Session } from './session';
import { openDatabase } from './store/database';

async function begin(page: HTMLElement): Promise<void> {
  const { account, submission, title, form, back, plain, csrfCookie, worker } = page.dataset as Record<string, string>;
  useServerTime();
  const api = serverApi(submission!, { token: () => csrfToken(csrfCookie!), told: keepServerTime });
  const session = new Session(
    { account: account!, submission: submission!, title: title!, form: form!, back: back!, plain: plain! },
    await openDatabase(),
    api,
    (url) => location.assign(url),
  );
  createApp(Runner).provide(SESSION, session).mount(page);
  window.addEventListener('online', () => void session.retry());
  for (const left of ['pagehide', 'visibilitychange'] as const) {
    (left === 'pagehide' ? window : document).addEventListener(left, () => void session.draft.toDevice());
  }
  await session.open();
  session.state.offlineReady = await keepOffline(`${worker}?csrf=${csrfCookie}`, [location.pathname, form!]);
}

void begin(document.getElementById('runner')!);
