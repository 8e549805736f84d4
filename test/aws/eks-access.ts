/**
 * Who may use a cluster in the EKS stand-in: access entries, pod identity associations, Fargate profiles, tags.
 *
 * Nothing here decides about upgrades: what is sent is kept, and told when asked.
 */
import { randomUUID } from 'node:crypto';
import { ACCOUNT, REGION, type Input } from './aws-service';
import { found, type ClusterRecord, type EksRegion } from './eks-region';

export function accessActions(region: EksRegion) {
  return { ...accessEntryActions(region), ...podIdentityActions(region), ...fargateActions(region), ...tagActions(region) };
}

function accessEntryActions(region: EksRegion) {
  const entries = ({ clusterName }: Input) => region.cluster(clusterName).accessEntries;
  const entry = (input: Input) => found(
    entries(input).get(input.principalArn), `The specified principalArn could not be found: ${input.principalArn}`, {},
  );
  const arnOf = ({ clusterName, principalArn }: Input) =>
    `arn:aws:eks:${REGION}:${ACCOUNT}:access-entry/${clusterName}/role/${ACCOUNT}/${principalArn.split('/').pop()}/00000000-0000-4000-8000-000000000000`;
  return {
    CreateAccessEntry: (input: Input) => {
      const accessEntry = { type: 'STANDARD', ...input, accessEntryArn: arnOf(input) };
      entries(input).set(input.principalArn, { ...accessEntry, policies: new Map() });
      return { accessEntry };
    },
    UpdateAccessEntry: (input: Input) => ({ accessEntry: Object.assign(entry(input), input) }),
    DescribeAccessEntry: (input: Input) => ({ accessEntry: entry(input) }),
    DeleteAccessEntry: (input: Input) => {
      entries(input).delete(entry(input).principalArn);
      return {};
    },
    AssociateAccessPolicy: (input: Input) => {
      entry(input).policies.set(input.policyArn, input.accessScope);
      return { clusterName: input.clusterName, principalArn: input.principalArn, associatedAccessPolicy: { policyArn: input.policyArn } };
    },
    DisassociateAccessPolicy: (input: Input) => {
      entry(input).policies.delete(input.policyArn);
      return {};
    },
  };
}

function podIdentityActions(region: EksRegion) {
  const associations = ({ clusterName }: Input) => region.cluster(clusterName).podIdentityAssociations;
  const association = (input: Input) => found(
    associations(input).get(input.associationId), `No association found with id ${input.associationId}`, {},
  );
  return {
    CreatePodIdentityAssociation: (input: Input) => {
      const associationId = `a-${randomUUID().slice(0, 17).replace(/-/g, '')}`;
      const associationArn = `arn:aws:eks:${REGION}:${ACCOUNT}:podidentityassociation/${input.clusterName}/${associationId}`;
      const created = { ...input, associationId, associationArn };
      associations(input).set(associationId, created);
      return { association: created };
    },
    UpdatePodIdentityAssociation: (input: Input) => ({ association: Object.assign(association(input), input) }),
    DeletePodIdentityAssociation: (input: Input) => {
      const deleted = association(input);
      associations(input).delete(input.associationId);
      return { association: deleted };
    },
  };
}

function fargateActions(region: EksRegion) {
  const profiles = ({ clusterName }: Input) => region.cluster(clusterName).fargateProfiles;
  return {
    CreateFargateProfile: (input: Input) => {
      profiles(input).push(input.fargateProfileName);
      const fargateProfileArn = `arn:aws:eks:${REGION}:${ACCOUNT}:fargateprofile/${input.clusterName}/${input.fargateProfileName}/00000000`;
      return { fargateProfile: { ...input, fargateProfileArn, status: 'ACTIVE' } };
    },
    DeleteFargateProfile: (input: Input) => {
      const index = profiles(input).indexOf(input.fargateProfileName);
      found(profiles(input)[index], `No Fargate Profile found with name: ${input.fargateProfileName}.`, {});
      profiles(input).splice(index, 1);
      return { fargateProfile: { ...input, status: 'DELETING' } };
    },
  };
}

/** Tags of clusters and node groups; other resources take them and forget them. */
function tagActions(region: EksRegion) {
  const tagsOf = (arn: string) => {
    const [type, clusterName, child] = arn.split(':').pop()!.split('/');
    const cluster: ClusterRecord = region.cluster(clusterName);
    return (type === 'nodegroup' ? cluster.nodegroups.get(child)! : cluster);
  };
  return {
    TagResource: ({ resourceArn, tags }: Input) => {
      const tagged = tagsOf(decodeURIComponent(resourceArn));
      tagged.tags = { ...tagged.tags, ...tags };
      return {};
    },
    UntagResource: ({ resourceArn, tagKeys }: Input) => {
      const tagged = tagsOf(decodeURIComponent(resourceArn));
      tagged.tags = Object.fromEntries(Object.entries(tagged.tags ?? {}).filter(([key]) => !tagKeys.includes(key)));
      return {};
    },
  };
}
