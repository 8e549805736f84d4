import {
  CfnResource, type CfnResourceProps, type IInspectable, type ITaggableV2, TagManager, TagType, type TreeInspector,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';

/**
 * A resource with tags, without the CDK's class for it, which is in one module with all classes of its service: for `CfnFunction`
 * and `CfnLogGroup` an app reads half a megabyte.
 *
 * The template is the same, tags and their place included. An app that asks for the class of a resource (`instanceof
 * lambda.CfnFunction`, in an aspect) has loaded it: see {@link hasLoaded}.
 */
export class LightResource extends CfnResource implements ITaggableV2, IInspectable {
  public readonly cdkTagManager: TagManager;

  constructor(scope: Construct, id: string, props: CfnResourceProps) {
    super(scope, id, props);
    this.cdkTagManager = new TagManager(TagType.STANDARD, props.type, undefined, { tagPropertyName: 'Tags' });
  }

  /** The CDK's classes spell tags as CloudFormation does when they are rendered; here that is done. */
  protected override get cfnProperties(): { [key: string]: any } {
    const properties = super.cfnProperties;
    return { ...properties, Tags: properties.Tags?.map(({ key, value }: { key: string; value: string }) => ({ Key: key, Value: value })) };
  }

  /** What `tree.json` says of it, as of one of the CDK's own classes. */
  public inspect(inspector: TreeInspector): void {
    inspector.addAttribute('aws:cdk:cloudformation:type', this.cfnResourceType);
    inspector.addAttribute('aws:cdk:cloudformation:props', this.cfnProperties);
  }
}

/** Whether the app has loaded a module of the CDK by itself; what it has not, it cannot ask for. */
export function hasLoaded(path: string): boolean {
  return require.cache?.[path] !== undefined; // without a cache, the app is one bundle that holds everything
}
