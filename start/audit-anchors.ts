import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyObject } from 'node:crypto';
import type { Database } from '../db/client.ts';
import { auditHead } from '../db/stores/audit.ts';
import { type AuditAnchor, readAnchors, signAnchor } from '../desk/audit/anchor.ts';
import type { Clock } from '../desk/time.ts';

export interface AuditAnchors {
  /** Signs where the log ends now and keeps that; null while nothing is in it, the last one again while nothing was added. */
  writeAnchor(): Promise<AuditAnchor | null>;
  /** One JSON object a line, oldest first. */
  path: string;
}

/** Anchors in a file of their own, out of the database's reach; copied elsewhere they hold even against whoever owns this machine. */
export function openAuditAnchors({ database, folder, privateKey, wallNow }: { database: Database; folder: string; privateKey: KeyObject; wallNow: Clock }): AuditAnchors {
  const path = join(folder, 'audit-anchors.jsonl');
  return {
    path,
    async writeAnchor() {
      const head = await auditHead(database.orm);
      if (!head || head.sequence === 0) return null;
      const last = existsSync(path) ? readAnchors(readFileSync(path, 'utf8')).at(-1) : undefined;
      if (last?.sequence === head.sequence && last.hash === head.hash) return last;
      const anchor = signAnchor({ ...head, at: wallNow() }, privateKey);
      appendFileSync(path, `${JSON.stringify(anchor)}\n`, { mode: 0o600 });
      return anchor;
    },
  };
}
