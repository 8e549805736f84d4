/**
 * The launch templates of the EC2 stand-in.
 */
import { AwsError, type Input } from './aws-service';

/** What a version of a launch template holds, as far as anything here reads it. */
export interface LaunchTemplateContent {
  readonly imageId?: string;
  readonly instanceType?: string;
  readonly userData?: string;
  readonly tagSpecificationSet?: readonly TagSpecification[];
}

interface TagSpecification {
  readonly resourceType: string;
  readonly tagSet: readonly { readonly key: string; readonly value: string }[];
}

export class Ec2LaunchTemplates {
  private readonly templates = new Map<string, LaunchTemplateContent[]>();

  /** Adds a version, and makes the launch template if it is not there. */
  addVersion(id: string, content: LaunchTemplateContent): void {
    this.templates.set(id, [...this.templates.get(id) ?? [], content]);
  }

  /** Puts a version where it belongs. */
  putVersion(id: string, version: string, content: LaunchTemplateContent): void {
    const versions = [...this.templates.get(id) ?? []];
    versions[Number(version) - 1] = content;
    this.templates.set(id, versions);
  }

  has(id: string): boolean {
    return this.templates.has(id);
  }

  /** A version by its number, counted from 1; undefined when there is none. */
  version(id: string, version: string): LaunchTemplateContent | undefined {
    const versions = this.templates.get(id) ?? [];
    return versions[version === '$Latest' ? versions.length - 1 : version === '$Default' ? 0 : Number(version) - 1];
  }

  /** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeLaunchTemplateVersions.html */
  describeVersions({ LaunchTemplateId: id, LaunchTemplateVersion: versions = [] }: Input): object {
    if (!this.templates.has(id)) {
      throw new AwsError('InvalidLaunchTemplateId.NotFound', `The specified launch template, with template ID ${id}, does not exist.`);
    }
    return {
      launchTemplateVersionSet: (versions as string[]).map((version) => {
        const content = this.version(id, version);
        if (!content) throw new AwsError('InvalidLaunchTemplateId.VersionNotFound', `Could not find launch template version ${version}`);
        return { launchTemplateId: id, versionNumber: Number(version), launchTemplateData: content };
      }),
    };
  }
}
