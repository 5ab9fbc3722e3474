import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseEmbedder } from '../../../agents/embedders/choose-embedder.ts';
import { LOCAL_MODEL } from '../../../agents/embedders/local-embedder.ts';
import { type Configuration, loadConfiguration } from '../../../ops/configuration.ts';

/** A provider by OpenAI's published format: one vector an input, by its place. */
let server: Server;
let url: string;
let asked: { authorization: string | undefined; body: { model: string; input: string[]; dimensions?: number } }[] = [];
let answer: { status: number; length: number } = { status: 200, length: 8 };
beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(parts).toString('utf8')) as (typeof asked)[number]['body'];
      asked.push({ authorization: request.headers.authorization, body });
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(answer.status !== 200 ? '{"error":{"message":"no"}}' : JSON.stringify({ object: 'list', model: body.model, usage: { prompt_tokens: 1, total_tokens: 1 }, data: body.input.map((text, index) => ({ object: 'embedding', index, embedding: Array.from({ length: answer.length }, (_, i) => (i === text.length % answer.length ? 3 : 0)) })) }));
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
});
afterAll(() => new Promise<void>((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }));

const settings = (environment: Record<string, string>): Configuration => {
  const loaded = loadConfiguration(environment);
  if (!loaded.ok) throw new Error(loaded.errors.join('; '));
  return loaded.configuration;
};

describe('the embedder of the settings', () => {
  it('hashes words when nothing is said', async () => {
    expect(await chooseEmbedder(settings({}))).toMatchObject({ note: null, embedder: { provider: 'hashed', dimension: 256 } });
  });
  it('asks a provider in OpenAI’s format, and gives vectors of length one in the order of the texts', async () => {
    asked = []; answer = { status: 200, length: 8 };
    const { embedder, note } = await chooseEmbedder(settings({ EMBEDDINGS: 'openai', EMBEDDINGS_BASE_URL: url, EMBEDDINGS_API_KEY: 'k-own', OPENAI_API_KEY: 'k-common', EMBEDDINGS_DIMENSION: '8' }));
    expect(note).toBeNull();
    const vectors = await embedder.embed(['abc', 'abcd'], 'text');
    expect(vectors.map((vector) => [...vector])).toEqual([[0, 0, 0, 1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0, 0, 0]]);
    expect(asked[0]).toMatchObject({ authorization: 'Bearer k-own', body: { model: 'text-embedding-3-small', input: ['abc', 'abcd'], dimensions: 8 } });
    expect(embedder).toMatchObject({ provider: 'openai', model: 'text-embedding-3-small/8', dimension: 8 });
  });
  it('never sends the common key to a provider of its own', async () => {
    asked = []; answer = { status: 200, length: 8 };
    const { embedder } = await chooseEmbedder(settings({ EMBEDDINGS: 'openai', EMBEDDINGS_BASE_URL: url, OPENAI_API_KEY: 'k-common', EMBEDDINGS_DIMENSION: '8' }));
    await embedder.embed(['a'], 'query');
    expect(asked[0]?.authorization).not.toContain('k-common');
  });
  it('sends many texts in several requests', async () => {
    asked = []; answer = { status: 200, length: 8 };
    const { embedder } = await chooseEmbedder(settings({ EMBEDDINGS: 'openai', EMBEDDINGS_BASE_URL: url, EMBEDDINGS_DIMENSION: '8' }));
    expect(await embedder.embed(Array.from({ length: 300 }, (_, i) => `text ${i}`), 'text')).toHaveLength(300);
    expect(asked.length).toBeGreaterThan(1);
  });
  it('rejects vectors of another dimension, and a provider that refuses', async () => {
    const { embedder } = await chooseEmbedder(settings({ EMBEDDINGS: 'openai', EMBEDDINGS_BASE_URL: url, EMBEDDINGS_DIMENSION: '8' }));
    answer = { status: 200, length: 5 };
    await expect(embedder.embed(['a'], 'text')).rejects.toThrow(/answers in 5 dimensions, not 8/);
    answer = { status: 400, length: 8 };
    await expect(embedder.embed(['a'], 'text')).rejects.toThrow();
  });
  it('says what is missing, and hashes words then', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'weights-'));
    const note = async (environment: Record<string, string>) => (await chooseEmbedder(settings(environment), () => Promise.reject(new Error('not there')))).note;
    expect(await note({ EMBEDDINGS: 'openai' })).toMatch(/no OPENAI_API_KEY; texts are compared by their hashed words/);
    expect(await note({ EMBEDDINGS: 'local' })).toMatch(/EMBEDDINGS_MODEL_DIR names no folder/);
    expect(await note({ EMBEDDINGS: 'local', EMBEDDINGS_MODEL_DIR: folder })).toMatch(/model_quantized\.onnx is not there/);
    mkdirSync(join(folder, LOCAL_MODEL, 'onnx'), { recursive: true });
    writeFileSync(join(folder, LOCAL_MODEL, 'onnx', 'model_quantized.onnx'), '');
    expect(await note({ EMBEDDINGS: 'local', EMBEDDINGS_MODEL_DIR: folder })).toMatch(/the package @huggingface\/transformers is not installed/);
    rmSync(folder, { recursive: true });
  });
});
