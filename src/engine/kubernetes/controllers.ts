import { KubernetesMinor } from './kubernetes-minor';

/** The numbers of a controller's version, such as those of `v1.9.0`. */
interface ControllerVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** What a controller publishes of the Kubernetes versions that it is for; what has another weight or source stands apart. */
interface ControllerFacts {
  /** The name of the controller, of its image (the last part), and of the chart whose version is that of the controller. */
  readonly name: string;
  /** Whether the version of the chart is that of the controller. */
  readonly chartVersion: boolean;
  /** Where the table was read, and of when it is. */
  readonly source: string;
  readonly asOf: string;
  /** What happens with a controller that does not fit. */
  readonly consequence: string;
  /** Whether a misfit stops an upgrade. */
  readonly isSerious: boolean;
  /** What the version is for instead; undefined where it fits, or the table says nothing of it. */
  misfit(version: ControllerVersion, kubernetes: KubernetesMinor): string | undefined;
}

/** Why a controller does not fit a Kubernetes version. */
export interface ControllerMisfit {
  readonly why: string;
  readonly consequence: string;
  readonly isSerious: boolean;
  readonly source: string;
  readonly asOf: string;
}

/**
 * The least version of Karpenter for each minor. What a minor asks for, those after it ask for, too.
 *
 * @see https://github.com/aws/karpenter-provider-aws/blob/d77d1a3a5a44/website/content/en/v1.15/upgrading/compatibility.md
 */
const KARPENTER: readonly (readonly [kubernetes: string, karpenter: string])[] = [
  ['1.29', '0.34.0'], ['1.30', '0.37.0'], ['1.31', '1.0.5'], ['1.32', '1.2.0'], ['1.33', '1.5.0'], ['1.34', '1.6.0'], ['1.35', '1.9.0'],
  ['1.36', '1.13.0'], ['1.37', '1.15.0'],
];

/** The newest release that the table knows. */
const NEWEST_KARPENTER = '1.15';

/**
 * The first and the last minor of releases of cert-manager.
 *
 * Of 1.13, as long as it was supported: since then the page has in its place what it has of 1.11.
 *
 * @see https://github.com/cert-manager/website/blob/776e5dba5651/content/docs/releases/README.md
 * @see https://github.com/cert-manager/website/commit/2628b52c 1.13
 */
const CERT_MANAGER: ReadonlyMap<string, readonly [from: string, to: string]> = new Map([
  ['1.0', ['1.11', '1.21']], ['1.1', ['1.11', '1.21']], ['1.2', ['1.16', '1.21']], ['1.3', ['1.16', '1.21']], ['1.4', ['1.16', '1.21']],
  ['1.5', ['1.16', '1.22']], ['1.6', ['1.17', '1.22']], ['1.7', ['1.18', '1.23']], ['1.8', ['1.19', '1.24']], ['1.9', ['1.20', '1.24']],
  ['1.10', ['1.20', '1.26']], ['1.11', ['1.21', '1.27']], ['1.12', ['1.22', '1.32']], ['1.13', ['1.23', '1.29']],
  ['1.14', ['1.24', '1.31']], ['1.15', ['1.25', '1.32']], ['1.16', ['1.25', '1.32']], ['1.17', ['1.29', '1.33']],
  ['1.18', ['1.29', '1.33']], ['1.19', ['1.31', '1.35']], ['1.20', ['1.32', '1.35']], ['1.21', ['1.33', '1.36']],
]);

/**
 * The first and the last minor of releases of the EBS CSI driver, of which later ones name only the first: 1.17, which EKS has
 * left behind.
 */
const EBS_CSI_DRIVER: ReadonlyMap<string, readonly [from: string, to: string]> = new Map([
  ['0.1', ['1.12', '1.14']], ['0.2', ['1.13', '1.14']], ['0.3', ['1.14', '1.14']], ['0.4', ['1.14', '1.15']],
]);

