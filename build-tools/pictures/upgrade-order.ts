import { arrow, box, Element, picture, text } from './svg';
import { ManagedAddOn } from '../../src/cluster/managed-add-on';
import { isNeededByNodes, UPGRADE_ORDER, UpgradeStage } from '../../src/engine/eks/upgrade-order';

const ADD_ONS = [
  ManagedAddOn.vpcCni(), ManagedAddOn.kubeProxy(), ManagedAddOn.podIdentityAgent(), ManagedAddOn.coreDns(), ManagedAddOn.ebsCsiDriver(),
].map(({ name }) => name);

const BOX = { width: 172, height: 92, gap: 40 };
const MARGIN = 20;

/** What a deployment does, stage by stage; the guard is its gate. */
export function upgradeOrder(): string {
  const stages = ['guard', ...UPGRADE_ORDER];
  const x = (index: number) => MARGIN + index * (BOX.width + BOX.gap);
  const [y, width] = [56, x(stages.length) - BOX.gap + MARGIN];
  const middle = y + BOX.height / 2;
  const elements: Element[] = [
    text(MARGIN, 28, 'cdk deploy', 'code title'),
    ...stages.map((stage, index) => box({
      ...BOX, x: x(index), y, title: titleOf(stage), lines: linesOf(stage), kind: stage === 'guard' ? 'good' : '',
    })),
    ...stages.slice(1).map((_, index) => arrow(`M${x(index) + BOX.width} ${middle}h${BOX.gap}`, index === 0 ? 'good' : '')),
    arrow(`M${x(0) + BOX.width / 2} ${y + BOX.height}v44`, 'bad'),
    text(MARGIN, y + BOX.height + 64, 'refused, with the reason and the remedy: nothing of EKS has moved', 'bad'),
    text(x(1), y + BOX.height + 30, 'one after the other, each awaited; the guard lets every rollback of the stack through', 'quiet'),
  ];
  return picture({ width, height: y + BOX.height + 84, label: `The order of an upgrade: ${stages.join(', then ')}` }, elements);
}

function titleOf(stage: UpgradeStage | 'guard' | string): string {
  return stage.startsWith('add-ons') ? 'add-ons' : stage;
}

function linesOf(stage: string): string[] {
  switch (stage) {
    case 'guard': return ['looks at what is live', 'and what changes'];
    case 'control plane': return ['one minor'];
    case 'node groups': return ['version and AMI release', 'as a pair'];
    default: return listed(ADD_ONS.filter((name) => isNeededByNodes(name) === (stage === 'add-ons before nodes')));
  }
}

function listed(names: readonly string[]): string[] {
  return names.map((name) => name.replace('eks-', '').replace('aws-', ''));
}
