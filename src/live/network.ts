import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Agent } from 'node:http';
import { resolve } from 'node:path';
import type { EKSClientConfig } from '@aws-sdk/client-eks';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { ANSWER_MILLIS, timeouts } from './aws-connection';
import { profileOf } from './profile';
import { proxyOfGo } from './proxy-of-go';
import { Known, known, notKnown } from '../engine/state/known';

/** What the CDK CLI takes as options and settings. */
export interface NetworkOptions {
  /**
   * The profile to read AWS with, which may name a CA bundle as well.
   *
   * @default - the profile of the environment
   */
  readonly profile?: string;

  /**
   * The proxy of all calls; none if empty.
   *
   * @default - as `HTTPS_PROXY` and `NO_PROXY` say
   */
  readonly proxy?: string;

  /**
   * The file with the certificate authorities to trust, instead of those that Node.js knows.
   *
   * @default - what `AWS_CA_BUNDLE`, the profile or `REQUESTS_CA_BUNDLE` names
   */
  readonly caBundlePath?: string;
}

/** The variables that name a proxy, with `NO_PROXY` aside; read by `proxy-from-env`, in capitals as well. */
const PROXY_VARIABLE = /^(npm_config_)?((https?|all)_)?proxy$/i;

/**
 * How requests are sent from where people and pipelines work: through the proxy and with the CA bundle that the CDK CLI would use. For all
 * clients of the SDK, those that ask for credentials included.
 */
export function requestHandlerFor(options: NetworkOptions): NonNullable<EKSClientConfig['requestHandler']> {
  // the handler of the SDK takes a function, too, which its type hides; nobody may wait for it, so it must not fail
  const settings = async () => ({ ...timeouts(ANSWER_MILLIS), ...await agentsFor(options) });
  return settings as EKSClientConfig['requestHandler'] & object;
}

async function agentsFor(options: NetworkOptions): Promise<{ readonly httpAgent: Agent; readonly httpsAgent: Agent } | undefined> {
  const ca = await caBundleOf(options);
  if (!options.proxy && !namesProxy() && ca.known && ca.value === undefined) return undefined;
  const { NetworkAgent } = await import('./network-agent.js');
  const agent = new NetworkAgent(ca, options.proxy);
  return { httpAgent: agent, httpsAgent: agent };
}

/**
 * How requests to Kubernetes API servers are sent from there: as by kubectl, through the proxy of `HTTPS_PROXY` with the exceptions of
 * `NO_PROXY`. Each request brings the certificate authority of its cluster; the CA bundle is for the proxy.
 *
 * @returns undefined where the environment names no proxy
 */
export async function kubernetesAgentFor(options: NetworkOptions): Promise<Agent | undefined> {
  if (!namesProxy()) return undefined;
  const { NetworkAgent } = await import('./network-agent.js');
  return new NetworkAgent(await caBundleOf(options), proxyOfGo, known(undefined));
}

/** Whether the environment does. */
function namesProxy(): boolean {
  return Object.entries(process.env).some(([name, value]) => PROXY_VARIABLE.test(name) && value);
}

/** The certificate authorities to trust; undefined for those that Node.js knows. */
async function caBundleOf(options: NetworkOptions): Promise<Known<string | undefined>> {
  const named = await namedCaBundle(options);
  if (named === undefined) return known(undefined);
  try {
    return known(readFileSync(resolve(named.path), 'utf8'));
  } catch (error) {
    return notKnown(`the CA bundle that ${named.by} names cannot be read: ${(error as Error).message}; name a file of certificates (PEM)`);
  }
}

interface NamedFile {
  readonly path: string;
  readonly by: string;
}

/** In the order of the CDK CLI. */
async function namedCaBundle({ caBundlePath, profile }: NetworkOptions): Promise<NamedFile | undefined> {
  if (caBundlePath) return { path: caBundlePath, by: '--ca-bundle-path' };
  const { aws_ca_bundle: lowerCase, AWS_CA_BUNDLE: upperCase, REQUESTS_CA_BUNDLE: ofPython } = process.env;
  const ofEnvironment = lowerCase || upperCase;
  if (ofEnvironment) return { path: ofEnvironment, by: 'AWS_CA_BUNDLE' };
  const name = profileOf(profile) ?? 'default';
  const { credentialsFile, configFile } = await loadSharedConfigFiles();
  const ofProfile = credentialsFile[name]?.ca_bundle || configFile[name]?.ca_bundle;
  if (ofProfile) return { path: ofProfile, by: `ca_bundle of profile ${name}` };
  // it may name a folder as well, which only Python can use
  return ofPython && existsSync(ofPython) && statSync(ofPython).isFile() ? { path: ofPython, by: 'REQUESTS_CA_BUNDLE' } : undefined;
}
