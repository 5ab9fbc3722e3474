import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Ed25519. The private half signs clearances and audit anchors; `keyId` names it in what was signed. */
export interface SigningKeys { privateKey: KeyObject; publicKey: KeyObject; publicPem: string; keyId: string }

function keysOf(privateKey: KeyObject): SigningKeys {
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('PARAPET_KEY: not an Ed25519 private key in PEM form');
  const publicKey = createPublicKey(privateKey);
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  return { privateKey, publicKey, publicPem, keyId: createHash('sha256').update(publicPem).digest('hex').slice(0, 16) };
}

/** The key from `PARAPET_KEY` (PEM), else the home's own, made at the first start for its owner's eyes alone. */
export function signingKeys({ folder, pem }: { folder: string; pem: string | null }): SigningKeys {
  if (pem) return keysOf(createPrivateKey(pem.replaceAll('\\n', '\n')));
  const path = join(folder, 'clearance.pem');
  if (!existsSync(path)) {
    writeFileSync(path, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  }
  const keys = keysOf(createPrivateKey(readFileSync(path, 'utf8')));
  writeFileSync(join(folder, 'clearance.pub.pem'), keys.publicPem, { mode: 0o644 });
  return keys;
}
