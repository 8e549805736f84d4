import { spawnSync } from 'node:child_process';
import { MultipartBody } from 'aws-cdk-lib/aws-ec2';
import * as eks from 'aws-cdk-lib/aws-eks-v2';
import { CfnParameter } from 'aws-cdk-lib/core';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import { importedVpc, lookedUp, World } from './_fixtures';
import { goldenImage, IMAGE, JOIN, PARAMETER, userDataIn } from './_golden';
import { AmiFamily, NodeLaunchOptions } from '../../src';
import { sentence } from '../../src/engine/messages/sentence';
import { says as saysOfNodeGroup } from '../../src/node-group/messages';
import { overlaid, renderToml } from '../../src/node-group/user-data/toml';

/** The user data of a node group of the world's cluster. */
function userData(
  family: AmiFamily, nodeLaunch?: NodeLaunchOptions, it = new World({
    context: lookedUp(IMAGE, PARAMETER),
  }), cluster: eks.ICluster = it.cluster,
): string {
  it.group({ cluster, goldenImage: goldenImage({ family }), nodeLaunch });
  return userDataIn(it.stack);
}

/** A cluster that is imported with what its nodes have to know. */
function importedInto(it: World): eks.ICluster {
  return eks.Cluster.fromClusterAttributes(it.stack, 'Imported', {
    clusterName: 'prod', vpc: importedVpc(it.stack, 'OtherVpc'), clusterEndpoint: 'https://api.example.com', clusterCertificateAuthorityData: 'Y2E=',
  });
}

const ofImported = (family: AmiFamily, nodeLaunch: NodeLaunchOptions = {}) => {
  const it = new World({ context: lookedUp(IMAGE, PARAMETER) });
  return userData(family, { serviceCidr: '10.100.0.0/16', ...nodeLaunch }, it, importedInto(it));
};

/** The parts of a MIME document, and their types. */
function partsOf(document: string): { type: string; body: string }[] {
  const [, boundary] = /boundary="([^"]+)"/.exec(document)!;
  return document.split(`--${boundary}`).slice(1, -1).map((part) => {
    const [head, ...body] = part.trim().split('\n\n');
    return { type: /Content-Type: ([^;\n]+)/.exec(head)![1], body: body.join('\n\n') };
  });
}

/** The `spec` of each `NodeConfig`, in the order in which nodeadm merges them. */
const specsIn = (document: string) => partsOf(document).filter(
  ({ type }) => type === 'application/node.eks.aws',
).map(({ body }) => parse(body).spec);