const KARPENTER_SAYS = {
  name: 'karpenter',
  chartVersion: true,
  source: 'https://karpenter.sh/docs/upgrading/compatibility/',
  asOf: `Karpenter ${NEWEST_KARPENTER}`,
  consequence: 'Karpenter may launch no new nodes',
};

/** The facts of a controller stand in the order in which they matter. */
const CONTROLLERS: readonly ControllerFacts[] = [
  {
    ...KARPENTER_SAYS,
    isSerious: true,
    misfit: (version, kubernetes) => {
      const [, least] = KARPENTER.filter(([minor]) => !KubernetesMinor.parse(minor).isNewerThan(kubernetes)).at(-1) ?? [];
      return least !== undefined && compare(
        version, versionIn(least)!,
      ) < 0 ? `Kubernetes ${kubernetes} needs Karpenter ${least} or newer` : undefined;
    },
  },
  {
    ...KARPENTER_SAYS,
    // no more than a warning: 1.31 was supported from a patch release on
    isSerious: false,
    misfit: (version, kubernetes) => {
      const [newest] = KARPENTER.at(-1)!;
      return compare({ ...version, patch: 0 }, versionIn(NEWEST_KARPENTER)!) <= 0 && kubernetes.isNewerThan(KubernetesMinor.parse(newest))
        ? `Karpenter ${version.major}.${version.minor} is published for Kubernetes up to ${newest}` : undefined;
    },
  },
  {
    name: 'cluster-autoscaler',
    chartVersion: false,
    source: 'https://github.com/kubernetes/autoscaler/tree/master/cluster-autoscaler#releases',
    asOf: 'November 2026',
    consequence: 'it is tested with its own minor only',
    isSerious: false,
    misfit: ({ major, minor }, kubernetes) => kubernetes.toString() === `${major}.${minor}` ? undefined : 'cluster-autoscaler '
      + `${major}.${minor} is for Kubernetes ${major}.${minor}`,
  },
  {
    name: 'cert-manager',
    chartVersion: true,
    source: 'https://cert-manager.io/docs/releases/',
    asOf: 'cert-manager 1.21',
    consequence: 'its project does not support that',
    isSerious: false,
    misfit: ({ major, minor }, kubernetes) => {
      const [from, to] = CERT_MANAGER.get(`${major}.${minor}`) ?? [];
      return from === undefined || isWithin(kubernetes, from, to) ? undefined : `cert-manager ${major}.${minor} is for `
        + `Kubernetes ${from} to ${to}`;
    },
  },
  {
    name: 'aws-load-balancer-controller',
    chartVersion: false,
    source: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/',
    asOf: 'version 3.5',
    consequence: 'it uses APIs that are not served any more',
    isSerious: true,
    misfit: (version, kubernetes) => {
      const [releases, from] = compare(version, versionIn('2.2.0')!) < 0 ? ['2.0 and 2.1', '1.15'] : ['2.2 and 2.3', '1.16'];
      return version.major === 2 && compare(version, versionIn('2.4.0')!) < 0 && !isWithin(kubernetes, from, '1.21')
        ? `aws-load-balancer-controller ${releases} are for Kubernetes ${from} to 1.21` : undefined;
    },
  },
  {
    name: 'aws-load-balancer-controller',
    chartVersion: false,
    source: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/3071',
    asOf: 'version 2.4.7',
    consequence: 'it crashes if EndpointSlices are enabled for it',
    // whether they are is not known
    isSerious: false,
    misfit: (version, kubernetes) => version.major === 2 && compare(version, versionIn('2.4.7')!) < 0 && isWithin(kubernetes, '1.25')
      ? 'Kubernetes 1.25 and newer need aws-load-balancer-controller 2.4.7 or newer' : undefined,
  },
  {
    name: 'metrics-server',
    chartVersion: false,
    source: 'https://github.com/kubernetes-sigs/metrics-server#compatibility-matrix',
    asOf: 'metrics-server 0.8',
    consequence: 'its project does not support that',
    isSerious: false,
    misfit: ({ major, minor }, kubernetes) => {
      if (major !== 0) return undefined;
      if (minor === 3) return isWithin(kubernetes, '1.8', '1.21') ? undefined : 'metrics-server 0.3 is for Kubernetes 1.8 to 1.21';
      const least = { 6: '1.25', 7: '1.27', 8: '1.31' }[minor];
      return least === undefined || isWithin(kubernetes, least)
        ? undefined
        : `metrics-server 0.${minor} is for Kubernetes ${least} and newer`;
    },
  },
  {
    name: 'aws-ebs-csi-driver',
    chartVersion: false,
    source: 'https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/v1.11.2/README.md#kubernetes-compatibility-matrix',
    asOf: 'version 1.11',
    consequence: 'its project does not support that',
    isSerious: false,
    misfit: ({ major, minor }, kubernetes) => {
      const [from, to] = EBS_CSI_DRIVER.get(`${major}.${minor}`) ?? [];
      return from === undefined || isWithin(kubernetes, from, to) ? undefined : `aws-ebs-csi-driver ${major}.${minor} is for `
        + `Kubernetes ${from} to ${to}`;
    },
  },
  {
    name: 'aws-efs-csi-driver',
    chartVersion: false,
    source: 'https://github.com/kubernetes-sigs/aws-efs-csi-driver/blob/master/docs/README.md#kubernetes-version-compability-matrix',
    asOf: 'version 2.1',
    consequence: 'its project does not support that',
    isSerious: false,
    misfit: ({ major, minor }, kubernetes) => major === 0 && minor === 1 && !isWithin(kubernetes, '1.11', '1.13')
      ? 'aws-efs-csi-driver 0.1 is for Kubernetes 1.11 to 1.13' : undefined,
  },
];

