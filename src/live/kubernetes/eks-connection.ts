import { createHash, createHmac } from 'node:crypto';
import type { Cluster, EKSClient } from '@aws-sdk/client-eks';
import { partition } from '@aws-sdk/core/client';
import { SignatureV4 } from '@smithy/signature-v4';
import { KubernetesConnection } from './kubernetes-api';

const TOKEN_SECONDS = 60;

/** EKS takes a token for 15 minutes, whatever it says of itself; a new one is made before that. */
const RENEW_AFTER_MILLIS = 10 * 60_000;

/**
 * The connection to a cluster by a token.
 *
 * @param credentials who signs it: who calls EKS, unless it is said
 */
export function eksConnection(
  cluster: Cluster, { config: { credentials: caller, region } }: EKSClient, credentials = caller,
): KubernetesConnection {
  const { name, endpoint, certificateAuthority } = cluster;
  const ca = Buffer.from(certificateAuthority?.data ?? '', 'base64').toString();
  let token: { readonly value: Promise<string>; readonly madeAt: number } | undefined;
  return {
    server: endpoint!,
    requestOptions: async () => {
      if (!token || Date.now() - token.madeAt > RENEW_AFTER_MILLIS) {
        token = { value: eksToken(name!, await region(), credentials), madeAt: Date.now() };
      }
      return { ca, headers: { authorization: `Bearer ${await token.value}` } };
    },
  };
}

/**
 * A token by which EKS knows who calls a cluster: a call of `sts:GetCallerIdentity` that is signed, and not sent.
 *
 * @see https://docs.aws.amazon.com/eks/latest/best-practices/identity-and-access-management.html
 */
export async function eksToken(
  clusterName: string, region: string, credentials: EKSClient['config']['credentials'], now = new Date(),
): Promise<string> {
  const hostname = `sts.${region}.${partition(region).dnsSuffix}`;
  const signer = new SignatureV4({ service: 'sts', region, credentials, sha256: Sha256 });
  const { query = {} } = await signer.presign({
    method: 'GET',
    protocol: 'https:',
    hostname,
    path: '/',
    query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
    headers: { 'host': hostname, 'x-k8s-aws-id': clusterName },
  }, { expiresIn: TOKEN_SECONDS, unhoistableHeaders: new Set(['x-k8s-aws-id']), signingDate: now });
  const url = `https://${hostname}/?${new URLSearchParams(query as Record<string, string>)}`;
  return `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`;
}

/** The digests that the signer asks for, as Node.js makes them. */
class Sha256 {
  private readonly hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret as NodeJS.ArrayBufferView);
  }

  public update(data: Uint8Array | string): void {
    this.hash.update(data);
  }

  public async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }

  public reset(): void { /* each is used once */ }
}