describe('Amazon Linux 2023', () => {
  const AL2023 = AmiFamily.AMAZON_LINUX_2023;

  test('is told all that nodeadm requires', () => {
    expect(ofImported(AL2023)).toBe(`\
Content-Type: multipart/mixed; boundary="+AWS+CDK+User+Data+Separator=="
MIME-Version: 1.0

--+AWS+CDK+User+Data+Separator==
Content-Type: application/node.eks.aws

---
apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  cluster:
    name: "prod"
    apiServerEndpoint: "https://api.example.com"
    certificateAuthority: "Y2E="
    cidr: "10.100.0.0/16"

--+AWS+CDK+User+Data+Separator==--
`);
  });

  test('refers to the cluster of the app', () => {
    const [spec] = specsIn(userData(AL2023, { serviceCidr: '10.100.0.0/16' }));

    expect(spec.cluster).toEqual({
      name: expect.stringMatching(/^<Cluster\w+>$/),
      apiServerEndpoint: expect.stringMatching(/^<Cluster\w+\.Endpoint>$/),
      certificateAuthority: expect.stringMatching(/^<Cluster\w+\.CertificateAuthorityData>$/),
      cidr: '10.100.0.0/16',
    });
  });

  test('gets flags of the kubelet, then more configuration, then further parts: of two, the later one wins', () => {
    const document = ofImported(AL2023, {
      kubeletFlags: ['--node-labels=a=b', '--register-with-taints=x=y:NoSchedule'],
      nodeConfig: {
        kubelet: { config: { maxPods: 58, featureGates: { B: true, A: false } } }, containerd: { config: '[plugins."x"]\ny = "z"' },
      },
      userDataParts: [
        MultipartBody.fromRawBody({ contentType: 'text/x-shellscript; charset="us-ascii"', body: '#!/bin/bash\necho hello' }),
      ],
    });

    expect(specsIn(document)).toEqual([
      { cluster: expect.anything(), kubelet: { flags: ['--node-labels=a=b', '--register-with-taints=x=y:NoSchedule'] } },
      { kubelet: { config: { maxPods: 58, featureGates: { A: false, B: true } } }, containerd: { config: '[plugins."x"]\ny = "z"' } },
    ]);
    expect(partsOf(document).at(-1)).toEqual({ type: 'text/x-shellscript', body: '#!/bin/bash\necho hello' });
  });

  test('has keys in an order of their own, whatever the language', () => {
    expect(ofImported(AL2023, { nodeConfig: { b: { d: 1, c: 2 }, a: 3 } })).toBe(ofImported(AL2023, {
      nodeConfig: { a: 3, b: { c: 2, d: 1 } },
    }));
  });

  test('takes the range of services from the cluster', () => {
    const it = new World({ context: lookedUp(IMAGE, PARAMETER) });
    const cluster = new eks.Cluster(it.stack, 'Own', {
      version: eks.KubernetesVersion.of('1.36'), vpc: importedVpc(it.stack, 'OwnVpc'), serviceIpv4Cidr: '172.20.0.0/16', defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0,
    });

    expect(specsIn(userData(AL2023, undefined, it, cluster))[0].cluster.cidr).toBe('172.20.0.0/16');
  });

  test('takes the range of an IPv6 cluster from CloudFormation', () => {
    const it = new World({ context: lookedUp(IMAGE, PARAMETER) });
    const cluster = new eks.Cluster(it.stack, 'Own', {
      version: eks.KubernetesVersion.of('1.36'), vpc: importedVpc(it.stack, 'OwnVpc'), ipFamily: eks.IpFamily.IP_V6, defaultCapacityType: eks.DefaultCapacityType.NODEGROUP, defaultCapacity: 0,
    });

    expect(specsIn(userData(AL2023, undefined, it, cluster))[0].cluster.cidr).toMatch(
      /^<Own\w+\.KubernetesNetworkConfig\.ServiceIpv6Cidr>$/,
    );
  });

  test('fails without a range, and says how to see it', () => {
    expect(() => userData(AL2023)).toThrow(sentence(saysOfNodeGroup.serviceCidrMissing({})));
  });

  test.each(['10.100.0.0', 'services', '10.100.0.0/16, 172.20.0.0/16', ''])('fails with the range %p', (serviceCidr) => {
    expect(() => userData(AL2023, { serviceCidr })).toThrow(
      sentence(saysOfNodeGroup.notARange({ serviceCidr })),
    );
  });

  test('fails for a cluster that is imported without what its nodes need', () => {
    const it = new World({ context: lookedUp(IMAGE, PARAMETER) });
    const bare = eks.Cluster.fromClusterAttributes(it.stack, 'Bare', { clusterName: 'bare', vpc: importedVpc(it.stack, 'BareVpc') });

    const { clusterEndpoint, ...noEndpoint } = JOIN;
    const { clusterCertificateAuthority, ...noAuthority } = JOIN;
    expect(() => userData(AL2023, noEndpoint, it, bare)).toThrow(sentence(saysOfNodeGroup.joinOptionMissing({ option: 'clusterEndpoint' })));
    expect(() => userData(AL2023, noAuthority, new World(), bare)).toThrow(sentence(saysOfNodeGroup.joinOptionMissing({ option: 'clusterCertificateAuthority' })));
    expect([clusterEndpoint, clusterCertificateAuthority]).not.toContain(undefined);
  });
});

describe('Bottlerocket', () => {
  const BOTTLEROCKET = AmiFamily.BOTTLEROCKET;

  test('is told cluster, address, authority and DNS', () => {
    expect(ofImported(BOTTLEROCKET)).toBe(`\
[settings.kubernetes]
cluster-name = "prod"
api-server = "https://api.example.com"
cluster-certificate = "Y2E="
cluster-dns-ip = "10.100.0.10"
`);
  });

  test('asks for the DNS itself where the range is not known', () => {
    expect(userData(BOTTLEROCKET)).not.toContain('cluster-dns-ip');
  });

  test('is told the DNS of an IPv6 range', () => {
    expect(ofImported(BOTTLEROCKET, { serviceCidr: 'fd30:1:2::/108' })).toContain('cluster-dns-ip = "fd30:1:2::a"\n');
  });

  test('is told the DNS of a range that only the deployment knows', () => {
    const it = new World({ context: lookedUp(IMAGE, PARAMETER) });
    const range = new CfnParameter(it.stack, 'Range').valueAsString;

    expect(userData(BOTTLEROCKET, { serviceCidr: range }, it)).toMatch(/cluster-dns-ip = "<Fn::Join>"\n/);
  });

  test('gets the settings of the user over those', () => {
    const document = ofImported(BOTTLEROCKET, {
      bottlerocketSettings: {
        'kubernetes': { 'max-pods': 58, 'cluster-dns-ip': '169.254.20.10', 'node-taints': { 'example.com/gpu': ['true:NoSchedule'] } },
        'host-containers': { admin: { enabled: true } },
      },
    });

    expect(document).toBe(`\
[settings.kubernetes]
cluster-name = "prod"
api-server = "https://api.example.com"
cluster-certificate = "Y2E="
cluster-dns-ip = "169.254.20.10"
max-pods = 58
[settings.kubernetes.node-taints]
"example.com/gpu" = ["true:NoSchedule"]
[settings.host-containers.admin]
enabled = true
`);
  });

  test('fails for what TOML cannot hold', () => {
    expect(() => ofImported(BOTTLEROCKET, { bottlerocketSettings: { motd: null } })).toThrow(sentence(saysOfNodeGroup.noTomlForm({ setting: 'settings.motd', value: 'null' })));
  });
});

