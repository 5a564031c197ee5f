import type { Session } from '../session';

/** Throws a record's changes away after a question: what is only on this device cannot be had back. */
export async function throwAway(session: Session, submission: string): Promise<void> {
  if (window.confirm('丢弃本机上还没有存到服务器的修改？丢弃后不能恢复。')) await session.others.discard(submission);
}
