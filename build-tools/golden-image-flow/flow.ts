import { UPGRADE_ORDER } from '../../src/engine/eks/upgrade-order';
import { CHECKS } from '../../src/engine/judgement/checks';

/** A station on the way of an image. */
export interface Station {
  readonly title: string;
  readonly lines: readonly string[];
}

/** Stations that belong to one party, one after the other. */
export interface Lane {
  readonly name: string;
  readonly stations: readonly Station[];
}

/** The checks that look at images. */
const IMAGE_CHECKS = CHECKS.map(({ id }) => id).filter((id) => id.includes('image'));

/** The way of an image from its build to the nodes: checks and order are those of the engine. */
export function flow(): Lane[] {
  return [
    {
      name: 'your build',
      stations: [
        { title: 'bake', lines: ['EC2 Image Builder,', 'Packer'] },
        { title: 'publish', lines: ['SSM parameter', '/golden/eks/1.36/…'] },
      ],
    },
    {
      name: 'your repository',
      stations: [
        { title: 'refresh', lines: ['soaked, not gone,', 'not older'] },
        { title: 'cdk.context.json', lines: ['the pinned ami-…,', 'reviewed'] },
        { title: 'cdk diff', lines: ['from and to: ID,', 'name and age'] },
      ],
    },
    {
      name: 'the deployment',
      stations: [
        { title: 'guard', lines: IMAGE_CHECKS },
        ...stagesUntilNodes().map((stage) => ({ title: stage, lines: [] })),
        { title: 'launch template', lines: ['a new version', 'with the image'] },
        { title: 'node group', lines: ['rolls to it,', 'node by node'] },
      ],
    },
  ];
}

function stagesUntilNodes(): string[] {
  return UPGRADE_ORDER.slice(0, UPGRADE_ORDER.indexOf('node groups')).map((stage) => stage.replace(' before nodes', ''));
}
