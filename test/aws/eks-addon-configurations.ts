/**
 * With what add-ons can be configured in the stand-in's region, and what EKS says to a configuration.
 *
 * The schemas are small ones of our own, in the drafts and with the traits that real ones have: vpc-cni's is of draft 6, refers
 * to a definition at its root, and wants texts with formats of EKS's own for what are numbers and switches; others are of draft
 * 2019-09; some take nothing at all.
 *
 * @see https://github.com/aws/amazon-vpc-cni-k8s/issues/3059
 * @see https://github.com/DataDog/documentation/issues/29899
 */
import Ajv from 'ajv/dist/2019';
import { parse } from 'yaml';
import type { Input } from './aws-service';
import type { Refusal } from './eks-rules';

/** With what a version of an add-on can be configured. */
export interface AddonConfiguration {
  /** A JSON schema. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** That can get a role by EKS Pod Identity; none where the version does not support that. */
  readonly serviceAccounts: readonly string[];
}

const DRAFT_6 = 'http://json-schema.org/draft-06/schema#';
const DRAFT_2019 = 'https://json-schema.org/draft/2019-09/schema';

function anObject(properties: object, more: object = {}): Readonly<Record<string, unknown>> {
  return { type: 'object', additionalProperties: false, properties, ...more };
}

/** An add-on of which nothing can be set. */
export const NOT_CONFIGURABLE: AddonConfiguration = {
  schema: { $schema: DRAFT_2019, ...anObject({}, { description: 'No configuration support' }) },
  serviceAccounts: [],
};

const A_SWITCH = { type: 'string', format: 'boolean' };
const A_NUMBER = { type: 'string', format: 'integer' };
const TOLERATIONS = { type: 'array', items: { type: 'object' } };
const RESOURCES = anObject({ limits: { type: 'object' }, requests: { type: 'object' } });

export const ADDON_CONFIGURATIONS: Readonly<Record<string, AddonConfiguration>> = {
  'vpc-cni': {
    schema: {
      $ref: '#/definitions/VpcCni',
      $schema: DRAFT_6,
      definitions: {
        VpcCni: anObject({
          enableNetworkPolicy: A_SWITCH,
          env: { $ref: '#/definitions/Env' },
          nodeAgent: anObject({ enabled: { type: ['boolean', 'string'] } }),
          resources: RESOURCES,
          tolerations: TOLERATIONS,
        }),
        Env: anObject({
          AWS_VPC_K8S_CNI_LOGLEVEL: { type: 'string', enum: ['DEBUG', 'INFO', 'WARN', 'ERROR'] },
          ENABLE_PREFIX_DELEGATION: A_SWITCH,
          WARM_IP_TARGET: A_NUMBER,
          WARM_PREFIX_TARGET: A_NUMBER,
        }),
      },
    },
    serviceAccounts: ['aws-node'],
  },
  'coredns': {
    schema: {
      $schema: DRAFT_2019,
      $defs: { computeType: { type: 'string' } },
      ...anObject({
        autoScaling: anObject(
          { enabled: { type: 'boolean' }, minReplicas: { type: 'integer' }, maxReplicas: { type: 'integer' } }, { required: ['enabled'] },
        ),
        computeType: { $ref: '#/$defs/computeType' },
        corefile: { type: 'string' },
        replicaCount: { type: 'integer', minimum: 1 },
        resources: RESOURCES,
        tolerations: TOLERATIONS,
      }),
    },
    serviceAccounts: [],
  },
  'kube-proxy': {
    schema: {
      $schema: DRAFT_2019,
      ...anObject({ mode: { type: 'string', enum: ['iptables', 'ipvs', 'nftables'] }, ipvs: { type: 'object' }, resources: RESOURCES }),
    },
    serviceAccounts: [],
  },
  'aws-ebs-csi-driver': {
    schema: { $schema: DRAFT_2019, ...anObject({ controller: { type: 'object' }, node: { type: 'object' } }) },
    serviceAccounts: ['ebs-csi-controller-sa'],
  },
};

/**
 * Whether EKS refuses an add-on to be configured like this: its words, as people have reported them.
 *
 * @see https://github.com/aws/containers-roadmap/issues/2216
 * @see https://github.com/terraform-aws-modules/terraform-aws-eks/issues/3520
 */
export function refuseAddonConfiguration({ schema, serviceAccounts }: AddonConfiguration, request: Input): Refusal | undefined {
  const { addonName, addonVersion, configurationValues = '', podIdentityAssociations = [] } = request;
  const wrong = configurationValues === '' ? undefined : wrongValues(schema, configurationValues);
  if (wrong) {
    return refusal(`ConfigurationValue provided in request is not supported: Json schema validation failed with error: [${wrong}]`);
  }
  if (podIdentityAssociations.length > 0 && serviceAccounts.length === 0) {
    return refusal(`Pod Identity feature is not supported for addon version: ${addonVersion}`);
  }
  const stranger = podIdentityAssociations.find(
    ({ serviceAccount }: { serviceAccount: string }) => !serviceAccounts.includes(serviceAccount),
  );
  return stranger && refusal(
    `Service account ${stranger.serviceAccount} in pod identity configuration is not supported for addon ${addonName}`,
  );
}

/** What the schema has against values; nothing where they fit. */
function wrongValues({ $schema: _, ...rules }: AddonConfiguration['schema'], values: string): string | undefined {
  const validate = new Ajv({ strict: false, validateFormats: false, logger: false }).compile(rules);
  if (validate(parse(values))) return undefined;
  return (validate.errors ?? []).map(({ instancePath, message }) => `$${instancePath.replaceAll('/', '.')}: ${message}`).join(', ');
}

function refusal(message: string): Refusal {
  return { code: 'InvalidParameterException', message };
}
