import { DescribeAddonConfigurationCommand, EKSClient } from '@aws-sdk/client-eks';
import { askForEach } from './ask-for-each';
import { attempt } from './attempt';
import { hasCode, unlessMissing } from './aws-call-error';
import { within } from './within';
import { AddOnConfiguration, AddOnConfigurationAnswer, ConfiguredAddOn } from '../engine/state/add-on-configuration';
import { Known, known, notKnown } from '../engine/state/known';

/** Without an answer nothing is refused, so that nothing waits longer for one; longer than new permissions take to be known. */
const PATIENCE_MILLIS = 90_000;

/** What a version of an add-on can be configured with. */
export interface AddOnConfigurationOffer {
  /** A JSON schema; absent where EKS tells none. */
  readonly schema?: string;
  /** The service accounts that can get a role by EKS Pod Identity; none where the version does not support that. */
  readonly serviceAccounts: readonly string[];
}

/**
 * What a version of an add-on can be configured with; undefined where EKS does not know the version.
 *
 * @throws AwsCallError
 * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeAddonConfiguration.html
 */
export async function readAddOnConfigurationOffer(
  eks: EKSClient, addonName: string, addonVersion: string,
): Promise<AddOnConfigurationOffer | undefined> {
  return unlessMissing(async () => {
    const answer = await eks.send(new DescribeAddonConfigurationCommand({ addonName, addonVersion }));
    return {
      schema: answer.configurationSchema?.trim() || undefined,
      serviceAccounts: (answer.podIdentityConfiguration ?? []).flatMap(({ serviceAccount }) => serviceAccount ?? []),
    };
  }, hasCode('ResourceNotFoundException', 'InvalidParameterException'));
}

/**
 * What is wrong with the configuration of an add-on, as EKS would find it in the given version.
 *
 * @throws Error where the schema is of a kind that cannot be understood
 * @see https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3520
 */
export async function objectionsToConfiguration(
  { values, serviceAccounts = [] }: AddOnConfiguration, offer: AddOnConfigurationOffer,
): Promise<string[]> {
  return [
    ...values === undefined || offer.schema === undefined ? [] : await objectionsToValues(values, offer.schema),
    ...serviceAccounts.filter((name) => !offer.serviceAccounts.includes(name)).map((name) => (offer.serviceAccounts.length === 0
      ? `the service account ${name} cannot get a role by Pod Identity, which this version does not support`
      : `the service account ${name} cannot get a role by Pod Identity, but ${offer.serviceAccounts.join(', ')} can`)),
  ];
}

/** Few apps configure add-ons, and a deployment seldom moves one: what validates is loaded where there is something to validate. */
async function objectionsToValues(values: string, schema: string): Promise<string[]> {
  const { objectionsTo } = await import('./configuration-schema.js');
  return objectionsTo(values, schema);
}

/** Holds configurations against what EKS offers, each version asked for once. What EKS does not tell is unknown, with the reason. */
export async function readAddOnConfigurations(eks: EKSClient, configured: readonly ConfiguredAddOn[]): Promise<AddOnConfigurationAnswer[]> {
  const keyOf = ({ name, version }: ConfiguredAddOn) => `${name} ${version}`;
  const versions = [...new Map(configured.map((addOn) => [keyOf(addOn), addOn])).values()];
  const offers = new Map(await askForEach(versions, async (addOn) => {
    const reading = attempt(async () => readAddOnConfigurationOffer(eks, addOn.name, addOn.version));
    return [keyOf(addOn), await within(PATIENCE_MILLIS, `reading the configuration of ${addOn.name}`, reading)] as const;
  }));
  return Promise.all(configured.map(async (asked) => ({ asked, objections: await judge(asked, offers.get(keyOf(asked))!) })));
}

async function judge(
  asked: ConfiguredAddOn, offer: Known<AddOnConfigurationOffer | undefined>,
): Promise<AddOnConfigurationAnswer['objections']> {
  if (!offer.known) return offer;
  if (offer.value === undefined) return known([]); // of a version that EKS does not offer, another check speaks
  try {
    return known(await objectionsToConfiguration(asked, offer.value));
  } catch (error) {
    return notKnown(`the schema of ${asked.name} ${asked.version} cannot be used: ${(error as Error).message}`);
  }
}
