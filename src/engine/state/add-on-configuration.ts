import { Known } from './known';

/** How an app configures an add-on, as far as its template says so without the help of the deployment. */
export interface AddOnConfiguration {
  /** JSON or YAML, as it is written; absent where the add-on keeps its defaults. */
  readonly values?: string;
  /** The service accounts that get a role by EKS Pod Identity; absent where none does. */
  readonly serviceAccounts?: readonly string[];
}

/** A configuration, and the version of the add-on that is to have it. */
export interface ConfiguredAddOn extends AddOnConfiguration {
  /** Such as `vpc-cni`. */
  readonly name: string;
  readonly version: string;
}

/** What a version of an add-on says to a configuration. */
export interface AddOnConfigurationAnswer {
  readonly asked: ConfiguredAddOn;
  /** What is wrong with it, each in a sentence that begins with the place of the value; empty when EKS takes it. */
  readonly objections: Known<readonly string[]>;
}
