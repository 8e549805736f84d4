import { InjectionContext, IPropertyInjector, PropertyInjectors } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { Carried } from '../diagnostics/carried';

/**
 * The properties as a property injector for an L2 leaves them.
 *
 * The L2 injects into what it is given, too late for decisions made before: an injected AMI type would get the release of another. It is
 * kept from injecting once more into {@link asInjected} properties, because an injector may make constructs.
 *
 * @param injectionId the L2's `PROPERTY_INJECTION_ID`
 * @see https://docs.aws.amazon.com/cdk/v2/guide/blueprints.html
 */
export function injectedProps<T>(injectionId: string, scope: Construct, id: string, props: T): T {
  for (let ancestor: IConstruct | undefined = scope; ancestor; ancestor = ancestor.node.scope) {
    const injectors = PropertyInjectors.hasPropertyInjectors(ancestor) ? PropertyInjectors.of(ancestor) : undefined;
    const injector = injectors?.for(injectionId);
    if (injectors && injector) {
      if (!(injector instanceof InjectorOnce)) injectors.add(new InjectorOnce(injector));
      return injector.inject(props, { scope, id });
    }
  }
  return props;
}

/** Says of properties for an L2 that its injector has been asked. */
export function asInjected<T extends object>(props: T): T {
  Injected.give(props, true);
  return props;
}

const Injected = new Carried<true>('InjectedProps');

/** Takes the place of an injector: asks it but for what it has been asked already. */
class InjectorOnce implements IPropertyInjector {
  public readonly constructUniqueId: string;

  constructor(private readonly injector: IPropertyInjector) {
    this.constructUniqueId = injector.constructUniqueId;
  }

  public inject(props: any, context: InjectionContext): any {
    return Injected.of(props) ? props : this.injector.inject(props, context);
  }
}