/** The controller that a chart installs in its own version; undefined for all others. */
export function controllerOfChart(chart: string): string | undefined {
  const name = chart.slice(chart.lastIndexOf('/') + 1); // the chart of an OCI registry goes by its address
  return CONTROLLERS.find((controller) => controller.chartVersion && controller.name === name)?.name;
}

/** The controller and version of an image, such as `registry.k8s.io/autoscaling/cluster-autoscaler:v1.36.0`; undefined for all others. */
export function controllerOfImage(image: string): { readonly controller: string; readonly version: string } | undefined {
  const [, name, version] = /(?:^|\/)([\w.-]+):v?(\d+\.\d+(?:\.\d+)?)[^/]*$/.exec(image) ?? [];
  // the image of Karpenter is called controller, as those of many others are
  const controller = /\bkarpenter\/controller:/.test(image) ? 'karpenter' : name;
  return version !== undefined && CONTROLLERS.some((one) => one.name === controller) ? { controller, version } : undefined;
}

/** Why a controller does not fit a Kubernetes version, by what its project publishes; undefined where it fits or nothing is known. */
export function controllerMisfit(controller: string, version: string, kubernetes: KubernetesMinor): ControllerMisfit | undefined {
  const parsed = versionIn(version);
  if (!parsed) return undefined;
  for (const { name, misfit, consequence, isSerious, source, asOf } of CONTROLLERS) {
    const why = name === controller ? misfit(parsed, kubernetes) : undefined;
    if (why !== undefined) return { why, consequence, isSerious, source, asOf };
  }
  return undefined;
}

function versionIn(text: string): ControllerVersion | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  if (!match) return undefined;
  const [major, minor, patch = 0] = match.slice(1).map((digits) => Number(digits ?? 0));
  return { major, minor, patch };
}

function compare(one: ControllerVersion, other: ControllerVersion): number {
  return one.major - other.major || one.minor - other.minor || one.patch - other.patch;
}

function isWithin(kubernetes: KubernetesMinor, from: string, to?: string): boolean {
  return !kubernetes.isOlderThan(KubernetesMinor.parse(from)) && (to === undefined || !kubernetes.isNewerThan(KubernetesMinor.parse(to)));
}
