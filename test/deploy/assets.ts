/**
 * Publishes the file assets of a cloud assembly, as the CDK's CLI does.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface FileAsset {
  readonly source: { readonly path: string };
  readonly destinations: Record<string, { readonly bucketName: string; readonly objectKey: string }>;
}

/** Where assets go. */
export interface Destination {
  readonly url: string;

  /** Keys of objects that are there already; is added to. */
  readonly published: Set<string>;
}

/** Uploads the files that the assets are to the buckets where templates look for them; makes the buckets. */
export async function publishAssets(assembly: string, { url, published }: Destination): Promise<void> {
  const manifests = readdirSync(assembly).filter((file) => file.endsWith('.assets.json'));
  for (const manifest of manifests) {
    const { files }: { files: Record<string, FileAsset> } = JSON.parse(readFileSync(join(assembly, manifest), 'utf8'));
    for (const { source, destinations } of Object.values(files)) {
      if (Object.values(destinations).every(({ objectKey }) => published.has(objectKey))) continue;
      const content = readFileSync(join(assembly, source.path));
      for (const { bucketName, objectKey } of Object.values(destinations)) {
        await put(`${url}/${bucketName}`);
        await put(`${url}/${bucketName}/${objectKey}`, content);
        published.add(objectKey);
      }
    }
  }
}

async function put(url: string, body?: Buffer): Promise<void> {
  const { ok, status } = await fetch(url, { method: 'PUT', body: body && new Uint8Array(body) });
  if (!ok && status !== 409) throw new Error(`PUT ${url} was answered with ${status}`);
}