describe('Windows', () => {
  const WINDOWS = AmiFamily.WINDOWS;

  test('runs the bootstrap script between the commands of the user', () => {
    expect(ofImported(WINDOWS, {
      powerShellBefore: ['Write-Host "before"'], powerShellAfter: ['Write-Host "after"'], kubeletFlags: ["--node-labels=a='b'"],
    })).toBe(`\
<powershell>Write-Host "before"
& "$env:ProgramFiles\\Amazon\\EKS\\Start-EKSBootstrap.ps1" -EKSClusterName 'prod' -APIServerEndpoint 'https://api.example.com' -Base64ClusterCA 'Y2E=' \
-ServiceCIDR '10.100.0.0/16' -KubeletExtraArgs '--node-labels=a=''b''' 3>&1 4>&1 5>&1 6>&1
Write-Host "after"</powershell>`);
  });

  test('finds the range of services itself where it is not known', () => {
    expect(userData(WINDOWS)).not.toContain('-ServiceCIDR');
  });
});

test.each<[AmiFamily, NodeLaunchOptions, string]>([
  [
    AmiFamily.BOTTLEROCKET, { kubeletFlags: ['--max-pods=58'] },
    'nodeLaunch.kubeletFlags is for AMAZON_LINUX_2023 and WINDOWS, but the golden image is BOTTLEROCKET: give bottlerocketSettings',
  ],
  [
    AmiFamily.WINDOWS, { nodeConfig: {} },
    'nodeLaunch.nodeConfig is for AMAZON_LINUX_2023, but the golden image is WINDOWS: give kubeletFlags, powerShellBefore',
  ],
  [
    AmiFamily.AMAZON_LINUX_2023, { bottlerocketSettings: {} },
    'nodeLaunch.bottlerocketSettings is for BOTTLEROCKET, but the golden image is AMAZON_LINUX_2023: give kubeletFlags, nodeConfig',
  ],
  [AmiFamily.AMAZON_LINUX_2023, { powerShellAfter: ['x'] }, 'nodeLaunch.powerShellAfter is for WINDOWS'],
])('%s fails with options of another operating system', (family, nodeLaunch, message) => {
  expect(() => userData(family, nodeLaunch)).toThrow(message);
});

describe('TOML', () => {
  const scalar = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean());
  const key = fc.oneof(fc.stringMatching(/^[\w-]+$/), fc.string({ minLength: 1 })).filter((text) => text !== '__proto__');
  const { table } = fc.letrec((tie) => ({
    list: fc.array(fc.oneof(scalar, fc.dictionary(key, scalar, { maxKeys: 2 })), { maxLength: 3 }),
    table: fc.dictionary(key, fc.oneof({ depthSize: 'small' }, scalar, tie('list'), tie('table')), { maxKeys: 4 }),
  }));

  test('is read by another implementation as it was meant', () => {
    const tables = fc.sample(table, 300) as object[];
    const script = 'import json, sys, tomllib; json.dump([tomllib.loads(text) for text in json.load(sys.stdin)], sys.stdout)';
    const { status, stdout, stderr } = spawnSync(
      'python3', ['-c', script], { input: JSON.stringify(tables.map((one) => renderToml(one))), encoding: 'utf8', maxBuffer: 1e8 },
    );
    if (status !== 0 && /No module named|not found/.test(stderr)) return; // Python is older than 3.11

    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(tables.map((one) => JSON.parse(JSON.stringify(one))));
  });

  test('of two tables, the second is over the first', () => {
    fc.assert(fc.property(table, (one) => {
      expect(overlaid(one as object, {})).toEqual(one);
      expect(overlaid({}, one as object)).toEqual(one);
    }));
    expect(overlaid({ a: { b: 1, c: 2 }, d: 3 }, { a: { b: 4 }, d: { e: 5 } })).toEqual({ a: { b: 4, c: 2 }, d: { e: 5 } });
  });
});
